"""Draft → signed → numbered → issued: the order, the register, and who may not do it."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from committees import documents, storage
from committees.errors import DocumentError
from committees.models import AuditEvent, Document
from committees.people import system_user
from tests.factories.campaigns import DAY, go_on
from tests.factories.committees import make_unit, make_user

pytestmark = pytest.mark.django_db


def draft(unit=None, kind=Document.Kind.PLAN):
    return documents.draft_document(
        unit or make_unit("district", "Huyện Thủ Thừa"),
        kind=kind,
        subject="Tổ chức Tháng cao điểm",
        by=system_user(),
    )


def sign(document, **changes):
    words = {
        "signer_name": "Lê Thị Ký",
        "signer_title": "Chủ tịch",
        "capacity": "TM. BAN THƯỜNG TRỰC",
        "signed_on": DAY,
        "by": system_user(),
    }
    return documents.record_signature(document, **words | changes)


def number(document, count=50, day=DAY):
    return documents.enter_number(document, number=count, dated_on=day, by=system_user())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("50/KH-MTTQ-BTT", (50, "", "KH", "MTTQ-BTT", False)),
        ("Số: 158/KH-MTTQ-BTT", (158, "", "KH", "MTTQ-BTT", False)),
        ("05a/QĐ-MTTQ-BTT", (5, "a", "QĐ", "MTTQ-BTT", False)),
        ("01/KH-MTTW-BVĐ", (1, "", "KH", "MTTW-BVĐ", False)),
        ("18-HD/MTTW-BTT", (18, "", "HD", "MTTW-BTT", True)),
        ("1398-CV/TU", (1398, "", "CV", "TU", True)),
    ],
)
def test_both_styles_of_numbers_are_read(text, parts):
    assert documents.parse_number(text) == parts


@pytest.mark.parametrize(
    "text", ["", "KH-MTTQ-BTT", "50", "00/KH-MTTQ-BTT", "50/", "năm mươi/KH-X"]
)
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(DocumentError, match="50/KH-MTTQ-BTT"):
        documents.parse_number(text)


def test_a_paper_goes_from_draft_to_issued_and_every_step_is_on_record():
    paper = draft()
    go_on(paper, "issued")
    assert (paper.state, paper.number_text) == ("issued", "50/KH-MTTQ-BTT")
    assert paper.signer_title == "CHỦ TỊCH"
    acts = AuditEvent.objects.filter(object_id=paper.pk, object_type="committees.document")
    assert list(acts.order_by("pk").values_list("action", flat=True)) == [
        "document.drafted",
        "document.signed",
        "document.numbered",
        "document.issued",
    ]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("draft", number),
        ("draft", lambda paper: documents.issue(paper, by=system_user())),
        ("signed", sign),
        ("signed", lambda paper: documents.issue(paper, by=system_user())),
        ("numbered", number),
        ("numbered", sign),
        ("issued", lambda paper: documents.issue(paper, by=system_user())),
        ("draft", lambda p: documents.withdraw_signature(p, reason="x", by=system_user())),
        ("numbered", lambda p: documents.withdraw_signature(p, reason="x", by=system_user())),
    ],
)
def test_steps_out_of_order_are_refused(state, step):
    paper = go_on(draft(), state)
    with pytest.raises(DocumentError, match="đang ở bước"):
        step(paper)
    paper.refresh_from_db()
    assert paper.state == state


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("draft", {"state": "issued", "number": 1, "year": 2023, "dated_on": DAY}),
        ("signed", {"subject": "Tên khác"}),
        ("signed", {"signer_name": "Người Khác"}),
        ("numbered", {"number": 51}),
        ("numbered", {"dated_on": date(2023, 10, 20)}),
        ("issued", {"state": "numbered"}),
    ],
)
def test_the_database_keeps_the_order_and_the_words_by_itself(state, change):
    paper = go_on(draft(), state)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(**change)


def test_a_signed_paper_is_not_removed():
    paper = go_on(draft(), "signed")
    with pytest.raises(DatabaseError, match="document_order"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).delete()


def test_who_signed_does_not_record_the_signature():
    clerk = make_user(("clerk", make_unit("district")))
    with pytest.raises(DocumentError, match="không tự ghi nhận"):
        sign(draft(), signer_name=clerk.full_name.upper(), by=clerk)


def test_a_signature_recorded_by_mistake_is_taken_back_with_a_reason():
    paper = go_on(draft(), "signed")
    with pytest.raises(DocumentError, match="lý do"):
        documents.withdraw_signature(paper, reason=" ", by=system_user())
    documents.withdraw_signature(paper, reason="ký nhầm bản", by=system_user())
    assert (paper.state, paper.signed_on) == ("draft", None)
    assert AuditEvent.objects.get(action="document.signature_withdrawn").detail == {
        "reason": "ký nhầm bản"
    }


def test_a_number_is_used_once_a_year_in_a_register():
    unit = make_unit("district")
    number(sign(draft(unit)), 50)
    second = sign(draft(unit))
    with pytest.raises(DocumentError, match="đã dùng trong năm 2023"):
        number(second, "50")
    number(second, "50a")
    number(sign(draft(unit)), 50, date(2024, 1, 5))
    number(sign(draft(unit, Document.Kind.REPORT)), 50)
    number(sign(draft()), 50)
    assert Document.objects.filter(number=50).count() == 5


def test_a_gap_in_the_register_warns_and_the_next_number_does_not():
    unit = make_unit("district")
    assert number(sign(draft(unit)), 1) == []
    assert number(sign(draft(unit)), 3) == ["Sổ công văn chưa có số 2 của năm 2023."]
    assert number(sign(draft(unit)), 9) == ["Sổ công văn chưa có số 4–8 của năm 2023."]
    assert number(sign(draft(unit)), 4) == []


def test_a_number_dated_before_a_smaller_one_warns():
    unit = make_unit("district")
    number(sign(draft(unit)), 1, date(2023, 10, 20))
    assert number(sign(draft(unit)), 2) == [
        "Số 01/KH-MTTQ-BTT nhỏ hơn nhưng lại đề ngày 20/10/2023."
    ]


@pytest.mark.parametrize("typed", ["50/BC-MTTQ-BTT", "50-KH/MTTQ-BTT", "0", "abc"])
def test_a_number_of_another_symbol_is_refused(typed):
    with pytest.raises(DocumentError):
        number(sign(draft()), typed)


def test_days_before_the_signature_to_come_or_after_the_unit_are_refused(clock_at):
    clock_at(datetime(2023, 11, 1, tzinfo=UTC))
    paper = sign(draft())
    with pytest.raises(DocumentError, match="trước ngày ký"):
        number(paper, 50, date(2023, 10, 15))
    with pytest.raises(DocumentError, match="chưa đến"):
        number(paper, 50, date(2023, 11, 3))
    clock_at(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(DocumentError, match="ngoài thời gian hoạt động"):
        number(paper, 50, date(2025, 7, 1))


def test_a_hamlet_has_no_papers():
    with pytest.raises(DocumentError, match="cấp xã"):
        draft(make_unit("hamlet", "Ấp 1"))


def test_what_was_issued_is_kept_as_it_was():
    paper = go_on(draft(), "numbered")
    documents.issue(paper, pdf=b"%PDF-1.7 thu", by=system_user())
    paper.refresh_from_db()
    assert storage.read(paper.file) == b"%PDF-1.7 thu"
    assert paper.file.name == "50-KH-MTTQ-BTT.pdf"

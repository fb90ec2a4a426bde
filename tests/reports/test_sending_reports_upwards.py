"""From the communes' drafts to a district report that the province took in."""

import hashlib

import pytest

from committees import storage
from committees.errors import DocumentError
from committees.people import give_seat, system_user
from reports import actions
from reports.compiling import fingerprint
from reports.errors import ReportError
from reports.models import Report, ReportPart
from tests.factories.fund import make_receipt
from tests.factories.reports import (
    ISSUED,
    SIGNATURE,
    compile_all,
    issue,
    live_report,
    make_chain,
    send_and_reconcile,
)

pytestmark = pytest.mark.django_db
State = Report.State


@pytest.fixture
def chain():
    return make_chain()


def test_every_unit_with_records_gets_a_draft_and_nobody_else(chain):
    drafts = compile_all(chain)

    assert sorted(drafts) == ["commune1", "commune2", "district", "province"]
    assert {report.state for report in drafts.values()} == {State.DRAFT}
    assert drafts["commune1"].figures["total"]["received_total"] == 3_000_000
    assert drafts["district"].figures["total"]["received_total"] == 50_000_000
    assert len(drafts["district"].figures["missing"]) == 3


def test_a_districts_report_adds_what_it_reconciled_and_names_who_is_missing(chain):
    compile_all(chain)
    first = send_and_reconcile(chain, "commune1", upper="district")
    second = send_and_reconcile(chain, "commune2", upper="district")

    sent = actions.send_report(
        actions.compile_draft(
            chain.campaign, chain.units["district"], by=chain.person("officer", "district")
        ),
        by=chain.person("standing", "district"),
    )

    assert sent.snapshot["total"]["received_total"] == 56_000_000
    assert sent.snapshot["own"]["received_total"] == 50_000_000
    assert [child["report"] for child in sent.snapshot["children"]] == [first.pk, second.pk]
    assert (sent.snapshot["missing"], sent.snapshot["expected"]) == (["Xã Vắng"], 3)
    assert set(sent.parts.values_list("child", "sha256")) == {
        (first.pk, first.sha256),
        (second.pk, second.sha256),
    }
    assert fingerprint(sent.snapshot) == sent.sha256


def test_a_report_that_is_not_reconciled_is_not_counted(chain):
    compile_all(chain)
    actions.send_report(live_report(chain, "commune1"), by=chain.person("standing", "commune1"))

    district = actions.compile_draft(
        chain.campaign, chain.units["district"], by=chain.person("officer", "district")
    )

    assert district.figures["total"]["received_total"] == 50_000_000
    assert chain.units["commune1"].name in district.figures["missing"]


def test_asked_to_look_again_the_commune_sends_a_new_revision(chain):
    compile_all(chain)
    upper = chain.person("standing", "district")
    sent = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )
    paper = sent.document

    with pytest.raises(ReportError, match="ghi rõ"):
        actions.ask_again(sent, reason="  ", by=upper)
    actions.ask_again(sent, reason="Số thu thấp hơn danh sách đã công khai", by=upper)
    make_receipt(chain.units["commune1"].funds.get(), 2_000_000)
    again = actions.compile_draft(
        chain.campaign, chain.units["commune1"], by=chain.person("officer", "commune1")
    )

    sent.refresh_from_db()
    assert sent.state == State.SUPERSEDED
    assert (again.revision, again.state, again.document) == (2, State.DRAFT, paper)
    assert again.review_note == "Số thu thấp hơn danh sách đã công khai"
    report = send_and_reconcile(chain, "commune1", upper="district")
    assert report.snapshot["total"]["received_total"] == 5_000_000
    assert report.state == State.RECONCILED


def test_the_whole_way_to_the_province(chain):
    compile_all(chain)
    for commune in ("commune1", "commune2"):
        send_and_reconcile(chain, commune, upper="district")
        issue(chain, commune)
    send_and_reconcile(chain, "district", upper="province")
    issue(chain, "district", number=62)
    send_and_reconcile(chain, "province", upper="centre")
    province = issue(chain, "province", number=194)

    assert province.state == State.RECONCILED
    assert province.document.number_text == "194/BC-MTTQ-BTT"
    assert province.document.state == "issued"
    assert province.snapshot["total"]["received_total"] == 56_000_000
    assert province.snapshot["total"]["households"] == 2
    kept = storage.read(province.document.file)
    assert kept.startswith(b"%PDF")
    assert hashlib.sha256(kept).hexdigest() == province.document.file.sha256


@pytest.mark.parametrize("level", ["commune1", "province", "centre", "commune2"])
def test_only_the_level_directly_above_reconciles_or_hands_back(chain, level):
    compile_all(chain)
    report = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )

    with pytest.raises(ReportError, match="cấp trên trực tiếp"):
        actions.reconcile_report(report, by=chain.person("standing", level))
    with pytest.raises(ReportError, match="cấp trên trực tiếp"):
        actions.ask_again(report, reason="Xem lại", by=chain.person("standing", level))


def test_who_sends_never_reconciles(chain):
    compile_all(chain)
    sender = chain.person("standing", "commune1")
    give_seat(
        sender, committee=chain.units["district"], role="standing", by=system_user(), since=ISSUED
    )
    report = actions.send_report(live_report(chain, "commune1"), by=sender)

    with pytest.raises(ReportError, match="không được tự đối chiếu"):
        actions.reconcile_report(report, by=chain.person("standing", "commune1"))


def test_figures_that_changed_while_they_were_checked_are_not_sent(chain):
    compile_all(chain)
    report = live_report(chain, "commune1")
    seen = fingerprint(report.figures)
    make_receipt(chain.units["commune1"].funds.get(), 2_000_000)

    with pytest.raises(ReportError, match="vừa thay đổi"):
        actions.send_report(report, by=chain.person("standing", "commune1"), seen=seen)


def test_an_issued_report_is_replaced_never_handed_back(chain):
    compile_all(chain)
    actions.send_report(live_report(chain, "commune1"), by=chain.person("standing", "commune1"))
    old = issue(chain, "commune1")

    with pytest.raises(ReportError, match="thay thế"):
        actions.ask_again(old, reason="Xem lại", by=chain.person("standing", "district"))
    fresh = actions.replace_report(old, by=chain.person("standing", "commune1"))

    old.refresh_from_db()
    assert (old.state, old.document.number) == (State.SUPERSEDED, 35)
    assert (fresh.revision, fresh.document) == (2, None)
    report = send_and_reconcile(chain, "commune1", upper="district")
    direction = report.snapshot["sections"][0]["paragraphs"]
    assert "Báo cáo này thay thế Báo cáo số 35/BC-MTTQ-BTT ngày 21 tháng 11 năm 2023." in direction
    assert issue(chain, "commune1", number=36).document.number == 36


def test_papers_are_signed_only_after_sending(chain):
    compile_all(chain)
    clerk = chain.person("clerk", "commune1")
    report = live_report(chain, "commune1")

    with pytest.raises(ReportError, match="phải gửi số liệu"):
        actions.sign_report(report, **SIGNATURE, by=clerk)
    actions.send_report(report, by=chain.person("standing", "commune1"))
    with pytest.raises(DocumentError, match="đã ký"):
        actions.number_report(report, number="35", dated_on=ISSUED, by=clerk)
    with pytest.raises(DocumentError, match="đã vào số"):
        actions.issue_report(report, by=clerk)


def test_words_may_be_edited_and_sums_stay(chain):
    compile_all(chain)
    officer = chain.person("officer", "commune1")
    report = live_report(chain, "commune1")
    before = report.figures

    actions.edit_words(
        report, section="assessment", text=" Nhân dân đồng tình.\n\nCán bộ tận tâm. ", by=officer
    )
    with pytest.raises(ReportError, match="không có mục này"):
        actions.edit_words(report, section="figures", text="9", by=officer)
    sent = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )

    words = {section["code"]: section for section in sent.snapshot["sections"]}
    assert words["assessment"]["paragraphs"] == ["Nhân dân đồng tình.", "Cán bộ tận tâm."]
    assert words["assessment"]["edited"] is True
    assert sent.snapshot["total"] == before["total"]
    with pytest.raises(ReportError, match="đã gửi"):
        actions.edit_words(sent, section="tasks", text="x", by=officer)


def test_compiling_again_refreshes_drafts_and_leaves_sent_reports(chain):
    compile_all(chain)
    sent = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )
    make_receipt(chain.units["commune2"].funds.get(), 2_000_000)

    again = compile_all(chain)

    assert again["commune1"].sha256 == sent.sha256
    assert again["commune2"].figures["total"]["received_total"] == 5_000_000
    assert Report.objects.count() == 4
    assert ReportPart.objects.count() == 0

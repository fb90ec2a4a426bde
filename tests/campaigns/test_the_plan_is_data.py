"""A plan is data: targets, numbers and the frame change what is printed, until it is signed."""

import pytest
from django.db import DatabaseError, transaction

from campaigns import board, plans
from campaigns.errors import CampaignError, PlanIsSigned
from campaigns.models import Plan, PlanSection, Target
from campaigns.wording import labelled_sections, opening_text, plan_blocks, print_plan
from committees import documents
from committees.errors import DocumentError
from committees.people import system_user
from tests.documents import reading_pdf as ruler
from tests.factories.campaigns import go_on, make_campaign, make_plan, sample_plan
from tests.factories.committees import make_unit

pytestmark = pytest.mark.django_db


def texts(plan):
    return [block.text for block in plan_blocks(Plan.objects.get(pk=plan.pk))]


def labels(plan):
    sections = labelled_sections(Plan.objects.get(pk=plan.pk))
    return [(s.label, s.printed[:24]) for s in sections if s.kind in ("part", "clause")]


def section(plan, beginning):
    return plan.sections.get(text__startswith=beginning)


def test_changing_the_target_07_to_08_changes_paragraph_target_and_board():
    plan = make_plan()
    assert any("triển khai xây dựng 07 căn nhà Đại đoàn kết" in text for text in texts(plan))
    plans.set_targets(plan, {"houses": 8}, by=system_user())
    assert any("triển khai xây dựng 08 căn nhà Đại đoàn kết" in text for text in texts(plan))
    assert not any("07 căn" in text for text in texts(plan))
    assert Target.objects.get(plan=plan).quantity == 8
    (line,) = board.board(plan.campaign, [plan])
    assert (line.target, line.target_text, line.unit) == (8, "08", "căn")
    assert "08 căn nhà" in ruler.raw_text(print_plan(Plan.objects.get(pk=plan.pk)))


@pytest.mark.parametrize(
    ("indicator", "quantity", "printed"),
    [
        ("houses", 7, "xây dựng 07 căn"),
        ("houses", 15, "xây dựng 15 căn"),
        ("gifts", 1200, "xây dựng 1.200 căn"),
        ("receipts", 2_500_000_000, "xây dựng 2.500.000.000 đồng căn"),
    ],
)
def test_quantities_print_as_the_rules_want_them(indicator, quantity, printed):
    data = {
        "subject": "Thử",
        "sections": [{"kind": "part", "text": f"xây dựng {{{indicator}}} căn"}],
        "targets": {indicator: quantity},
    }
    assert printed.upper() in [block.text.upper() for block in plan_blocks(make_plan(data=data))]


def test_a_target_named_but_not_set_prints_dots_and_stops_the_signature():
    plan = make_plan(data=sample_plan() | {"targets": {}})
    assert any("xây dựng …… căn" in text for text in texts(plan))
    with pytest.raises(CampaignError, match="Hãy ghi chỉ tiêu Nhà Đại đoàn kết"):
        plans.refuse_gaps(plan)


def test_a_part_without_content_stops_the_signature():
    data = sample_plan()
    plan = make_plan(data=data | {"sections": [*data["sections"], {"kind": "part", "text": "Kết"}]})

    with pytest.raises(CampaignError, match="Phần “Kết” chưa có nội dung"):
        plans.refuse_gaps(plan)


def test_the_board_shows_what_was_achieved_once_somebody_counts_it(monkeypatch):
    plan = make_plan()
    monkeypatch.setattr(board, "_COUNTERS", {})
    assert board.board(plan.campaign, [plan])[0].achieved is None
    board.register("houses", lambda campaign, committees: {committees[0].pk: 5})
    (line,) = board.board(plan.campaign, [plan])
    assert (line.achieved, line.achieved_text, line.share) == (5, "5", "71,4 %")


def test_moving_a_section_numbers_the_plan_anew():
    plan = make_plan()
    before = labels(plan)
    assert " ".join(label for label, _ in before) == "I. 1. 2. II. 1. 2. III. 1. 2. 3. 4."
    assert plans.move_section(section(plan, "Tổ chức thực hiện"), up=True, by=system_user())
    after = labels(plan)
    assert after[3] == ("II.", "TỔ CHỨC THỰC HIỆN")
    assert after[8] == ("III.", "NỘI DUNG THỰC HIỆN")
    assert plans.move_section(section(plan, "Yêu cầu"), up=True, by=system_user())
    assert labels(plan)[1:3] == [("1.", "Yêu cầu"), ("2.", "Mục đích")]


def test_moving_up_and_down_again_changes_nothing_and_the_ends_stay():
    plan = make_plan()
    before = labels(plan)
    first = section(plan, "Mục đích, yêu cầu")
    assert not plans.move_section(first, up=True, by=system_user())
    assert plans.move_section(first, up=False, by=system_user())
    assert plans.move_section(first, up=True, by=system_user())
    assert labels(plan) == before


def test_adding_and_removing_sections_keeps_the_numbers_without_gaps():
    plan = make_plan()
    part = section(plan, "Mục đích, yêu cầu")
    plans.add_section(plan, kind="clause", text="Phạm vi", parent=part, by=system_user())
    assert labels(plan)[3] == ("3.", "Phạm vi")
    plans.remove_section(section(plan, "Mục đích,"), by=system_user())
    assert labels(plan)[0] == ("I.", "NỘI DUNG THỰC HIỆN")
    assert list(plan.sections.filter(parent=None).values_list("position", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("part", "Mục đích, yêu cầu"),
        ("clause", "Yêu cầu"),
        ("dash", "Thực hiện các hoạt"),
        ("x", ""),
    ],
)
def test_a_piece_stands_only_where_it_may(kind, parent):
    plan = make_plan()
    above = section(plan, parent) if parent else None
    with pytest.raises(CampaignError, match="loại mục này"):
        plans.add_section(plan, kind=kind, text="Nội dung", parent=above, by=system_user())


def test_a_piece_of_another_plan_is_no_parent():
    plan, other = make_plan(), make_plan()
    with pytest.raises(CampaignError, match="thuộc kế hoạch khác"):
        plans.add_section(
            plan, kind="dash", text="a", parent=section(other, "Yêu cầu"), by=system_user()
        )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Hãy ghi nội dung"), ("xây {nha} căn", "Không có chỉ tiêu {nha}"), ("x" * 5001, "5001")],
)
def test_texts_that_cannot_be_printed_are_refused(text, sentence):
    plan = make_plan()
    with pytest.raises(CampaignError, match=sentence):
        plans.edit_section(section(plan, "Yêu cầu"), text=text, by=system_user())


def test_the_opening_is_composed_from_the_upper_plan():
    plan = make_plan()
    assert opening_text(plan).startswith(
        "Thực hiện theo Kế hoạch số 158/KH-MTTQ-BTT ngày 13 tháng 10 năm 2023 của "
        "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Long An Kế hoạch Tổ chức các hoạt động"
    )
    upper = {
        "number": "18-HD/MTTW-BTT",
        "dated_on": "2023-06-05",
        "issuer": "Ban Thường trực Ủy ban Trung ương",
    }
    changed = plans.edit_plan(plan, {"upper": upper, "opening": ""}, by=system_user())
    assert opening_text(changed) == (
        "Thực hiện theo Hướng dẫn số 18-HD/MTTW-BTT ngày 05 tháng 6 năm 2023 của Ban Thường trực "
        "Ủy ban Trung ương. Ban Thường trực Ủy ban MTTQ Việt Nam huyện Thủ Thừa xây dựng kế hoạch "
        "tổ chức triển khai Tháng cao điểm “Vì người nghèo” năm 2023 như sau:"
    )


@pytest.mark.parametrize(
    "upper",
    [
        {"number": "158/KH-MTTQ-BTT"},
        {"dated_on": "2023-10-13"},
        {"number": "một", "dated_on": "2023-10-13"},
    ],
)
def test_half_an_upper_plan_or_no_number_is_refused(upper):
    with pytest.raises((CampaignError, DocumentError)):
        plans.edit_plan(make_plan(), {"upper": upper}, by=system_user())


def test_a_plan_belongs_to_a_campaign_above_its_unit():
    campaign = make_campaign()
    with pytest.raises(CampaignError, match="không thuộc chiến dịch"):
        plans.create_plan(
            sample_plan(), committee=make_unit("district"), campaign=campaign, by=system_user()
        )


def test_from_its_signature_on_nothing_of_a_plan_changes():
    plan = make_plan(state="signed")
    piece = section(plan, "Yêu cầu")
    by = system_user()
    for change in (
        lambda: plans.set_targets(plan, {"houses": 8}, by=by),
        lambda: plans.edit_plan(plan, {"closing": "Hết"}, by=by),
        lambda: plans.edit_section(piece, text="Khác", by=by),
        lambda: plans.move_section(piece, up=True, by=by),
        lambda: plans.remove_section(piece, by=by),
        lambda: plans.add_section(plan, kind="part", text="Thêm", parent=None, by=by),
    ):
        with pytest.raises(PlanIsSigned, match="đã ký"):
            change()


def test_the_database_keeps_a_signed_plan_by_itself():
    plan = make_plan(state="signed")
    for change in (
        lambda: Target.objects.filter(plan=plan).update(quantity=8),
        lambda: PlanSection.objects.filter(plan=plan).update(text="Khác"),
        lambda: PlanSection.objects.filter(plan=plan, children=None).delete(),
        lambda: Plan.objects.filter(pk=plan.pk).update(closing="Hết"),
        lambda: PlanSection.objects.create(plan=plan, kind="part", position=9, text="Thêm"),
    ):
        with pytest.raises(DatabaseError, match="plan_is_signed"), transaction.atomic():
            change()


def test_a_signature_taken_back_lets_the_plan_be_edited_again():
    plan = make_plan()
    go_on(plan.document, "signed")
    documents.withdraw_signature(plan.document, reason="nhầm", by=system_user())
    plans.set_targets(plan, {"houses": 9}, by=system_user())
    assert Target.objects.get(plan=plan).quantity == 9

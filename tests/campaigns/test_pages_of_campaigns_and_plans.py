"""The pages as the officer, the standing board and văn thư use them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from campaigns import board
from campaigns.document_todo import plans_waiting
from campaigns.models import Campaign, Plan
from campaigns.plans import create_plan
from committees.people import system_user
from tests.documents import reading_pdf as ruler
from tests.factories.campaigns import make_campaign, make_plan, sample_plan
from tests.factories.committees import make_district, make_unit, make_user

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"campaigns:{name}", args=args)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def sit(client):
    """Log in as somebody in this role at this unit."""

    def log_in(role, unit):
        client.force_login(make_user((role, unit)))
        return client

    return log_in


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_the_standing_board_opens_the_peak_month_once(sit, units):
    page = sit("standing", units["district"])
    data = {
        "root": units["district"].pk,
        "year": "2023",
        "window_from": "17/10/2023",
        "window_to": "18/11/2023",
    }
    answer = page.post(url("campaign-open"), data, follow=True)
    assert "Đã mở Tháng cao điểm" in said(answer)
    again = page.post(url("campaign-open"), data, follow=True)
    assert "không đổi gì" in said(again)
    other = page.post(url("campaign-open"), data | {"window_to": "20/11/2023"})
    assert other.status_code == 200
    assert "hãy dùng đúng các ngày đó" in other.content.decode()
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"year": "hai nghìn"}, "Hãy ghi năm bằng bốn chữ số"),
        ({"window_from": "10/17/2023"}, "Không có tháng 17"),
        ({"fund_from": "01/01/2023"}, "Hãy ghi cả hai ngày của năm quỹ"),
        ({"root": "0"}, "Hãy chọn một mục"),
    ],
)
def test_a_wrong_field_says_what_to_do_and_opens_nothing(sit, units, change, sentence):
    data = {
        "root": units["district"].pk,
        "year": "2023",
        "window_from": "17/10/2023",
        "window_to": "18/11/2023",
    }
    answer = sit("standing", units["district"]).post(url("campaign-open"), data | change)
    assert sentence in answer.content.decode()
    assert not Campaign.objects.exists()


def fill_empty_parts(page, plan) -> None:
    for part in plan.sections.filter(kind="part", children=None):
        words = {"kind": "paragraph", "text": "Các xã căn cứ kế hoạch này tổ chức thực hiện."}
        page.post(f"{url('section-add', plan.pk)}?trong={part.pk}", words)


def test_a_plan_goes_from_a_skeleton_to_an_issued_pdf(sit, units):
    campaign = make_campaign(units["province"])
    page = sit("officer", units["district"])
    start = {"committee": units["district"].pk, "subject": "Tổ chức Tháng cao điểm năm 2023"}
    answer = page.post(url("plan-create", campaign.pk), start, follow=True)
    assert "Đã lập kế hoạch nháp" in said(answer)
    plan = Plan.objects.get()
    assert "I. MỤC ĐÍCH, YÊU CẦU" in answer.content.decode()

    aims = plan.sections.get(text="Mục đích")
    page.post(
        f"{url('section-add', plan.pk)}?trong={aims.pk}",
        {"kind": "dash", "text": "Xây {houses} căn nhà Đại đoàn kết"},
    )
    answer = page.get(url("plan-detail", plan.pk))
    assert "chỗ đó đang in dấu chấm" in answer.content.decode()
    page.post(url("targets-edit", plan.pk), {"houses": "7", "receipts": "1.500.000.000"})
    assert "Xây 07 căn nhà Đại đoàn kết" in page.get(url("plan-detail", plan.pk)).content.decode()
    answer = page.post(
        url("plan-edit", plan.pk),
        {
            "subject": "Tổ chức Tháng cao điểm “Vì người nghèo”",
            "upper_number": "158/KH-MTTQ-BTT",
            "upper_on": "13/10/2023",
            "upper_issuer": "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Long An",
            "recipients": "- Như trên;\n\n- Lưu: VT.",
            "signed_as": "0",
            "signer_name": "Lê Thị Ký",
        },
        follow=True,
    )
    assert "Đã lưu kế hoạch." in said(answer)
    plan.refresh_from_db()
    assert plan.recipients == ["Như trên", "Lưu: VT"]

    fill_empty_parts(page, plan)

    page = sit("clerk", units["district"])
    signature = {"signed_as": "0", "signer_name": "Lê Thị Ký", "signed_on": "16/10/2023"}
    assert "bước tiếp theo là vào số" in said(
        page.post(url("plan-sign", plan.pk), signature, follow=True)
    )
    number = {"number": "50", "dated_on": "16/10/2023"}
    answer = page.post(url("plan-number", plan.pk), number, follow=True)
    assert "Đã vào số 50/KH-MTTQ-BTT." in said(answer)
    assert "chưa có số 1–49" in said(answer)
    assert "Đã phát hành" in said(page.post(url("plan-issue", plan.pk), follow=True))
    answer = page.get(url("plan-pdf", plan.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="ke-hoach-50-KH-MTTQ-BTT.pdf"' in answer["Content-Disposition"]
    assert "Xây 07 căn nhà" in ruler.raw_text(answer.content)


def test_moving_and_removing_pieces_shows_the_new_numbers(sit, units):
    plan = make_plan(units["district"])
    page = sit("officer", units["district"])
    last = plan.sections.get(text="Tổ chức thực hiện")
    answer = page.post(url("section-move", last.pk), {"huong": "len"}, follow=True)
    assert "II. TỔ CHỨC THỰC HIỆN" in answer.content.decode()
    answer = page.post(url("section-remove", last.pk), follow=True)
    assert "được đánh số lại" in said(answer)
    assert "II. NỘI DUNG THỰC HIỆN" in answer.content.decode()
    edit = url("section-edit", plan.sections.get(text="Yêu cầu").pk)
    page.post(edit, {"text": "Yêu cầu chung"})
    assert "2. Yêu cầu chung" in page.get(url("plan-detail", plan.pk)).content.decode()
    wrong = page.post(edit, {"text": "xây {nha} căn"})
    assert "Không có chỉ tiêu {nha}" in wrong.content.decode()


def test_refusals_are_sentences_on_the_page(sit, units):
    plan = make_plan(units["district"], state="signed")
    officer = sit("officer", units["district"])
    answer = officer.post(url("targets-edit", plan.pk), {"houses": "8"})
    assert "Kế hoạch đã ký nên không sửa được" in answer.content.decode()
    piece = plan.sections.first()
    for name in ("section-move", "section-remove"):
        assert "đã ký" in said(officer.post(url(name, piece.pk), follow=True))
    clerk = sit("clerk", units["district"])
    assert "đã vào số" in said(clerk.post(url("plan-issue", plan.pk), follow=True))
    answer = clerk.post(url("plan-number", plan.pk), {"number": "x", "dated_on": "16/10/2023"})
    assert "không phải số văn bản" in answer.content.decode()


def test_a_signature_recorded_by_mistake_is_withdrawn_on_the_page(sit, units):
    plan = make_plan(units["district"], state="signed")
    page = sit("clerk", units["district"])
    assert "trở lại bản nháp" in said(
        page.post(url("plan-unsign", plan.pk), {"reason": "ghi nhầm"}, follow=True)
    )


def test_communes_read_the_plan_above_once_it_is_issued(sit, units):
    plan = make_plan(units["district"], state="numbered")
    page = sit("leader", units["commune1"])
    assert page.get(url("plan-detail", plan.pk)).status_code == 404
    sit("clerk", units["district"]).post(url("plan-issue", plan.pk))
    page = sit("leader", units["commune1"])
    answer = page.get(url("plan-detail", plan.pk))
    assert answer.status_code == 200
    assert "Sửa mục" not in answer.content.decode()
    assert page.get(url("plan-edit", plan.pk)).status_code == 403


def test_the_campaign_page_shows_days_left_plans_and_targets(sit, units, clock_at):
    plan = make_plan(units["district"])
    clock_at(datetime(2023, 11, 1, tzinfo=UTC))
    page = sit("leader", units["district"])
    text = page.get(url("campaign-detail", plan.campaign_id)).content.decode()
    for words in ("Còn 17 ngày", "17/10/2023 – 18/11/2023", "Nhà Đại đoàn kết (căn)", "07"):
        assert words in text
    assert "Còn 17 ngày" in page.get(url("campaign-list")).content.decode()


def test_lists_ask_as_many_questions_for_three_rows_as_for_one(
    sit, units, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(board, "_COUNTERS", {})  # apps above bring a few queries of their own
    page = sit("leader", units["district"])
    campaign = make_campaign(units["district"])
    make_plan(units["commune1"])
    _plan_in(campaign, units["commune1"])
    for _ in range(2):
        with django_assert_num_queries(10):
            assert page.get(url("campaign-list")).status_code == 200
        with django_assert_num_queries(13):
            assert page.get(url("campaign-detail", campaign.pk)).status_code == 200
        make_campaign(units["commune2"])
        for _ in range(2):
            _plan_in(campaign, units["commune2"])


def test_an_empty_list_says_the_next_step(sit):
    unit = make_unit("district")
    text = sit("standing", unit).get(url("campaign-list")).content.decode()
    assert "Chưa có chiến dịch nào." in text
    assert url("campaign-open") in text
    campaign = make_campaign(unit)
    text = sit("officer", unit).get(url("campaign-detail", campaign.pk)).content.decode()
    assert "Chưa có kế hoạch nào." in text
    assert url("plan-create", campaign.pk) in text


def test_the_home_page_counts_papers_without_a_number(sit, units):
    clerk = make_user(("clerk", units["district"]))
    assert [todo.count for todo in plans_waiting(clerk)] == []
    plan = make_plan(units["district"], state="signed")
    make_plan(units["commune1"], state="signed")
    (todo,) = plans_waiting(clerk)
    assert (todo.count, todo.label) == (1, "kế hoạch đã ký, chờ vào số")
    assert todo.url == url("plan-detail", plan.pk)


def _plan_in(campaign, unit):
    create_plan(sample_plan(), committee=unit, campaign=campaign, by=system_user())

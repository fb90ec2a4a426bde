from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from committees.models import AuditEvent
from households.errors import WrongReview
from households.models import Classification, Household, Likeness, ListRemark, Sighting
from households.review.absent import Answer, Reason, answer_absent
from households.review.proposals import proposed_remarks
from households.review.remarks import add_remark, remove_remark
from tests.documents import reading_pdf
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.households.reviewing import change_of, lists_of

pytestmark = pytest.mark.django_db
JUNE = datetime(2024, 6, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def units(clock_at):
    clock_at(JUNE)
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


@pytest.fixture
def story(units, officer):
    kinds = {"A": "poor", "B": "near_poor", "C": "poor", "D": "poor", "E": "hardship"}
    return lists_of(units, officer, {}, kinds)


def url(name, *arguments):
    return reverse(f"households:{name}", args=arguments)


def score(listed, household, income: int, deprivation: int) -> None:
    lines = Classification.objects.filter(poverty_list=listed, household=household)
    lines.update(income_score=income, deprivation_score=deprivation)


def test_the_rows_themselves_suggest_remarks(story):
    listed, households = story
    score(listed, households["A"], 132, 20)
    score(listed, households["B"], 130, 10)
    score(listed, households["E"], 120, 40)
    Household.objects.filter(pk=households["C"].pk).update(state="moved", state_on=date(2024, 2, 1))
    first, second = sorted((households["C"], households["D"]), key=lambda one: one.pk)
    Likeness.objects.create(
        commune=listed.commune, first=first, second=second, score=90, reasons=[]
    )

    found = {(one.kind, one.household.head_name[-1]): one.text for one in proposed_remarks(listed)}

    assert set(found) == {("class", "A"), ("gone", "C"), ("twice", "C"), ("omitted", "E")}
    assert found["class", "A"] == (
        "Danh sách ghi hộ nghèo, nhưng điểm A 132 ≤ 140 và điểm B 20 < 30 → hộ cận nghèo;"
        " đề nghị kiểm tra lại."
    )
    assert "đã chuyển đi từ ngày 01/02/2024" in found["gone", "C"]


def test_a_proposal_that_was_taken_over_is_not_made_again(client, story):
    listed, households = story
    score(listed, households["A"], 132, 20)
    (proposal,) = proposed_remarks(listed)
    answer = client.post(url("remark-list", listed.pk), {"proposals": [proposal.key]}, follow=True)
    assert "Đã ghi 1 ý kiến." in answer.text
    assert proposed_remarks(listed) == []
    assert client.post(url("remark-list", listed.pk), {"proposals": ["x"]}).status_code == 422
    assert ListRemark.objects.get().household == households["A"]


def test_a_remark_is_written_worded_anew_answered_and_cleared(client, story):
    listed, households = story
    said = {"household": households["D"].pk, "kind": "person", "text": "Sai  năm sinh chủ hộ."}
    assert client.post(url("remark-new", listed.pk), said).status_code == 302
    remark = ListRemark.objects.get()
    assert (remark.text, remark.household) == ("Sai năm sinh chủ hộ.", households["D"])
    client.post(url("remark-edit", remark.pk), {"kind": "person", "text": "Sai ngày sinh chủ hộ."})
    answer = {"answer": "Đã sửa.", "on": "18/06/2024"}
    client.post(url("remark-answer", remark.pk), answer)
    remark.refresh_from_db()
    assert (remark.answer, remark.answered_on) == ("Đã sửa.", date(2024, 6, 18))
    text = client.post(url("remark-edit", remark.pk), {"kind": "other", "text": "Khác."}).text
    assert "đã có trả lời của UBND" in text
    assert "đã có trả lời" in client.post(url("remark-remove", remark.pk), follow=True).text
    client.post(url("remark-answer", remark.pk), {"clear": "1"})
    client.post(url("remark-remove", remark.pk))
    assert not ListRemark.objects.exists()
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"remark.added", "remark.edited", "remark.answered", "remark.removed"} <= actions


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"text": ""}, "Hãy điền ô này"),
        ({"text": "số 099187094950"}, "không được chứa số CCCD"),
        ({"text": "Một", "kind": "?"}, "Hãy chọn"),
    ],
)
def test_a_remark_typed_wrong_comes_back(client, story, said, answer):
    response = client.post(url("remark-new", story[0].pk), {"kind": "other"} | said)
    assert response.status_code == 422
    assert answer in response.text


def test_a_household_of_another_commune_is_no_choice(client, story, units):
    foreign = make_household(units["hamlet2_1"])
    said = {"household": foreign.pk, "kind": "other", "text": "Hộ này"}
    assert client.post(url("remark-new", story[0].pk), said).status_code == 422
    with pytest.raises(WrongReview, match="thuộc xã khác"):
        add_remark(story[0], kind="other", text="Hộ này", household=foreign, by=foreign.created_by)


def test_a_remark_of_an_omitted_household_goes_with_its_answer(units, officer):
    listed, households = lists_of(units, officer, {"A": "poor"}, {"B": "poor"})
    keys = [change_of(listed, households["A"]).pk]
    answer_absent(listed, keys, answer=Answer(Reason.OMITTED), by=officer)
    with pytest.raises(WrongReview, match="trang các hộ vắng"):
        remove_remark(ListRemark.objects.get(), by=officer)


def test_the_paper_names_every_remark_and_is_remembered(client, story, officer):
    listed, households = story
    assert client.get(url("remark-print", listed.pk)).status_code == 302
    listed.decision_number, listed.decided_on = "125/QĐ-UBND", date(2023, 12, 20)
    listed.save()
    add_remark(listed, kind="twice", text="Trùng hộ D.", household=households["C"], by=officer)
    add_remark(listed, kind="other", text="Chưa niêm yết.", by=officer)

    answer = client.get(url("remark-print", listed.pk))

    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(reading_pdf.text(answer.content).split())
    place = f"xã {listed.commune.bare_name}"
    assert f"Kính gửi: Ủy ban nhân dân {place}." in text
    assert "Theo Quyết định số 125/QĐ-UBND ngày 20 tháng 12 năm 2023" in text
    assert "có 3 hộ nghèo, 1 hộ cận nghèo" in text
    assert "Trần Thị Thử C" in text
    assert "Cả danh sách" in text
    assert Sighting.objects.get(how="print").household == households["C"]
    assert AuditEvent.objects.filter(action="remark.printed", detail__rows=2).exists()
    assert client.get(url("remark-print", listed.pk)).content == answer.content

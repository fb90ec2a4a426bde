"""Households of last year's list that are not on the new one are answered for, and it is undone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from committees.models import AuditEvent
from households.actions.registering import edit_household
from households.errors import WrongReview
from households.models import Classification, Household, ListRemark, Transition
from households.review.absent import (
    Answer,
    Reason,
    absent_of,
    answer_absent,
    answered_of,
    take_back_answer,
)
from households.review.monthly import Change, review_in_year
from households.review.standing import balance_of, previous_of
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.households.reviewing import change_of, codes, lists_of

JUNE = datetime(2024, 6, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BEFORE = {"A": "poor", "B": "poor", "C": "near_poor", "D": "hardship"}


@pytest.fixture
def units(db, clock_at):
    clock_at(JUNE)
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


@pytest.fixture
def story(units, officer):
    """The list of 2024 on which none of four households stands, and they."""
    return lists_of(units, officer, BEFORE, {})


def answer(story, officer, names: str, reason: Reason, **said) -> int:
    listed, households = story
    keys = [change_of(listed, households[name]).pk for name in names]
    return answer_absent(listed, keys, answer=Answer(reason, **said), by=officer)


def test_one_answer_gives_each_household_the_code_of_its_class(story, officer):
    listed, _ = story
    assert answer(story, officer, "ABC", Reason.ESCAPED) == 3
    assert codes(listed) == {
        "A": "thoat_ngheo_vuot_chuan",
        "B": "thoat_ngheo_vuot_chuan",
        "C": "thoat_can_ngheo",
        "D": "chua_ro",
    }
    assert [change.household.head_name[-1] for change in absent_of(listed)] == ["D"]
    assert answered_of(listed).count() == 3
    assert balance_of(listed, previous_of(listed)).is_proved
    events = AuditEvent.objects.filter(action="household.absence_answered")
    assert {event.object_id for event in events} == {story[1][name].pk for name in "ABC"}


@pytest.mark.parametrize(
    ("reason", "code", "state"),
    [(Reason.MOVED, "chuyen_di", "moved"), (Reason.DIED, "chet", "ended")],
)
def test_a_household_that_left_is_no_longer_followed(story, officer, reason, code, state):
    listed, households = story
    answer(story, officer, "A", reason, on=date(2023, 8, 2), place="Xã Bình An")
    household = households["A"]
    version = household.version
    household.refresh_from_db()
    assert household.version > version
    assert (household.state, household.state_on) == (state, date(2023, 8, 2))
    assert household.state_reason == "đến Xã Bình An"
    assert codes(listed)["A"] == code


def test_a_household_that_joined_another_names_it(story, units, officer):
    _, households = story
    into = make_household(units["hamlet1_2"], by=officer)
    with pytest.raises(WrongReview, match="Hãy chọn hộ"):
        answer(story, officer, "A", Reason.MERGED)
    with pytest.raises(WrongReview, match="một hộ khác"):
        answer(story, officer, "A", Reason.MERGED, into=households["A"])
    answer(story, officer, "A", Reason.MERGED, into=into)
    households["A"].refresh_from_db()
    assert (households["A"].state, households["A"].merged_into) == ("merged", into)


def test_an_omitted_household_becomes_a_remark(story, officer):
    _, households = story
    answer(story, officer, "AC", Reason.OMITTED)
    remarks = {remark.household: remark.text for remark in ListRemark.objects.all()}
    assert set(remarks) == {households["A"], households["C"]}
    said = "Là hộ nghèo năm 2023, không có tên trong danh sách năm 2024"
    assert remarks[households["A"]].startswith(said)
    households["A"].refresh_from_db()
    assert households["A"].state == "active"


def test_a_household_still_in_hardship_goes_on_to_the_new_list(story, officer):
    listed, households = story
    answer(story, officer, "D", Reason.STILL, note="Chị bệnh nặng")
    assert codes(listed)["D"] == "giu_nguyen"
    change = change_of(listed, households["D"])
    assert (change.note, change.answered_by) == ("Chị bệnh nặng", officer)
    assert Classification.objects.get(poverty_list=listed).kind == "hardship"
    assert balance_of(listed, previous_of(listed)).is_proved
    assert [row.pk for row in answered_of(listed)] == [change.pk]

    assert take_back_answer(change, by=officer)
    assert codes(listed)["D"] == "chua_ro"
    assert not Classification.objects.filter(poverty_list=listed).exists()


@pytest.mark.parametrize(
    ("names", "reason"),
    [("AD", Reason.ESCAPED), ("D", Reason.OMITTED), ("A", Reason.RELIEVED), ("C", Reason.STILL)],
)
def test_an_answer_that_does_not_fit_a_class_changes_nothing(story, officer, names, reason):
    with pytest.raises(WrongReview, match="không dùng cho"):
        answer(story, officer, names, reason)
    assert set(codes(story[0]).values()) == {"chua_ro"}


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2024, 6, 21)])
def test_a_day_of_another_time_is_refused(story, officer, day):
    with pytest.raises(WrongReview, match="01/01/2023 đến 20/06/2024"):
        answer(story, officer, "A", Reason.MOVED, on=day)


def test_two_officers_do_not_answer_for_the_same_household(story, officer):
    answer(story, officer, "A", Reason.ESCAPED)
    with pytest.raises(WrongReview, match="vừa được trả lời rồi"):
        answer(story, officer, "A", Reason.DIED)
    with pytest.raises(WrongReview, match="vừa được người khác trả lời"):
        answer(story, officer, "AB", Reason.DIED)
    assert codes(story[0])["B"] == "chua_ro"


def test_an_answer_taken_back_restores_the_household(story, officer):
    listed, households = story
    answer(story, officer, "AB", Reason.MOVED, on=date(2023, 8, 2))
    assert take_back_answer(change_of(listed, households["A"]), by=officer)
    change = change_of(listed, households["A"])
    assert (change.code, change.note, change.answered_at) == ("chua_ro", "", None)
    households["A"].refresh_from_db()
    assert (households["A"].state, households["A"].state_on) == ("active", None)
    assert codes(listed)["B"] == "chuyen_di"
    with pytest.raises(WrongReview, match="đã được bỏ"):
        take_back_answer(change, by=officer)


def test_what_somebody_changed_since_stays(story, officer):
    listed, households = story
    answer(story, officer, "AB", Reason.MOVED, on=date(2023, 8, 2))
    households["A"].refresh_from_db()
    version = households["A"].version
    edit_household(households["A"], version=version, changes={"note": "Đã gọi"}, by=officer)
    assert take_back_answer(change_of(listed, households["A"]), by=officer)
    households["A"].refresh_from_db()
    assert (households["A"].state, households["A"].note) == ("active", "Đã gọi")

    Household.objects.filter(pk=households["B"].pk).update(state="ended")
    assert not take_back_answer(change_of(listed, households["B"]), by=officer)
    households["B"].refresh_from_db()
    assert households["B"].state == "ended"
    assert codes(listed) == {"A": "chua_ro", "B": "chet", "C": "chua_ro", "D": "chua_ro"}


def test_the_remark_goes_with_the_answer_unless_it_was_answered(story, officer):
    listed, households = story
    answer(story, officer, "AB", Reason.OMITTED)
    take_back_answer(change_of(listed, households["A"]), by=officer)
    assert [remark.household for remark in ListRemark.objects.all()] == [households["B"]]
    ListRemark.objects.update(answer="Sẽ xem lại.", answered_on=date(2024, 6, 1))
    with pytest.raises(WrongReview, match="UBND đã trả lời"):
        take_back_answer(change_of(listed, households["B"]), by=officer)


def test_an_answer_with_a_later_change_stays(story, officer):
    listed, households = story
    answer(story, officer, "A", Reason.OMITTED)
    said = Change("poor", "bo_sung", date(2024, 5, 20), decision_number="12/QĐ-UBND")
    review_in_year(households["A"], listed, change=said, by=officer)
    remark = ListRemark.objects.get()
    assert remark.answer == "Đã bổ sung vào danh sách theo Quyết định số 12/QĐ-UBND."
    with pytest.raises(WrongReview, match="thay đổi trong năm"):
        take_back_answer(change_of(listed, households["A"]), by=officer)
    assert Transition.objects.filter(poverty_list=listed, origin="monthly").count() == 1

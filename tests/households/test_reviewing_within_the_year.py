"""Monthly reviews (rà soát thường xuyên): what is offered, what follows, how it is taken back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from households.actions.listing import Listed
from households.errors import WrongReview
from households.models import Classification, Household, ListRemark, Transition
from households.review.absent import Answer, Reason, answer_absent
from households.review.monthly import (
    Change,
    changes_open_to,
    last_changes,
    review_in_year,
    take_back_monthly,
)
from households.review.standing import balance_of, previous_of
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.households.reviewing import change_of, lists_of

JUNE = datetime(2024, 6, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MAY = date(2024, 5, 20)


@pytest.fixture
def units(db, clock_at):
    clock_at(JUNE)
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def live(listed, household) -> Classification | None:
    return Classification.objects.filter(poverty_list=listed, household=household).first()


def review(listed, household, officer, kind: str, code: str, on=MAY, **said) -> Transition:
    points = said.pop("points", None)
    change = Change(kind, code, on, **said)
    return review_in_year(household, listed, change=change, listed=points, by=officer)


def test_only_what_fits_is_offered(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor"})
    new = make_household(units["hamlet1_1"], by=officer)
    offered = [(after, code) for after, code, _ in changes_open_to(households["A"], listed)]
    assert ("near_poor", "thoat_ngheo_len_can") in offered
    assert ("", "thoat_ngheo_vuot_chuan") in offered
    assert not {"phat_sinh_ngheo", "het_kho_khan", "bo_sung", "sot"} & {code for _, code in offered}
    assert {after for after, _ in offered} == {"near_poor", ""}
    offered = {code for _, code, _ in changes_open_to(new, listed)}
    assert {"phat_sinh_ngheo", "tai_can_ngheo", "chuyen_den"} <= offered
    assert "bo_sung" not in offered


def test_a_code_that_does_not_fit_is_refused(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor"})
    with pytest.raises(WrongReview, match="không hợp"):
        review(listed, households["A"], officer, "near_poor", "can_xuong_ngheo")
    assert live(listed, households["A"]).kind == "poor"


@pytest.mark.parametrize(
    ("kind", "code", "state"),
    [("", "chuyen_di", "moved"), ("", "chet", "ended"), ("near_poor", "dinh_chinh", "active")],
)
def test_a_change_is_taken_back_whole(units, officer, kind, code, state):
    listed, households = lists_of(units, officer, {"A": "poor"}, {"A": "poor"})
    household = households["A"]
    Classification.objects.filter(poverty_list=listed).update(
        income_score=120, deprivation_score=30, deprivations=["bhyt", "nha_tieu", "viec_lam"]
    )
    before = vars(live(listed, household)) | {"_state": None}
    points = Listed(2024, kind, income_score=100, deprivation_score=20) if kind else None
    change = review(listed, household, officer, kind, code, points=points)
    household.refresh_from_db()
    assert household.state == state
    assert (household.state_on == MAY) == (state != "active")
    assert balance_of(listed, previous_of(listed)).is_proved

    take_back_monthly(change, by=officer)
    household.refresh_from_db()
    assert (household.state, household.state_on) == ("active", None)
    assert vars(live(listed, household)) | {"_state": None} == before
    assert balance_of(listed, previous_of(listed)).is_proved
    with pytest.raises(WrongReview, match="đã được bỏ"):
        take_back_monthly(change, by=officer)


def test_a_household_that_came_leaves_again(units, officer):
    listed, _ = lists_of(units, officer, {"A": "poor"}, {"A": "poor"})
    new = make_household(units["hamlet1_2"], by=officer)
    change = review(listed, new, officer, "poor", "phat_sinh_ngheo")
    assert live(listed, new).kind == "poor"
    take_back_monthly(change, by=officer)
    assert live(listed, new) is None


def test_changes_are_taken_back_from_the_last(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor", "B": "poor"})
    first = review(listed, households["A"], officer, "near_poor", "thoat_ngheo_len_can")
    other = review(listed, households["B"], officer, "", "thoat_ngheo_vuot_chuan")
    second = review(listed, households["A"], officer, "", "thoat_can_ngheo", date(2024, 6, 15))
    assert last_changes(listed) == {other.pk, second.pk}
    with pytest.raises(WrongReview, match="bỏ thay đổi sau trước"):
        take_back_monthly(first, by=officer)
    take_back_monthly(second, by=officer)
    take_back_monthly(first, by=officer)
    assert live(listed, households["A"]).kind == "poor"


def test_a_class_corrected_since_stands(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor"})
    change = review(listed, households["A"], officer, "near_poor", "thoat_ngheo_len_can")
    Classification.objects.filter(poverty_list=listed).update(kind="poor")
    with pytest.raises(WrongReview, match="đã được sửa sau"):
        take_back_monthly(change, by=officer)


def test_an_omitted_household_is_added_and_the_remark_closed(units, officer):
    listed, households = lists_of(units, officer, {"A": "poor"}, {})
    household = households["A"]
    keys = [change_of(listed, household).pk]
    answer_absent(listed, keys, answer=Answer(Reason.OMITTED), by=officer)
    assert "bo_sung" in {code for _, code, _ in changes_open_to(household, listed)}
    change = review(listed, household, officer, "poor", "bo_sung", decision_number="8/QĐ-UBND")
    remark = ListRemark.objects.get()
    assert (remark.answer, remark.answered_on) == (
        "Đã bổ sung vào danh sách theo Quyết định số 8/QĐ-UBND.",
        MAY,
    )
    take_back_monthly(change, by=officer)
    remark.refresh_from_db()
    assert (remark.answer, remark.answered_on) == ("", None)


def test_joining_another_household_needs_to_say_which(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor", "B": "poor"})
    with pytest.raises(WrongReview, match="Hãy chọn hộ"):
        review(listed, households["A"], officer, "", "nhap_ho")
    review(listed, households["A"], officer, "", "nhap_ho", into=households["B"])
    households["A"].refresh_from_db()
    assert (households["A"].state, households["A"].merged_into) == ("merged", households["B"])


def test_a_household_that_is_gone_elsewhere_stays_off_the_list(units, officer):
    listed, households = lists_of(units, officer, {}, {"A": "poor"})
    change = review(listed, households["A"], officer, "", "chuyen_di")
    Household.objects.filter(pk=households["A"].pk).update(state="ended")
    with pytest.raises(WrongReview, match="theo dõi lại hộ"):
        take_back_monthly(change, by=officer)
    assert live(listed, households["A"]) is None


def test_next_years_list_is_compared_anew(units, officer):
    listed, households = lists_of(units, officer, {"A": "poor"}, {"A": "poor"})
    earlier = previous_of(listed)
    change = review(earlier, households["A"], officer, "near_poor", "dinh_chinh", date(2023, 9, 9))
    assert change_of(listed, households["A"]).code == "can_xuong_ngheo"
    assert balance_of(listed, earlier).is_proved
    take_back_monthly(change, by=officer)
    assert change_of(listed, households["A"]).code == "giu_nguyen"

"""The annual comparison of two lists and monthly reviews keep each class's balance."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from households.actions.classifying import classify_household
from households.actions.listing import Listed, poverty_list_of
from households.errors import WrongReview
from households.models import Classification, Household, PovertyList, Transition
from households.review.transitions import derive, record_monthly
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.households.reviewing import codes, lists_of

JUNE = datetime(2024, 6, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def units(db):
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def assert_balanced(listed) -> None:
    for kind in Classification.Kind.values:
        before = Classification.objects.filter(poverty_list__year=2023, kind=kind).count()
        changes = Transition.objects.filter(poverty_list=listed)
        came = changes.filter(kind_after=kind).exclude(kind_before=kind).count()
        left = changes.filter(kind_before=kind).exclude(kind_after=kind).count()
        after = Classification.objects.filter(poverty_list=listed, kind=kind).count()
        assert before + came - left == after, kind


def test_every_household_of_either_list_has_one_code(units, officer):
    listed, _ = lists_of(
        units,
        officer,
        {
            "A": "poor",
            "B": "poor",
            "C": "poor",
            "D": "near_poor",
            "E": "near_poor",
            "F": "hardship",
        },
        {
            "A": "poor",
            "B": "near_poor",
            "D": "poor",
            "F": "poor",
            "G": "near_poor",
            "H": "hardship",
        },
    )

    assert codes(listed) == {
        "A": "giu_nguyen",
        "B": "thoat_ngheo_len_can",
        "C": "chua_ro",
        "D": "can_xuong_ngheo",
        "E": "chua_ro",
        "F": "phat_sinh_ngheo",
        "G": "phat_sinh_can",
        "H": "kho_khan_moi",
    }
    assert_balanced(listed)


def test_a_household_that_was_poor_before_comes_back_as_poor_again(units, officer):
    household = make_household(units["hamlet1_1"], by=officer, year=2022)
    for year in (2023, 2024):
        poverty_list_of(units["commune1"], year, by=officer)
    classify_household(household, listed=Listed(2024, "poor"), by=officer)
    derive(PovertyList.objects.get(year=2024))

    assert Transition.objects.get(household=household, poverty_list__year=2024).code == "tai_ngheo"


def test_an_answer_stays_while_the_classes_do(units, officer):
    listed, households = lists_of(units, officer, {"A": "poor"}, {})
    change = Transition.objects.get(household=households["A"], poverty_list=listed)
    Transition.objects.filter(pk=change.pk).update(
        code="chuyen_di", answered_by=officer, answered_at="2024-01-05T00:00+07:00"
    )
    derive(listed)
    assert codes(listed) == {"A": "chuyen_di"}

    classify_household(households["A"], listed=Listed(2024, "poor"), by=officer)
    derive(listed)
    assert codes(listed) == {"A": "giu_nguyen"}


def test_a_household_known_to_be_gone_is_not_asked_about(units, officer):
    listed, households = lists_of(units, officer, {"A": "poor", "B": "near_poor"}, {})
    Household.objects.filter(pk=households["A"].pk).update(state="ended")
    Household.objects.filter(pk=households["B"].pk).update(state="moved")
    derive(listed)

    assert codes(listed) == {"A": "chet", "B": "chuyen_di"}


def test_monthly_reviews_follow_and_the_balance_stays(units, officer, clock_at):
    clock_at(JUNE)
    listed, households = lists_of(
        units, officer, {"A": "poor", "B": "near_poor"}, {"A": "poor", "B": "near_poor"}
    )
    new = make_household(units["hamlet1_2"], by=officer)
    for household, kind, code in (
        (households["A"], "", "thoat_ngheo_vuot_chuan"),
        (households["B"], "poor", "can_xuong_ngheo"),
        (new, "near_poor", "phat_sinh_can"),
    ):
        record_monthly(
            household, year=2024, kind_after=kind, code=code, on=date(2024, 5, 20), by=officer
        )
    derive(listed)

    assert codes(listed) == {"A": "giu_nguyen", "B": "giu_nguyen"}
    assert_balanced(listed)
    kinds = Counter(
        Classification.objects.filter(poverty_list=listed).values_list("kind", flat=True)
    )
    assert kinds == {"poor": 1, "near_poor": 1}


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 6, 21)])
def test_a_monthly_review_has_its_day_in_the_year_and_not_in_the_future(
    units, officer, clock_at, day
):
    clock_at(JUNE)
    _, households = lists_of(units, officer, {}, {"A": "poor"})
    with pytest.raises(WrongReview, match="01/01/2024 đến 20/06/2024"):
        record_monthly(
            households["A"], year=2024, kind_after="near_poor", code="thoat_ngheo_len_can",
            on=day, by=officer,
        )  # fmt: skip

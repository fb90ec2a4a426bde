"""A unit through the years, broken where the standard changes."""

import pytest

from committees.people import system_user
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.summary.asked import Asked
from households.summary.over_years import over_years
from tests.factories.committees import make_district
from tests.factories.households import make_household
from tests.households.counting import count, figures

pytestmark = pytest.mark.django_db
BREAK = "chuẩn nghèo khác nhau, không so sánh"


@pytest.fixture
def units():
    """Commune 1: 2 poor in 2020, 1 in 2021, 2 in 2022, 1 poor and 1 near-poor in 2023."""
    units = make_district()
    one, two = make_household(units["hamlet1_1"]), make_household(units["hamlet1_2"])
    for year, kinds in (
        (2020, ("poor", "poor")),
        (2021, ("poor", "")),
        (2022, ("poor", "poor")),
        (2023, ("poor", "near_poor")),
    ):
        for household, kind in zip((one, two), kinds, strict=True):
            if kind:
                classify_household(household, listed=Listed(year, kind), by=system_user())
        count(units["commune1"], year, 200)
    return units


def table(unit):
    return over_years(Asked(unit, 2023, "poor", "cac-nam"))


def test_a_series_is_broken_visibly_where_the_standard_changes(units):
    made = table(units["commune1"])
    lines = figures(made)
    change = "Hộ nghèo: Tăng, giảm (điểm %)"
    assert [lines[year][change] for year in ("2020", "2021", "2022", "2023")] == [
        "", "−0,50", BREAK, "−0,50",
    ]  # fmt: skip
    first, second = (section.heading.label for section in made.sections)
    assert first.startswith("Chuẩn nghèo tiếp cận đa chiều giai đoạn 2016–2020")
    assert second.endswith(f"{BREAK} với các năm trước")
    assert lines["2023"]["Hộ cận nghèo: Tăng, giảm (điểm %)"] == "+0,50"


def test_a_year_without_every_total_has_no_rate(units):
    make_household(units["hamlet2_1"], year=2023)
    lines = figures(table(units["district"]))
    assert lines["2023"]["Đơn vị có danh sách"] == "2"
    assert lines["2023"]["Tổng số hộ dân cư"] == ""
    assert lines["2023"]["Hộ nghèo: Tỷ lệ %"] == ""
    assert lines["2022"]["Hộ nghèo: Tỷ lệ %"] == "1,00"


def test_years_of_other_places_are_not_compared(units):
    make_household(units["hamlet2_1"], year=2023)
    count(units["commune2"], 2023, 200)
    lines = figures(table(units["district"]))
    assert lines["2023"]["Hộ nghèo: Tỷ lệ %"] == "0,50"  # 2 of 400
    assert lines["2023"]["Hộ nghèo: Tăng, giảm (điểm %)"] == ""


def test_years_between_which_one_is_missing_are_not_compared(units):
    lone = make_household(units["hamlet2_1"], year=2023)
    classify_household(lone, listed=Listed(2025, "poor"), by=system_user())
    for year in (2023, 2025):
        count(units["commune2"], year, 100)
    assert figures(table(units["commune2"]))["2025"]["Hộ nghèo: Tăng, giảm (điểm %)"] == ""


def test_a_hamlet_has_its_own_series(units):
    count(units["hamlet1_2"], 2023, 50)
    lines = figures(table(units["hamlet1_2"]))
    assert lines["2023"]["Hộ cận nghèo: Số hộ"] == "1"
    assert lines["2023"]["Hộ cận nghèo: Tỷ lệ %"] == "2,00"
    assert lines["2021"]["Hộ nghèo: Số hộ"] == "0"

"""The class recomputed from income and deprivations, at every limit of every standard."""

import pytest

from households.models import PovertyLine
from households.standards import check_class, standard_in
from tests.factories.committees import make_district

pytestmark = pytest.mark.django_db
POOR, NEAR, NEITHER, UNKNOWN = "poor", "near_poor", "", None


@pytest.mark.parametrize(
    ("area", "income", "deprivation", "kind"),
    [
        ("rural", 0, 30, POOR),
        ("rural", 140, 30, POOR),
        ("rural", 140, 29, NEAR),
        ("rural", 140, 0, NEAR),
        ("rural", 141, 30, NEITHER),
        ("rural", 141, None, NEITHER),
        ("urban", 175, 30, POOR),
        ("urban", 175, 20, NEAR),
        ("urban", 141, 120, POOR),
        ("urban", 176, 120, NEITHER),
        ("rural", None, 30, UNKNOWN),
        ("rural", 140, None, UNKNOWN),
        ("", 140, 30, POOR),
    ],
)
def test_points_of_2022_to_2026_hold_both_limits(area, income, deprivation, kind):
    for year in (2022, 2026):
        checked = check_class(standard_in(year), area=area, income=income, deprivation=deprivation)
        assert checked.kind == kind


@pytest.mark.parametrize(
    ("year", "area", "money", "deprivation", "kind"),
    [
        # 2016–2021: poor up to the lower line whatever is lacking.
        (2016, "rural", 700_000, 0, POOR),
        (2016, "rural", 700_000, None, POOR),
        (2016, "rural", 700_001, 30, POOR),
        (2016, "rural", 700_001, 20, NEAR),
        (2021, "rural", 1_000_000, 30, POOR),
        (2021, "rural", 1_000_000, 20, NEAR),
        (2021, "rural", 1_000_001, 100, NEITHER),
        (2021, "rural", 1_000_000, None, UNKNOWN),
        (2021, "urban", 900_000, 0, POOR),
        (2021, "urban", 900_001, 0, NEAR),
        (2021, "urban", 1_300_000, 30, POOR),
        (2021, "urban", 1_300_001, 30, NEITHER),
        # 2022–2026: đồng serve where no points are written.
        (2022, "rural", 1_500_000, 30, POOR),
        (2022, "rural", 1_500_000, 29, NEAR),
        (2022, "rural", 1_500_001, 30, NEITHER),
        (2026, "urban", 2_000_000, 30, POOR),
        (2026, "urban", 2_000_001, 30, NEITHER),
        # 2027–2030
        (2027, "rural", 2_200_000, 30, POOR),
        (2027, "rural", 2_200_000, 20, NEAR),
        (2030, "rural", 2_200_001, 30, NEITHER),
        (2030, "urban", 2_800_000, 30, POOR),
        (2030, "urban", 2_800_000, 0, NEAR),
        (2030, "urban", 2_800_001, 0, NEITHER),
    ],
)
def test_income_in_dong_holds_both_limits(year, area, money, deprivation, kind):
    checked = check_class(
        standard_in(year), area=area, income=None, deprivation=deprivation, money=money
    )
    assert checked.kind == kind


@pytest.mark.parametrize(
    ("year", "scores", "reason"),
    [
        (2023, (132, 40, None), "điểm A 132 ≤ 140 và điểm B 40 ≥ 30 → hộ nghèo"),
        (2023, (132, 20, None), "điểm A 132 ≤ 140 và điểm B 20 < 30 → hộ cận nghèo"),
        (2023, (150, 40, None), "điểm A 150 > 140 → không nghèo, không cận nghèo"),
        (2023, (None, 40, None), "chưa ghi điểm A nên không kiểm tra được"),
        (
            2023,
            (132, None, None),
            "điểm A 132 ≤ 140 nhưng chưa ghi điểm B nên không kiểm tra được",
        ),
        (2020, (110, 30, None), "chưa có bảng điểm nên không kiểm tra được"),
        (2028, (110, 30, None), "chưa có bảng điểm nên không kiểm tra được"),
        (2020, (None, 0, 650_000), "thu nhập 650.000 đ ≤ 700.000 đ → hộ nghèo"),
        (
            2020,
            (None, 20, 850_000),
            "thu nhập 850.000 đ > 700.000 đ và ≤ 1.000.000 đ và điểm B2 20 < 30 → hộ cận nghèo",
        ),
        (
            2028,
            (None, 30, 2_000_000),
            "thu nhập 2.000.000 đ ≤ 2.200.000 đ và điểm B 30 ≥ 30 → hộ nghèo",
        ),
    ],
)
def test_the_reason_is_said_in_words_with_the_names_of_that_year(year, scores, reason):
    income, deprivation, money = scores
    checked = check_class(
        standard_in(year), area="rural", income=income, deprivation=deprivation, money=money
    )
    assert checked.reason == reason


def test_a_higher_line_of_the_province_is_said_beside_the_countrys():
    units, others = make_district(), make_district()
    standard = standard_in(2023)
    PovertyLine.objects.create(
        standard=standard, place=units["province"], area="rural", income=1_800_000, points=160
    )
    checked = check_class(
        standard_in(2023), area="rural", place=units["commune1"], income=150, deprivation=30
    )
    assert (checked.kind, checked.national) == (POOR, NEITHER)
    assert checked.reason == (
        "theo chuẩn quốc gia: điểm A 150 > 140 → không nghèo, không cận nghèo; "
        f"theo chuẩn riêng của {units['province']}: điểm A 150 ≤ 160 và điểm B 30 ≥ 30 → hộ nghèo"
    )
    assert checked.agrees_with(POOR)
    assert not checked.agrees_with(NEAR)
    elsewhere = check_class(
        standard_in(2023), area="rural", place=others["commune1"], income=150, deprivation=30
    )
    assert (elsewhere.kind, elsewhere.national) == (NEITHER, UNKNOWN)
    town = check_class(
        standard_in(2023), area="urban", place=units["commune1"], income=170, deprivation=30
    )
    assert town.kind == POOR


def test_a_provinces_line_without_points_leaves_the_countrys_class():
    units = make_district()
    PovertyLine.objects.create(
        standard=standard_in(2023), place=units["province"], area="rural", income=1_800_000
    )
    checked = check_class(
        standard_in(2023), area="rural", place=units["hamlet1_1"], income=140, deprivation=30
    )
    assert checked.kind == POOR
    assert "chưa có bảng điểm" in checked.reason


@pytest.mark.parametrize(
    ("income", "decided", "agrees"),
    [
        (140, "poor", True),
        (140, "near_poor", False),
        (140, "hardship", False),
        (141, "hardship", True),
        (None, "hardship", True),
        (None, "poor", True),
    ],
)
def test_a_decided_class_is_held_against_the_scores(income, decided, agrees):
    checked = check_class(standard_in(2023), area="rural", income=income, deprivation=30)
    assert checked.agrees_with(decided) is agrees

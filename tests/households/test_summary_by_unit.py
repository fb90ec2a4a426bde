"""Start, movements and end of a class by unit, against sums made by hand."""

import pytest

from committees.people import system_user
from households.actions.classifying import classify_household
from households.actions.listing import Listed, poverty_list_of
from households.models import Classification, PovertyList, Transition
from households.review.transitions import derive
from households.summary.asked import Asked
from households.summary.by_unit import by_unit
from tests.factories.committees import make_district
from tests.factories.households import make_household
from tests.households.counting import count, figures, make_town, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


def table(unit, kind="poor", year=2024):
    return by_unit(Asked(unit, year, kind))


def some(line, *labels):
    return [line[label] for label in labels]


def test_a_commune_counts_start_movements_and_end_by_hamlet(units):
    make_village(units)
    count(units["commune1"], 2023, 80, 20)
    count(units["commune1"], 2024, 100, 25)
    lines = figures(table(units["commune1"]))
    moves = [
        "Thoát nghèo", "Giảm khác", "Tái nghèo", "Phát sinh", "Từ cận nghèo xuống", "Tăng khác",
    ]  # fmt: skip
    # Poor: A B C F stand at the start; B and C escaped, F moved, D fell, E is new.
    assert some(lines["Tổng cộng"], *moves) == ["2", "1", "0", "1", "1", "0"]
    assert some(lines["Ấp 1"], *moves) == ["2", "0", "0", "1", "1", "0"]
    assert some(lines["Ấp 2"], *moves) == ["0", "1", "0", "0", "0", "0"]
    whole = lines["Tổng cộng"]
    start, end = "Hộ nghèo đầu năm", "Hộ nghèo cuối năm"
    assert some(whole, f"{start}: Số hộ", f"{start}: Hộ DTTS") == ["4", "1"]
    assert some(whole, f"{end}: Số hộ", f"{end}: Hộ DTTS") == ["3", "2"]
    assert whole["Đối chiếu"] == "✓ Khớp"
    # 4 of 80, then 3 of 100; minority 1 of 20, then 2 of 25; 2 escaped of 100.
    assert some(whole, f"{start}: Tỷ lệ %", f"{end}: Tỷ lệ %") == ["5,00", "3,00"]
    assert some(whole, f"{start}: Tỷ lệ % DTTS", f"{end}: Tỷ lệ % DTTS") == ["5,00", "8,00"]
    assert whole["Thoát nghèo, tỷ lệ %"] == "2,00"
    assert whole["Tăng, giảm (điểm %)"] == "−2,00"
    assert lines["Ấp 1"]["Hộ nghèo cuối năm: Tỷ lệ %"] == ""


def test_the_twin_table_counts_near_poor_households(units):
    make_village(units)
    whole = figures(table(units["commune1"], "near_poor"))["Tổng cộng"]
    moves = [
        "Thoát cận nghèo", "Xuống hộ nghèo", "Giảm khác", "Tái cận nghèo", "Phát sinh",
        "Từ hộ nghèo lên", "Tăng khác",
    ]  # fmt: skip
    # D G I at the start; I escaped, D fell, B rose, H is new; B G H at the end.
    assert some(whole, *moves) == ["1", "1", "0", "0", "1", "1", "0"]
    assert whole["Hộ cận nghèo đầu năm: Số hộ"] == "3"
    assert whole["Hộ cận nghèo cuối năm: Số hộ"] == "3"
    assert whole["Đối chiếu"] == "✓ Khớp"


def test_a_district_sums_households_by_area_and_never_percents(units):
    make_town(units, 3)
    make_village(units, 1)
    make_village(units, 3)
    for number, total in ((1, 100), (3, 300)):
        count(units[f"commune{number}"], 2023, total)
        count(units[f"commune{number}"], 2024, total)
    made = table(units["district"])
    lines = figures(made)
    end = "Hộ nghèo cuối năm: Tỷ lệ %"
    assert list(lines) == [
        "Khu vực thành thị", "Thị trấn Thử",
        "Khu vực nông thôn", units["commune1"].name, units["commune2"].name,
        "Tổng cộng",
    ]  # fmt: skip
    assert (lines[units["commune1"].name][end], lines["Thị trấn Thử"][end]) == ("3,00", "1,00")
    assert lines["Tổng cộng"][end] == "1,50"  # 6 of 400, not the mean of 3 and 1
    assert lines["Tổng cộng"]["Hộ nghèo cuối năm: Số hộ"] == "6"
    assert lines["Khu vực thành thị"]["Tổng số hộ dân cư: Số hộ"] == "300"
    assert set(lines[units["commune2"].name].values()) == {""}
    assert any(units["commune2"].name in said for said in made.warnings)


def test_a_province_splits_a_district_that_has_town_and_country(units):
    make_town(units, 3)
    make_village(units, 1)
    make_village(units, 3)
    sections = table(units["province"]).sections
    named = [(s.heading.label, [row.label for row in s.rows]) for s in sections]
    district = units["district"].name
    assert named == [("Khu vực thành thị", [district]), ("Khu vực nông thôn", [district])]
    assert [section.heading.cells[2].text for section in sections] == ["4", "4"]
    # The part of a district leads to the district's own table, not to all its households.
    assert "/tong-hop/?" in sections[0].rows[0].cells[2].url
    assert table(units["centre"]).total.cells[2].text == "8"


def test_a_missing_total_leaves_rates_blank_and_is_named(units):
    make_village(units, 1)
    make_village(units, 2)
    count(units["commune1"], 2024, 100)
    made = table(units["district"])
    lines = figures(made)
    assert lines[units["commune1"].name]["Hộ nghèo cuối năm: Tỷ lệ %"] == "3,00"
    assert lines["Tổng cộng"]["Hộ nghèo cuối năm: Tỷ lệ %"] == ""
    assert lines["Tổng cộng"]["Tổng số hộ dân cư: Số hộ"] == ""
    assert lines["Tổng cộng"]["Hộ nghèo cuối năm: Số hộ"] == "6"
    (said,) = made.warnings
    assert "tổng số hộ" in said
    assert units["commune2"].name in said
    assert units["commune1"].name not in said


def test_without_a_list_of_the_year_before_nothing_is_told_of_the_start(units):
    make_village(units, 1)
    make_household(units["hamlet2_1"], year=2024)
    count(units["commune2"], 2024, 50)
    lines = figures(table(units["commune2"]))
    assert lines["Tổng cộng"]["Hộ nghèo cuối năm: Tỷ lệ %"] == "2,00"
    assert lines["Tổng cộng"]["Hộ nghèo đầu năm: Số hộ"] == ""
    assert lines["Tổng cộng"]["Phát sinh"] == ""
    assert lines["Tổng cộng"]["Đối chiếu"] == ""
    district = figures(table(units["district"]))["Tổng cộng"]
    assert district["Hộ nghèo đầu năm: Số hộ"] == "4"
    assert district["Hộ nghèo cuối năm: Số hộ"] == "4"
    assert district["Đối chiếu"] == ("✓ Khớp, trừ 1 nơi chưa có danh sách năm trước")
    assert district["Tăng, giảm (điểm %)"] == ""


def test_a_change_of_standard_is_shown_as_a_break(units):
    household = make_household(units["hamlet1_1"], year=2021, kind="poor")
    make_household(units["hamlet1_1"], year=2022, kind="poor")
    classify_household(household, listed=Listed(2022, "near_poor"), by=system_user())
    for year in (2021, 2022):
        count(units["commune1"], year, 100)
    made = table(units["commune1"], year=2022)
    whole = figures(made)["Tổng cộng"]
    assert whole["Tăng, giảm (điểm %)"] == "chuẩn nghèo khác nhau, không so sánh"
    assert whole["Thoát nghèo"] == ""
    assert whole["Hộ nghèo đầu năm: Số hộ"] == "1"
    assert whole["Hộ nghèo cuối năm: Số hộ"] == "1"
    assert any("hai chuẩn nghèo khác nhau" in said for said in made.warnings)
    again = table(units["commune1"], year=2021)
    assert not any("hai chuẩn" in said for said in again.warnings)


def test_a_household_that_changed_hamlets_is_no_movement_of_the_commune(units):
    households = make_village(units)
    # A (still poor) and B (escaped to near-poor) live in hamlet 2 since the list of 2024.
    for letter in "AB":
        Classification.objects.filter(household=households[letter], poverty_list__year=2024).update(
            hamlet=units["hamlet1_2"]
        )
    derive(PovertyList.objects.get(commune=units["commune1"], year=2024))
    lines = figures(table(units["commune1"]))
    within = "Chuyển giữa các thôn"
    assert [lines[name][within] for name in ("Ấp 1", "Ấp 2", "Tổng cộng")] == ["−1", "+1", ""]
    assert {line["Đối chiếu"] for line in lines.values()} == {"✓ Khớp"}
    assert lines["Tổng cộng"]["Giảm khác"] == "1"
    assert lines["Ấp 1"]["Thoát nghèo"] == "2"  # B stood there when it was poor
    near = figures(table(units["commune1"], "near_poor"))
    assert near["Ấp 2"]["Từ hộ nghèo lên"] == "1"
    assert {line["Đối chiếu"] for line in near.values()} == {"✓ Khớp"}
    alone = figures(table(units["hamlet1_1"]))
    assert alone["Ấp 1"] == lines["Ấp 1"]


def test_a_balance_that_does_not_close_says_by_how_much(units):
    households = make_village(units)
    Transition.objects.filter(household=households["E"]).delete()
    lines = figures(table(units["commune1"]))
    assert lines["Tổng cộng"]["Đối chiếu"] == "Lệch +1 hộ"
    assert lines["Ấp 1"]["Đối chiếu"] == "Lệch +1 hộ"
    assert lines["Ấp 2"]["Đối chiếu"] == "✓ Khớp"


def test_a_hamlet_has_a_line_of_its_own(units):
    make_village(units)
    lines = figures(table(units["hamlet1_2"]))
    assert lines["Ấp 2"]["Hộ nghèo đầu năm: Số hộ"] == "1"
    assert "Ấp 1" not in lines


def test_an_empty_list_counts_as_nobody_poor(units):
    poverty_list_of(units["commune1"], 2024, by=system_user())
    count(units["commune1"], 2024, 100)
    whole = figures(table(units["commune1"]))["Tổng cộng"]
    assert whole["Hộ nghèo cuối năm: Số hộ"] == "0"
    assert whole["Hộ nghèo cuối năm: Tỷ lệ %"] == "0,00"


def test_the_table_asks_as_often_for_one_commune_as_for_three(units, django_assert_num_queries):
    make_village(units, 1)
    with django_assert_num_queries(6):
        table(units["district"])
    make_village(units, 2)
    make_town(units, 3)
    make_village(units, 3)
    with django_assert_num_queries(6):
        table(units["district"])

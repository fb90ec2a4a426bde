"""How many households lack what, belong to which group, are poor for which cause."""

import pytest

from committees.people import system_user
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.models import Classification
from households.summary.asked import Asked
from households.summary.by_mark import by_mark
from tests.factories.committees import make_district
from tests.factories.households import make_household
from tests.households.counting import figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


def table(unit, name, *, year=2024, kind="poor"):
    return by_mark(Asked(unit, year, kind, name))


def listed(hamlet, *marks, year=2024, kind="poor"):
    """A household on the list of a year with these deprivations."""
    household = make_household(hamlet)
    decided = Listed(year, kind, 100, 10 * len(marks), list(marks))
    classify_household(household, listed=decided, by=system_user())
    return household


def test_each_indicator_counts_households_and_their_share_of_the_class(units):
    listed(units["hamlet1_1"], "viec_lam", "bhyt", "nha_tieu")
    listed(units["hamlet1_1"], "bhyt", "nha_tieu", "vien_thong")
    listed(units["hamlet1_2"], "bhyt", "dinh_duong", "vien_thong")
    listed(units["hamlet1_2"])
    listed(units["hamlet1_2"], "viec_lam", kind="near_poor")
    made = table(units["commune1"], "chi-so")
    whole = figures(made)["Tổng cộng"]
    assert whole["Tổng số hộ nghèo"] == "4"
    assert whole["Bảo hiểm y tế"] == "3 75,0 %"
    assert whole["Việc làm"] == "1 25,0 %"
    assert whole["Không ghi chỉ số nào"] == "1 25,0 %"
    assert whole["Nguồn nước sinh hoạt"] == "0 0,0 %"
    assert figures(made)["Ấp 1"]["Bảo hiểm y tế"] == "2 100,0 %"
    assert len(made.columns) == 1 + 12 + 1
    assert any("chưa ghi chỉ số thiếu hụt nào: 1 hộ" in said for said in made.warnings)


def test_a_list_without_any_indicator_leaves_them_blank(units):
    listed(units["hamlet1_1"])
    whole = figures(table(units["commune1"], "chi-so"))["Tổng cộng"]
    assert whole["Bảo hiểm y tế"] == ""
    assert whole["Không ghi chỉ số nào"] == "1 100,0 %"
    assert figures(table(units["commune1"], "nguyen-nhan"))["Tổng cộng"]["Nguyên nhân khác"] == ""
    assert (
        figures(table(units["commune1"], "doi-tuong"))["Tổng cộng"]["Hộ có người có công"]
        == "0 0,0 %"
    )


def test_the_indicators_are_those_of_the_standard_of_the_year(units):
    listed(units["hamlet1_1"], "dich_vu_y_te", year=2020)
    labels = [column.label for column in table(units["commune1"], "chi-so", year=2020).columns]
    assert "Tiếp cận các dịch vụ y tế" in labels
    assert "Việc làm" not in labels


def test_shares_are_compared_with_the_year_before_in_percentage_points(units):
    kept = listed(units["hamlet1_1"], "bhyt", year=2023)
    classify_household(kept, listed=Listed(2024, "poor", deprivations=["bhyt"]), by=system_user())
    gone = listed(units["hamlet1_1"], "bhyt", year=2023)
    classify_household(gone, listed=Listed(2024, "poor"), by=system_user())
    lines = figures(table(units["commune1"], "chi-so"))
    assert lines["Năm 2023"]["Bảo hiểm y tế"] == "2 100,0 %"
    assert lines["Tăng, giảm (điểm %)"]["Bảo hiểm y tế"] == "−50,00"


def test_indicators_are_not_compared_across_a_change_of_standard(units):
    listed(units["hamlet1_1"], "bhyt", year=2021)
    listed(units["hamlet1_1"], "bhyt", year=2022)
    made = table(units["commune1"], "chi-so", year=2022)
    assert list(figures(made))[-1] == "So với năm 2021: chuẩn nghèo khác nhau, không so sánh"
    assert any("không so sánh" in said for said in made.warnings)


def test_groups_and_causes_are_those_of_the_list_of_that_year(units):
    one, two = listed(units["hamlet1_1"]), listed(units["hamlet1_2"])
    for household, flags, causes in (
        (one, ["minority", "merit"], ["land", "illness"]),
        (two, ["minority"], []),
    ):
        Classification.objects.filter(household=household).update(flags=flags, causes=causes)
    groups = figures(table(units["commune1"], "doi-tuong"))["Tổng cộng"]
    assert groups["Hộ dân tộc thiểu số"] == "2 100,0 %"
    assert groups["Hộ có người có công"] == "1 50,0 %"
    causes = figures(table(units["district"], "nguyen-nhan"))
    assert causes["Tổng cộng"]["Không có đất sản xuất"] == "1 50,0 %"
    assert causes["Tổng cộng"]["Chưa ghi nguyên nhân"] == "1 50,0 %"
    assert set(causes[units["commune2"].name].values()) == {""}
    assert (
        figures(table(units["commune1"], "doi-tuong", kind="near_poor"))["Tổng cộng"][
            "Hộ dân tộc thiểu số"
        ]
        == "0"
    )


def test_the_table_asks_as_often_for_one_commune_as_for_three(units, django_assert_num_queries):
    listed(units["hamlet1_1"], "bhyt")
    with django_assert_num_queries(8):
        table(units["district"], "chi-so")
    listed(units["hamlet2_1"], "bhyt")
    listed(units["hamlet2_2"], "viec_lam", year=2023)
    with django_assert_num_queries(8):
        table(units["district"], "chi-so")

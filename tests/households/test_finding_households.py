import pytest

from households import queries
from households.models import Household
from tests.factories.committees import make_district
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def three(units):
    make_household(units["hamlet1_1"], code="28051-0001", head_name="Đặng Thị Uống", year=2023,
                   number=national_id(1))  # fmt: skip
    make_household(units["hamlet1_2"], code="28051-0002", head_name="Lê Ân", year=2024)
    make_household(units["hamlet2_1"], code="28054-0001", head_name="Dương Thành Đạt")


def found(text):
    rows = queries.matching(Household.objects.all(), text)
    return sorted(rows.values_list("head_name", flat=True))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("dang thi uong", ["Đặng Thị Uống"]),
        ("ĐẶNG", ["Đặng Thị Uống"]),
        ("uống đặng", ["Đặng Thị Uống"]),
        ("duong dat", ["Dương Thành Đạt"]),
        ("an", ["Lê Ân"]),  # one or two letters begin the given name
        ("d", ["Dương Thành Đạt"]),
        ("le an", ["Lê Ân"]),
        ("28051-", ["Lê Ân", "Đặng Thị Uống"]),
        ("28054-0001", ["Dương Thành Đạt"]),
        (national_id(1), ["Đặng Thị Uống"]),
        (national_id(1)[:8], []),
        ("%", []),
        ("_ặng", []),
        ("không có ai", []),
    ],
)
def test_people_are_found_by_what_officers_type(three, typed, names):
    assert found(typed) == names


def test_screens_follow_one_another_without_gaps(units):
    for number in range(7):
        make_household(units["hamlet1_1"], head_name=f"Nguyễn Văn {'ABBCDDE'[number]}")
    names, after = [], None
    for _ in range(3):
        screen = queries.screen_of(Household.objects.all(), after=after, size=3)
        names += [household.head_name[-1] for household in screen.rows]
        after = screen.after
    assert names == list("ABBCDDE")
    assert after is None


def test_counting_stops_at_a_thousand(three, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED", 2)
    screen = queries.screen_of(Household.objects.all())
    assert screen.has_more_than_counted
    assert screen.count == 3


def test_the_years_of_lists_are_offered(three, units):
    assert queries.years_of_lists([units["commune1"]]) == [2024, 2023]
    assert queries.years_of_lists([units["commune2"]]) == []


def test_a_class_counts_in_its_own_year(three):
    rows = Household.objects.all()
    assert queries.listed_in(rows, 2023).get().head_name == "Đặng Thị Uống"
    assert not queries.listed_in(rows, 2023, "near_poor").exists()

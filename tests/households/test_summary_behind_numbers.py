"""Every number of a summary table opens as many households as it says."""

from urllib.parse import parse_qs, urlparse

import pytest

from households.models import Classification, Household
from households.summary.asked import Asked
from households.summary.behind import NoSuchNumber, households_behind
from households.summary.tables import table_of
from tests.factories.committees import make_district
from tests.households.counting import make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    units = make_district()
    make_village(units, 1)
    make_village(units, 2)
    lists = Classification.objects.filter(poverty_list__year=2024)
    lists.filter(household__head_name__endswith="A").update(
        deprivations=["bhyt", "nha_tieu"], causes=["land"], flags=["minority", "merit"]
    )
    return units


@pytest.mark.parametrize("name", ["don-vi", "chi-so", "doi-tuong", "nguyen-nhan", "cac-nam"])
def test_each_linked_number_is_the_number_of_households_behind_it(units, name):
    for place in ("hamlet1_1", "commune1", "district", "province"):
        opened = 0
        for kind in ("poor", "near_poor"):
            for line in table_of(Asked(units[place], 2024, kind, name)).lines:
                for column, cell in line.cells:
                    if "/ho/tong-hop/ho/" in cell.url:
                        said = f"{place}, {line.row.label}, {column.full_label}"
                        assert behind(cell.url, units) == cell.value, said
                        opened += 1
        assert opened


def behind(address, units):
    asked = {key: value[0] for key, value in parse_qs(urlparse(address).query).items()}
    unit = next(unit for unit in units.values() if str(unit.pk) == asked["noi"])
    _title, rows = households_behind(
        asked["so"], unit=unit, year=int(asked["nam"]), kind=asked["loai"]
    )
    return rows.count()


@pytest.mark.parametrize("number", ["", "x", "cuoi-x", "dau.viec_lam", "so.bhyt"])
def test_a_number_that_no_table_has_is_refused(units, number):
    with pytest.raises(NoSuchNumber):
        households_behind(number, unit=units["commune1"], year=2024, kind="poor")


def test_a_household_that_moved_away_still_stands_behind_its_number(units):
    moved = Household.objects.get(head_name="Trần Thị Thử G", commune=units["commune1"])
    moved.commune, moved.hamlet = units["commune2"], units["hamlet2_1"]
    moved.save()
    _title, rows = households_behind("cuoi", unit=units["commune1"], year=2024, kind="near_poor")
    assert moved.pk in rows.values_list("household", flat=True)

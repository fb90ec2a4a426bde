"""The spreadsheets of the sample district give the figures that their makers know to be true."""

import pytest

from reports.figures import figures_of, gather
from tests.factories.reports import EXPECTED

pytestmark = pytest.mark.django_db


def of_expected(figures: dict, expected: dict) -> dict:
    """The figures that the expected file names."""
    return {key: figures.get(key) for key in expected}


@pytest.mark.parametrize("code", sorted(EXPECTED["communes"]))
def test_a_commune(thu_thua, code):
    commune = thu_thua.communes[code]
    figures = figures_of(gather(thu_thua.campaign, commune), commune)

    assert of_expected(figures, EXPECTED["communes"][code]) == EXPECTED["communes"][code]


def test_the_districts_own_fund(thu_thua):
    figures = figures_of(gather(thu_thua.campaign, thu_thua.district), thu_thua.district, own=True)

    assert of_expected(figures, EXPECTED["own"]["804"]) == EXPECTED["own"]["804"]


@pytest.mark.parametrize("unit", ["district", "province"])
def test_everything_below_a_unit(thu_thua, unit):
    unit = getattr(thu_thua, unit)
    figures = figures_of(gather(thu_thua.campaign, unit), unit)
    expected = EXPECTED["subtree"]["804"] | {"name": unit.name}

    assert of_expected(figures, expected) == expected

"""Every number opens the records it was made of, and they add up to it."""

import pytest

from reports.figures import figures_of, gather
from reports.figures.indicators import INDICATORS, OF_SUPPORT
from reports.figures.records import Asked, records_of

pytestmark = pytest.mark.django_db
UNITS = ["province", "district", "district alone", "commune"]


@pytest.fixture
def asked(thu_thua, unit):
    committee = {"province": thu_thua.province, "commune": thu_thua.communes["28051"]}
    return Asked(
        thu_thua.campaign, committee.get(unit, thu_thua.district), own=unit == "district alone"
    )


@pytest.fixture
def figures(asked):
    return figures_of(gather(asked.campaign, asked.committee), asked.committee, own=asked.own)


@pytest.mark.parametrize("unit", UNITS)
def test_the_records_of_every_indicator_add_up_to_it(asked, figures):
    added_up = {code: records_of(one, asked).total() for code, one in INDICATORS.items()}

    assert added_up == {code: one.value(figures) for code, one in INDICATORS.items()}
    assert any(added_up.values())


@pytest.mark.parametrize("unit", UNITS)
def test_the_records_of_every_kind_of_support_add_up_to_it(asked, figures):
    added_up = {
        kind: {
            "count": records_of(OF_SUPPORT["support.count"], asked, kind=kind).total(),
            "value": records_of(OF_SUPPORT["support.value"], asked, kind=kind).total(),
        }
        for kind in figures["support"]
    }

    assert added_up == figures["support"]


@pytest.mark.parametrize("unit", ["district"])
def test_rows_of_two_sorts_are_read_page_by_page(asked):
    rows = records_of(INDICATORS["welfare"], asked)
    in_pages = [row for start in range(0, rows.count(), 7) for row in rows[start : start + 7]]

    assert len(in_pages) == rows.count()
    assert sum(row.counted for row in in_pages) == rows.total()
    assert len({type(row) for row in in_pages}) == 2

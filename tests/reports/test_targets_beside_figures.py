"""The board of a campaign counts targets by the figures of the reports."""

import pytest

from campaigns import board, plans
from committees.people import system_user
from reports import board_counts
from tests.factories.campaigns import sample_plan
from tests.factories.reports import EXPECTED

pytestmark = pytest.mark.django_db

DISTRICT = EXPECTED["subtree"]["804"]
HOUSES = DISTRICT["houses"]["handed_over"] + DISTRICT["houses"]["under_way"]


def test_targets_of_the_sample_plan_stand_beside_what_was_achieved(thu_thua):
    data = sample_plan() | {"targets": {"houses": 7, "receipts": 700_000_000, "gifts": 500}}
    plan = plans.create_plan(
        data, committee=thu_thua.district, campaign=thu_thua.campaign, by=system_user()
    )
    lines = {line.label: line for line in board.board(thu_thua.campaign, [plan])}
    gifts = sum(
        kind["count"] for name, kind in DISTRICT["support"].items() if name.startswith("Quà")
    )
    assert lines["Nhà Đại đoàn kết"].achieved == HOUSES
    assert lines["Vận động Quỹ"].achieved == DISTRICT["received_total"]
    assert lines["Suất quà"].achieved == gifts


def test_units_side_by_side_are_counted_each_for_itself(thu_thua):
    units = list(thu_thua.communes.values())
    houses = board_counts.houses_begun(thu_thua.campaign, units)
    assert sum(houses.values()) == HOUSES
    assert set(houses) == {unit.pk for unit in units}
    for unit in units:
        figures = EXPECTED["communes"][unit.code]["houses"]
        assert houses[unit.pk] == figures["handed_over"] + figures["under_way"]

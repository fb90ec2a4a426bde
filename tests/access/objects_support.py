"""Support lists, help and welfare, made for the walk of all addresses."""

from committees.models import Committee
from committees.people import system_user
from fund import support_actions
from fund.actions import LEVELS_WITH_FUND
from fund.support_records import WelfareGiven, record_welfare
from households.models import Household
from tests.factories.committees import make_unit
from tests.factories.households import make_household
from tests.factories.support import DAY, make_list


def _household_under(committee: Committee) -> Household:
    commune = committee
    if committee.level == Committee.Level.DISTRICT:
        commune = make_unit("commune", parent=committee)
    return make_household(make_unit("hamlet", parent=commune))


def _make_list(committee: Committee) -> int | None:
    return make_list(committee, []).pk if committee.level in LEVELS_WITH_FUND else None


def _make_support(committee: Committee) -> int | None:
    if committee.level not in (Committee.Level.COMMUNE, Committee.Level.DISTRICT):
        return None
    made = make_list(committee, [_household_under(committee)], giver="Hội Chữ thập đỏ")
    support_actions.record_list(made, by=system_user())
    return made.supports.get().pk


def _make_welfare(committee: Committee) -> int | None:
    if committee.level not in LEVELS_WITH_FUND:
        return None
    given = WelfareGiven("Chùa Thử", "Tặng gạo", DAY, 1_000_000)
    return record_welfare(committee, given=given, by=system_user()).pk


MAKERS = {
    "support_list_pk": _make_list,
    "support_pk": _make_support,
    "welfare_pk": _make_welfare,
}
PAYLOADS = {
    "support:support-withdraw": lambda committee, pk: {"reason": "ghi nhầm"},
    "support:welfare-withdraw": lambda committee, pk: {"reason": "ghi nhầm"},
    "support:list-cancel": lambda committee, pk: {"reason": "lập lại"},
    "support:list-decide": lambda committee, pk: {"agree": "1"},
    "support:list-pay": lambda committee, pk: {"account": "cash", "on": "20/10/2023"},
}

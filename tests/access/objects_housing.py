"""Houses, made for the walk of all addresses: a commune's, to be decided by its district."""

from committees.models import Committee
from tests.factories.committees import make_unit
from tests.factories.households import make_household
from tests.factories.housing import make_house


def _make_house(committee: Committee) -> int | None:
    if committee.level != Committee.Level.COMMUNE:
        return None
    district = Committee.objects.get(path=committee.parent_path)
    return make_house(make_household(make_unit("hamlet", parent=committee)), payer=district).pk


MAKERS = {"house_pk": _make_house}
PAYLOADS = {
    "housing:house-refuse": lambda committee, pk: {"reason": "đã có nhà", "on": "10/10/2023"},
    "housing:house-start": lambda committee, pk: {"on": "19/10/2023"},
    "housing:house-complete": lambda committee, pk: {"on": "12/11/2023"},
    "housing:house-hand-over": lambda committee, pk: {"on": "16/11/2023"},
    "housing:house-labour": lambda committee, pk: {"days": "12"},
    "housing:house-pay": lambda committee, pk: {"account": "treasury", "on": "19/10/2023"},
    "housing:house-money": lambda committee, pk: {
        "money-TOTAL_FORMS": 1,
        "money-INITIAL_FORMS": 0,
        "money-0-source": "fund",
        "money-0-sponsor": "",
        "money-0-amount": "40.000.000",
    },
}

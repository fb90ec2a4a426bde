"""Lists of a year to print, made for the walk of all addresses."""

from committees.models import Committee
from households.models import PovertyList
from tests.factories.committees import make_unit
from tests.factories.households import make_household

YEAR = 2022  # 2023 is other makers' year


def _make_list(committee: Committee) -> int | None:
    if committee.level != Committee.Level.COMMUNE:
        return None
    make_household(make_unit("hamlet", parent=committee), year=YEAR)
    return PovertyList.objects.get(commune=committee, year=YEAR).pk


MAKERS = {"list_pk": _make_list}

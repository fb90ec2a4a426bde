"""The lines of a printed list: of the registry as filtered, or of one year's list as decided.

Both are read row by row, ordered by commune, hamlet and name, and never held as a whole.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from committees.models import Committee
from households import queries
from households.models import Household
from households.models.household import HouseholdQuerySet
from households.models.standard import ClassificationQuerySet

AT_ONCE = 1000


class Entry(NamedTuple):
    """One household on paper. ``kind`` is empty where it is on no list."""

    key: int
    code: str
    name: str
    birth_year: int | None
    birth_date: date | None
    hamlet: Committee
    commune: Committee
    members: int | None
    kind: str
    note: str


def of_registry(rows: HouseholdQuerySet, year: int | None) -> Iterator[Entry]:
    """The households of ``rows`` with their class of ``year``, else their latest."""
    rows = queries.for_listing(rows, year=year)
    rows = rows.order_by("commune__path", "hamlet__sort_key", "head_sort_key", "pk")
    for household in rows.iterator(chunk_size=AT_ONCE):
        listed = household.shown_classes[0] if household.shown_classes else None
        is_followed = household.state == Household.State.ACTIVE
        yield Entry(
            household.pk,
            household.code,
            household.head_name,
            household.birth_year,
            household.birth_date,
            household.hamlet,
            household.commune,
            household.members_declared,
            listed.kind if listed else "",
            "" if is_followed else household.get_state_display(),
        )


def of_list(classifications: ClassificationQuerySet) -> Iterator[Entry]:
    """The households of a year's list, with the hamlet and the members of that year."""
    rows = classifications.select_related("household", "hamlet", "poverty_list__commune")
    rows = rows.order_by("hamlet__sort_key", "household__head_sort_key", "pk")
    for listed in rows.iterator(chunk_size=AT_ONCE):
        household = listed.household
        yield Entry(
            household.pk,
            household.code,
            household.head_name,
            household.birth_year,
            household.birth_date,
            listed.hamlet,
            listed.poverty_list.commune,
            listed.members_declared,
            listed.kind,
            "",
        )

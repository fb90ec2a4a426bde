"""One screen of a long find or list, from where the screen before ended.

Up to ``COUNTED`` of the likeliest households are read whole, their keys alone, in one query. More
of them, and the less likely ones, are asked rank after rank, in the order of an index, until the
screen is full.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Q, Value, When

from households.finding.ranking import Rank
from households.models import Household
from households.models.household import HouseholdQuerySet

SIZE = 50
COUNTED = 1000


@dataclass
class Screen:
    """Households as they are shown; each has ``why``, what the find has to tell of it."""

    rows: list[Household]
    count: int  # of the likeliest; never more than COUNTED + 1: a nation takes too long to count
    is_all: bool = True  # False: less likely households follow, which nobody counts
    after: str = ""  # where the next screen begins; empty on the last
    is_first: bool = True

    @property
    def has_more_than_counted(self) -> bool:
        return self.count > COUNTED


class Find(NamedTuple):
    """Where a household stands in a find; finds sort as they are shown."""

    rank: int
    key: str
    pk: int = 0


START = Find(0, "")


def screen_of(
    ranks: list[Rank],
    *,
    shown: HouseholdQuerySet,
    among: HouseholdQuerySet,
    after: str = "",
    size: int = SIZE,
) -> Screen:
    """The households of ``ranks`` from ``after`` on, with what ``shown`` fetches of each.

    ``after`` names a household that is looked up ``among`` those the person may see: where a
    screen begins must not tell how another unit's household is called.
    """
    place = _place(after, among)
    likeliest = [number for number, rank in enumerate(ranks) if rank.likeness == 0]
    less_likely = range(len(likeliest), len(ranks))
    with connection.execute_wrapper(_in_one_process):
        some = _some_of(ranks, likeliest)
        if len(some) <= COUNTED:
            found = sorted(find for find in some if find > place)
        else:
            found = _in_order(ranks, likeliest, place, size + 1)
        found += _in_order(ranks, less_likely, place, size + 1 - len(found))
    screen = Screen(_rows(shown, ranks, found[:size]), len(some), is_first=place == START)
    if len(found) > size:
        screen.after = f"{found[size - 1].rank}-{found[size - 1].pk}"
        screen.is_all = not less_likely
    elif screen.is_first:
        screen.count = len(found)
    return screen


def first_of(ranks: list[Rank], *, shown: HouseholdQuerySet, most: int) -> list[Household]:
    """The likeliest households, at most so many."""
    with connection.execute_wrapper(_in_one_process):
        found = _in_order(ranks, range(len(ranks)), START, most)
    return _rows(shown, ranks, found)


def _in_one_process(execute: Callable, sql: str, *rest: object) -> object:
    """Ask without helpers: starting them takes longer than these questions do."""
    return execute(f"SET LOCAL max_parallel_workers_per_gather = 0; {sql}", *rest)


def _place(after: str, among: HouseholdQuerySet) -> Find:
    match = re.fullmatch(r"(\d)(?:-(\d{1,18}))?", after, re.ASCII)
    if not match:
        return START
    rank, pk = int(match[1]), match[2]
    if pk is None:
        return Find(rank, "")
    behind = among.order_by().filter(pk=int(pk)).values_list("head_sort_key", "pk").first()
    return Find(rank, *behind) if behind else START


def _some_of(ranks: list[Rank], numbers: list[int]) -> list[Find]:
    """All finds, if they are no more than ``COUNTED``; else one more than that, any of them."""
    if len(numbers) == 1:
        return _keys(ranks, START._replace(rank=numbers[0]), COUNTED + 1)
    parts = []
    for number in numbers:
        rank = ranks[number]
        rows = rank.rows if rank.unordered is None else rank.unordered
        keys = rows.order_by().annotate(rank=Value(number))
        parts.append(keys.values_list("rank", "head_sort_key", "pk"))
    return [Find(*row) for row in parts[0].union(*parts[1:], all=True)[: COUNTED + 1]]


def _in_order(ranks: list[Rank], numbers: Iterable[int], place: Find, most: int) -> list[Find]:
    """The finds that follow ``place`` in these ranks, asked one after the other."""
    found: list[Find] = []
    for number in numbers:
        if number >= place.rank and len(found) < most:
            begin = place if number == place.rank else START._replace(rank=number)
            found += _keys(ranks, begin, most - len(found))
    return found


def _keys(ranks: list[Rank], place: Find, most: int) -> list[Find]:
    """The finds of one rank that follow ``place``."""
    rows = ranks[place.rank].rows
    if place.pk:
        behind = Q(head_sort_key__gt=place.key) | Q(pk__gt=place.pk)
        rows = rows.filter(behind, head_sort_key__gte=place.key)
    keys = rows.order_by("head_sort_key", "pk").values_list("head_sort_key", "pk")
    return [Find(place.rank, *key) for key in keys[:most]]


def _rows(shown: HouseholdQuerySet, ranks: list[Rank], found: list[Find]) -> list[Household]:
    reasons = [
        When(pk__in=[find.pk for find in found if find.rank == number], then=rank.why)
        for number, rank in enumerate(ranks)
        if rank.why is not None
    ]
    why = Case(*reasons, default=Value("")) if reasons else Value("")
    households = shown.annotate(why=why).in_bulk([find.pk for find in found])
    return [households[find.pk] for find in found]

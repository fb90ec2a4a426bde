"""One screen of a long find or list, from where the screen before ended."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Q, Value, When

from households.finding.ranking import Rank
from households.models import Household
from households.models.household import HouseholdQuerySet

SIZE = 50
COUNTED = 1000
MOST_RANKS = 4  # asked for one screen that is not the first: more would be too many queries


@dataclass
class Screen:
    """Households as they are shown; each has ``why``, what the find has to tell of it."""

    rows: list[Household]
    after: str = ""  # where the next screen begins; empty on the last
    is_first: bool = True
    count: int | None = None  # of the first screen only, never more than COUNTED + 1

    @property
    def has_more_than_counted(self) -> bool:
        return self.count is not None and self.count > COUNTED


@dataclass(frozen=True)
class _Place:
    """Where a screen begins: at a rank, behind a household of it or at its start."""

    rank: int = 0
    behind: tuple[str, int] | None = None

    def following(self) -> Q:
        if self.behind is None:
            return Q()
        key, pk = self.behind
        return Q(head_sort_key__gte=key) & (Q(head_sort_key__gt=key) | Q(pk__gt=pk))


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
    is_first = place == _Place()
    found, rank = [], place.rank
    while rank < len(ranks) and len(found) <= size:
        if found and not is_first and rank - place.rank == MOST_RANKS:
            break
        rows = ranks[rank].rows.filter(place.following() if rank == place.rank else Q())
        # The last rank of a first screen is read so far that nothing needs counting after it.
        is_counted = is_first and rank == len(ranks) - 1
        most = COUNTED if is_counted else size - len(found)
        keys = rows.order_by("head_sort_key", "pk").values_list("pk", flat=True)
        found += [_Find(rank, pk) for pk in keys[: most + 1]]
        rank += 1
    screen = Screen(_rows(shown, ranks, found[:size]), is_first=is_first)
    if len(found) > size:
        screen.after = f"{found[size - 1].rank}-{found[size - 1].pk}"
    elif rank < len(ranks):
        screen.after = str(rank)
    if is_first:
        screen.count = _counted(ranks) if rank < len(ranks) else len(found)
    return screen


class _Find(NamedTuple):
    rank: int
    pk: int


def _place(after: str, among: HouseholdQuerySet) -> _Place:
    match = re.fullmatch(r"(\d)(?:-(\d{1,18}))?", after, re.ASCII)
    if not match:
        return _Place()
    rank, pk = int(match[1]), match[2]
    if pk is None:
        return _Place(rank)
    behind = among.order_by().filter(pk=int(pk)).values_list("head_sort_key", "pk").first()
    return _Place(rank, behind) if behind else _Place()


def _rows(shown: HouseholdQuerySet, ranks: list[Rank], found: list[_Find]) -> list[Household]:
    reasons = [
        When(pk__in=[find.pk for find in found if find.rank == number], then=rank.why)
        for number, rank in enumerate(ranks)
        if rank.why is not None
    ]
    why = Case(*reasons, default=Value("")) if reasons else Value("")
    households = shown.annotate(why=why).in_bulk([find.pk for find in found])
    return [households[find.pk] for find in found]


def _counted(ranks: list[Rank]) -> int:
    """How many households the ranks hold, up to one more than ``COUNTED``; in no order."""
    keys = [rank.rows.order_by().values("pk")[: COUNTED + 1] for rank in ranks]
    if len(keys) == 1:
        return keys[0].count()
    return keys[0].union(*keys[1:], all=True)[: COUNTED + 1].count()


def first_of(ranks: list[Rank], *, shown: HouseholdQuerySet, most: int) -> list[Household]:
    """The likeliest households, at most so many."""
    found = []
    for number, rank in enumerate(ranks):
        keys = rank.rows.order_by("head_sort_key", "pk").values_list("pk", flat=True)
        found += [_Find(number, pk) for pk in keys[: most - len(found)]]
        if len(found) == most:
            break
    return _rows(shown, ranks, found)

"""A year's list in numbers: class by class, hamlet by hamlet, code by code; and its balance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from committees.models import Committee
from households.models import Classification, PovertyList, Transition
from households.review.codes import Code, Kind

ANNUAL = Transition.Origin.ANNUAL


@dataclass(frozen=True)
class Line:
    """One class: đầu năm + đến − đi = cuối năm. ``start`` is None without a list before."""

    kind: Kind
    start: int | None
    came: int
    left: int
    end: int

    @property
    def difference(self) -> int:
        """How many households the movements do not account for; 0 when it is balanced."""
        return 0 if self.start is None else self.end - (self.start + self.came - self.left)


@dataclass(frozen=True)
class HamletLines:
    hamlet: Committee
    lines: list[Line]


@dataclass(frozen=True)
class CodeCount:
    """How many households a code has, by the annual review and within the year."""

    code: Code
    annual: int
    monthly: int


@dataclass(frozen=True)
class Balance:
    """The proof of a list, as a whole and by hamlet.

    In a hamlet's line a household that changed hamlets within the commune left the one and came
    to the other.
    """

    lines: list[Line]
    hamlets: list[HamletLines]

    @property
    def is_proved(self) -> bool:
        inner = [line for hamlet in self.hamlets for line in hamlet.lines]
        return not any(line.difference for line in (*self.lines, *inner))


class _Move(NamedTuple):
    """So many households went from one (class, hamlet) to another; class "" is on no list."""

    before: tuple[str, int | None]
    after: tuple[str, int]
    count: int


def previous_of(poverty_list: PovertyList) -> PovertyList | None:
    """The commune's list of the year before."""
    return (
        PovertyList.objects.select_related("standard")
        .filter(commune=poverty_list.commune_id, year=poverty_list.year - 1)
        .first()
    )


def balance_of(poverty_list: PovertyList, previous: PovertyList | None) -> Balance:
    """Four queries, however many hamlets."""
    starts = _standing(previous) if previous else Counter()
    ends = _standing(poverty_list)
    moves = _moves(poverty_list)
    places = {place for _, place in (*starts, *ends, *(move.before for move in moves)) if place}
    hamlets = Committee.objects.filter(pk__in=places).order_by("path")
    has_previous = previous is not None
    return Balance(
        lines=[_line(kind, _whole(kind, starts, ends, moves), has_previous) for kind in Kind],
        hamlets=[
            HamletLines(
                hamlet,
                [
                    _line(kind, _inside((kind, hamlet.pk), starts, ends, moves), has_previous)
                    for kind in Kind
                ],
            )
            for hamlet in hamlets
        ],
    )


def counts_by_code(poverty_list: PovertyList) -> list[CodeCount]:
    """Every code that occurs, in the order of ``Transition.Code``."""
    found = Counter()
    rows = Transition.objects.filter(poverty_list=poverty_list).order_by()
    for code, origin, count in rows.values_list("code", "origin").annotate(count=Count("pk")):
        found[code, origin] = count
    return [
        CodeCount(code, found[code, ANNUAL], found[code, Transition.Origin.MONTHLY])
        for code in Code
        if any(found[code, origin] for origin in Transition.Origin)
    ]


def counts_by_kind(lists: Iterable[PovertyList]) -> dict[int, dict[str, int]]:
    """For each list (by key) how many households of each class it has; one query."""
    lists = list(lists)
    counts = {found.pk: dict.fromkeys(Kind.values, 0) for found in lists}
    rows = Classification.objects.filter(poverty_list__in=lists).order_by()
    for key, kind, count in rows.values_list("poverty_list", "kind").annotate(count=Count("pk")):
        counts[key][kind] = count
    return counts


def unanswered_in(lists: Iterable[PovertyList]) -> Counter:
    """For each list (by key) how many absent households nobody has answered for; one query."""
    rows = Transition.objects.filter(poverty_list__in=list(lists), code=Code.UNANSWERED)
    return Counter(dict(rows.order_by().values_list("poverty_list").annotate(count=Count("pk"))))


def moved_to(kind: str, hamlet: int | None = None) -> Q:
    """The transitions that the balance counts as come to a class (of a hamlet)."""
    if hamlet is None:
        return Q(kind_after=kind) & ~Q(kind_before=kind)
    stayed = Q(kind_before=kind, hamlet_before=hamlet)
    return Q(kind_after=kind, hamlet=hamlet) & ~stayed


def moved_from(kind: str, hamlet: int | None = None) -> Q:
    """The transitions that the balance counts as gone from a class (of a hamlet)."""
    if hamlet is None:
        return Q(kind_before=kind) & ~Q(kind_after=kind)
    stayed = Q(kind_after=kind, hamlet=hamlet)
    return Q(kind_before=kind, hamlet_before=hamlet) & ~stayed


def _standing(poverty_list: PovertyList) -> Counter:
    """How many stand in (class, hamlet)."""
    rows = Classification.objects.filter(poverty_list=poverty_list).order_by()
    counted = rows.values_list("kind", "hamlet").annotate(count=Count("pk"))
    return Counter({(kind, hamlet): count for kind, hamlet, count in counted})


def _moves(poverty_list: PovertyList) -> list[_Move]:
    rows = Transition.objects.filter(poverty_list=poverty_list).order_by()
    counted = rows.values_list("kind_before", "hamlet_before", "kind_after", "hamlet").annotate(
        count=Count("pk")
    )
    return [_Move(tuple(row[:2]), tuple(row[2:4]), row[4]) for row in counted]


def _whole(kind: str, starts: Counter, ends: Counter, moves: list[_Move]) -> tuple[int, ...]:
    return (
        sum(count for (one, _), count in starts.items() if one == kind),
        sum(move.count for move in moves if move.after[0] == kind != move.before[0]),
        sum(move.count for move in moves if move.before[0] == kind != move.after[0]),
        sum(count for (one, _), count in ends.items() if one == kind),
    )


def _inside(
    here: tuple[str, int], starts: Counter, ends: Counter, moves: list[_Move]
) -> tuple[int, ...]:
    return (
        starts[here],
        sum(move.count for move in moves if move.after == here != move.before),
        sum(move.count for move in moves if move.before == here != move.after),
        ends[here],
    )


def _line(kind: Kind, counts: tuple[int, ...], has_previous: bool) -> Line:
    start, came, left, end = counts
    return Line(kind, start if has_previous else None, came, left, end)

"""Adding places up for one class: sums of households, never of percentages; blank is not zero.

A sum is of the places that have a list of the year. A rate needs the number of all households
of each of them; where one is missing the rate is blank and the place is named.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from households.summary.gathering import Place, Total
from households.summary.movements import IN, MOVEMENTS, Move, by_movement

CENT = Decimal("0.01")


def rate(part: int | None, whole: int | None) -> Decimal | None:
    """Percent with two decimals, half up; None where either is not known."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Standing:
    """Households of a class on a list, beside all households that live there. None: unknown."""

    households: int | None = None
    minority: int | None = None
    total: int | None = None
    minority_total: int | None = None

    @property
    def rate(self) -> Decimal | None:
        return rate(self.households, self.total)

    @property
    def minority_rate(self) -> Decimal | None:
        """Among the households of ethnic minorities, not among all."""
        return rate(self.minority, self.minority_total)


@dataclass(frozen=True)
class Figures:
    """One line of a summary table: a class at the start and the end of a year, and between."""

    start: Standing
    end: Standing
    moves: dict[str, int] | None  # by the key of the column; None without a list to compare
    within: int = 0
    compared_end: int = 0  # of ``end``, the households of places that had a list the year before
    kind: str = ""
    has_break: bool = False
    listed: Sequence[str] = field(default_factory=tuple)
    unlisted: Sequence[str] = field(default_factory=tuple)
    unstarted: Sequence[str] = field(default_factory=tuple)
    untotalled: Sequence[str] = field(default_factory=tuple)

    @property
    def expected(self) -> int | None:
        """Start + came − left: what must stand at the end."""
        if self.moves is None:
            return None
        signs = {m.key: m.direction for m in MOVEMENTS[self.kind]}
        moved = sum(signs[key] * households for key, households in self.moves.items())
        return self.start.households + moved + self.within

    @property
    def difference(self) -> int | None:
        """What the balance is wrong by: 0 when start + came − left = end."""
        return None if self.expected is None else self.compared_end - self.expected

    @property
    def came(self) -> int:
        return sum(self.moves[m.key] for m in MOVEMENTS[self.kind] if m.direction == IN)

    @property
    def change(self) -> Decimal | None:
        """The rate's change in percentage points, between the rates as they are printed.

        None across a change of standard, or where the two rates are not of the same places.
        """
        if self.has_break or self.unstarted or None in (self.start.rate, self.end.rate):
            return None
        return self.end.rate - self.start.rate


def add_up(
    places: Sequence[Place], year: int, *, kind: str, own_totals: dict[int, Total] | None = None
) -> Figures:
    """The line of ``kind`` for these places together. ``own_totals``: what a commune counted
    itself, used instead of the sum of its hamlets."""
    listed = [place for place in places if year in place.standards]
    started = [place for place in listed if year - 1 in place.standards]
    left: Counter[Move] = Counter()
    came: Counter[Move] = Counter()
    for place in started:
        left.update(place.left)
        came.update(place.came)
    totals = _totals(own_totals)
    return Figures(
        start=_standing(started, year - 1, totals),
        end=_standing(listed, year, totals),
        moves=by_movement(kind, left, came) if started else None,
        within=sum(place.within for place in started),
        compared_end=sum(place.standing.get(year, 0) for place in started),
        kind=kind,
        has_break=any(place.standards[year] != place.standards[year - 1] for place in started),
        listed=[place.name for place in listed],
        unlisted=[place.name for place in places if year not in place.standards],
        unstarted=[place.name for place in listed if year - 1 not in place.standards],
        untotalled=[] if own_totals else [p.name for p in listed if year not in p.totals],
    )


def _totals(own: dict[int, Total] | None) -> Callable[[Sequence[Place], int], list[Total | None]]:
    if own is None:
        return lambda places, year: [place.totals.get(year) for place in places]
    return lambda _places, year: [own.get(year)]


def _standing(places: Sequence[Place], year: int, totals: Callable) -> Standing:
    if not places:
        return Standing()
    counted = totals(places, year)
    return Standing(
        households=sum(place.standing.get(year, 0) for place in places),
        minority=sum(place.minority.get(year, 0) for place in places),
        total=_whole(counted, lambda total: total.households),
        minority_total=_whole(counted, lambda total: total.minority),
    )


def _whole(counted: list[Total | None], of: Callable[[Total], int | None]) -> int | None:
    """The sum, None as soon as one place is not known."""
    known = [total and of(total) for total in counted]
    return None if None in known else sum(known)

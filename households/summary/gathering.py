"""What the summary tables are made of: one set query per subject for all units under a path.

Start of the year is the list of the year before as it stands, end is the list of the year;
movements are the transitions of that list (annual and monthly). A district or above counts by
commune, a commune by hamlet: those are the places here.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from committees.models import Committee
from households.summary.movements import Move

URBAN_KINDS = {"Phường", "Thị trấn"}

# Places of one level under a path, with whether they existed in the year.
PLACES = """
    SELECT id, path, name, kind,
        coalesce(valid_from <= make_date(%(year)s, 12, 31), true)
            AND coalesce(valid_to >= make_date(%(year)s, 1, 1), true) AS existed
    FROM committees_committee
    WHERE path LIKE %(under)s AND level = %(level)s AND (%(every)s OR id = ANY(%(listed)s))
    ORDER BY path
"""

LISTS = """
    SELECT l.commune_id, l.year, l.standard_id
    FROM households_povertylist l JOIN committees_committee commune ON commune.id = l.commune_id
    WHERE commune.path LIKE %(communes)s AND l.year IN (%(year)s, %(year)s - 1)
"""

STANDING = """
    SELECT {place}, l.year, count(*), count(*) FILTER (WHERE c.flags @> '{{minority}}')
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN households_classification c ON c.poverty_list_id = l.id
    WHERE commune.path LIKE %(communes)s AND l.year IN (%(year)s, %(year)s - 1)
        AND c.kind = %(kind)s {only}
    GROUP BY {place}, l.year
"""

# Where it stood before and where it stands after: of one commune, but maybe of two hamlets.
MOVES = """
    SELECT {before}, {place}, c.kind_before, c.kind_after, c.code, count(*)
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN households_transition c ON c.poverty_list_id = l.id
    WHERE commune.path LIKE %(communes)s AND l.year = %(year)s
        AND c.kind_before <> c.kind_after AND %(kind)s IN (c.kind_before, c.kind_after) {only}
    GROUP BY {before}, {place}, c.kind_before, c.kind_after, c.code
"""

# Households that changed hamlets inside their commune and kept their class: gone from the one,
# come to the other, no movement of the commune.
WITHIN = """
    SELECT c.hamlet_before_id, c.hamlet_id, count(*)
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN households_transition c ON c.poverty_list_id = l.id
    WHERE commune.path = %(communes)s AND l.year = %(year)s
        AND c.kind_before = %(kind)s AND c.kind_after = %(kind)s
        AND c.hamlet_before_id <> c.hamlet_id {only}
    GROUP BY c.hamlet_before_id, c.hamlet_id
"""

TOTALS = """
    SELECT t.committee_id, t.year, t.households, t.minority_households
    FROM households_householdtotal t JOIN committees_committee place ON place.id = t.committee_id
    WHERE place.path LIKE %(under)s AND place.level IN ('commune', %(level)s)
        AND t.year IN (%(year)s, %(year)s - 1)
"""

# How many households of the class carry each mark of an array column; '' counts those without.
MARKED = """
    SELECT {place}, l.year, mark, count(*)
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN households_classification c ON c.poverty_list_id = l.id
        CROSS JOIN LATERAL unnest(CASE c.{column} WHEN '{{}}' THEN '{{""}}' ELSE c.{column} END)
            AS mark
    WHERE commune.path LIKE %(communes)s AND l.year IN (%(year)s, %(year)s - 1)
        AND c.kind = %(kind)s {only}
    GROUP BY {place}, l.year, mark
"""


class Total(NamedTuple):
    """All households living at a place in a year, and those of ethnic minorities if known."""

    households: int
    minority: int | None


@dataclass
class Place:
    """A commune, or a hamlet in the tables of one commune, with everything counted there."""

    pk: int
    path: str
    name: str
    is_urban: bool
    existed: bool  # in the year; one that did not is kept only for what is counted there
    standards: dict[int, int] = field(default_factory=dict)  # year → standard: its lists
    totals: dict[int, Total] = field(default_factory=dict)  # by year
    standing: dict[int, int] = field(default_factory=dict)  # households of the class, by year
    minority: dict[int, int] = field(default_factory=dict)
    left: Counter[Move] = field(default_factory=Counter)  # where the household stood before
    came: Counter[Move] = field(default_factory=Counter)  # where it stands after
    within: int = 0  # came from other hamlets of the commune − gone to them, the class kept
    marked: dict[tuple[int, str], int] = field(default_factory=dict)  # (year, mark)


@dataclass(frozen=True)
class Gathered:
    """The places under ``unit`` for one year; ``own_totals`` are a commune's own by year."""

    unit: Committee
    year: int
    places: list[Place]
    own_totals: dict[int, Total]


def gather(unit: Committee, year: int, kind: str) -> Gathered:
    """Lists, households of class ``kind``, their movements, and all households living there, in
    ``year`` and the year before, under ``unit``."""
    asking = _Asking(unit, year, kind)
    asking.fill_standing()
    for was, now, before, after, code, count in asking.rows(MOVES):
        if before:
            asking.place(was).left[before, after, code] += count
        if after:
            asking.place(now).came[before, after, code] += count
    if asking.by_hamlet:
        for was, now, count in asking.rows(WITHIN):
            asking.place(was).within -= count
            asking.place(now).within += count
    return asking.gathered()


def gather_marks(unit: Committee, year: int, *, kind: str, column: str) -> Gathered:
    """How many households of class ``kind`` carry each mark of ``column`` (deprivations, flags,
    causes) in ``year`` and the year before, under ``unit``, beside how many there are."""
    asking = _Asking(unit, year, kind)
    asking.fill_standing()
    for pk, listed, mark, count in asking.rows(MARKED, column):
        asking.place(pk).marked[listed, mark] = count
    return asking.gathered()


class _Asking:
    """The places of one unit and year, and the parameters that all queries about them share."""

    def __init__(self, unit: Committee, year: int, kind: str):
        self.unit, self.year = unit, year
        self.by_hamlet = unit.level in (Committee.Level.COMMUNE, Committee.Level.HAMLET)
        commune = unit.parent_path if unit.is_hamlet else unit.path
        self.values = {
            "year": year,
            "kind": kind,
            "under": f"{unit.path}%",
            "communes": commune if self.by_hamlet else f"{commune}%",
            "level": Committee.Level.HAMLET if self.by_hamlet else Committee.Level.COMMUNE,
            "hamlet": unit.pk,
        }
        self.lists: dict[int, dict[int, int]] = {}
        for pk, listed, standard in self.rows(LISTS):
            self.lists.setdefault(pk, {})[listed] = standard
        # Of the whole country only what has a list: 10,000 communes without one say nothing.
        self.values["every"] = unit.level != Committee.Level.CENTRE
        self.values["listed"] = list(self.lists)
        self.totals: dict[int, dict[int, Total]] = {}
        for pk, counted, households, minority in self.rows(TOTALS):
            self.totals.setdefault(pk, {})[counted] = Total(households, minority)
        is_urban = self.by_hamlet and self._lies_in_town(commune)
        self.places = {
            row[0]: self._new_place(row, is_urban or row[3] in URBAN_KINDS)
            for row in self.rows(PLACES)
        }

    def rows(self, sql: str, column: str = "") -> list[tuple]:
        parts = {
            "place": "c.hamlet_id" if self.by_hamlet else "l.commune_id",
            "before": "c.hamlet_before_id" if self.by_hamlet else "l.commune_id",
            "only": self._only(sql),
            "column": column,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**parts), self.values)
            return cursor.fetchall()

    def place(self, pk: int) -> Place:
        """The place ``pk``. One that is not under a commune gets a line of its own, so that
        nothing is missing from the sum; beside a hamlet others are of no interest."""
        if pk in self.places:
            return self.places[pk]
        other = self._new_place((pk, "", "Thôn khác", "", True), is_urban=False)
        if not self.unit.is_hamlet:
            self.places[pk] = other
        return other

    def fill_standing(self) -> None:
        for pk, listed, count, minority in self.rows(STANDING):
            place = self.place(pk)
            place.standing[listed] = count
            place.minority[listed] = minority

    def gathered(self) -> Gathered:
        kept = [
            place
            for place in self.places.values()
            if place.existed or place.standing or (place.standards and not self.by_hamlet)
        ]
        own = self.totals.get(self.unit.pk, {})
        return Gathered(self.unit, self.year, kept, {} if self.unit.is_hamlet else own)

    def _only(self, sql: str) -> str:
        if not self.unit.is_hamlet:
            return ""
        if sql in (MOVES, WITHIN):
            return "AND %(hamlet)s IN (c.hamlet_id, c.hamlet_before_id)"
        return "AND c.hamlet_id = %(hamlet)s"

    def _new_place(self, row: tuple, is_urban: bool) -> Place:
        pk, path, name, _kind, existed = row
        standards = next(iter(self.lists.values()), {}) if self.by_hamlet else self.lists.get(pk)
        totals = self.totals.get(pk, {})
        return Place(pk, path, name, is_urban, existed, dict(standards or {}), totals)

    def _lies_in_town(self, path: str) -> bool:
        commune = self.unit
        if self.unit.is_hamlet:
            commune = Committee.objects.get(path=path)
        return commune.kind in URBAN_KINDS

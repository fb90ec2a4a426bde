"""The lines of a table by unit: which units, in which area, and where their numbers lead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from committees.models import Committee
from households.places import marks_of
from households.summary.asked import Asked
from households.summary.gathering import Gathered, Place
from households.summary.table import Cell, Row, Section

STEP = Committee.steplen
LOWEST = (Committee.Level.COMMUNE, Committee.Level.HAMLET)
AREAS = {True: "Khu vực thành thị", False: "Khu vực nông thôn"}
Cells = Callable[[Sequence[Place], Callable[[str], str]], Sequence[Cell]]


@dataclass(frozen=True)
class Unit:
    """A line of the table: a place itself, or a unit whose places are added up."""

    pk: int
    name: str
    places: list[Place]
    is_whole: bool  # False: only the places of one area
    is_place: bool


def sections_of(gathered: Gathered, asked: Asked, cells: Cells) -> list[Section]:
    """I. Khu vực thành thị, II. Khu vực nông thôn: each with its sum and its units.

    ``cells(places, address)`` makes the cells of a line; ``address(number)`` says where a number
    of that line leads: to its households, or to the lower table where the line is a part.
    """
    units = _units(gathered)
    marks = marks_of([unit.pk for units in units.values() for unit in units], asked.year)
    only_one = len(units) == 1
    sections = []
    for position, (is_urban, inside) in enumerate(units.items(), start=1):
        places = [place for unit in inside for place in unit.places]
        address = _addresses(asked, asked.unit.pk) if only_one else (lambda _number: "")
        heading = None
        if asked.unit.level not in LOWEST:  # a commune lies in one area
            heading = Row(AREAS[is_urban], cells(places, address), number="I" * position)
        rows = [
            _row(unit, asked, cells, number=str(number), marks=marks.get(unit.pk, ()))
            for number, unit in enumerate(inside, start=1)
        ]
        sections.append(Section(heading, rows))
    return sections


def address_of_all(asked: Asked) -> Callable[[str], str]:
    """Where the numbers of the sum lead: to the households of the whole unit."""
    return _addresses(asked, asked.unit.pk)


def _row(unit: Unit, asked: Asked, cells: Cells, *, number: str, marks: Sequence[str]) -> Row:
    lower = "" if unit.is_place and asked.unit.level in LOWEST else asked.table_of(unit.pk)
    address = _addresses(asked, unit.pk) if unit.is_whole else (lambda _number: lower)
    return Row(unit.name, cells(unit.places, address), number=number, url=lower, marks=marks)


def _addresses(asked: Asked, unit_pk: int) -> Callable[[str], str]:
    if not unit_pk:
        return lambda _number: ""
    return lambda number: asked.households_of(unit_pk, number)


def _units(gathered: Gathered) -> dict[bool, list[Unit]]:
    """The units right below, by area (towns first); a place alone where it is one."""
    unit = gathered.unit
    depth = len(unit.path) if unit.is_hamlet else len(unit.path) + STEP
    below: dict[tuple[bool, str], list[Place]] = {}
    for place in gathered.places:
        below.setdefault((place.is_urban, place.path[:depth]), []).append(place)
    named = _names(gathered, depth)
    found: dict[bool, list[Unit]] = {}
    for (is_urban, path), places in sorted(below.items(), key=lambda item: not item[0][0]):
        pk, name = named.get(path) or (places[0].pk, places[0].name)
        is_whole = (not is_urban, path) not in below
        is_place = len(places) == 1 and places[0].path == path
        found.setdefault(is_urban, []).append(Unit(pk, name, places, is_whole, is_place))
    return found


def _names(gathered: Gathered, depth: int) -> dict[str, tuple[int, str]]:
    """The units between ``gathered.unit`` and its places; none where the places are next."""
    if all(len(place.path) <= depth for place in gathered.places):
        return {}
    between = Committee.objects.under(gathered.unit).filter(depth=depth // STEP)
    return {path: (pk, name) for path, pk, name in between.values_list("path", "pk", "name")}

"""Finding a unit by part of its name or code, accents or not, with the way up beside it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from committees.models import Committee
from config.vietnamese.names import fold, nfc, strip_unit_kind

LIMIT = 20
LEVELS = ("centre", "province", "district", "commune", "hamlet")


_OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())


class Find(NamedTuple):
    """What parts/picker_finds.html shows of one unit."""

    key: int
    label: str  # Xã Mỹ Thạnh – Huyện Thủ Thừa – Tỉnh Long An (đến 30/6/2025)
    hint: str  # mã 28051


def search_units(
    text: str, *, day: date | None = None, among: QuerySet | None = None
) -> list[Find]:
    """At most 20 units for typed text, the likeliest first; ``day`` keeps those valid then,
    ``among`` those of a filter that takes no others.

    Units and codes are public facts: any logged-in person may search all of them.
    """
    units = Committee.objects.all() if among is None else among
    units = units.valid_on(day) if day else units
    found = list(matching(units, text)[:LIMIT])
    labels = with_way_up(found)
    return [Find(unit.pk, labels[unit.pk], f"mã {unit.code}") for unit in found]


def matching(units: QuerySet, text: str) -> QuerySet:
    """Narrow ``units`` to those meant by "my thanh", "TT Thủ Thừa", "28051", "Mỹ Thạnh, Long An".

    What follows a comma must be found in the name of a unit above. Nothing typed finds nothing.
    """
    name, *above = [part.strip() for part in text.split(",")]
    kind, bare = strip_unit_kind(name)
    accented = nfc(f" {bare}")
    wanted, bare = fold(f"{kind} {bare}"), fold(bare)
    if not wanted:
        return units.none()
    found = units.filter(Q(fold__contains=wanted) | Q(code__istartswith=name))
    for part in filter(None, map(fold, above)):
        upper = Committee.objects.filter(fold__contains=part).alias(lower=_OUTER_PATH)
        found = found.filter(Exists(upper.filter(lower__startswith=F("path"))))
    return found.alias(
        likeness=_rank(
            When(code__iexact=name, then=0),
            When(fold=wanted, then=1),
            When(fold__endswith=f" {bare}", then=2),
            When(fold__contains=f" {wanted}", then=3),
        ),
        accents=_rank(When(name__iendswith=accented, then=0)),
        height=_rank(*(When(level=level, then=n) for n, level in enumerate(LEVELS))),
    ).order_by(
        "likeness",
        "accents",
        "height",
        F("valid_to").desc(nulls_first=True),
        "sort_key",
        "path",
    )


def with_way_up(units: Iterable[Committee]) -> dict[int, str]:
    """Name, way up and end of validity of each unit, by primary key; one query for all."""
    units = list(units)
    above = ways_up(units)
    return {
        unit.pk: " – ".join(filter(None, [unit.name, above[unit.pk]])) + validity(unit)
        for unit in units
    }


def ways_up(units: list[Committee]) -> dict[int, str]:
    """ "Huyện Thủ Thừa – Tỉnh Long An" for each unit, by primary key; one query for all."""
    above = {
        unit.path: unit.name
        for unit in Committee.objects.filter(
            path__in={path for unit in units for path in paths_above(unit)}
        ).only("path", "name")
    }
    return {unit.pk: " – ".join(above[path] for path in paths_above(unit)) for unit in units}


def validity(unit: Committee) -> str:
    """ " (đến 30/6/2025)" for a unit that has ended or will; else nothing."""
    end = unit.valid_to
    return f" (đến {end.day}/{end.month}/{end.year})" if end else ""


def paths_above(unit: Committee) -> list[str]:
    """From the parent up; the centre stands above everything and is left out."""
    step = Committee.steplen
    return [unit.path[:length] for length in range(len(unit.path) - step, step, -step)]


def _rank(*cases: When) -> Case:
    return Case(*cases, default=Value(len(cases)), output_field=IntegerField())

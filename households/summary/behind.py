"""The households behind a number of a summary table: the same conditions, as rows."""

from django.db.models import Q, QuerySet

from committees.models import Committee
from households.models import Classification, Household, PovertyIndicator, Transition
from households.summary.asked import KINDS
from households.summary.movements import MOVEMENTS, OUT, Movement, moves_in

STANDING = {"cuoi": "cuối năm", "dau": "đầu năm"}
MINORITY = Household.Flag.MINORITY
# The first part of a number's name, and the column of the class that it counts.
COLUMNS = {"chi-so": "deprivations", "doi-tuong": "flags", "nguyen-nhan": "causes"}


class NoSuchNumber(Exception):
    """The address names a number that no table has."""


def households_behind(
    number: str, *, unit: Committee, year: int, kind: str
) -> tuple[str, QuerySet[Classification] | QuerySet[Transition]]:
    """What the number is called, and the rows that it counts: classes, or transitions.

    ``number``: ``cuoi``, ``dau``, ``cuoi-dtts``, ``dau-dtts``, the key of a movement, or
    ``chi-so.viec_lam``, ``doi-tuong.merit``, ``nguyen-nhan.land`` (empty after the point: those
    without any). Raises ``NoSuchNumber``.
    """
    name = KINDS.get(kind)
    if name is None:
        raise NoSuchNumber(kind)
    movement = next((m for m in MOVEMENTS[kind] if m.key == number), None)
    if movement:
        return f"{movement.label} ({name})", _moved(movement, unit=unit, year=year, kind=kind)
    column, point, mark = number.partition(".")
    if point and column in COLUMNS:
        rows = _listed(unit, year, kind)
        condition = {f"{COLUMNS[column]}__contains": [mark]} if mark else {COLUMNS[column]: []}
        return f"{name.capitalize()}: {_label(column, mark)}", rows.filter(**condition)
    when, _, part = number.partition("-")
    if when not in STANDING or part not in ("", "dtts"):
        raise NoSuchNumber(number)
    rows = _listed(unit, year if when == "cuoi" else year - 1, kind)
    if part:
        return f"{name.capitalize()} DTTS {STANDING[when]}", rows.filter(flags__contains=[MINORITY])
    return f"{name.capitalize()} {STANDING[when]}", rows


def _listed(unit: Committee, year: int, kind: str) -> QuerySet[Classification]:
    return Classification.objects.filter(_inside(unit), poverty_list__year=year, kind=kind)


def _moved(movement: Movement, *, unit: Committee, year: int, kind: str) -> QuerySet[Transition]:
    kinds = ("", *Classification.Kind.values)
    every = [(b, a, code) for b in kinds for a in kinds for code in Transition.Code.values]
    taken = Q(pk__in=[])
    for before, after in {move[:2] for move in moves_in(kind, movement.key, every)}:
        codes = [m[2] for m in moves_in(kind, movement.key, every) if m[:2] == (before, after)]
        taken |= Q(kind_before=before, kind_after=after, code__in=codes)
    rows = Transition.objects.filter(taken, poverty_list__year=year)
    if unit.is_hamlet and movement.direction == OUT:
        return rows.filter(hamlet_before=unit)
    return rows.filter(_inside(unit))


def _inside(unit: Committee) -> Q:
    """Where the table counts: by the list's commune, in a hamlet by the hamlet of that year."""
    if unit.is_hamlet:
        return Q(hamlet=unit)
    return Q(poverty_list__commune__path__startswith=unit.path)


def _label(column: str, mark: str) -> str:
    if not mark:
        return "chưa ghi"
    if column == "doi-tuong":
        return dict(Household.Flag.choices).get(mark, mark)
    if column == "nguyen-nhan":
        return dict(Household.Cause.choices).get(mark, mark)
    return PovertyIndicator.objects.filter(code=mark).values_list("label", flat=True).first() or ""

"""The official lists of units: read from ``committees/data`` and put into the tree."""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from committees import audit, tree
from committees.models import Committee, Succession
from committees.people import system_user
from config.vietnamese.names import nfc, strip_unit_kind

DATA = Path(__file__).parent / "data"
CENTRE = "TW"
REFORM = date(2025, 7, 1)
# The lists state the units before and since the reform; 2008 is the last large change before.
TREES: dict[str, tuple[date | None, date | None]] = {
    "admin_units_2024": (date(2008, 1, 1), date(2025, 6, 30)),
    "admin_units_2025": (REFORM, None),
}
BATCH = 2000
LOADING = 510_2024  # advisory lock: any number of our own


class Loaded(NamedTuple):
    """How many rows a run added: by level, and successions."""

    units: dict[str, int]
    successions: int


Key = tuple[str, date | None]  # code and first day of validity


@transaction.atomic
def load_units() -> Loaded:
    """Bring the tree up to the lists; adds what is missing and changes nothing that stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
    loaded = Loaded(units=_load_tree(), successions=_load_successions())
    if loaded.units or loaded.successions:
        audit.record(
            "units.loaded",
            None,
            by=system_user(),
            units=loaded.units,
            successions=loaded.successions,
        )
    return loaded


def rows_of(name: str) -> list[dict[str, str]]:
    """The lines of one list of ``committees/data``."""
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_tree() -> dict[str, int]:
    standing = {
        (code, since): path
        for code, since, path in Committee.objects.exclude(
            level=Committee.Level.HAMLET
        ).values_list("code", "valid_from", "path")
    }
    missing = _Growth(standing)
    for level, row, valid in _wanted():
        if (row["code"], valid[0]) not in standing:
            missing.add(level, row, valid)
    missing.save()
    return dict(Counter(unit.level for unit in missing.units))


def _wanted() -> Iterable[tuple[str, dict[str, str], tuple[date | None, date | None]]]:
    """Every unit of the lists, a parent before its children."""
    yield "centre", {"code": CENTRE, "parent_code": "", "name": "Trung ương"}, (None, None)
    for name, valid in TREES.items():
        for row in rows_of(name):
            yield row["level"], row, valid


class _Growth:
    """Units to be made, their paths given out below the ones that stand."""

    def __init__(self, standing: dict[Key, str]):
        self.paths = standing
        self.units: list[Committee] = []
        self.children: Counter[str] = Counter()  # new ones by parent path
        self.last: defaultdict[str, int] = defaultdict(int)  # last position by parent path
        for path in standing.values():
            parent = path[: -tree.STEP]
            self.last[parent] = max(self.last[parent], tree.position_of(path))

    def add(self, level: str, row: dict, valid: tuple[date | None, date | None]) -> None:
        parent = self._parent_path(level, row, valid[0])
        self.last[parent] += 1
        path = parent + tree.step(self.last[parent])
        kind, bare = strip_unit_kind(row["name"])
        unit = tree.new_unit(
            nfc(f"{kind} {bare}".strip()),  # the lists also write "Thị Trấn"
            level=level,
            code=row["code"],
            path=path,
            valid=valid,
            place=(_degrees(row, "lat"), _degrees(row, "lon")),
        )
        self.paths[row["code"], valid[0]] = path
        self.children[parent] += 1
        self.units.append(unit)

    def save(self) -> None:
        made = {unit.path for unit in self.units}
        for unit in self.units:
            unit.numchild = self.children[unit.path]
        Committee.objects.bulk_create(self.units, batch_size=BATCH)
        grown = Committee.objects.filter(path__in=set(self.children) - made)
        for parent in grown:
            parent.numchild += self.children[parent.path]
        Committee.objects.bulk_update(grown, ["numchild"])

    def _parent_path(self, level: str, row: dict, since: date | None) -> str:
        if level == Committee.Level.CENTRE:
            return ""
        if level == Committee.Level.PROVINCE:
            return self.paths[CENTRE, None]
        return self.paths[row["parent_code"], since]


def _degrees(row: dict, name: str) -> float | None:
    return float(row[name]) if row.get(name) else None


def _load_successions() -> int:
    before, since = (valid[0] for valid in TREES.values())
    ids = {
        (code, start): pk
        for pk, code, start in Committee.objects.filter(level=Committee.Level.COMMUNE).values_list(
            "pk", "code", "valid_from"
        )
    }
    standing = set(Succession.objects.filter(on=REFORM).values_list("old_id", "new_id"))
    rows = (
        (ids[row["old_commune_code"], before], ids[row["new_commune_code"], since], row["extent"])
        for row in rows_of("commune_succession_2025")
    )
    missing = [
        Succession(old_id=old, new_id=new, extent=extent, on=REFORM)
        for old, new, extent in rows
        if (old, new) not in standing
    ]
    Succession.objects.bulk_create(missing, batch_size=BATCH)
    return len(missing)

"""Bench ``import``: 10,000 households from .xlsx into the registry."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction

from committees import intake
from committees.models import Committee, User
from committees.people import system_user
from committees.tree import add_hamlets, new_unit, next_position, step
from config.benching import BenchRow, medians, memory_growth, seconds
from households.benches.lists import hamlet_names, make_list
from households.benches.reference import dump, read_and_copy
from households.benches.row_by_row import import_row_by_row
from households.models import PovertyList
from households.standards import standard_in

YEAR = 2023
FULL, LARGE = 10_000, 50_000
MEMORY_LIMIT_MIB = 300
LINEAR = 1.25  # five times the households take at most this much more than five times as long


def bench_import() -> list[BenchRow]:
    """All rows of the bench; everything it writes is rolled back."""
    with _throw_away_commune() as (commune, by):
        full, large = (make_list(commune, size, year=YEAR) for size in (FULL, LARGE))
        grown = memory_growth(lambda: _imported(large, commune, by))
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        _, rows = _imported(full, commune, by, then=lambda: dump(commune.pk))
        ours, bare, long, singly = medians(
            lambda: _imported(full, commune, by)[0],
            lambda: _rolled_back(lambda: read_and_copy(full, rows))[0],
            lambda: _imported(large, commune, by)[0],
            lambda: _rolled_back(lambda: import_row_by_row(full, commune, YEAR, by))[0],
        )
    what, memory = "import 10,000 households", max(grown, child)
    long_what, by_row = "import 50,000 households", "django-import-export 10,000"
    return [
        BenchRow(what, ours, "s", "COPY + calamine", bare, 6),
        BenchRow(long_what, long, "s", what, ours, LARGE / FULL * LINEAR),
        BenchRow(f"{long_what}, memory", memory, "MiB", "limit", MEMORY_LIMIT_MIB, 1),
        BenchRow(by_row, singly, "s", what, ours, 10, at_least=True),
    ]


def _imported(data: bytes, commune: Committee, by: User, then=None) -> tuple[float, object]:
    """Seconds of one whole import, deferred constraints included; ``then`` looks at it."""

    def whole() -> None:
        batch = intake.import_file("households", data, name="ho.xlsx", committee=commune, by=by)
        if batch.errors:
            raise RuntimeError(f"{batch.errors} lines of the made list are in error")
        _check_constraints()

    return _rolled_back(whole, then)


def _rolled_back(run: Callable, then: Callable | None = None) -> tuple[float, object]:
    with transaction.atomic():
        taken = seconds(run)
        seen = then() if then else None
        transaction.set_rollback(True)
    return taken, seen


def _check_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _throw_away_commune() -> Iterator[tuple[Committee, User]]:
    """A commune with hamlets and an empty list that nobody else ever sees."""
    kept = settings.STORAGE_ROOT
    with TemporaryDirectory() as folder, transaction.atomic():
        settings.STORAGE_ROOT = folder
        by = system_user()
        commune = _new_commune()
        add_hamlets(commune, hamlet_names())
        PovertyList.objects.create(
            commune=commune, year=YEAR, standard=standard_in(YEAR), created_by=by
        )
        try:
            yield commune, by
        finally:
            settings.STORAGE_ROOT = kept
            transaction.set_rollback(True)


def _new_commune() -> Committee:
    root = Committee.objects.filter(depth=1).order_by("path").last()
    path = root.path + step(next_position(root)) if root else step(1)
    commune = new_unit("Xã Đo Tốc Độ", level=Committee.Level.COMMUNE, code="99999", path=path)
    commune.save()
    return commune

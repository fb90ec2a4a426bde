"""What a bench is made of: rows of measured against reference, medians, memory.

An app's benches stand in its ``benches`` module as ``BENCHES``: name → function that returns
rows. A row holds when value / reference stays within its budget, both measured in the same
run on the same machine.
"""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

RUNS = 5
SLOW = 20.0
"""A measurement over this many seconds runs once."""

MIB = 1024 * 1024


@dataclass(frozen=True)
class BenchRow:
    """One promise: ``value`` is at most (``at_least``: at least) ``budget`` times
    ``reference_value``."""

    what: str
    value: float
    unit: str
    reference: str
    reference_value: float
    budget: float
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.value / self.reference_value

    @property
    def holds(self) -> bool:
        return self.ratio >= self.budget if self.at_least else self.ratio <= self.budget

    def as_json(self) -> dict:
        return {
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "reference": self.reference,
            "reference_value": round(self.reference_value, 4),
            "ratio": round(self.ratio, 3),
            "budget": self.budget,
            "at_least": self.at_least,
            "holds": self.holds,
        }


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    gc.collect()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def medians(*measures: Callable[[], float], runs: int = RUNS) -> list[float]:
    """Medians of several measurements taken in turns, so that all meet the same machine.

    Each measure returns its own seconds; one that takes over ``SLOW`` is not repeated.
    """
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(runs):
        for measure, values in zip(measures, taken, strict=True):
            if not values or max(values) <= SLOW:
                values.append(measure())
    return [statistics.median(values) for values in taken]


def memory_growth(run: Callable[[], object]) -> float:
    """MiB by which this process grew at the worst moment of one run (Linux)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    run()
    return (_status("VmHWM") - before) / MIB


def machine() -> dict:
    """What the numbers were measured on."""
    return {
        "cpus": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB,
    }


def report(name: str, rows: Iterable[BenchRow]) -> dict:
    """The JSON object of one bench."""
    return {"bench": name, "machine": machine(), "rows": [row.as_json() for row in rows]}


def _status(key: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(key)

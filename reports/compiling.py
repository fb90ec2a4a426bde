"""Making a report's figures: a unit's own records plus the reconciled reports below it.

Totals on screen are always computed from records; what a report adds up is what the lower
units have sent and had reconciled, so that every number in it was signed for by somebody.
"""

import hashlib
import json
from dataclasses import dataclass

from campaigns.models import Campaign
from committees.models import Committee
from committees.tree import children_of
from reports.figures import Gathered, figures_of
from reports.models import Report


@dataclass(frozen=True)
class Chain:
    """The units that report in a campaign, and who reports to whom."""

    root: Committee
    units: list[Committee]  # lowest level first: a unit stands after everything below it

    def children(self, unit: Committee) -> list[Committee]:
        """The units of this chain that report directly to ``unit``."""
        return [other for other in self.units if other.parent_path == unit.path]


def chain_of(campaign: Campaign, root: Committee, gathered: Gathered) -> Chain:
    """Every unit under ``root`` that has records, with the units between it and ``root``.

    Units without any record get no draft; the level above names them as missing.
    """
    needed = {root.path}
    for path in gathered.paths():
        while len(path) > len(root.path):
            needed.add(path)
            path = path[: -Committee.steplen]
    units = Committee.objects.filter(path__in=needed).exclude(level=Committee.Level.HAMLET)
    return Chain(root, sorted(units, key=lambda unit: (-unit.depth, unit.path)))


def compile_figures(campaign: Campaign, committee: Committee, gathered: Gathered) -> dict:
    """The content of a report: own figures, reconciled children, their sum, who is missing.

    {"own": {…}, "total": {…}, "children": [{"committee", "name", "report", "sha256",
    "figures", "missing"}], "missing": [names], "expected": how many should have reported}
    """
    own = figures_of(gathered, committee, own=True)
    children = [
        {
            "committee": report.committee_id,
            "name": report.committee.name,
            "report": report.pk,
            "sha256": report.sha256,
            "figures": report.snapshot["total"],
            "missing": _missing_in(report.snapshot),
        }
        for report in _reconciled_below(campaign, committee)
    ]
    expected = expected_below(campaign, committee)
    have = {child["committee"] for child in children}
    return {
        "own": own,
        "total": add_up(own, [child["figures"] for child in children]),
        "children": children,
        "missing": [unit.name for unit in expected if unit.pk not in have],
        "expected": len(expected),
    }


def add_up(own: dict, others: list[dict]) -> dict:
    """Figures added number by number, nested ones too; the name stays the first one's."""
    total = {}
    keys = list(dict.fromkeys(key for figures in [own, *others] for key in figures))
    for key in keys:
        values = [figures[key] for figures in [own, *others] if key in figures]
        if isinstance(values[0], dict):
            total[key] = add_up(values[0], values[1:])
        elif isinstance(values[0], str):
            total[key] = values[0]
        else:
            total[key] = sum(values)
    return total


def fingerprint(snapshot: dict) -> str:
    """SHA-256 of a snapshot in one canonical spelling."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _missing_in(snapshot: dict) -> list[str]:
    """Whom a lower report does not include, however far below."""
    further = [name for child in snapshot["children"] for name in child["missing"]]
    return [*snapshot["missing"], *further]


def _reconciled_below(campaign: Campaign, committee: Committee) -> list[Report]:
    below = Report.objects.filter(
        campaign=campaign,
        state=Report.State.RECONCILED,
        committee__path__startswith=committee.path,
        committee__depth=committee.depth + 1,
    )
    return list(below.select_related("committee").order_by("committee__path"))


def expected_below(campaign: Campaign, committee: Committee) -> list[Committee]:
    """The units that report directly to ``committee``, in the order of their names."""
    below = children_of(committee).exclude(level=Committee.Level.HAMLET)
    return list(below.valid_on(campaign.window_to).order_by("sort_key"))

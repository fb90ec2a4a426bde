"""The figures of one unit out of gathered rows. All of them add up over units."""

from committees.models import Committee
from config.vietnamese.names import plain_sort_key
from reports.figures.gathering import Gathered

REGISTRY = ("hamlets", "households", "poor", "near_poor", "hardship", "members")
RECEIVED = (
    "received_cash",
    "received_bank",
    "received_goods",
    "receipts",
    "receipts_after_window",
    "received_after_window",
)
HOUSES = (
    "approved",
    "new",
    "repaired",
    "handed_over",
    "under_way",
    "fund",
    "sponsors",
    "family",
    "labour_days",
)


def figures_of(gathered: Gathered, committee: Committee, *, own: bool = False) -> dict:
    """Figures of ``committee`` in the window; sums and counts are 0 without records.

    ``own`` counts the unit's own books only (a commune's hamlets have none, so a commune is
    the same either way); otherwise everything below it is added. Keys: data/README of the
    sample; amounts in đồng.
    """

    def total(subject: str, *names: str) -> dict:
        rows = gathered.at(subject, committee, own=own)
        return {name: sum(row[name] for row in rows) for name in names}

    figures = {"name": committee.name}
    figures |= total("registry", *REGISTRY)
    figures |= total("money", "fund_opening", "spent_support", "spent_houses", "money_closing")
    figures |= total("adjusted", "adjusted_after")
    figures |= total("receipts", *RECEIVED)
    figures["received_total"] = sum(
        figures[name] for name in ("received_cash", "received_bank", "received_goods")
    )
    figures["spent_total"] = figures["spent_support"] + figures["spent_houses"]
    figures |= total("supported", "supported_households")
    figures["not_supported_households"] = figures["households"] - figures["supported_households"]
    figures["support"] = _by_kind(gathered.at("support", committee, own=own))
    figures["welfare_listed"] = total("support", "welfare")["welfare"]
    figures |= total("welfare", "welfare_unlisted")
    figures["welfare"] = figures["welfare_listed"] + figures["welfare_unlisted"]
    figures["houses"] = total("houses", *HOUSES)
    return figures


def in_order(kinds: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """Kinds of support as people sort them; a JSON column keeps no order of its own."""
    return sorted(kinds.items(), key=lambda item: plain_sort_key(item[0]))


def _by_kind(rows: list[dict]) -> dict[str, dict[str, int]]:
    kinds: dict[str, dict[str, int]] = {}
    for row in sorted(rows, key=lambda row: row["kind"]):
        kind = kinds.setdefault(row["kind"], {"count": 0, "value": 0})
        kind["count"] += row["count"]
        kind["value"] += row["value"]
    return kinds

"""How the targets of plans are counted: by the same figures as the reports (architecture.md §9)."""

from collections.abc import Sequence

from campaigns.models import Campaign
from committees.models import Committee
from config.vietnamese.text import fold
from reports.figures import figures_of, gather

GIFTS = ("qua", "tang qua", "trao qua")
"""First words (folded) of the kinds of support that are gifts."""


def houses_begun(campaign: Campaign, committees: Sequence[Committee]) -> dict[int, int]:
    """Houses handed over or under way, at each unit and below it."""
    return {
        pk: figures["houses"]["handed_over"] + figures["houses"]["under_way"]
        for pk, figures in _figures(campaign, committees)
    }


def money_received(campaign: Campaign, committees: Sequence[Committee]) -> dict[int, int]:
    """Đồng received by the funds in the peak month, goods at their value."""
    return {pk: figures["received_total"] for pk, figures in _figures(campaign, committees)}


def gifts_given(campaign: Campaign, committees: Sequence[Committee]) -> dict[int, int]:
    """Gifts given in the peak month: support whose kind begins with "Quà"."""
    return {
        pk: sum(
            line["count"]
            for kind, line in figures["support"].items()
            if any(fold(kind) == word or fold(kind).startswith(f"{word} ") for word in GIFTS)
        )
        for pk, figures in _figures(campaign, committees)
    }


def _figures(campaign: Campaign, committees: Sequence[Committee]) -> list[tuple[int, dict]]:
    gathered = gather(campaign, _top(committees))
    return [(unit.pk, figures_of(gathered, unit)) for unit in committees]


def _top(committees: Sequence[Committee]) -> Committee:
    """The unit above all others where there is one, else the root of the tree."""
    highest = min(committees, key=lambda unit: unit.depth)
    if all(unit.path.startswith(highest.path) for unit in committees):
        return highest
    return Committee(path=highest.path[: Committee.steplen])

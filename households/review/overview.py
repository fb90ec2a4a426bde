"""Which lists there are, and what each still waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from committees.models import Committee
from committees.models.committee import CommitteeQuerySet
from households.models import Classification, PovertyList
from households.review.standing import counts_by_kind, unanswered_in

MOST_NAMES = 40


@dataclass(frozen=True)
class ListRow:
    """A list in one line: its classes counted, and the absent households still unexplained."""

    list: PovertyList
    counts: list[tuple[str, int]]  # (label, households), in the order of the classes
    unanswered: int


def overview_of_commune(commune: Committee) -> list[ListRow]:
    """Every list of a commune, the latest first; three queries."""
    lists = PovertyList.objects.filter(commune=commune).select_related("commune")
    return _rows(lists.order_by("-year"))


def overview_of(communes: CommitteeQuerySet, lists: Iterable[PovertyList], year: int) -> dict:
    """These lists of one year as rows, and which of the communes have none of that year.

    Communes count that existed at the beginning of the year.
    """
    lacking = communes.valid_on(date(year, 1, 1)).exclude(poverty_lists__year=year)
    lacking_count = lacking.count()
    return {
        "rows": _rows(lists),
        "lacking": [commune.name for commune in lacking.order_by("path")[:MOST_NAMES]],
        "lacking_count": lacking_count,
        "lacking_more": max(lacking_count - MOST_NAMES, 0),
    }


def _rows(lists: Iterable[PovertyList]) -> list[ListRow]:
    lists = list(lists)
    counts, unanswered = counts_by_kind(lists), unanswered_in(lists)
    return [
        ListRow(
            found,
            [(kind.label, counts[found.pk][kind]) for kind in Classification.Kind],
            unanswered[found.pk],
        )
        for found in lists
    ]

"""All households of a commune and its hamlets in a year: the denominator of every rate."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from committees import audit
from committees.models import Committee, User
from config.vietnamese.amounts import grouped
from households.errors import TotalRefused
from households.models import Classification, Household, HouseholdTotal

MINORITY = Household.Flag.MINORITY


class Counted(NamedTuple):
    """All households living at a place, and those of ethnic minorities where that is known."""

    households: int
    minority: int | None = None


@transaction.atomic
def count_households(
    commune: Committee, year: int, *, counted: Mapping[Committee, Counted | None], by: User
) -> list[str]:
    """Keep the totals of a commune and its hamlets for a year; None forgets a place's total.

    Returns warnings in words: hamlets that do not add up to the commune. Raises
    ``TotalRefused`` where a place would have fewer households than stand on its list.
    """
    Committee.objects.select_for_update(no_key=True).get(pk=commune.pk)
    listed = listed_by_place(commune, year)
    for place, total in counted.items():
        if total:
            _refuse_too_few(place, year, total, listed[place.pk])
    known = {t.committee_id: t for t in totals_of(commune, year)}
    changed = {}
    for place, total in counted.items():
        before = known.get(place.pk)
        if total == (before and Counted(before.households, before.minority_households)):
            continue
        changed[place.code] = [before.households if before else None, total and total.households]
        _keep(place, year, total, by)
    if changed:
        audit.record(
            "household_total.counted", None, by=by, committee=commune, year=year, units=changed
        )
    return disagreements(commune, year)


def totals_of(commune: Committee, year: int) -> list[HouseholdTotal]:
    """The totals on file of a commune and its hamlets."""
    return list(HouseholdTotal.objects.under(commune).filter(year=year))


def listed_by_place(commune: Committee, year: int) -> dict[int, Counted]:
    """The households on the list of the year in the commune and in each of its hamlets, of any
    class; a place without any has 0."""
    rows = Classification.objects.filter(poverty_list__commune=commune, poverty_list__year=year)
    counts = (
        rows.order_by()
        .values_list("hamlet")
        .annotate(
            households=Count("pk"), minority=Count("pk", filter=Q(flags__contains=[MINORITY]))
        )
    )
    found = defaultdict(lambda: Counted(0, 0))
    found |= {hamlet: Counted(households, minority) for hamlet, households, minority in counts}
    found[commune.pk] = Counted(
        sum(at.households for at in found.values()), sum(at.minority for at in found.values())
    )
    return found


def disagreements(commune: Committee, year: int) -> list[str]:
    """Where the hamlets' totals do not add up to the commune's: a warning, both may be true."""
    totals = {total.committee_id: total for total in totals_of(commune, year)}
    own = totals.pop(commune.pk, None)
    if own is None or not totals:
        return []
    hamlets = Committee.objects.under(commune).filter(level=Committee.Level.HAMLET)
    missing = hamlets.exclude(pk__in=totals).count()
    together = sum(total.households for total in totals.values())
    if together == own.households or (missing and together < own.households):
        return []
    return [
        f"Cộng các thôn được {grouped(together)} hộ, tổng của xã ghi {grouped(own.households)} hộ:"
        " hãy kiểm tra lại."
    ]


def _refuse_too_few(place: Committee, year: int, total: Counted, listed: Counted) -> None:
    if total.households < listed.households:
        raise TotalRefused(
            f"{place}: tổng số hộ {grouped(total.households)} ít hơn {grouped(listed.households)}"
            f" hộ trong danh sách năm {year}, hãy kiểm tra lại."
        )
    if total.minority is None:
        return
    if total.minority > total.households:
        raise TotalRefused(f"{place}: số hộ dân tộc thiểu số lớn hơn tổng số hộ, hãy kiểm tra lại.")
    if total.minority < listed.minority:
        raise TotalRefused(
            f"{place}: số hộ dân tộc thiểu số {grouped(total.minority)} ít hơn"
            f" {grouped(listed.minority)} hộ dân tộc thiểu số trong danh sách năm {year},"
            " hãy kiểm tra lại."
        )


def _keep(place: Committee, year: int, total: Counted | None, by: User) -> None:
    if total is None:
        HouseholdTotal.objects.filter(committee=place, year=year).delete()
        return
    HouseholdTotal.objects.update_or_create(
        committee=place,
        year=year,
        defaults={
            "households": total.households,
            "minority_households": total.minority,
            "entered_by": by,
        },
    )

"""Households by what they are filtered by, and what other apps ask of the registry."""

import re

from django.db.models import Exists, OuterRef, Prefetch

from committees.models import Committee
from config.vietnamese.letters import DASHES, INVISIBLE
from households import identity
from households.models import Classification, Member, PovertyList
from households.models.household import HouseholdQuerySet


def listed_in(rows: HouseholdQuerySet, year: int, kind: str = "") -> HouseholdQuerySet:
    """Households on the list of ``year``, of one class of that list if ``kind`` is given."""
    listed = Classification.objects.filter(household=OuterRef("pk"), poverty_list__year=year)
    if kind:
        listed = listed.filter(kind=kind)
    return rows.filter(Exists(listed.order_by()))


def for_listing(rows: HouseholdQuerySet, *, year: int | None = None) -> HouseholdQuerySet:
    """Everything a line of the list shows; ``shown_classes`` begins with the class to print."""
    classes = Classification.objects.select_related("poverty_list").order_by("-poverty_list__year")
    if year:
        classes = classes.filter(poverty_list__year=year)
    return rows.select_related("commune", "hamlet").prefetch_related(
        Prefetch("classifications", queryset=classes, to_attr="shown_classes")
    )


def years_of_lists(communes: object) -> list[int]:
    """The years for which there is a list in any of these communes, the latest first."""
    lists = PovertyList.objects.filter(commune__in=communes).order_by("-year")
    return list(lists.values_list("year", flat=True).distinct())


def owner_of_number(number: str) -> Member | None:
    """The living person with this national number, wherever in the country."""
    people = Member.objects.filter(id_index=identity.blind_index(number), is_living=True)
    return people.select_related("household__commune").first()


def code_of(text: str) -> str:
    """A household code as the registry has it: capitals, no spaces, the commune's code whole.

    Where a sheet joins it from a number, "03006-0001" arrives as "3006-0001".
    """
    code = DASHES.sub("-", INVISIBLE.sub("", "".join(text.split()))).upper()
    return f"0{code}" if re.match(r"\d{4}-", code, re.ASCII) else code


def hamlets_of(commune: Committee) -> list[Committee]:
    """The hamlets of a commune in the order of the tree."""
    return list(Committee.objects.under(commune).filter(level=Committee.Level.HAMLET))

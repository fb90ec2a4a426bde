"""Poor communes and hamlets, and those of special difficulty: what stands beside their names."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from committees.access import Permission
from committees.models import Committee, User
from config import clock
from households.models import Household, PoorPlace


def marks_of(units: Iterable[int], year: int) -> dict[int, list[str]]:
    """The marks in force in some part of ``year``, by the key of the unit; one query."""
    found: dict[int, list[str]] = {}
    for place in in_force(date(year, 1, 1), date(year, 12, 31)).filter(committee__in=list(units)):
        label = place.get_mark_display()
        if label not in found.setdefault(place.committee_id, []):
            found[place.committee_id].append(label)
    return found


def mark_households(households: Iterable[Household]) -> None:
    """Give each household ``place_marks``: what stands today beside its hamlet and commune."""
    households = list(households)
    units = {pk for one in households for pk in (one.hamlet_id, one.commune_id)}
    marks = marks_of(units, clock.today().year)
    for household in households:
        near = (household.hamlet_id, household.commune_id)
        household.place_marks = [label for pk in near for label in marks.get(pk, ())]


def in_force(since: date, until: date) -> QuerySet[PoorPlace]:
    """The marks that hold on some day from ``since`` to ``until``."""
    return PoorPlace.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=since), valid_from__lte=until
    )


def markable_by(user: User) -> QuerySet[Committee]:
    """The communes and hamlets that a person marks: all below the provinces and districts
    where the person holds ``STANDARD_MANAGE``. A commune does not mark itself."""
    upper = Committee.objects.allowed(user, Permission.STANDARD_MANAGE).filter(
        level__in=[Committee.Level.PROVINCE, Committee.Level.DISTRICT]
    )
    below = Q(pk__in=[])
    for path in upper.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    lower = [Committee.Level.COMMUNE, Committee.Level.HAMLET]
    return Committee.objects.filter(below, level__in=lower)

"""The page of one household: who, where, in which class through the years, what became of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from committees.models import AuditEvent
from households.history.columns import Names
from households.history.telling import people_in, reason_of, said
from households.models import (
    Classification,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    Member,
    PovertyIndicator,
    PovertyList,
    Sighting,
    Transition,
)
from households.places import mark_households
from households.privacy.masking import sees_open
from households.privacy.sightings import saw

# What became of the household; its whole history has a page of its own.
EVENTS = (
    "household.registered", "household.split", "household.split_off", "household.moved_within",
    "household.recoded", "household.head_changed", "household.head_died", "household.ended",
    "household.left_registry", "household.restored", "household.merged", "household.unmerged",
    "household.move_sent", "household.move_received", "household.move_returned",
    "household.move_withdrawn", "household.member_left", "household.member_died",
)  # fmt: skip
MOST_EVENTS = 12


@dataclass
class Year:
    """One list that the household stood on, or left: its class there and the movements."""

    poverty_list: PovertyList
    listed: Classification | None = None
    annual: Transition | None = None
    monthly: list[Transition] = field(default_factory=list)
    indicators: dict[str, str] = field(default_factory=dict)  # labels of the standard of its year


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_detail(request, household_pk):
    rows = Household.objects.select_related("commune", "hamlet", "merged_into", "split_from")
    household = get_object_or_404(
        rows.allowed(request.user, Permission.HOUSEHOLD_VIEW), pk=household_pk
    )
    saw(household, request.user, Sighting.How.PAGE)
    mark_households([household])
    sees = sees_open(request.user, household)
    members = list(household.members.order_by("-is_head", "left_on", "pk"))
    context = {
        "household": household,
        "sees": sees,
        "may_edit": sees,
        "is_followed": household.state == Household.State.ACTIVE,
        "members": [member for member in members if member.left_on is None],
        "members_gone": [member for member in members if member.left_on],
        "years": _years(household),
        "events": _told(household, members, sees=sees),
        "former_codes": _former_codes(household),
        "move": _move_of(household),
        "related": _related(household, request.user),
        "sees_support": request.user.holds(Permission.SUPPORT_VIEW),
        "sees_houses": request.user.holds(Permission.HOUSE_VIEW),
    }
    context |= _notices(household)
    return render(request, "households/household_detail.html", context)


def _years(household):
    """Three queries; the latest list first."""
    years = {}
    classes = household.classifications.select_related("poverty_list__commune", "hamlet")
    for listed in classes.order_by("-poverty_list__year", "-pk"):
        years[listed.poverty_list_id] = Year(listed.poverty_list, listed)
    changes = household.transitions.select_related("poverty_list__commune").order_by("on", "pk")
    for change in changes:
        year = years.setdefault(change.poverty_list_id, Year(change.poverty_list))
        if change.origin == Transition.Origin.ANNUAL:
            year.annual = change
        else:
            year.monthly.append(change)
    labels = _labels_by_standard()
    for year in years.values():
        year.indicators = labels.get(year.poverty_list.standard_id, {})
    return sorted(years.values(), key=lambda year: -year.poverty_list.year)


def _labels_by_standard():
    labels = defaultdict(dict)
    indicators = PovertyIndicator.objects.order_by()
    for standard, code, label in indicators.values_list("standard_id", "code", "label"):
        labels[standard][code] = label
    return labels


def _told(household, members, *, sees):
    """What became of it as the timeline part shows it, the newest first."""
    events = AuditEvent.objects.filter(
        object_type=Household._meta.label_lower, object_id=household.pk, action__in=EVENTS
    )
    events = list(events.select_related("actor")[:MOST_EVENTS])
    known = {member.pk: member.name for member in members}
    others = {key for event in events for key in people_in(event)} - known.keys()
    if others:
        known |= dict(Member.objects.filter(pk__in=others).values_list("pk", "name"))
    names = Names(people=known)
    return [
        {
            "what": said(event, names),
            "who": event.actor.full_name if event.actor else "Máy",
            "at": event.at,
            "reason": reason_of(event, sees=sees),
        }
        for event in events
    ]


def _former_codes(household):
    return household.former_codes.select_related("commune").exclude(
        code=household.code, commune=household.commune
    )


def _move_of(household):
    """The move that waits to be received, if there is one."""
    if household.state != Household.State.MOVED:
        return None
    moves = household.moves.select_related("to_commune")
    return moves.filter(state=HouseholdMove.State.SENT).first()


def _related(household, user):
    """Households it came from, gave away or went into, with whether this person may open them."""
    around = Q(split_from=household) | Q(merged_into=household)
    keys = [one for one in (household.split_from_id, household.merged_into_id) if one]
    found = list(
        Household.objects.filter(around | Q(pk__in=keys))
        .select_related("commune")
        .order_by("head_sort_key", "pk")
    )
    own = {one.pk for one in found}
    reached = Household.objects.filter(pk__in=own).allowed(user, Permission.HOUSEHOLD_VIEW)
    open_ = set(reached.values_list("pk", flat=True)) if own else set()
    return [
        {"how": _how(one, household), "household": one, "is_open": one.pk in open_} for one in found
    ]


def _how(other, household):
    if other.pk == household.merged_into_id:
        return "Đã nhập vào hộ"
    if other.pk == household.split_from_id:
        return "Tách từ hộ"
    return "Hộ đã nhập vào đây" if other.merged_into_id == household.pk else "Hộ đã tách ra"


def _notices(household):
    pairs = Likeness.objects.filter(state=Likeness.State.OPEN).together()
    cases = household.hardship_cases.filter(
        state__in=[HardshipCase.State.PROPOSED, HardshipCase.State.CONFIRMED]
    )
    return {
        "likenesses": list(pairs.filter(Q(first=household) | Q(second=household))[:3]),
        "hardship": cases.first(),
    }

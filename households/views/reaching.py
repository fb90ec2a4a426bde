"""The households and hamlets that pages of the registry may touch for this person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from committees.access import Permission
from committees.models import Committee
from households.models import Household, Member, Sighting
from households.privacy.sightings import saw


def editable(request, household_pk):
    """The household, or 404 for one that this person does not keep; that it was seen is kept."""
    rows = Household.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    household = get_object_or_404(rows.select_related("commune", "hamlet"), pk=household_pk)
    saw(household, request.user, Sighting.How.PAGE)
    return household


def editable_member(request, person_pk):
    rows = Member.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    rows = rows.select_related("household__commune", "household__hamlet")
    member = get_object_or_404(rows, pk=person_pk)
    saw(member.household, request.user, Sighting.How.PAGE)
    return member


def hamlets_of(request, commune=None):
    """The hamlets for which this person keeps the registry, of one commune or of all."""
    units = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    units = units.filter(level=Committee.Level.HAMLET)
    return units.under(commune) if commune else units


def not_followed(request, household):
    """Back to the household's page with a sentence, if nobody follows it any more."""
    if household.state == Household.State.ACTIVE:
        return None
    state = household.get_state_display().lower()
    messages.warning(request, f"Hộ {household.code} {state}: hãy theo dõi lại hộ trước khi sửa.")
    return to_household(household)


def to_household(household):
    return redirect("households:household-detail", household.pk)

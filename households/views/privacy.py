"""Whole numbers of a household for a stated reason, and who has seen the household."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from committees.models import Seat
from households.errors import HouseholdError
from households.forms.privacy import SightingFilter, UnmaskForm
from households.models import Household, Sighting
from households.privacy.unmasking import MOST_A_DAY, unmask, unmasked_today

PAGE = 50
LARGEST_KEY = 2**63 - 1


@never_cache  # the numbers stay in no cache, history or session
@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_UNMASK)
def household_unmask(request, household_pk):
    rows = Household.objects.select_related("commune", "hamlet")
    household = get_object_or_404(
        rows.allowed(request.user, Permission.HOUSEHOLD_UNMASK), pk=household_pk
    )
    form = UnmaskForm(request.POST or None)
    context = {
        "form": form,
        "household": household,
        "most": MOST_A_DAY,
        "used": unmasked_today(request.user),
    }
    if request.method == "POST" and form.is_valid():
        try:
            context["shown"] = unmask(
                household, by=request.user, reason=form.cleaned_data["reason"]
            )
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "households/household_unmask.html", context, status=status)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
@requires(Permission.AUDIT_VIEW)
def household_seen(request, household_pk):
    rows = Household.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    rows = rows.allowed(request.user, Permission.AUDIT_VIEW)
    household = get_object_or_404(rows.select_related("commune", "hamlet"), pk=household_pk)
    filters = SightingFilter(request.GET)
    seen = Sighting.objects.filter(household=household)
    seen = _chosen(seen, filters.cleaned_data) if filters.is_valid() else seen.none()
    totals = seen.order_by().aggregate(times=Count("pk"), people=Count("user", distinct=True))
    before = request.GET.get("truoc", "")
    if before.isascii() and before.isdigit() and len(before) < 20 and int(before) <= LARGEST_KEY:
        seen = seen.filter(pk__lt=int(before))
    seats = Seat.objects.live().select_related("committee").order_by("committee__path", "role")
    seen = seen.select_related("user").prefetch_related(
        Prefetch("user__seats", queryset=seats, to_attr="shown_seats")
    )
    found = list(seen.order_by("-pk")[: PAGE + 1])
    context = {
        "household": household,
        "filters": filters,
        "sightings": found[:PAGE],
        "totals": totals,
        "older": found[PAGE - 1].pk if len(found) > PAGE else None,
        "is_first": not before,
    }
    return render(request, "households/household_seen.html", context)


def _chosen(seen, chosen):
    if chosen["cach"]:
        seen = seen.filter(how=chosen["cach"])
    if chosen["tu"]:
        seen = seen.filter(at__gte=_midnight(chosen["tu"]))
    if chosen["den"]:
        seen = seen.filter(at__lt=_midnight(chosen["den"] + timedelta(days=1)))
    return seen


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))

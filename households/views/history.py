from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from households.history.pages import history_of
from households.models import Household, Sighting
from households.privacy.masking import sees_open
from households.privacy.sightings import saw

PAGE = 20


class _Entries:
    """The history as a paginator asks for it: a slice at a time, counted on the way."""

    def __init__(self, household, *, sees):
        self.household = household
        self.sees = sees
        self.total = None

    def count(self):
        if self.total is None:
            _, self.total = history_of(self.household, sees=self.sees, offset=0, limit=1)
        return self.total

    def __getitem__(self, part):
        entries, self.total = history_of(
            self.household, sees=self.sees, offset=part.start, limit=part.stop - part.start
        )
        return entries


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_history(request, household_pk):
    rows = Household.objects.select_related("commune", "hamlet")
    household = get_object_or_404(
        rows.allowed(request.user, Permission.HOUSEHOLD_VIEW), pk=household_pk
    )
    saw(household, request.user, Sighting.How.PAGE)
    entries = _Entries(household, sees=sees_open(request.user, household))
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    entries_of_page = list(page)
    return render(
        request,
        "households/household_history.html",
        {"household": household, "page": page, "entries": entries_of_page},
    )

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees import audit
from committees.access import Permission, requires
from committees.intake import XLSX
from committees.models import Committee
from config import clock
from households import queries
from households.filtering import chosen_by
from households.resources import HouseholdResource, as_workbook

MOST_EXPORTED = 20_000


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_export(request):
    chosen = chosen_by(request.GET, request.user)
    rows = queries.for_listing(chosen.rows, year=chosen.year)
    rows = rows.order_by("commune__path", "head_sort_key", "pk")
    dataset = HouseholdResource().export(rows[:MOST_EXPORTED])
    at = timezone.localtime(clock.now())
    seats = [seat.committee_id for seat in request.user.live_seats]
    reads = Committee.objects.filter(pk__in=seats)
    for unit in reads.allowed(request.user, Permission.HOUSEHOLD_VIEW):  # each one's log tells it
        audit.record("household.exported", None, by=request.user, committee=unit, rows=len(dataset))
    workbook = as_workbook(dataset, by=request.user.full_name, at=at)
    response = HttpResponse(workbook, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="danh-sach-ho.xlsx"'
    return response

"""The tree of units: the list within reach, one unit, and the picker's search."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from committees import tree
from committees.access import Permission, requires
from committees.forms import UnitFilter
from committees.models import Committee, Seat
from committees.unit_search import matching, paths_above, search_units, ways_up
from config import clock
from config.vietnamese.dates import NotADate, parse_date

PAGE = 50


@require_GET
@requires(Permission.COMMITTEE_VIEW)
def committee_list(request):
    filters = UnitFilter(request.GET)
    units = _chosen(Committee.objects.allowed(request.user, Permission.COMMITTEE_VIEW), filters)
    page = Paginator(units, PAGE).get_page(request.GET.get("page"))
    _say_where_and_how_many(page.object_list)
    return render(
        request,
        "committees/committee_list.html",
        {
            "filters": filters,
            "page": page,
            "manages_users": request.user.holds(Permission.USER_MANAGE),
            "reads_log": request.user.holds(Permission.AUDIT_VIEW),
        },
    )


@require_GET
@requires(Permission.COMMITTEE_VIEW)
def committee_detail(request, committee_pk):
    units = Committee.objects.allowed(request.user, Permission.COMMITTEE_VIEW)
    unit = get_object_or_404(units, pk=committee_pk)
    upper = list(Committee.objects.filter(path__in=paths_above(unit)).order_by("path"))
    after = list(unit.successions.select_related("new").order_by("new__sort_key"))
    before = list(unit.predecessions.select_related("old").order_by("old__sort_key"))
    others = [each.pk for each in upper] + [s.new_id for s in after] + [s.old_id for s in before]
    return render(
        request,
        "committees/committee_detail.html",
        {
            "unit": unit,
            "crumbs": [(each.name, each.pk) for each in upper],
            "within_reach": set(units.filter(pk__in=others).values_list("pk", flat=True)),
            "children": list(tree.children_of(unit).order_by("valid_to", "sort_key")),
            "staff": list(Seat.objects.live().filter(committee=unit).select_related("user")),
            "after": after,
            "before": before,
            "may_manage": request.user.may(Permission.USER_MANAGE, unit),
        },
    )


@require_GET
@vary_on_headers("Accept")
def unit_search(request):
    """Units are public facts: open to everybody who is logged in."""
    text = request.GET.get("q", "").replace("\0", "")[:120]
    finds = search_units(text, day=_day(request.GET.get("day", "")), among=_among(request))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"finds": [find._asdict() for find in finds]})
    return HttpResponse(render_to_string("parts/picker_finds.html", {"finds": finds}))


def _among(request):
    """?pham-vi=ho: for the filters of the registry, the units whose households one may see."""
    if request.GET.get("pham-vi") != "ho":
        return None
    return Committee.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)


def _chosen(units, filters):
    if not filters.is_valid():
        return units.none()
    chosen = filters.cleaned_data
    if chosen["level"]:
        units = units.filter(level=chosen["level"])
    if chosen["only_live"]:
        units = units.valid_on(clock.today())
    return matching(units, chosen["q"]) if chosen["q"] else units


def _say_where_and_how_many(units):
    """Two queries for a whole page: names of the units above, live seats of each."""
    above = ways_up(units)
    live = Q(pk__in=Seat.objects.live().values("pk"))
    counts = dict(
        Seat.objects.filter(live, committee__in=units)
        .values_list("committee")
        .annotate(people=Count("user", distinct=True))
        .order_by()
    )
    for unit in units:
        unit.way_up = above[unit.pk]
        unit.people = counts.get(unit.pk, 0)


def _day(text):
    try:
        return parse_date(text) if text else None
    except NotADate:
        return None

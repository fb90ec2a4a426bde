from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from committees.errors import DocumentError
from committees.intake import XLSX
from committees.models import Committee
from config import clock
from households import queries
from households.forms.summary import SummaryFilter
from households.models import Household, Transition
from households.places import marks_of
from households.summary import paper, sheet
from households.summary.asked import BY_UNIT, KINDS, OVER_YEARS, Asked
from households.summary.behind import NoSuchNumber, households_behind
from households.summary.tables import table_of

PAGE = 50


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def summary(request):
    unit, upper, own = _units(request)
    asked, filters = _asked(request, unit)
    is_commune = unit.level == Committee.Level.COMMUNE
    context = {
        "unit": unit,
        "upper": upper,
        "own_units": own,
        "asked": asked,
        "filters": filters,
        "is_over_years": asked is not None and asked.table == OVER_YEARS,
        "table": table_of(asked) if asked else None,
        "marks": marks_of([unit.pk], asked.year).get(unit.pk, []) if asked else [],
        "may_count": is_commune and request.user.may(Permission.HOUSEHOLD_EDIT, unit),
        "has_paper": not unit.is_hamlet,
    }
    return render(request, "households/summary.html", context)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def summary_xlsx(request):
    asked = _asked_of(request)
    if asked is None:
        return _nothing_yet(request)
    content = sheet.workbook_of(table_of(asked), asked.unit, by=request.user.full_name, at=_now())
    return _file(content, XLSX, asked, "xlsx", attached=True)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def summary_pdf(request):
    asked = _asked_of(request)
    if asked is None:
        return _nothing_yet(request)
    try:
        content = paper.pdf_of(table_of(asked), asked.unit, by=request.user.full_name, at=_now())
    except DocumentError as refusal:
        messages.error(request, str(refusal))
        return redirect(asked.table_of(asked.unit.pk))
    return _file(content, "application/pdf", asked, "pdf", attached=False)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def summary_households(request):
    """The households behind one number of a table."""
    asked = _asked_of(request)
    if asked is None:
        return _nothing_yet(request)
    number = request.GET.get("so", "cuoi").replace("\0", "")[:60]
    try:
        title, rows = households_behind(number, unit=asked.unit, year=asked.year, kind=asked.kind)
    except NoSuchNumber as error:
        raise Http404 from error
    rows = rows.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    rows = rows.select_related("household", "hamlet", "poverty_list__commune")
    rows = rows.order_by("poverty_list__commune__path", "household__head_sort_key", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    seen = Household.objects.filter(pk__in=[row.household_id for row in page])
    context = {
        "asked": asked,
        "title": title,
        "page": page,
        "is_moves": rows.model is Transition,
        "is_end": number == "cuoi",
        "open_to_me": set(
            seen.allowed(request.user, Permission.HOUSEHOLD_VIEW).values_list("pk", flat=True)
        ),
        "back": asked.table_of(asked.unit.pk),
    }
    return render(request, "households/summary_households.html", context)


def _units(request):
    """The unit asked for (else the highest of the person's own), the one above, the own ones."""
    reach = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    seats = [seat.committee_id for seat in request.user.live_seats]
    own = list(reach.filter(pk__in=seats).order_by("depth", "sort_key"))
    asked = request.GET.get("noi", "")
    if asked:
        is_key = asked.isascii() and asked.isdigit() and len(asked) < 19
        unit = get_object_or_404(reach, pk=int(asked) if is_key else 0)
    elif own:
        unit = own[0]
    else:
        raise Http404
    return unit, reach.filter(path=unit.parent_path).first(), own


def _asked(request, unit):
    """What the address asks for with what it leaves out filled in; None without any list."""
    years = queries.years_of_lists(_communes_of(unit))
    if not years:
        return None, None
    typed = SummaryFilter(request.GET, years=years)
    chosen = typed.cleaned_data if typed.is_valid() else {}
    asked = Asked(
        unit,
        chosen.get("nam") or years[0],
        chosen.get("loai") or next(iter(KINDS)),
        chosen.get("bieu") or BY_UNIT,
    )
    shown = {"bieu": asked.table, "loai": asked.kind, "nam": asked.year, "noi": unit.pk}
    return asked, SummaryFilter(shown, years=years)


def _communes_of(unit):
    if unit.is_hamlet:
        return Committee.objects.filter(path=unit.parent_path)
    return Committee.objects.under(unit).filter(level=Committee.Level.COMMUNE)


def _asked_of(request):
    unit, _upper, _own = _units(request)
    return _asked(request, unit)[0]


def _nothing_yet(request):
    messages.info(request, "Chưa có danh sách hộ nghèo của năm nào để lập biểu.")
    return redirect("households:summary")


def _now():
    return timezone.localtime(clock.now())


def _file(content, content_type, asked, ending, *, attached):
    name = f"bieu-{asked.table}-{asked.year}-{asked.unit.code}.{ending}"
    response = HttpResponse(content, content_type=content_type)
    how = "attachment" if attached else "inline"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response

"""The records behind one figure."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from campaigns.models import Campaign
from campaigns.queries import paths_above
from committees.access import Permission, requires
from committees.models import Committee
from reports.figures.indicators import indicator_of
from reports.figures.records import Asked, records_of
from reports.models import Report
from reports.views.showing import line_of

PAGE = 50


@require_GET
@requires(Permission.REPORT_VIEW)
def figure_records(request, committee_pk, campaign_pk, code):
    indicator = indicator_of(code)
    if indicator is None:
        raise Http404
    units = Committee.objects.allowed(request.user, indicator.permission)
    unit = get_object_or_404(units.exclude(level=Committee.Level.HAMLET), pk=committee_pk)
    campaigns = Campaign.objects.filter(root__path__in=paths_above(unit))
    campaign = get_object_or_404(campaigns, pk=campaign_pk)
    report = _report(request, unit, campaign)
    asked = Asked(
        campaign,
        unit,
        own=request.GET.get("own") == "1",
        parts=_parts_of(report) if report else None,
    )
    kind = _kind_of_support(request, indicator)
    rows = records_of(indicator, asked, kind=kind)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [line_of(row) for row in page.object_list]
    return render(
        request,
        "reports/figure_records.html",
        {
            "back": _back(report, unit, campaign),
            "back_text": "Báo cáo" if report else "Tổng quan",
            "indicator": indicator,
            "unit": unit,
            "campaign": campaign,
            "report": report,
            "own": asked.own,
            "kind": kind,
            "page": page,
            "lines": lines,
            "columns": [cell.label for cell in lines[0].cells] if lines else [],
            "total": rows.total(),
            "in_report": _in_report(report, indicator, kind) if report else None,
        },
    )


def _kind_of_support(request, indicator) -> str:
    """Only support is of a kind; other records do not know the word."""
    asked = request.GET.get("kind", "").replace("\0", "")[:80]
    return asked if indicator.records == "support" else ""


def _report(request, unit, campaign):
    asked = request.GET.get("report", "")
    if not asked:
        return None
    reports = Report.objects.allowed(request.user, Permission.REPORT_VIEW)
    reports = reports.filter(committee=unit, campaign=campaign)
    return get_object_or_404(reports, pk=asked if asked.isdecimal() else 0)


def _back(report, unit, campaign) -> str:
    if report:
        return reverse("reports:report-detail", args=[report.pk])
    return f"{reverse('reports:overview')}?unit={unit.pk}&year={campaign.year}"


def _parts_of(report) -> tuple[Committee, ...]:
    """The units below that the report counts."""
    content = report.snapshot or report.figures
    ids = [child["committee"] for child in content["children"]]
    return tuple(Committee.objects.filter(pk__in=ids)) if ids else ()


def _in_report(report, indicator, kind) -> int:
    total = (report.snapshot or report.figures)["total"]
    if kind:
        return total["support"].get(kind, {}).get(indicator.code.rpartition(".")[2], 0)
    return indicator.value(total)

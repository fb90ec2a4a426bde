"""Reports of a unit and of the level below it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from committees.access import Permission, requires
from committees.models import Committee
from reports import queries
from reports.jobs import queue_compiling
from reports.views.choosing import chosen

PAGE = 100


@require_GET
@requires(Permission.REPORT_VIEW)
def report_list(request):
    of = chosen(request)
    lower = queries.lower_reports(of.unit, of.campaign) if of.campaign else []
    reconciled = sum(each.is_reconciled for each in lower)
    return render(
        request,
        "reports/report_list.html",
        {
            "of": of,
            "report": queries.report_of(of.unit, of.year) if of.year else None,
            "page": Paginator(lower, PAGE).get_page(request.GET.get("page")),
            "reconciled": reconciled,
            "expected": len(lower),
            "may_compile": bool(of.campaign)
            and request.user.may(Permission.REPORT_COMPILE, of.unit),
        },
    )


@require_POST
@requires(Permission.REPORT_COMPILE)
def report_compile(request, committee_pk, year):
    """Lập, cập nhật dự thảo: a job does it; its page shows how far it is."""
    units = Committee.objects.allowed(request.user, Permission.REPORT_COMPILE)
    unit = get_object_or_404(units.exclude(level=Committee.Level.HAMLET), pk=committee_pk)
    campaign = queries.campaign_of(unit, year)
    if campaign is None:
        raise Http404
    report = queries.report_of(unit, year)
    # Pressed twice it is one round: the next one begins when this draft has been made.
    round_ = f"{report.revision}-{report.state}-{report.compiled_at}" if report else "first"
    job = queue_compiling(campaign, unit, by=request.user, round_=f"{request.user.pk}:{round_}")
    return redirect("jobs:job-detail", job.pk)

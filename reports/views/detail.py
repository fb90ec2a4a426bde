"""One report: its words, its figures, the level below, what happened, what may be done."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from reports import prose, queries
from reports.documents import pdf_of
from reports.figures.indicators import GROUPS
from reports.figures.summing import in_order
from reports.models import Report

State = Report.State


def report_or_404(request, permission, report_pk) -> Report:
    rows = Report.objects.allowed(request.user, permission)
    rows = rows.select_related("campaign", "committee", "document__file", "sent_by")
    return get_object_or_404(rows, pk=report_pk)


@require_GET
@requires(Permission.REPORT_VIEW)
def report_detail(request, report_pk):
    report = report_or_404(request, Permission.REPORT_VIEW, report_pk)
    content = report.snapshot or report.figures
    changed = {d.indicator.code: d.now for d in queries.differences(report)}
    return render(
        request,
        "reports/report_detail.html",
        {
            "report": report,
            "content": content,
            "words": report.snapshot["sections"] if report.snapshot else prose.sections_of(report),
            "groups": _groups(report, content["total"], changed),
            "kinds": _kinds(report, content["total"]),
            "is_changed": bool(changed),
            "lower": _lower(report, content),
            "have": content["expected"] - len(content["missing"]),
            "events": queries.events_of(report),
            "others": _other_revisions(report),
        }
        | _rights(request.user, report),
    )


@require_GET
@requires(Permission.REPORT_VIEW)
def report_pdf(request, report_pk):
    report = report_or_404(request, Permission.REPORT_VIEW, report_pk)
    answer = HttpResponse(pdf_of(report), content_type="application/pdf")
    name = f"bao-cao-{report.campaign.year}-{report.committee.code}-lan-{report.revision}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _groups(report, total, changed):
    """Figures as the page shows them: each with the address of its records."""
    address = _records_address(report)
    return [
        (
            title,
            [
                {
                    "indicator": indicator,
                    "value": indicator.value(total),
                    "now": changed.get(indicator.code),
                    "url": address(indicator.code),
                }
                for indicator in indicators
            ],
        )
        for title, indicators in GROUPS
    ]


def _kinds(report, total):
    address = _records_address(report)
    return [
        {
            "kind": kind,
            "count": row["count"],
            "value": row["value"],
            "count_url": address("support.count", kind=kind),
            "value_url": address("support.value", kind=kind),
        }
        for kind, row in in_order(total["support"])
    ]


def _records_address(report):
    def address(code, **more):
        url = reverse(
            "reports:figure-records", args=[report.committee_id, report.campaign_id, code]
        )
        return f"{url}?{urlencode({'report': report.pk} | more)}"

    return address


def _lower(report, content):
    """The units below with the figures that this report took from them."""
    if not content["expected"]:
        return []
    taken = {child["committee"]: child["figures"] for child in content["children"]}
    return [
        {"unit": each.unit, "report": each.report, "figures": taken.get(each.unit.pk)}
        for each in queries.lower_reports(report.committee, report.campaign)
    ]


def _other_revisions(report):
    rows = Report.objects.filter(campaign=report.campaign, committee=report.committee)
    return list(rows.exclude(pk=report.pk).select_related("document").order_by("-revision"))


def _rights(user, report) -> dict:
    """What this person may do with the report as it stands."""
    is_draft = report.state == State.DRAFT
    on_its_way = report.state in (State.SENT, State.RECONCILED)
    may_send = user.may(Permission.REPORT_SEND, report.committee)
    return {
        "may_compile": report.state in (State.DRAFT, State.LOOK_AGAIN)
        and user.may(Permission.REPORT_COMPILE, report.committee),
        "may_edit": is_draft and user.may(Permission.REPORT_EDIT, report.committee),
        "may_send": is_draft and may_send,
        "may_replace": on_its_way and may_send,
        "may_reconcile": report.state == State.SENT and queries.is_directly_above(user, report),
        "may_issue": on_its_way and user.may(Permission.REPORT_ISSUE, report.committee),
    }

"""Reading reports: whose, of which year, what the level below has sent, what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from campaigns.errors import NoCampaign
from campaigns.models import Campaign
from campaigns.queries import campaign_for, paths_above
from committees.access import GRANTS, Permission, Role
from committees.audit_words import words_for
from committees.models import AuditEvent, Committee, User
from reports.compiling import add_up, expected_below
from reports.figures import figures_of, gather
from reports.figures.indicators import INDICATORS, Indicator
from reports.models import Report


@dataclass(frozen=True)
class Lower:
    """A unit that reports to another, and its report, if it has one."""

    unit: Committee
    report: Report | None

    @property
    def is_reconciled(self) -> bool:
        return self.report is not None and self.report.state == Report.State.RECONCILED


@dataclass(frozen=True)
class Difference:
    """A figure whose records no longer add up to what was sent."""

    indicator: Indicator
    sent: int
    now: int


@dataclass(frozen=True)
class Event:
    """One line of a report's history."""

    what: str
    who: str
    at: datetime
    reason: str = ""


def units_of(user: User) -> list[Committee]:
    """The units of whose Front the person is, those that report; the highest first."""
    seats = Committee.objects.filter(pk__in=[seat.committee_id for seat in user.live_seats])
    mine = seats.allowed(user, Permission.REPORT_VIEW).exclude(level=Committee.Level.HAMLET)
    return list(mine.order_by("depth", "sort_key"))


def years_of(unit: Committee) -> list[int]:
    """The years of campaigns that the unit takes part in, or that run below it; newest first."""
    near = Q(root__path__in=paths_above(unit)) | Q(root__path__startswith=unit.path)
    return list(
        Campaign.objects.filter(near).order_by("-year").values_list("year", flat=True).distinct()
    )


def campaign_of(unit: Committee, year: int | None) -> Campaign | None:
    """The campaign of the unit that year, None where there is none."""
    try:
        return campaign_for(unit, year) if year else None
    except NoCampaign:
        return None


def report_of(unit: Committee, year: int) -> Report | None:
    """The report of a unit on the campaign of a year that is in force."""
    return (
        Report.objects.live()
        .filter(committee=unit, campaign__year=year)
        .select_related("campaign", "committee", "document")
        .order_by("-campaign__root__depth")
        .first()
    )


def lower_reports(unit: Committee, campaign: Campaign) -> list[Lower]:
    """The units directly below and their reports in force; two queries."""
    units = expected_below(campaign, unit)
    reports = {
        report.committee_id: report
        for report in Report.objects.live()
        .filter(committee__in=units, campaign__year=campaign.year)
        .select_related("document")
    }
    return [Lower(below, reports.get(below.pk)) for below in units]


def differences(report: Report) -> list[Difference]:
    """Where the records, as they are now, no longer give what the report says.

    Units that the report does not include are left out on both sides.
    """
    content = report.snapshot or report.figures
    if not content:
        return []
    now = figures_now(report, content)
    return [
        Difference(indicator, indicator.value(content["total"]), indicator.value(now))
        for indicator in INDICATORS.values()
        if indicator.value(content["total"]) != indicator.value(now)
    ]


def figures_now(report: Report, content: dict) -> dict:
    """The live figures of the unit's own records and of the parts that the report includes."""
    gathered = gather(report.campaign, report.committee)
    parts = Committee.objects.filter(pk__in=[child["committee"] for child in content["children"]])
    return add_up(
        figures_of(gathered, report.committee, own=True),
        [figures_of(gathered, part) for part in parts],
    )


def events_of(report: Report) -> list[Event]:
    """What happened to all revisions of this report and to their papers, newest first."""
    revisions = Report.objects.filter(campaign=report.campaign, committee=report.committee)
    ids = list(revisions.values_list("pk", "document"))
    happened = AuditEvent.objects.filter(
        Q(object_type="reports.report", object_id__in=[pk for pk, _paper in ids])
        | Q(object_type="committees.document", object_id__in=[p for _pk, p in ids if p])
    )
    return [
        Event(
            words_for(event.action),
            str(event.actor or ""),
            event.at,
            event.detail.get("reason", ""),
        )
        for event in happened.select_related("actor").order_by("-pk")[:60]
    ]


def is_directly_above(user: User, report: Report) -> bool:
    """Whether the person sits at the level that reconciles this report."""
    upper = report.committee.parent_path
    return any(
        seat.committee.path == upper and Permission.REPORT_RECONCILE in GRANTS[Role(seat.role)]
        for seat in user.live_seats
    )

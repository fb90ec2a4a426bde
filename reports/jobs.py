"""The jobs of reports: one compiles the drafts of everything under a unit, bottom-up."""

from django.urls import reverse

from campaigns.models import Campaign
from committees.access import Permission
from committees.models import Committee, User
from jobs.errors import JobRefused
from jobs.models import Job
from jobs.queue import enqueue
from jobs.running import Run
from reports.actions import compile_draft
from reports.compiling import chain_of
from reports.figures import gather

COMPILE = "reports.compile"


def queue_compiling(campaign: Campaign, root: Committee, *, by: User, round_: str) -> Job:
    """Ask for the drafts of ``root`` and, by the system, of everything below it.

    ``round_`` makes the key: the same round is compiled once, however often it is asked for.
    """
    return enqueue(
        COMPILE,
        key=f"{COMPILE}:{campaign.pk}:{root.pk}:{round_}",
        arguments={"campaign": campaign.pk, "root": root.pk},
        by=by,
    )


def compile_drafts(run: Run) -> dict:
    """Compile draft after draft, lowest level first; each is committed under the lease.

    A person compiles for the units where the person may; the system for all that have records.
    A second run of the same job finds drafts and refreshes them: nothing is made twice.
    """
    campaign = Campaign.objects.get(pk=run.arguments["campaign"])
    root = Committee.objects.get(pk=run.arguments["root"])
    gathered = gather(campaign, root)
    units = chain_of(campaign, root, gathered).units
    if not run.by.is_system:
        units = _allowed(units, run.by)
    if not units:
        raise JobRefused("Bạn không còn quyền lập báo cáo của đơn vị này.")
    made = []
    for number, unit in enumerate(units, start=1):
        with run.fenced():
            made.append(compile_draft(campaign, unit, by=run.by, gathered=gathered).pk)
        run.progress(number, len(units), f"Đã lập dự thảo báo cáo của {unit.name}")
    return {
        "reports": made,
        "url": reverse("reports:report-detail", args=[made[-1]]),
        "link": "Mở dự thảo báo cáo",
    }


def _allowed(units: list[Committee], user: User) -> list[Committee]:
    reach = Committee.objects.filter(pk__in=[unit.pk for unit in units])
    allowed = set(reach.allowed(user, Permission.REPORT_COMPILE).values_list("pk", flat=True))
    return [unit for unit in units if unit.pk in allowed]

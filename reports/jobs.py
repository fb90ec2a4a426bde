"""The jobs of reports: one compiles the drafts of everything under a unit, bottom-up."""

from committees.access import Permission
from committees.models import Committee
from campaigns.models import Campaign
from jobs.errors import JobRefused
from jobs.models import Job
from jobs.queue import enqueue
from jobs.running import Run
from reports.actions import compile_draft
from reports.compiling import chain_of
from reports.figures import gather

COMPILE = "reports.compile"


def queue_compiling(campaign: Campaign, root: Committee, *, by, round_: str) -> Job:
    """Ask for the drafts of ``root`` and everything below it.

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

    A second run of the same job finds drafts and refreshes them: nothing is made twice.
    """
    campaign = Campaign.objects.get(pk=run.arguments["campaign"])
    root = Committee.objects.get(pk=run.arguments["root"])
    if not (run.by.is_system or run.by.may(Permission.REPORT_COMPILE, root)):
        raise JobRefused("Người yêu cầu không còn quyền lập báo cáo của đơn vị này.")
    gathered = gather(campaign, root)
    chain = chain_of(campaign, root, gathered)
    made = []
    for number, unit in enumerate(chain.units, start=1):
        with run.fenced():
            made.append(compile_draft(campaign, unit, by=run.by, gathered=gathered).pk)
        run.progress(number, len(chain.units), f"Đã lập dự thảo báo cáo của {unit.name}")
    return {"reports": made}

"""What the beat starts: drafts of every campaign whose window has ended."""

from celery import shared_task

from campaigns.models import Campaign
from committees.people import system_user
from config import clock
from reports.jobs import queue_compiling


@shared_task(name="reports.compile_ended_windows")
def compile_ended_windows() -> None:
    """Queue the drafts of each campaign the day after its window; the key makes it once."""
    for campaign in Campaign.objects.filter(window_to__lt=clock.today()).select_related("root"):
        queue_compiling(campaign, campaign.root, by=system_user(), round_="window-ended")

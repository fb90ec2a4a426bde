"""What the beat starts: exported files go when their day is over."""

from celery import shared_task
from django.utils import timezone

from households.privacy import parcels
from households.privacy.retention import EXPORTS_KEPT


@shared_task(name="households.remove_expired_exports")
def remove_expired_exports() -> None:
    """Remove the files of exports that were ready more than a day ago."""
    parcels.remove_older_than(timezone.now() - EXPORTS_KEPT)

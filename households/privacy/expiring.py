"""What is past its time: uploaded files, previews nobody confirmed, ended jobs, and households
that are due to be erased. ``households.privacy.retention`` says how long each is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from committees import audit, intake, storage
from committees.models import AuditEvent, ImportBatch, User
from config import clock
from households.models import Household, Sighting
from households.privacy import parcels
from households.privacy.erasing import NAMELESS
from households.privacy.retention import (
    ACCESS_KEPT_YEARS,
    EXPORTS_KEPT,
    JOBS_KEPT,
    PREVIEWS_KEPT,
    REGISTRY_KEPT_YEARS,
    UPLOADS_KEPT,
)
from jobs.models import Job


@dataclass(frozen=True)
class Past:
    """Something that has outlived its time: how many, and whether ``remove`` takes it away."""

    what: str
    count: int
    is_removed: bool


def past_retention(now: datetime | None = None) -> list[Past]:
    """Everything past its time at ``now``, counted."""
    now = now or timezone.now()
    long_ago = now.replace(year=now.year - ACCESS_KEPT_YEARS, day=min(now.day, 28))
    seen = Sighting.objects.filter(at__lt=long_ago).order_by().count()
    told = AuditEvent.objects.filter(at__lt=long_ago).order_by().count()
    return [
        Past("tệp danh sách đã nhập", old_uploads(now).count(), True),
        Past("tệp xem trước, đã bỏ", old_previews(now).count(), True),
        Past("tác vụ đã kết thúc", old_jobs(now).count(), True),
        Past("hộ đến hạn xóa", due_households().count(), False),
        Past("lượt xem, dòng nhật ký", seen + told, False),
    ]


def remove(now: datetime | None = None, *, by: User) -> dict[str, int]:
    """Take away what is past its time and needs nobody's decision; how many of each."""
    now = now or timezone.now()
    counts = {
        "uploads": sum(_forget(batch, by) for batch in old_uploads(now)),
        "previews": sum(_forget(batch, by) for batch in old_previews(now)),
        "jobs": old_jobs(now).delete()[0],
        "exports": parcels.remove_older_than(now - EXPORTS_KEPT),
    }
    audit.record("retention.applied", None, by=by, **counts)
    return counts


def old_uploads(now: datetime) -> QuerySet[ImportBatch]:
    """Lists that went in, or were taken back, too long ago for their file to be kept."""
    states = (ImportBatch.State.COMMITTED, ImportBatch.State.UNDONE)
    rows = ImportBatch.objects.filter(state__in=states, committed_at__lt=now - UPLOADS_KEPT)
    return rows.filter(file__removed_at=None).select_related("file", "committee")


def old_previews(now: datetime) -> QuerySet[ImportBatch]:
    """Lists that nobody confirmed, or that were dropped."""
    states = (ImportBatch.State.PREVIEWED, ImportBatch.State.DROPPED)
    rows = ImportBatch.objects.filter(state__in=states, uploaded_at__lt=now - PREVIEWS_KEPT)
    return rows.filter(file__removed_at=None).select_related("file", "committee")


def old_jobs(now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(finished_at__lt=now - JOBS_KEPT)


def due_households() -> QuerySet[Household]:
    """Households not followed any more, on no list of the last ten years, not erased yet."""
    rows = Household.objects.exclude(state=Household.State.ACTIVE).exclude(head_name=NAMELESS)
    rows = rows.exclude(state=Household.State.MERGED)  # they go with the one they went into
    last = Coalesce(Max("classifications__poverty_list__year"), ExtractYear("state_on"))
    last_year = clock.today().year - REGISTRY_KEPT_YEARS
    return rows.annotate(last_year=last).filter(last_year__lt=last_year)


def due_by_commune() -> list[tuple[str, int]]:
    """How many households of which commune are due."""
    keys = due_households().order_by().values("pk")
    rows = Household.objects.filter(pk__in=keys).order_by("commune__path")
    return list(rows.values_list("commune__name").annotate(n=Count("pk")))


@transaction.atomic
def forget_file(batch: ImportBatch, *, by: User) -> None:
    """The bytes of an uploaded list and the remarks on its lines go; who loaded what stays."""
    if batch.state == ImportBatch.State.PREVIEWED:
        intake.drop(batch, by=by)
    ImportBatch.objects.filter(pk=batch.pk).update(findings=[])
    storage.remove(batch.file)
    audit.record("import.file_removed", batch, by=by, committee=batch.committee)


def _forget(batch: ImportBatch, by: User) -> int:
    forget_file(batch, by=by)
    return 1

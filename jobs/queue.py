"""Asking for a job. The row is the order; Celery is only rung, after the commit."""

import logging

from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from jobs.handlers import queue_of
from jobs.models import Job

logger = logging.getLogger(__name__)


def enqueue(kind: str, *, key: str, arguments: dict, by) -> Job:
    """The job with this key, made if it is not there; ``arguments`` hold ids only.

    Asking again for a job that failed sets it waiting once more; asking for one that waits,
    runs or is done changes nothing. A silent Redis never fails the request: the sweeper rings
    again for whatever no worker holds.
    """
    with transaction.atomic():
        job, created = Job.objects.get_or_create(
            key=key, defaults={"kind": kind, "arguments": arguments, "requested_by": by}
        )
        if not created:
            failed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED)
            failed.update(
                state=Job.State.WAITING,
                attempts=0,
                progress=0,
                finished_at=None,
                message="",
                waiting_since=Now(),
                rung_at=Now(),
            )
            job.refresh_from_db()
        if job.state == Job.State.WAITING:
            transaction.on_commit(lambda: ring(job), robust=True)
    return job


def ring(job: Job) -> bool:
    """Tell a worker that this job waits; False when Redis did not answer."""
    from jobs.tasks import run_job  # noqa: PLC0415 – the task module runs this one's jobs

    try:
        run_job.apply_async(args=[job.pk], queue=queue_of(job.kind), retry=False)
    except (OperationalError, OSError):
        logger.warning("job_not_rung", extra={"job": job.pk})
        return False
    Job.objects.filter(pk=job.pk).update(rung_at=Now())
    return True

"""Doing a job: claim it, keep its lease, write only while holding it, end it.

However often a message is delivered, one worker at a time does a job: a claim is a guarded
update that hands out a token, and every write checks the token under the job's row lock.
"""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Least, Now

from jobs.errors import JobRefused, LeaseLost
from jobs.handlers import handler_of
from jobs.models import Job

logger = logging.getLogger(__name__)
ATTEMPTS = 3
SHORTEST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=1)


def lease() -> timedelta:
    """How long a claim holds without a sign of life."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Run:
    """One worker's hold on one job, handed to the job's function."""

    def __init__(self, job: Job):
        self.job = job
        self.arguments = job.arguments

    @property
    def by(self):
        """The person who asked for the job; their rights are checked again by the handler."""
        return self.job.requested_by

    def progress(self, done: int, total: int, message: str) -> None:
        """Show how far the job is; call it outside ``fenced``."""
        shown = self._mine().update(
            progress=done, total=total, message=message[:300], lease_until=Now() + lease()
        )
        if not shown:
            raise LeaseLost(self.job.pk)

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A transaction that commits only while this worker still holds the job."""
        with transaction.atomic():
            if not self._mine().select_for_update().exists():
                raise LeaseLost(self.job.pk)
            yield

    def _mine(self):
        return Job.objects.filter(pk=self.job.pk, token=self.job.token, state=Job.State.RUNNING)


def run(job_id: int) -> bool:
    """Do the job if nobody does it; False when it was not to be had (done, or held)."""
    job = claim(job_id)
    if job is None:
        return False
    holding = Run(job)
    try:
        with _heartbeat(job):
            result = handler_of(job.kind).function(holding)
        with holding.fenced():
            _end(job, Job.State.DONE, "Xong", result)
    except LeaseLost:
        logger.warning("job_lease_lost", extra={"job": job_id})
    except JobRefused as refusal:
        _end(job, Job.State.FAILED, str(refusal), None)
    except Exception:
        # Released for the sweeper, or ended after the last attempt; never left hanging.
        logger.exception("job_failed", extra={"job": job_id})
        _give_back(job)
    return True


def claim(job_id: int) -> Job | None:
    """Take the job for this worker; None when it is done or another's lease is live."""
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=Now())
    token = uuid.uuid4()
    exhausted = Job.objects.filter(free, pk=job_id, attempts__gte=ATTEMPTS)
    if exhausted.update(
        state=Job.State.FAILED,
        message=f"Đã thử {ATTEMPTS} lần không xong; hãy báo quản trị rồi thử lại.",
        finished_at=Now(),
    ):
        return None
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING,
        token=token,
        lease_until=Now() + lease(),
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    return Job.objects.select_related("requested_by").filter(pk=job_id, token=token).first()


def unheld() -> list[Job]:
    """Jobs that no live lease holds and that were not rung for just now.

    The pauses between two rings of one job double up to a minute: a job behind a long queue
    does not fill it with bells, and a Redis that lost everything is told again soon.
    """
    still_waits = Q(state=Job.State.WAITING, rung_at__lt=Now() - _pause("waiting_since"))
    holder_died = Q(state=Job.State.RUNNING, lease_until__lt=Now()) & (
        Q(rung_at__lt=F("lease_until")) | Q(rung_at__lt=Now() - _pause("lease_until"))
    )
    return list(Job.objects.filter(still_waits | holder_died).order_by("pk")[:500])


def _pause(since: str) -> Combinable:
    waited = ExpressionWrapper(F("rung_at") - F(since), output_field=DurationField())
    return Least(Greatest(waited, Value(SHORTEST_PAUSE)), Value(LONGEST_PAUSE))


def _end(job: Job, state: str, message: str, result) -> None:
    Job.objects.filter(pk=job.pk, token=job.token).update(
        state=state, message=message[:300], result=result, finished_at=Now()
    )


def _give_back(job: Job) -> None:
    if job.attempts >= ATTEMPTS:
        _end(job, Job.State.FAILED, "Không thành công; hãy báo quản trị rồi thử lại.", None)
        return
    Job.objects.filter(pk=job.pk, token=job.token).update(
        state=Job.State.WAITING,
        token=None,
        lease_until=None,
        waiting_since=Now(),
        rung_at=Now(),
        message="Chưa xong, sẽ tự thử lại",
    )


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Prolong the lease from a thread of its own while the work goes on."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(lease().total_seconds() / 4):
                Job.objects.filter(pk=job.pk, token=job.token, state=Job.State.RUNNING).update(
                    lease_until=Now() + lease()
                )
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

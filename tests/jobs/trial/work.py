"""Kinds of jobs for the tests of the engine: slow, deadly, refused. Effects are audit rows."""

import os
import signal
import time

from committees import audit
from committees.models import AuditEvent
from jobs import handlers
from jobs.errors import JobRefused
from jobs.running import Run

SLOW, POISON, REFUSED, BROKEN = "trial.slow", "trial.poison", "trial.refused", "trial.broken"
EFFECT = "trial.effect"


def register() -> None:
    handlers.register(SLOW, slow, label="Việc chậm", queue="quick")
    handlers.register(POISON, poison, label="Việc làm chết tiến trình", queue="quick")
    handlers.register(REFUSED, refused, label="Việc bị từ chối", queue="quick")
    handlers.register(BROKEN, broken, label="Việc có lỗi", queue="quick")


def slow(run: Run) -> dict:
    """Write ``steps`` effects, each in a transaction of its own, ``pause`` seconds apart.

    Steps that an earlier holder committed are not written again.
    """
    steps = run.arguments["steps"]
    for step in range(effects(run.job.pk), steps):
        with run.fenced():
            audit.record(EFFECT, run.job, by=run.by, step=step)
        run.progress(step + 1, steps, f"Bước {step + 1}")
        time.sleep(run.arguments["pause"])
    return {"steps": steps, "url": "/", "link": "Về trang đầu"}


def poison(run: Run) -> dict:
    audit.record(EFFECT, run.job, by=run.by)
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def refused(_run: Run) -> dict:
    raise JobRefused("Danh sách trống; hãy nhập hộ trước.")


def broken(run: Run) -> dict:
    with run.fenced():
        audit.record(EFFECT, run.job, by=run.by)
        raise ZeroDivisionError
    return {}


def effects(job_id: int) -> int:
    """How many effects of the job were committed."""
    return AuditEvent.objects.filter(action=EFFECT, object_id=job_id).count()

"""Real workers, really killed: a job is done once, whatever happens to who did it."""

from jobs.models import Job
from jobs.queue import ring
from jobs.tasks import sweep
from tests.jobs.trial import work
from tests.workers import wait_until


def swept(job: Job, state: str) -> bool:
    """Let the sweeper pass, as the beat does every few seconds; whether the job is there."""
    sweep()
    job.refresh_from_db()
    return job.state == state


def test_another_worker_finishes_what_a_killed_one_began(trial_worker, asked):
    first = trial_worker()
    job = asked(work.SLOW, steps=4, pause=0.4)
    wait_until(lambda: work.effects(job.pk) >= 2, what="the second step")

    first.kill()
    trial_worker()
    wait_until(lambda: swept(job, Job.State.DONE), what="the end of the job")

    assert work.effects(job.pk) == 4
    assert (job.attempts, job.progress, job.total) == (2, 4, 4)
    assert job.result["steps"] == 4


def test_a_job_that_kills_its_worker_ends_failed_after_three_attempts(trial_worker, asked):
    trial_worker(WORKER_CONCURRENCY="4")  # Celery mourns a lost child for ten seconds
    job = asked(work.POISON)

    wait_until(lambda: swept(job, Job.State.FAILED), what="the end of the poison job")

    assert job.attempts == 3
    assert work.effects(job.pk) == 3
    assert "quản trị" in job.message


def test_ten_deliveries_at_once_do_a_job_once(trial_worker, asked):
    job = asked(work.SLOW, steps=2, pause=0.3)
    for _ in range(9):
        ring(job)
    trial_worker(WORKER_CONCURRENCY="4")

    wait_until(lambda: swept(job, Job.State.DONE), what="the end of the job")

    assert work.effects(job.pk) == 2
    assert job.attempts == 1

"""Celery's front door to jobs: an id comes in, the row says the rest."""

from celery import shared_task

from jobs import queue, running


@shared_task(name="jobs.run_job")
def run_job(job_id: int) -> None:
    """Do one job; a second delivery of the same id finds it held or done."""
    running.run(job_id)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Ring again for every job that no live lease holds (lost messages, killed workers)."""
    for job in running.unheld():
        queue.ring(job)

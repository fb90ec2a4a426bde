"""The row is the order: asking twice is asking once, and a silent Redis refuses nobody."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from jobs import running
from jobs.models import Job
from jobs.queue import ring
from jobs.tasks import sweep
from tests import environment
from tests.jobs.trial import work
from tests.workers import wait_until


def make_older(job: Job, **ago: timedelta) -> None:
    """Move moments of the job into the past: ``make_older(job, rung_at=timedelta(…))``."""
    Job.objects.filter(pk=job.pk).update(**{name: Now() - by for name, by in ago.items()})


def test_asking_again_with_the_same_key_gives_the_same_job(db, asked):
    first = asked(work.SLOW, steps=1, pause=0)
    second = asked(work.SLOW, steps=9, pause=0)

    assert first.pk == second.pk
    assert second.arguments == {"steps": 1, "pause": 0}


def test_asking_again_for_a_failed_job_sets_it_waiting(db, asked):
    job = asked(work.REFUSED)
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Danh sách trống; hãy nhập hộ trước.")

    again = asked(work.REFUSED)

    assert (again.pk, again.state, again.attempts) == (job.pk, "waiting", 0)
    assert again.finished_at is None


def test_a_job_exists_only_if_the_change_that_asked_for_it_was_committed(transactional_db, asked):
    with transaction.atomic():
        asked(work.SLOW, steps=1, pause=0)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_with_redis_down_asking_succeeds_and_the_sweeper_rings_later(
    transactional_db, asked, trial_worker
):
    environment.stop_valkey()
    try:
        job = asked(work.SLOW, steps=1, pause=0)
        assert job.state == Job.State.WAITING
        assert ring(job) is False
    finally:
        environment.start_valkey()

    trial_worker()
    make_older(job, rung_at=timedelta(seconds=6), waiting_since=timedelta(seconds=6))
    sweep()

    wait_until(lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE, what="the job")


def test_a_job_that_waits_long_is_rung_for_less_and_less_often(db, asked):
    job = asked(work.SLOW, steps=1, pause=0)
    assert running.unheld() == []

    make_older(job, rung_at=timedelta(seconds=6), waiting_since=timedelta(seconds=6))
    assert running.unheld() == [job]
    make_older(job, rung_at=timedelta(seconds=6), waiting_since=timedelta(seconds=30))
    assert running.unheld() == []
    make_older(job, rung_at=timedelta(seconds=61), waiting_since=timedelta(hours=3))
    assert running.unheld() == [job]


def test_a_worker_that_lost_its_lease_cannot_commit(transactional_db, asked):
    job = asked(work.SLOW, steps=1, pause=0)
    first = running.claim(job.pk)
    make_older(job, lease_until=timedelta(seconds=1))
    second = running.claim(job.pk)
    assert second.token != first.token

    with pytest.raises(running.LeaseLost), running.Run(first).fenced():
        raise AssertionError("never reached")
    with pytest.raises(running.LeaseLost):
        running.Run(first).progress(1, 1, "Xong")
    with running.Run(second).fenced():
        assert connection.in_atomic_block


def test_a_held_or_finished_job_is_not_to_be_had(transactional_db, asked):
    job = asked(work.SLOW, steps=1, pause=0)
    running.claim(job.pk)
    assert running.claim(job.pk) is None

    make_older(job, lease_until=timedelta(seconds=1))
    assert running.run(job.pk) is True
    assert running.run(job.pk) is False
    assert work.effects(job.pk) == 1


def test_a_job_that_fails_writes_nothing_and_is_tried_three_times(transactional_db, asked):
    job = asked(work.BROKEN)

    for attempt in (1, 2):
        assert running.run(job.pk) is True
        job.refresh_from_db()
        assert (job.state, job.attempts, job.token) == ("waiting", attempt, None)
    running.run(job.pk)
    job.refresh_from_db()

    assert (job.state, job.attempts) == ("failed", 3)
    assert job.finished_at is not None
    assert work.effects(job.pk) == 0


def test_a_kind_that_no_app_knows_does_not_stop_the_sweeper(transactional_db, asked):
    unknown = asked("trial.unknown")
    known = asked(work.SLOW, steps=1, pause=0)
    for job in (unknown, known):
        make_older(job, rung_at=timedelta(minutes=2))

    sweep()

    known.refresh_from_db()
    assert known.rung_at > known.waiting_since - timedelta(minutes=1)

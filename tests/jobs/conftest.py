import pytest

from jobs.models import Job
from jobs.queue import enqueue
from tests.factories.committees import make_user
from tests.jobs.trial import work


@pytest.fixture(autouse=True)
def trial_kinds():
    work.register()


@pytest.fixture
def asked():
    """Ask for a trial job: ``asked(work.SLOW, steps=3, pause=0.1)`` → the Job."""
    person = None

    def ask(kind: str, **arguments) -> Job:
        nonlocal person
        person = person or make_user()
        return enqueue(kind, key=f"{kind}:1", arguments=arguments, by=person)

    return ask


@pytest.fixture
def trial_worker(real_worker):
    """A real worker that knows the trial kinds, with a lease of one second unless told."""

    def start(**settings_of_worker):
        trial = {"DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings", "JOB_LEASE_SECONDS": "1"}
        return real_worker(**(trial | settings_of_worker))

    return start

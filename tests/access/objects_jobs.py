"""A job of the officer of a unit: nobody else's, not even of the same unit."""

from committees.access import Role
from committees.models import Committee, User
from jobs.queue import enqueue
from tests.factories.committees import make_user


def _make_job(committee: Committee) -> int:
    seated = User.objects.filter(seats__committee=committee, seats__role=Role.OFFICER)
    officer = seated.first() or make_user((Role.OFFICER, committee))
    return enqueue("walk", key=f"walk-{committee.pk}", arguments={}, by=officer).pk


MAKERS = {"job_pk": _make_job}

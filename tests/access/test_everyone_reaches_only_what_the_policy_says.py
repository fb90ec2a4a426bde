"""The policy CSVs against every address: straight, and with a guard taken away (README.md)."""

import pytest
from django.db.models import Q

from committees.models import User
from jobs.models import JobQuerySet
from tests.access.policy import addresses, disagreements, policy_rows
from tests.access.walker import FORBIDDEN, MISSING, walk, walk_sabotaged

pytestmark = pytest.mark.timeout(400)  # an app is one test of thousands of questions
MOST_SURVIVORS = 0.05
ADDRESSES = addresses()
APPS = sorted({name.partition(":")[0] for name in ADDRESSES})


def test_every_address_stands_in_the_policy_and_every_row_is_alive():
    found = disagreements()

    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", APPS)
def test_everyone_reaches_what_the_policy_says_and_nothing_else(world, app):
    failures = [
        failure
        for address, rows in _part_of_the_policy(app)
        for failure in walk(world, address, rows)
    ]

    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("app", APPS)
def test_a_view_without_its_guard_is_seen(world, monkeypatch, app):
    monkeypatch.setattr(User, "holds", lambda user, permission: True)

    assert _share_not_seen(world, app, FORBIDDEN) <= MOST_SURVIVORS


@pytest.mark.parametrize("app", APPS)
def test_a_query_without_its_filter_is_seen(world, monkeypatch, app):
    monkeypatch.setattr(User, "reach", lambda user, permission, lookup="": Q())
    monkeypatch.setattr(JobQuerySet, "of", lambda jobs, user: jobs)

    assert _share_not_seen(world, app, MISSING) <= MOST_SURVIVORS


def _share_not_seen(world, app, refusal):
    asked, survived = [], []
    for address, rows in _part_of_the_policy(app):
        cells, still = walk_sabotaged(world, address, rows, refusal)
        asked += cells
        survived += still
    for cell in survived:
        print("still refused:", cell)  # noqa: T201, shown when the test is red
    return len(survived) / len(asked) if asked else 0


def _part_of_the_policy(app):
    rows = policy_rows()
    for name, address in ADDRESSES.items():
        if name.partition(":")[0] == app:
            yield address, [row for row in rows if row.url == name]

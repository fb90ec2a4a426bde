"""The database parts of every test, and real workers. The rest stands beside its tests."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from config import clock
from tests import databases, environment
from tests.site import CHROMIUM_FLAGS, chromium
from tests.workers import Worker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests stay together, as do the two that share the sample site (``-n``)."""
    for item in items:
        shares_site = "sample_site" in getattr(item, "fixturenames", ())
        together = "sample site" if shares_site else item.path.name
        item.add_marker(pytest.mark.xdist_group(together))


def pytest_configure() -> None:
    # Django would TRUNCATE as `app`, who may not.
    TransactionTestCase._fixture_teardown = _empty_the_test_database


def _empty_the_test_database(_: TransactionTestCase) -> None:
    databases.empty_every_table(settings.DATABASES["default"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """A database of this run, migrated as ``owner``; the tests then connect as ``app``."""
    name = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        databases.create_test_database(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        databases.drop_database(name)


@pytest.fixture
def as_owner(transactional_db) -> Iterator:
    """A psycopg2 connection as ``owner``, committing at once: to break what ``app`` cannot."""
    opened = databases.connect("owner", settings.DATABASES["default"]["NAME"])
    yield opened
    opened.close()


@pytest.fixture
def as_superuser(transactional_db) -> Iterator:
    """A psycopg2 connection as the superuser, committing at once."""
    opened = databases.connect("postgres", settings.DATABASES["default"]["NAME"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of a process: Playwright starts only once in it."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def clock_at(db) -> Callable[[datetime], None]:
    """Let this test's connection believe in another moment: ``clock_at(datetime(…, tzinfo=…))``."""
    yield clock.move_to
    for connection in connections.all(initialized_only=True):
        connection.close()


@pytest.fixture
def real_worker(transactional_db, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Start real workers: ``real_worker()``, with settings ``real_worker(JOB_LEASE_SECONDS="2")``.

    Each answers ``.kill()`` (SIGKILL), ``.stop()``, ``.start()`` again and ``.log``.
    """
    started: list[Worker] = []

    def start(**settings_of_worker: str) -> Worker:
        started.append(Worker(tmp_path, **settings_of_worker))
        return started[-1].start()

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def stopped_redis() -> Iterator[None]:
    """This run's Valkey is down during the test."""
    environment.stop_valkey()
    yield
    environment.start_valkey()

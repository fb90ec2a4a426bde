from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from config import embedded
from tests import databases
from tests.factories.reports import Sample, import_thu_thua

EACH_TABLE = """
    SELECT format('ALTER TABLE %I SET (autovacuum_enabled = off)', tablename)
    FROM pg_tables WHERE schemaname = 'public'
"""


@pytest.fixture(scope="session")
def _fresh_statistics(django_db_setup) -> None:
    """Nobody counts the rows of the tables while tests hold thousands that never get committed.

    Autovacuum would find pages without a single row, and the planner would believe it.
    """
    opened = databases.connect(embedded.SUPERUSER, settings.DATABASES["default"]["NAME"])
    with opened.cursor() as cursor:
        cursor.execute(EACH_TABLE)
        for (order,) in cursor.fetchall():
            cursor.execute(order)
        cursor.execute("VACUUM")
    opened.close()


@pytest.fixture(scope="module")
def thu_thua(_fresh_statistics, django_db_blocker) -> Iterator[Sample]:
    """The sample district, imported once for all tests of a module and then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_thu_thua()
        transaction.set_rollback(True)

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.factories.reports import Sample, import_thu_thua


@pytest.fixture(scope="module")
def thu_thua(django_db_setup, django_db_blocker) -> Iterator[Sample]:
    """The sample district, imported once for all tests of a module and then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_thu_thua()
        transaction.set_rollback(True)

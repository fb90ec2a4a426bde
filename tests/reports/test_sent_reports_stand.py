"""The database refuses to change what was sent, whoever asks."""

import pytest
from django.db import DatabaseError, transaction

from reports.models import Report, ReportPart
from tests.factories.reports import compile_all, make_chain, send_and_reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    chain = make_chain()
    compile_all(chain)
    send_and_reconcile(chain, "commune1", upper="district")
    return send_and_reconcile(chain, "district", upper="province")


def rows(report):
    return Report.objects.filter(pk=report.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": {"total": {}}},
        {"sha256": "0" * 64},
        {"figures": {}},
        {"narrative": {"tasks": "khác"}},
        {"revision": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_nothing_of_it_changes(sent, change):
    with pytest.raises(DatabaseError, match="was sent"), transaction.atomic():
        rows(sent).update(**change)


def test_it_is_not_removed(sent):
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(sent)._raw_delete("default")


def test_its_parts_stand_too(sent):
    assert sent.parts.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportPart.objects.update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportPart.objects.all()._raw_delete("default")


def test_its_way_goes_on(sent):
    assert rows(sent).update(state=Report.State.SUPERSEDED) == 1

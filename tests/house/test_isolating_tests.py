"""A transactional test leaves nothing behind, and takes nothing of what migrations made."""

import pytest
from django.contrib.auth.models import Group, Permission

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_", [1, 2])
def test_rows_of_a_transactional_test_are_gone_afterwards(_):
    assert list(Group.objects.all()) == []

    Group.objects.create(name="một nhóm")


def test_rows_of_the_migrations_stay():
    assert Permission.objects.filter(content_type__app_label="committees").exists()

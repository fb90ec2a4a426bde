import pytest

from tests.api.asking import Program
from tests.factories.committees import make_district, make_user


@pytest.fixture
def units(db):
    return make_district()


@pytest.fixture
def officer(client, units):
    """Works at commune1 and is signed in."""
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


@pytest.fixture
def program(client, officer):
    return Program(client)

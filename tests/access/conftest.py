import logging
from collections.abc import Iterator

import pytest

from tests.access.world import World, build_world


@pytest.fixture
def world(db) -> Iterator[World]:
    """Without the log: thousands of refusals are what is asked for here."""
    logging.disable(logging.CRITICAL)
    yield build_world()
    logging.disable(logging.NOTSET)

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from config import urls
from tests.access.world import World, build_world


@pytest.fixture
def world(db, settings, monkeypatch) -> Iterator[World]:
    """Thousands of refusals are asked for here, so they are cheap: no log, no page around them,
    and no session written at each."""
    settings.SESSION_SAVE_EVERY_REQUEST = False
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", _plain(status), raising=False)
    logging.disable(logging.CRITICAL)
    yield build_world()
    logging.disable(logging.NOTSET)


def _plain(status: int):
    return lambda request, exception: HttpResponse(status=status)

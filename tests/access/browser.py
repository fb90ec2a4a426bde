"""A logged-in browser without a browser's cost: thousands of questions in a minute.

Django's own test client copies every template's context; this one asks the same handler, with
all the middleware, and forgets whatever an answer does to the session.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from committees.models import User
from committees.sessions import SIGNED_IN_AT


class Browsers:
    """One session per person, begun before anything is asked."""

    def __init__(self, users: list[User]):
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.sessions = {user.pk: _session_of(user) for user in users}

    def ask(self, user: User | None, method: str, path: str, data: dict) -> HttpResponse:
        """The answer; ``reason`` on it holds the exception behind a 5xx."""
        request = _request(method, path, data)
        request._dont_enforce_csrf_checks = True
        if user:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]
        with _exceptions() as caught:
            response = self.handler.get_response(request)
        response.reason = caught[-1] if caught else None
        if response.streaming:
            b"".join(response.streaming_content)
        for close in response._resource_closers:
            close()
        return response


def _request(method: str, path: str, data: dict) -> HttpRequest:
    """A form sent by a page; the API is sent JSON."""
    factory = RequestFactory()
    if method == "GET":
        return factory.get(path, data)
    if path.startswith("/api/"):
        return factory.generic(method, path, json.dumps(data), "application/json")
    return factory.post(path, data)


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = int(timezone.now().timestamp())
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def _exceptions() -> Iterator[list[BaseException]]:
    caught: list[BaseException] = []

    def remember(**signal) -> None:
        caught.append(sys.exc_info()[1])

    got_request_exception.connect(remember)
    try:
        yield caught
    finally:
        got_request_exception.disconnect(remember)

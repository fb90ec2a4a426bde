"""What is known of every request: an id, who asked from where, how long it took."""

import logging
import secrets
import string
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("requests")


def log_each_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one log line per request. The query string is left out, it holds names."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = new_request_id()
        started = time.monotonic()
        response = get_response(request)
        response["X-Request-Id"] = request.id
        user = getattr(request, "user", None)
        logger.info(
            "request",
            extra={
                "request_id": request.id,
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "milliseconds": round((time.monotonic() - started) * 1000),
                "user_id": user.pk if user else None,
            },
        )
        return response

    return middleware


def new_request_id() -> str:
    """Sixteen letters: a digit run could look like a citizen's number to the log's scrubber."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(16))


def client_address(request: HttpRequest) -> str:
    """The caller's address: behind our own proxy the last one that the proxy has added."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")

"""Rules of a session beyond Django's: length, a first password, refusals on record, no cache.

The idle limit is SESSION_COOKIE_AGE, rolling. A changed password ends the other sessions by
Django's session hash.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from committees import audit
from committees.users import home_of

SIGNED_IN_AT = "signed_in_at"
WITHOUT_OWN_PASSWORD = ("committees:password-change", "committees:logout")


def keep_session_rules(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after authentication and messages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _has_lasted_too_long(request):
            logout(request)
            messages.info(request, "Phiên làm việc đã quá 12 giờ; hãy đăng nhập lại.")
        if request.user.is_authenticated and _must_choose_password(request):
            response = redirect("committees:password-change")
        else:
            response = get_response(request)
        _record_refusal(request, response)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # people's data stays on no disk of a shared PC
        return _for_a_fragment(request, response)

    return middleware


def _has_lasted_too_long(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    started = request.session.setdefault(SIGNED_IN_AT, now)
    return now - started > settings.SESSION_ABSOLUTE_AGE


def _must_choose_password(request: HttpRequest) -> bool:
    open_ways = [reverse(name) for name in WITHOUT_OWN_PASSWORD]
    return request.user.must_change_password and request.path not in open_ways


def _record_refusal(request: HttpRequest, response: HttpResponse) -> None:
    """A refused page, or somebody else's record asked for, is told in the audit log."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return
    is_refusal = response.status_code == 403 or (response.status_code == 404 and match.kwargs)
    if is_refusal:
        audit.record(
            "access.refused",
            None,
            by=request.user,
            committee=home_of(request.user),
            page=match.view_name,
            method=request.method,
            arguments={name: str(value) for name, value in match.kwargs.items()},
        )


def _for_a_fragment(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page must not be filled with the login form: tell htmx to go there whole."""
    target = response.get("Location", "")
    ways_out = (reverse("committees:login"), reverse("committees:password-change"))
    if request.headers.get("HX-Request") and target.startswith(ways_out):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return response

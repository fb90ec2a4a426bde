"""The same permissions as the pages: what a class of the API names, a seat must grant."""

from rest_framework.permissions import BasePermission


class HoldsPermission(BasePermission):
    """Signed in, and holding ``required_permission`` of the view anywhere at all (else 403).

    ``changing_permission`` is asked instead where the request changes something. Rows are
    narrowed by the view with ``.allowed()``, as on a page: a stranger's record is 404.
    """

    def has_permission(self, request, view):
        return request.user.is_authenticated and request.user.holds(asked_of(view, request.method))


def asked_of(view, method):
    """The permission that a request with ``method`` asks of this view."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return view.required_permission
    return getattr(view, "changing_permission", view.required_permission)

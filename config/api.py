"""The API as a whole: version 1, its description, and a page to read it (docs/api.md)."""

from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_GET
from drf_spectacular.views import SpectacularJSONAPIView

from committees.access import Permission, requires


class Description(SpectacularJSONAPIView):
    """OpenAPI, for whoever is signed in or has a key."""

    required_permission = Permission.HOME
    schema = None


@require_GET
@requires(Permission.HOME)
def docs(request):
    """Swagger from our own server; its script is a file, as the content policy asks."""
    return render(request, "api/docs.html")


urlpatterns = [
    path("v1/", include("households.api.urls")),
    path("schema/", Description.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
]

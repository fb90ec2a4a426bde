"""Every address of the site: each app brings its own file."""

from django.urls import path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Apps, in the order of architecture.md §8: path("ho/", include("households.urls")), …
]

"""Every address of the site: each app brings its own file."""

from django.urls import include, path

from committees.views.home import home
from config import health

handler404 = "committees.api.refusals.page_not_found"
handler500 = "committees.api.refusals.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", home, name="home"),
    path("", include("committees.urls")),
    path("tac-vu/", include("committees.job_urls")),
    path("api/", include("config.api")),
    path("quy/", include("fund.urls")),
    path("ho-tro/", include("fund.support_urls")),
    path("nha/", include("housing.urls")),
    path("chien-dich/", include("campaigns.urls")),
    path("nhap/", include("committees.intake_urls")),
    path("ho/", include("households.urls")),
    path("", include("reports.urls")),  # bao-cao/ and tong-quan/
]

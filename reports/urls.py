from django.urls import include, path

from reports.views import detail, figures, lists, moves
from reports.views.overview import overview

app_name = "reports"
report_urls = [
    path("", lists.report_list, name="report-list"),
    path("lap/<int:committee_pk>/<int:year>/", lists.report_compile, name="report-compile"),
    path(
        "so-lieu/<int:committee_pk>/<int:campaign_pk>/<str:code>/",
        figures.figure_records,
        name="figure-records",
    ),
    path("<int:report_pk>/", detail.report_detail, name="report-detail"),
    path("<int:report_pk>/pdf/", detail.report_pdf, name="report-pdf"),
    path("<int:report_pk>/loi-van/<slug:section>/", moves.report_words, name="report-words"),
    path("<int:report_pk>/gui/", moves.report_send, name="report-send"),
    path("<int:report_pk>/ra-soat/", moves.report_ask_again, name="report-ask-again"),
    path("<int:report_pk>/doi-chieu/", moves.report_reconcile, name="report-reconcile"),
    path("<int:report_pk>/thay-the/", moves.report_replace, name="report-replace"),
    path("<int:report_pk>/ky/", moves.report_sign, name="report-sign"),
    path("<int:report_pk>/huy-ky/", moves.report_unsign, name="report-unsign"),
    path("<int:report_pk>/vao-so/", moves.report_number, name="report-number"),
    path("<int:report_pk>/phat-hanh/", moves.report_issue, name="report-issue"),
]
urlpatterns = [
    path("bao-cao/", include(report_urls)),
    path("tong-quan/", overview, name="overview"),
]

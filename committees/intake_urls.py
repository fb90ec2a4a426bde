from django.urls import path

from committees import intake_views as views

app_name = "intake"
urlpatterns = [
    path("", views.batch_list, name="batch-list"),
    path("moi/", views.batch_new, name="batch-new"),
    path("<int:batch_pk>/", views.batch_detail, name="batch-detail"),
    path("<int:batch_pk>/xac-nhan/", views.batch_commit, name="batch-commit"),
    path("<int:batch_pk>/bo/", views.batch_drop, name="batch-drop"),
    path("<int:batch_pk>/loi.xlsx", views.batch_errors, name="batch-errors"),
]

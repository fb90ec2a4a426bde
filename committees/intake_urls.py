from django.urls import path

from committees import intake_file_views as files
from committees import intake_views as views

app_name = "intake"
urlpatterns = [
    path("", views.batch_list, name="batch-list"),
    path("moi/", views.batch_new, name="batch-new"),
    path("<int:batch_pk>/", views.batch_detail, name="batch-detail"),
    path("<int:batch_pk>/xac-nhan/", views.batch_commit, name="batch-commit"),
    path("<int:batch_pk>/bo/", views.batch_drop, name="batch-drop"),
    path("<int:batch_pk>/hoan-tac/", views.batch_undo, name="batch-undo"),
    path("<int:batch_pk>/cach-doc/", files.batch_read, name="batch-read"),
    path("<int:batch_pk>/loi.xlsx", files.batch_errors, name="batch-errors"),
    path("mau.xlsx", files.batch_template, name="batch-template"),
]

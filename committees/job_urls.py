from django.urls import path

from committees import job_views as views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
    path("<int:job_pk>/", views.job_detail, name="job-detail"),
    path("<int:job_pk>/tinh-trang/", views.job_state, name="job-state"),
]

from django.urls import path

from households import views

app_name = "households"
urlpatterns = [
    path("", views.household_list, name="household-list"),
    path("moi/", views.household_new, name="household-new"),
    path("nhap/", views.household_import, name="household-import"),
    path("tim/", views.household_search, name="household-search"),
    path("xuat/", views.household_export, name="household-export"),
    path("<int:household_pk>/", views.household_detail, name="household-detail"),
    path("<int:household_pk>/sua/", views.household_edit, name="household-edit"),
    path("<int:household_pk>/phan-loai/", views.household_classify, name="household-classify"),
]

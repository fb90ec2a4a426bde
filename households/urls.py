from django.urls import path

from households.views import exporting, registry

app_name = "households"
urlpatterns = [
    path("", registry.household_list, name="household-list"),
    path("moi/", registry.household_new, name="household-new"),
    path("nhap/", registry.household_import, name="household-import"),
    path("tim/", registry.household_search, name="household-search"),
    path("xuat/", exporting.household_export, name="household-export"),
    path("<int:household_pk>/", registry.household_detail, name="household-detail"),
    path("<int:household_pk>/sua/", registry.household_edit, name="household-edit"),
    path("<int:household_pk>/phan-loai/", registry.household_classify, name="household-classify"),
]

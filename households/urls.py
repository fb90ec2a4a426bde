from django.urls import path

from households.views import exporting, finding, hardship, printing, privacy, registry

app_name = "households"
urlpatterns = [
    path("", finding.household_list, name="household-list"),
    path("moi/", registry.household_new, name="household-new"),
    path("nhap/", registry.household_import, name="household-import"),
    path("tim/", finding.household_search, name="household-search"),
    path("xuat/", exporting.household_export, name="household-export"),
    path("in/", printing.list_print, name="list-print"),
    path("danh-sach/<int:list_pk>/in/", printing.list_print_year, name="list-print-year"),
    path("<int:household_pk>/", registry.household_detail, name="household-detail"),
    path("<int:household_pk>/so-day-du/", privacy.household_unmask, name="household-unmask"),
    path("<int:household_pk>/ai-da-xem/", privacy.household_seen, name="household-seen"),
    path("<int:household_pk>/sua/", registry.household_edit, name="household-edit"),
    path("<int:household_pk>/phan-loai/", registry.household_classify, name="household-classify"),
    path("kho-khan/", hardship.hardship_list, name="hardship-list"),
    path("kho-khan/moi/", hardship.hardship_new, name="hardship-new"),
    path("kho-khan/<int:hardship_pk>/", hardship.hardship_detail, name="hardship-detail"),
    path("kho-khan/<int:hardship_pk>/sua/", hardship.hardship_edit, name="hardship-edit"),
    path("kho-khan/<int:hardship_pk>/rut/", hardship.hardship_withdraw, name="hardship-withdraw"),
    path(
        "kho-khan/<int:hardship_pk>/xac-nhan/", hardship.hardship_confirm, name="hardship-confirm"
    ),
    path("kho-khan/<int:hardship_pk>/tu-choi/", hardship.hardship_refuse, name="hardship-refuse"),
    path("kho-khan/<int:hardship_pk>/ket-thuc/", hardship.hardship_end, name="hardship-end"),
]

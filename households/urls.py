from django.urls import path

from households.views import (
    exporting,
    finding,
    hardship,
    likeness,
    places,
    printing,
    privacy,
    registry,
    standards,
    summary,
    totals,
)

app_name = "households"
urlpatterns = [
    path("", finding.household_list, name="household-list"),
    path("moi/", registry.household_new, name="household-new"),
    path("nhap/", registry.household_import, name="household-import"),
    path("tim/", finding.household_search, name="household-search"),
    path("xuat/", exporting.household_export, name="household-export"),
    path(
        "xuat/<int:export_pk>/tep/", exporting.household_export_file, name="household-export-file"
    ),
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
    path("trung/", likeness.likeness_list, name="likeness-list"),
    path("trung/tim/", likeness.likeness_find, name="likeness-find"),
    path("trung/<int:likeness_pk>/", likeness.likeness_detail, name="likeness-detail"),
    path("trung/<int:likeness_pk>/khong/", likeness.likeness_different, name="likeness-different"),
    path("trung/<int:likeness_pk>/lai/", likeness.likeness_again, name="likeness-again"),
    path("trung/<int:likeness_pk>/nhap/", likeness.likeness_merge, name="likeness-merge"),
    path("nhap-ho/<int:merge_pk>/hoan-tac/", likeness.merge_undo, name="merge-undo"),
    path("tong-hop/", summary.summary, name="summary"),
    path("tong-hop/excel/", summary.summary_xlsx, name="summary-xlsx"),
    path("tong-hop/pdf/", summary.summary_pdf, name="summary-pdf"),
    path("tong-hop/ho/", summary.summary_households, name="summary-households"),
    path("tong-so-ho/<int:committee_pk>/", totals.total_edit, name="total-edit"),
    path("chuan-ngheo/", standards.line_list, name="line-list"),
    path("chuan-ngheo/<int:committee_pk>/", standards.line_edit, name="line-edit"),
    path("chuan-ngheo/<int:line_pk>/bo/", standards.line_remove, name="line-remove"),
    path("xa-ngheo/", places.place_mark_list, name="place-mark-list"),
    path("xa-ngheo/moi/", places.place_mark_new, name="place-mark-new"),
    path("xa-ngheo/<int:mark_pk>/", places.place_mark_edit, name="place-mark-edit"),
    path("xa-ngheo/<int:mark_pk>/bo/", places.place_mark_remove, name="place-mark-remove"),
]

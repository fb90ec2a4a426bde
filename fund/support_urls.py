from django.urls import path

from fund import support_list_views as lists
from fund import support_views as views

app_name = "support"
urlpatterns = [
    path("", views.support_list, name="support-list"),
    path("<int:support_pk>/rut-lai/", views.support_withdraw, name="support-withdraw"),
    path("ho/<int:household_pk>/", views.household_panel, name="household-panel"),
    path("chua-duoc-ho-tro/", views.unsupported, name="unsupported"),
    path("an-sinh-xa-hoi/", views.welfare_list, name="welfare-list"),
    path("an-sinh-xa-hoi/moi/", views.welfare_new, name="welfare-new"),
    path(
        "an-sinh-xa-hoi/<int:welfare_pk>/rut-lai/", views.welfare_withdraw, name="welfare-withdraw"
    ),
    path("danh-sach/", lists.list_list, name="list-list"),
    path("danh-sach/moi/", lists.list_new, name="list-new"),
    path("danh-sach/<int:support_list_pk>/", lists.list_detail, name="list-detail"),
    path("danh-sach/<int:support_list_pk>/sua/", lists.list_edit, name="list-edit"),
    path("danh-sach/<int:support_list_pk>/chon-ho/", lists.list_recipients, name="list-recipients"),
    path("danh-sach/<int:support_list_pk>/bo-ho/", lists.list_remove, name="list-remove"),
    path("danh-sach/<int:support_list_pk>/de-nghi/", lists.list_propose, name="list-propose"),
    path("danh-sach/<int:support_list_pk>/ghi-nhan/", lists.list_record, name="list-record"),
    path("danh-sach/<int:support_list_pk>/quyet-dinh/", lists.list_decide, name="list-decide"),
    path("danh-sach/<int:support_list_pk>/chi/", lists.list_pay, name="list-pay"),
    path("danh-sach/<int:support_list_pk>/huy/", lists.list_cancel, name="list-cancel"),
]

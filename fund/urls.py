from django.urls import path

from fund import views, voucher_views

app_name = "fund"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ung-ho/", views.donation_list, name="donation-list"),
    path("so/<int:fund_pk>/", views.statement, name="statement"),
    path("so/<int:fund_pk>/khoa/", views.period_lock, name="period-lock"),
    path("chung-tu/", views.voucher_list, name="voucher-list"),
    path("thu/moi/", voucher_views.receipt_new, name="receipt-new"),
    path("hien-vat/moi/", voucher_views.goods_new, name="goods-new"),
    path("chung-tu/<int:voucher_pk>/", voucher_views.voucher_detail, name="voucher-detail"),
    path("chung-tu/<int:voucher_pk>/sua/", voucher_views.receipt_edit, name="receipt-edit"),
    path("chung-tu/<int:voucher_pk>/ghi-so/", voucher_views.voucher_post, name="voucher-post"),
    path("chung-tu/<int:voucher_pk>/huy/", voucher_views.voucher_cancel, name="voucher-cancel"),
    path(
        "chung-tu/<int:voucher_pk>/dieu-chinh/",
        voucher_views.voucher_reverse,
        name="voucher-reverse",
    ),
]

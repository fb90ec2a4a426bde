from django.urls import path

from committees.views import log, people, sign_in, units

app_name = "committees"
urlpatterns = [
    path("dang-nhap/", sign_in.Login.as_view(), name="login"),
    path("dang-xuat/", sign_in.logout, name="logout"),
    path("doi-mat-khau/", sign_in.change_password, name="password-change"),
    path("to-chuc/", units.committee_list, name="committee-list"),
    path("to-chuc/nhat-ky/", log.audit_log, name="audit-log"),
    path("to-chuc/nguoi-dung/", people.user_list, name="user-list"),
    path("to-chuc/nguoi-dung/<int:user_pk>/", people.user_detail, name="user-detail"),
    path(
        "to-chuc/nguoi-dung/<int:user_pk>/dat-lai-mat-khau/",
        people.password_reset,
        name="password-reset",
    ),
    path("to-chuc/vai-tro/<int:seat_pk>/ket-thuc/", people.seat_end, name="seat-end"),
    path("to-chuc/don-vi/tim/", units.unit_search, name="unit-search"),
    path("to-chuc/don-vi/<int:committee_pk>/", units.committee_detail, name="committee-detail"),
    path(
        "to-chuc/don-vi/<int:committee_pk>/them-nguoi-dung/",
        people.user_create,
        name="user-create",
    ),
    path("to-chuc/don-vi/<int:committee_pk>/giao-vai-tro/", people.seat_give, name="seat-give"),
]

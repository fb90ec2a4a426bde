from django.urls import path

from housing import step_views, views

app_name = "housing"
urlpatterns = [
    path("", views.house_list, name="house-list"),
    path("moi/", views.house_new, name="house-new"),
    path("duyet/", step_views.round_new, name="round-new"),
    path("ho/<int:household_pk>/", views.household_panel, name="household-panel"),
    path("<int:house_pk>/", views.house_detail, name="house-detail"),
    path("<int:house_pk>/kinh-phi/", views.house_money, name="house-money"),
    path("<int:house_pk>/khong-duyet/", step_views.house_refuse, name="house-refuse"),
    path("<int:house_pk>/khoi-cong/", step_views.house_start, name="house-start"),
    path("<int:house_pk>/hoan-thanh/", step_views.house_complete, name="house-complete"),
    path("<int:house_pk>/ban-giao/", step_views.house_hand_over, name="house-hand-over"),
    path("<int:house_pk>/ngay-cong/", step_views.house_labour, name="house-labour"),
    path("<int:house_pk>/chi/", step_views.house_pay, name="house-pay"),
]

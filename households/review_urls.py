"""Addresses of the lists of the years, under /ho/."""

from django.urls import path

from households.views import absent, monthly, remarks, review

LIST = "danh-sach/<int:list_pk>/"
CHANGE = "dien-bien/<int:transition_pk>/"
REMARK = "y-kien/<int:remark_pk>/"

urlpatterns = [
    path("danh-sach/", review.review_list, name="review-list"),
    path(LIST, review.review_detail, name="review-detail"),
    path(f"{LIST}quyet-dinh/", review.review_edit, name="review-edit"),
    path(f"{LIST}ho/", review.review_households, name="review-households"),
    path(f"{LIST}dien-bien/", review.review_transitions, name="review-transitions"),
    path(f"{LIST}so-sanh/", review.review_compare, name="review-compare"),
    path(f"{LIST}vang/", absent.review_absent, name="review-absent"),
    path(f"{LIST}trong-nam/", monthly.review_monthly, name="review-monthly"),
    path(f"{LIST}y-kien/", remarks.remark_list, name="remark-list"),
    path(f"{LIST}y-kien/moi/", remarks.remark_new, name="remark-new"),
    path(f"{LIST}y-kien/van-ban/", remarks.remark_print, name="remark-print"),
    path(f"{CHANGE}ma/", review.transition_code, name="transition-code"),
    path(f"{CHANGE}bo-tra-loi/", absent.answer_undo, name="answer-undo"),
    path(f"{CHANGE}bo/", monthly.monthly_undo, name="monthly-undo"),
    path(f"{REMARK}sua/", remarks.remark_edit, name="remark-edit"),
    path(f"{REMARK}bo/", remarks.remark_remove, name="remark-remove"),
    path(f"{REMARK}tra-loi/", remarks.remark_answer, name="remark-answer"),
    path("<int:household_pk>/ra-soat/", monthly.household_review, name="household-review"),
]

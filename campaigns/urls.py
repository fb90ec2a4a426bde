from django.urls import path

from campaigns.views import campaigns, papers, plans, sections

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.campaign_list, name="campaign-list"),
    path("mo/", campaigns.campaign_open, name="campaign-open"),
    path("<int:campaign_pk>/", campaigns.campaign_detail, name="campaign-detail"),
    path("<int:campaign_pk>/ke-hoach/them/", plans.plan_create, name="plan-create"),
    path("ke-hoach/<int:plan_pk>/", plans.plan_detail, name="plan-detail"),
    path("ke-hoach/<int:plan_pk>/pdf", plans.plan_pdf, name="plan-pdf"),
    path("ke-hoach/<int:plan_pk>/sua/", plans.plan_edit, name="plan-edit"),
    path("ke-hoach/<int:plan_pk>/chi-tieu/", plans.targets_edit, name="targets-edit"),
    path("ke-hoach/<int:plan_pk>/them-muc/", sections.section_add, name="section-add"),
    path("ke-hoach/muc/<int:section_pk>/sua/", sections.section_edit, name="section-edit"),
    path("ke-hoach/muc/<int:section_pk>/chuyen/", sections.section_move, name="section-move"),
    path("ke-hoach/muc/<int:section_pk>/xoa/", sections.section_remove, name="section-remove"),
    path("ke-hoach/<int:plan_pk>/ky/", papers.plan_sign, name="plan-sign"),
    path("ke-hoach/<int:plan_pk>/huy-ky/", papers.plan_unsign, name="plan-unsign"),
    path("ke-hoach/<int:plan_pk>/vao-so/", papers.plan_number, name="plan-number"),
    path("ke-hoach/<int:plan_pk>/phat-hanh/", papers.plan_issue, name="plan-issue"),
]

from django.urls import path

from households.api import lists, people, views

app_name = "api-households"
urlpatterns = [
    path("households/", views.HouseholdsView.as_view(), name="households"),
    path("households/look-up/", views.LookUpView.as_view(), name="look-up"),
    path("households/<int:household_pk>/", views.HouseholdView.as_view(), name="household"),
    path(
        "households/<int:household_pk>/classifications/",
        views.ClassificationsView.as_view(),
        name="classifications",
    ),
    path(
        "households/<int:household_pk>/transitions/",
        views.HouseholdTransitionsView.as_view(),
        name="transitions",
    ),
    path("households/<int:household_pk>/members/", people.MembersView.as_view(), name="members"),
    path("members/<int:person_pk>/", people.MemberView.as_view(), name="member"),
    path("poverty-lists/", lists.PovertyListsView.as_view(), name="poverty-lists"),
    path("poverty-lists/<int:list_pk>/", lists.PovertyListView.as_view(), name="poverty-list"),
    path(
        "poverty-lists/<int:list_pk>/transitions/",
        lists.ListTransitionsView.as_view(),
        name="list-transitions",
    ),
]

"""The lists of the years through the API, and what changed with each of them."""

import re

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.pagination import CursorPagination

from committees.access import Permission
from committees.api.refusals import Refusal
from households.api.shown import PovertyListShown, TransitionShown
from households.models import Classification, PovertyList, Sighting, Transition
from households.privacy.sightings import saw_many

LARGEST_YEAR = 9999
REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 429: Refusal}


class NewestFirst(CursorPagination):
    ordering = "-pk"
    page_size = 50
    cursor_query_param = "sau"

    def decode_cursor(self, request):
        """A place that no answer named is 404, as one that cannot be read."""
        cursor = super().decode_cursor(request)
        if cursor and cursor.position and not re.fullmatch(r"\d{1,18}", cursor.position, re.ASCII):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def lists_of(user):
    """The lists of the communes whose households this person sees, with counts by class."""
    counts = {
        f"count_{kind}": Count("classifications", filter=Q(classifications__kind=kind))
        for kind in Classification.Kind
    }
    seen = PovertyList.objects.filter(user.reach(Permission.HOUSEHOLD_VIEW, "commune"))
    return seen.select_related("commune", "standard").annotate(**counts)


class PovertyListShownWithCounts(PovertyListShown):
    def to_representation(self, poverty_list):
        poverty_list.counts = {
            str(kind): getattr(poverty_list, f"count_{kind}") for kind in Classification.Kind
        }
        return super().to_representation(poverty_list)


class PovertyListsView(ListAPIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    serializer_class = PovertyListShownWithCounts
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="poverty_lists_list",
        summary="Danh sách hằng năm của các xã trong phạm vi của mình",
        parameters=[OpenApiParameter("nam", OpenApiTypes.INT, description="Chỉ của năm này")],
        responses={200: PovertyListShownWithCounts(many=True)} | REFUSALS,
    )
    def get(self, request):
        return self.list(request)

    def get_queryset(self):
        rows = lists_of(self.request.user)
        year = self.request.GET.get("nam", "")
        if not year:
            return rows
        is_year = year.isascii() and year.isdigit() and int(year[:9]) <= LARGEST_YEAR
        return rows.filter(year=int(year)) if is_year else rows.none()


class PovertyListView(RetrieveAPIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    serializer_class = PovertyListShownWithCounts
    lookup_url_kwarg = "list_pk"

    @extend_schema(
        operation_id="poverty_lists_read",
        summary="Danh sách của một xã, một năm",
        responses={200: PovertyListShownWithCounts} | REFUSALS,
    )
    def get(self, request, list_pk):
        return self.retrieve(request)

    def get_queryset(self):
        return lists_of(self.request.user)


class ListTransitionsView(ListAPIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    serializer_class = TransitionShown
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="poverty_list_transitions_list",
        summary="Diễn biến của một danh sách so với năm trước và trong năm",
        responses={200: TransitionShown(many=True)} | REFUSALS,
    )
    def get(self, request, list_pk):
        response = self.list(request)
        seen = [row["household"] for row in response.data["results"]]
        saw_many(seen, request.user, Sighting.How.API)
        return response

    def get_queryset(self):
        poverty_list = get_object_or_404(lists_of(self.request.user), pk=self.kwargs["list_pk"])
        rows = Transition.objects.filter(poverty_list=poverty_list)
        return rows.select_related("poverty_list", "hamlet", "household")

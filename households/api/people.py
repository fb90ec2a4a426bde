"""The people of a household through the API."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from committees.access import Permission
from committees.api.refusals import Refusal
from households.actions.members import add_member, edit_member
from households.api.sent import MemberPatch, MemberSent, cleaned, typed
from households.api.shown import MemberShown
from households.api.views import CHANGES, REFUSALS, done, editable, one, taken, visible
from households.forms.members import MemberEditForm, MemberForm, initial_of
from households.models import Member, Sighting
from households.privacy.masking import sees_open
from households.privacy.sightings import saw


class MembersView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    changing_permission = Permission.HOUSEHOLD_EDIT

    @extend_schema(
        operation_id="household_members_list",
        summary="Thành viên của hộ, chủ hộ trước",
        responses={200: MemberShown(many=True)} | REFUSALS,
    )
    def get(self, request, household_pk):
        household = one(visible(request), household_pk)
        saw(household, request.user, Sighting.How.API)
        context = {"sees": sees_open(request.user, household)}
        return Response(MemberShown(household.members.all(), many=True, context=context).data)

    @extend_schema(
        operation_id="household_members_create",
        summary="Thêm thành viên",
        request=MemberSent,
        responses={201: MemberShown} | CHANGES,
    )
    def post(self, request, household_pk):
        household = one(editable(request), household_pk)
        form = cleaned(MemberForm(typed(taken(MemberSent, request))))
        member = done(
            add_member,
            household,
            details=form.details(),
            number=form.cleaned_data["identity"],
            by=request.user,
        )
        data = MemberShown(member, context={"sees": True}).data
        return Response(data, status=status.HTTP_201_CREATED)


class MemberView(APIView):
    required_permission = Permission.HOUSEHOLD_EDIT

    @extend_schema(
        operation_id="household_members_change",
        summary="Sửa thông tin thành viên; có người vừa sửa hộ trước thì trả về 409",
        request=MemberPatch,
        responses={200: MemberShown, 409: Refusal} | CHANGES,
    )
    def patch(self, request, person_pk):
        rows = Member.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
        member = get_object_or_404(rows.select_related("household__commune"), pk=person_pk)
        sent = taken(MemberPatch, request)
        base = initial_of(member)
        form = MemberEditForm(typed(sent, base), initial=base, is_head=member.is_head)
        form = cleaned(form)
        member = done(
            edit_member,
            member,
            version=sent["version"],
            changes=form.details(),
            number=form.cleaned_data["identity"] if form.cleaned_data["number"] else None,
            by=request.user,
        )
        return Response(MemberShown(member, context={"sees": True}).data)

"""Households through the API: the rows, actions, rules and covers of the pages."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, OpenApiTypes, extend_schema
from rest_framework import status
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from committees.access import Permission
from committees.api.refusals import Conflict, Refusal
from committees.models import Committee
from households.actions import registering
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.actions.looking_up import look_up_number, sentence_of
from households.api.parameters import LIST_PARAMETERS, chosen, size_of
from households.api.sent import (
    HouseholdPatch,
    HouseholdSent,
    ListedSent,
    NumberSent,
    cleaned,
    typed,
)
from households.api.shown import (
    ClassSaved,
    ClassShown,
    HouseholdLine,
    HouseholdSaved,
    HouseholdShown,
    HouseholdsShown,
    LookedUp,
    TransitionShown,
)
from households.errors import HouseholdError, NoStandard, StaleRecord, TooManyLookUps
from households.finding.ranking import ranks_of
from households.finding.reading import read
from households.finding.screens import COUNTED, screen_of
from households.forms.people import born_of
from households.forms.registry import HouseholdEditForm, HouseholdForm, ListedForm
from households.models import Classification, Household, Sighting, Transition
from households.privacy.masking import sees_open
from households.privacy.sightings import saw, saw_many
from households.queries import for_listing
from households.standards import check_class, standard_in

WRONG = OpenApiResponse(OpenApiTypes.OBJECT, description="Theo từng ô, câu nói phải sửa gì")
REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 429: Refusal}
CHANGES = REFUSALS | {400: WRONG}
NOT_FOLLOWED = "Hộ này không còn theo dõi: hãy theo dõi lại hộ trước khi ghi phân loại."


class HouseholdsView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    changing_permission = Permission.HOUSEHOLD_EDIT

    @extend_schema(
        operation_id="households_list",
        summary="Danh sách hộ, lọc và tìm như trên trang",
        parameters=LIST_PARAMETERS,
        responses={200: HouseholdsShown} | CHANGES,
    )
    def get(self, request):
        asked = chosen(request)
        screen = screen_of(
            ranks_of(asked.among, asked.text),
            shown=for_listing(Household.objects.defer("words"), year=asked.year),
            among=visible(request),
            after=request.GET.get("sau", ""),
            size=size_of(request),
        )
        saw_many([row.pk for row in screen.rows], request.user, Sighting.How.API)
        count = None if screen.count is None else min(screen.count, COUNTED)
        return Response(
            {
                "count": count,
                "is_exact": not screen.has_more_than_counted,
                "after": screen.after,
                "results": HouseholdLine(screen.rows, many=True).data,
            }
        )

    @extend_schema(
        operation_id="households_create",
        summary="Ghi hộ mới cùng phân loại của một năm",
        request=HouseholdSent,
        responses={201: HouseholdSaved} | CHANGES,
    )
    def post(self, request):
        sent = taken(HouseholdSent, request)
        listed = _listed(sent.pop("listed")) if "listed" in sent else None
        hamlets = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
        hamlets = hamlets.filter(level=Committee.Level.HAMLET)
        form = cleaned(HouseholdForm(typed({"area": "rural"} | sent), hamlets=hamlets))
        details = form.details()
        household = done(
            registering.register_household,
            details.pop("hamlet"),
            details=details,
            number=form.cleaned_data["identity"],
            listed=listed,
            by=request.user,
        )
        doubts = doubts_of_number(form) + (doubts_of_class(household, listed) if listed else [])
        return _saved(request, household, doubts, status.HTTP_201_CREATED)


class HouseholdView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    changing_permission = Permission.HOUSEHOLD_EDIT

    @extend_schema(
        operation_id="households_read",
        summary="Một hộ",
        responses={200: HouseholdShown} | REFUSALS,
    )
    def get(self, request, household_pk):
        household = one(visible(request), household_pk)
        saw(household, request.user, Sighting.How.API)
        context = {"sees": sees_open(request.user, household)}
        return Response(HouseholdShown(household, context=context).data)

    @extend_schema(
        operation_id="households_change",
        summary="Sửa hộ; có người vừa sửa trước thì trả về 409",
        request=HouseholdPatch,
        responses={200: HouseholdSaved, 409: Refusal} | CHANGES,
    )
    def patch(self, request, household_pk):
        household = one(editable(request), household_pk)
        sent = taken(HouseholdPatch, request)
        form = cleaned(_edit_form(household, sent))
        household = done(
            registering.edit_household,
            household,
            version=sent["version"],
            changes=form.details(),
            number=form.cleaned_data["identity"] if form.cleaned_data["number"] else None,
            by=request.user,
        )
        return _saved(request, household, doubts_of_number(form), status.HTTP_200_OK)


class ClassificationsView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW
    changing_permission = Permission.HOUSEHOLD_EDIT

    @extend_schema(
        operation_id="household_classifications_list",
        summary="Phân loại của hộ qua các năm",
        responses={200: ClassShown(many=True)} | REFUSALS,
    )
    def get(self, request, household_pk):
        household = one(visible(request), household_pk)
        saw(household, request.user, Sighting.How.API)
        rows = Classification.objects.filter(household=household)
        rows = rows.select_related("poverty_list", "hamlet")
        context = {"sees": sees_open(request.user, household)}
        return Response(ClassShown(rows, many=True, context=context).data)

    @extend_schema(
        operation_id="household_classify",
        summary="Ghi hoặc sửa phân loại của một năm",
        request=ListedSent,
        responses={200: ClassSaved} | CHANGES,
    )
    def post(self, request, household_pk):
        household = one(editable(request), household_pk)
        listed = _listed(taken(ListedSent, request), alone=True)
        if household.state != Household.State.ACTIVE:
            raise ValidationError({"detail": [NOT_FOLLOWED]})
        made = done(classify_household, household, listed=listed, by=request.user)
        made.doubts = doubts_of_class(household, listed)
        return Response(ClassSaved(made, context={"sees": True}).data)


class HouseholdTransitionsView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW

    @extend_schema(
        operation_id="household_transitions_list",
        summary="Diễn biến của hộ qua các lần rà soát",
        responses={200: TransitionShown(many=True)} | REFUSALS,
    )
    def get(self, request, household_pk):
        household = one(visible(request), household_pk)
        saw(household, request.user, Sighting.How.API)
        rows = Transition.objects.filter(household=household)
        rows = rows.select_related("poverty_list", "hamlet", "household")
        return Response(TransitionShown(rows, many=True).data)


class LookUpView(APIView):
    required_permission = Permission.HOUSEHOLD_VIEW

    @extend_schema(
        operation_id="households_look_up",
        summary="Tra một số CCCD: hộ của mình, hoặc chỉ tên xã; có giới hạn, được ghi lại",
        request=NumberSent,
        responses={200: LookedUp} | CHANGES,
    )
    def post(self, request):
        number = read(taken(NumberSent, request)["id_number"]).number
        if not number:
            raise ValidationError({"id_number": ["Hãy ghi đủ 12 số."]})
        try:
            found = look_up_number(number, by=request.user)
        except TooManyLookUps as refusal:
            raise Throttled(wait=None, detail=str(refusal)) from refusal
        household = None
        if found.household:
            saw(found.household, request.user, Sighting.How.API)
            household = for_listing(visible(request)).get(pk=found.household.pk)
        answer = {"household": household, "elsewhere": found.elsewhere}
        return Response(LookedUp(answer).data)


def visible(request):
    return Household.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)


def editable(request):
    return Household.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)


def one(rows, household_pk):
    return get_object_or_404(rows.select_related("commune", "hamlet"), pk=household_pk)


def taken(shape, request):
    """The body in the shape it must have; else 400."""
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def done(action, *args, by, **kwargs):
    """What the action returns; its refusal is 409 for a stale record, else 400."""
    try:
        return action(*args, by=by, **kwargs)
    except StaleRecord as refusal:
        raise Conflict(str(refusal)) from refusal
    except HouseholdError as refusal:
        raise ValidationError({"detail": [sentence_of(refusal, by=by)]}) from refusal


def _listed(sent, *, alone=False):
    """The class as the form reads it; its errors stand under ``listed`` unless it came alone."""
    form = ListedForm(typed(sent))
    try:
        return Listed(**cleaned(form).cleaned_data)
    except ValidationError as refusal:
        if alone:
            raise
        raise ValidationError({"listed": refusal.detail}) from refusal


def _edit_form(household, sent):
    names = set(HouseholdEditForm.base_fields) - {"born", "number"}
    base = {name: getattr(household, name) for name in names} | {"born": born_of(household)}
    return HouseholdEditForm(typed(sent, base), initial=base)


def doubts_of_number(form):
    """What in an identity number contradicts the person: said after saving."""
    return list(form.cleaned_data["identity"].warnings)


def doubts_of_class(household, listed):
    """Where the points mean another class than the one decided."""
    try:
        standard = standard_in(listed.year)
    except NoStandard:
        return []
    checked = check_class(
        standard,
        area=household.area,
        place=household.commune,
        income=listed.income_score,
        deprivation=listed.deprivation_score,
    )
    if checked.agrees_with(listed.kind):
        return []
    label = Classification.Kind(listed.kind).label
    return [f"{checked.reason}; đã ghi “{label}”: hãy kiểm tra lại."]


def _saved(request, household, doubts, code):
    context = {"sees": sees_open(request.user, household), "warnings": doubts}
    return Response(HouseholdSaved(household, context=context).data, status=code)

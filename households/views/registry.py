from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from households.actions import registering
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.actions.looking_up import sentence_of
from households.errors import HouseholdError, NoStandard, StaleRecord
from households.forms.people import born_of
from households.forms.registry import HouseholdEditForm, HouseholdForm, ListedForm
from households.models import Classification
from households.standards import check_class, standard_in
from households.views.reaching import (
    editable,
    hamlets_of,
    not_followed,
    to_household,
)

YEAR_DIGITS = 4


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_new(request):
    form = HouseholdForm(request.POST or None, hamlets=hamlets_of(request))
    is_listed = bool(request.POST.get("ds-kind"))
    listed = ListedForm(request.POST if is_listed else None, prefix="ds", is_optional=True)
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and (not is_listed or listed.is_valid()):
        try:
            household = registering.register_household(
                form.cleaned_data["hamlet"],
                details=_without(form.details(), "hamlet"),
                number=form.cleaned_data["identity"],
                listed=Listed(**listed.cleaned_data) if is_listed else None,
                by=request.user,
            )
        except HouseholdError as refusal:
            form.add_error(None, sentence_of(refusal, by=request.user))
        else:
            _warn_of_number(request, form)
            if is_listed:
                _warn_of_class(request, household, listed.cleaned_data)
            messages.success(request, f"Đã ghi hộ {household}.")
            return _after_new(request, household)
    context = {"form": form, "listed": listed}
    status = 422 if form.errors or listed.errors else 200
    return render(request, "households/household_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_edit(request, household_pk):
    household = editable(request, household_pk)
    form = HouseholdEditForm(request.POST or None, initial=_initial(household))
    if request.method == "POST" and form.is_valid():
        try:
            registering.edit_household(
                household,
                version=form.cleaned_data["version"],
                changes=form.details(),
                number=form.cleaned_data["identity"] if form.cleaned_data["number"] else None,
                by=request.user,
            )
        except StaleRecord as refusal:
            messages.warning(request, str(refusal))
            return redirect("households:household-edit", household.pk)
        except HouseholdError as refusal:
            form.add_error(None, sentence_of(refusal, by=request.user))
        else:
            _warn_of_number(request, form)
            messages.success(request, "Đã lưu.")
            return to_household(household)
    return _form_page(request, form, household, "Sửa hộ")


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_classify(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    form = ListedForm(request.POST or None, initial=_listed_before(request, household))
    if request.method == "POST" and form.is_valid():
        try:
            classify_household(household, listed=Listed(**form.cleaned_data), by=request.user)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            _warn_of_class(request, household, form.cleaned_data)
            messages.success(request, "Đã ghi phân loại.")
            return to_household(household)
    return _form_page(request, form, household, "Ghi phân loại của năm")


@require_GET
@requires(Permission.HOUSEHOLD_EDIT)
def household_import(request):
    return redirect(f"{reverse('intake:batch-new')}?loai=households")


def _listed_before(request, household):
    """What the list of ?nam= says of the household, or else the latest list it stands on."""
    wanted = request.GET.get("nam", "")
    rows = household.classifications.filter(poverty_list__commune=household.commune)
    if wanted.isdecimal() and len(wanted) == YEAR_DIGITS:
        rows = rows.filter(poverty_list__year=wanted)
    row = rows.select_related("poverty_list").order_by("-poverty_list__year").first()
    if row is None:
        return {}
    columns = ("kind", "income_score", "deprivation_score", "deprivations")
    return {"year": row.poverty_list.year} | {name: getattr(row, name) for name in columns}


def _after_new(request, household):
    """To the next person of the household, to the change for which it was entered, or to it."""
    if request.POST.get("more"):
        return redirect("households:member-new", household.pk)
    if "thay-doi" in request.GET:
        address = reverse("households:household-review", args=[household.pk])
        return redirect(f"{address}?{urlencode({'nam': request.GET['thay-doi']})}")
    return to_household(household)


def _initial(household):
    names = set(HouseholdEditForm.base_fields) - {"born", "number"}
    return {name: getattr(household, name) for name in names} | {"born": born_of(household)}


def _without(details, name):
    return {key: value for key, value in details.items() if key != name}


def _warn_of_number(request, form):
    """Contradictions are no refusal: said once, after saving."""
    for sentence in form.cleaned_data["identity"].warnings:
        messages.warning(request, sentence)


def _warn_of_class(request, household, said):
    try:
        standard = standard_in(said["year"])
    except NoStandard:
        return
    checked = check_class(
        standard,
        area=household.area,
        place=household.commune,
        income=said["income_score"],
        deprivation=said["deprivation_score"],
    )
    if not checked.agrees_with(said["kind"]):
        label = Classification.Kind(said["kind"]).label
        messages.warning(request, f"{checked.reason}; đã ghi “{label}”: hãy kiểm tra lại.")


def _form_page(request, form, household, title):
    context = {"form": form, "household": household, "title": title}
    status = 422 if form.errors else 200
    return render(request, "households/household_form.html", context, status=status)

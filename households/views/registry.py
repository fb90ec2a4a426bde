from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from committees.models import Committee
from households.actions import registering
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.errors import HouseholdError, StaleRecord
from households.forms.registry import HouseholdEditForm, HouseholdForm, ListedForm
from households.models import Classification, Household, PovertyIndicator
from households.standards import class_from_points, standard_in


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_detail(request, household_pk):
    classes = Classification.objects.select_related("poverty_list", "hamlet")
    rows = Household.objects.select_related("commune", "hamlet").prefetch_related(
        "members", Prefetch("classifications", queryset=classes, to_attr="shown_classes")
    )
    household = get_object_or_404(
        rows.allowed(request.user, Permission.HOUSEHOLD_VIEW), pk=household_pk
    )
    labels = dict(PovertyIndicator.objects.order_by().values_list("code", "label"))
    needs = dict(HouseholdForm.base_fields["needs"].choices)
    for listed in household.shown_classes:
        listed.labels = [labels.get(code, code) for code in listed.deprivations]
    return render(
        request,
        "households/household_detail.html",
        {
            "household": household,
            "members": household.members.all(),
            "needs": [needs.get(need, need) for need in household.needs],
            "may_edit": request.user.may(Permission.HOUSEHOLD_EDIT, household.commune),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_new(request):
    form = HouseholdForm(request.POST or None, hamlets=_hamlets(request))
    listed = ListedForm(request.POST or None, prefix="ds")
    if request.method == "POST" and form.is_valid() and listed.is_valid():
        try:
            household = registering.register_household(
                form.cleaned_data["hamlet"],
                details=_without(form.details(), "hamlet"),
                number=form.cleaned_data["identity"],
                listed=Listed(**listed.cleaned_data),
                by=request.user,
            )
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            _warn(request, form, listed)
            messages.success(request, f"Đã ghi hộ {household}.")
            return redirect("households:household-detail", household.pk)
    context = {"form": form, "listed": listed}
    status = 422 if form.errors or listed.errors else 200
    return render(request, "households/household_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_edit(request, household_pk):
    household = _editable(request, household_pk)
    hamlets = _hamlets(request).under(household.commune)
    form = HouseholdEditForm(request.POST or None, hamlets=hamlets, initial=_initial(household))
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
            form.add_error(None, str(refusal))
        else:
            _warn(request, form)
            messages.success(request, "Đã lưu.")
            return redirect("households:household-detail", household.pk)
    return _form_page(request, form, household, "Sửa hộ")


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_classify(request, household_pk):
    household = _editable(request, household_pk)
    form = ListedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            classify_household(household, listed=Listed(**form.cleaned_data), by=request.user)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi phân loại.")
            return redirect("households:household-detail", household.pk)
    return _form_page(request, form, household, "Ghi phân loại của năm")


@require_GET
@requires(Permission.HOUSEHOLD_EDIT)
def household_import(request):
    return redirect(f"{reverse('intake:batch-new')}?loai=households")


def _hamlets(request):
    units = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    return units.filter(level=Committee.Level.HAMLET)


def _editable(request, household_pk):
    rows = Household.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    return get_object_or_404(rows.select_related("commune", "hamlet"), pk=household_pk)


def _initial(household):
    names = set(HouseholdEditForm.base_fields) - {"born", "number"}
    initial = {name: getattr(household, name) for name in names}
    if household.birth_year:
        initial["born"] = (household.birth_year, household.birth_date)
    return initial


def _without(details, name):
    return {key: value for key, value in details.items() if key != name}


def _warn(request, form, listed=None):
    """Contradictions are no refusal: said once, after saving."""
    for sentence in form.cleaned_data["identity"].warnings:
        messages.warning(request, sentence)
    if listed is None:
        return
    said = listed.cleaned_data
    expected = class_from_points(
        standard_in(said["year"]),
        area=form.cleaned_data["area"],
        income=said["income_score"],
        deprivation=said["deprivation_score"],
    )
    if expected and expected != said["kind"]:
        label = Classification.Kind(expected).label
        messages.warning(request, f"Theo điểm A, điểm B thì là “{label}”: hãy kiểm tra lại.")


def _form_page(request, form, household, title):
    context = {"form": form, "household": household, "title": title}
    status = 422 if form.errors else 200
    return render(request, "households/household_form.html", context, status=status)

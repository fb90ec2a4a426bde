"""Monthly changes of a list: whose, which, since when; the last of a household taken back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from config import clock
from households.errors import WrongReview
from households.forms.review import MonthlyForm, PickForm
from households.models import Classification, Household, PovertyList, Transition
from households.review import monthly
from households.views.review import list_of, transition_of

PAGE = 50


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def review_monthly(request, list_pk):
    """The changes of a year; with a household chosen, on to its own page."""
    found = list_of(request, list_pk, Permission.HOUSEHOLD_VIEW)
    may_edit = request.user.may(Permission.HOUSEHOLD_EDIT, found.commune)
    picking = "ho" in request.GET or "ho_text" in request.GET
    pick = PickForm(request.GET if picking else None, commune=found.commune)
    if may_edit and picking and pick.is_valid():
        address = reverse("households:household-review", args=[pick.cleaned_data["ho"].pk])
        return redirect(f"{address}?{urlencode({'nam': found.year})}")
    rows = Transition.objects.filter(poverty_list=found, origin=monthly.MONTHLY)
    rows = rows.select_related("household", "hamlet", "answered_by").order_by("-on", "-pk")
    context = {
        "list": found,
        "pick": pick,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "last": monthly.last_changes(found) if may_edit else set(),
        "may_edit": may_edit,
        "is_open": found.year <= clock.today().year,
    }
    return render(request, "households/review_monthly.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def household_review(request, household_pk):
    """Change one household's class within the year ``nam``, by default of its latest list."""
    rows = Household.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    household = get_object_or_404(rows.select_related("commune", "hamlet"), pk=household_pk)
    found = _list_for(household, request.GET.get("nam", ""))
    if found is None:
        messages.warning(
            request, "Xã chưa có danh sách nào để ghi thay đổi: hãy nhập danh sách của năm trước."
        )
        return redirect("households:household-detail", household.pk)
    offered = monthly.changes_open_to(household, found)
    form = MonthlyForm(request.POST or None, poverty_list=found, offered=offered)
    if request.method == "POST" and form.is_valid():
        change, listed = form.said()
        try:
            monthly.review_in_year(household, found, change=change, listed=listed, by=request.user)
        except WrongReview as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi thay đổi của hộ {household}.")
            return redirect("households:review-monthly", found.pk)
    context = {
        "household": household,
        "list": found,
        "live": Classification.objects.filter(household=household, poverty_list=found).first(),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "households/review_household.html", context, status=status)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def monthly_undo(request, transition_pk):
    change = transition_of(request, transition_pk)
    try:
        monthly.take_back_monthly(change, by=request.user)
    except WrongReview as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã bỏ thay đổi; phân loại của hộ {change.household} như trước.")
    return redirect("households:review-monthly", change.poverty_list_id)


def _list_for(household, year):
    lists = PovertyList.objects.filter(commune=household.commune_id).select_related("standard")
    if year.isascii() and year.isdigit() and len(year) == 4:
        return lists.filter(year=int(year)).first()
    return lists.filter(year__lte=clock.today().year).order_by("-year").first()

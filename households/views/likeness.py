"""Households that may be the same: look, say "không trùng", or make one of two."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from committees.models import Committee, User
from committees.todo import Todo
from households.actions import likeness as actions
from households.actions import merging
from households.errors import HouseholdError
from households.forms.likeness import DifferentForm, LikenessFilter, MergeForm
from households.models import Household, Likeness, Merge, Sighting
from households.privacy import masking
from households.privacy.sightings import saw_many

PAGE = 50
PAIR = ("first__hamlet", "second__hamlet", "commune", "decided_by")


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def likeness_list(request):
    pairs = Likeness.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW).together()
    filters = LikenessFilter(request.GET)
    page = Paginator(filters.narrow(pairs).select_related(*PAIR), PAGE)
    page = page.get_page(request.GET.get("page"))
    for pair in page:
        pair.why = _in_words(pair)
    context = {
        "filters": filters,
        "page": page,
        "may_edit": request.user.holds(Permission.HOUSEHOLD_EDIT),
    }
    return render(request, "households/likeness_list.html", context)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def likeness_find(request):
    communes = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    waiting = sum(
        actions.find_in(commune) for commune in communes.filter(level=Committee.Level.COMMUNE)
    )
    if waiting:
        messages.success(request, f"Đã tìm xong: {waiting} cặp hộ chờ xem.")
    else:
        messages.success(request, "Đã tìm xong: không có cặp hộ nào giống nhau.")
    return redirect("households:likeness-list")


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def likeness_detail(request, likeness_pk):
    pair = _pair(request, likeness_pk, Permission.HOUSEHOLD_VIEW)
    return _detail(request, pair)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def likeness_different(request, likeness_pk):
    pair = _pair(request, likeness_pk, Permission.HOUSEHOLD_EDIT)
    form = DifferentForm(request.POST)
    if not form.is_valid():
        return _detail(request, pair, different=form)
    try:
        actions.decide_different(pair, note=form.cleaned_data["note"], by=request.user)
    except HouseholdError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã ghi là không trùng; lần sau không hỏi lại.")
    return redirect("households:likeness-list")


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def likeness_again(request, likeness_pk):
    pair = _pair(request, likeness_pk, Permission.HOUSEHOLD_EDIT)
    try:
        actions.ask_again(pair, by=request.user)
    except HouseholdError as refusal:
        messages.error(request, str(refusal))
    return redirect("households:likeness-detail", pair.pk)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def likeness_merge(request, likeness_pk):
    pair = _pair(request, likeness_pk, Permission.HOUSEHOLD_EDIT)
    form = MergeForm(request.POST, pair=pair)
    if not form.is_valid():
        return _detail(request, pair, merge=form)
    said = form.cleaned_data
    try:
        done = merging.merge_pair(pair, kept=said["kept"], reason=said["reason"], by=request.user)
    except HouseholdError as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, pair, merge=form)
    messages.success(
        request, f"Đã nhập hộ {done.gone.code} vào hộ {done.kept.code}; mã cũ vẫn tìm ra hộ này."
    )
    return redirect("households:household-detail", done.kept_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def merge_undo(request, merge_pk):
    rows = Merge.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    merge = get_object_or_404(rows.select_related("kept", "gone", "by"), pk=merge_pk)
    back = reverse("households:household-detail", args=[merge.kept_id])
    if request.method == "POST":
        try:
            merging.undo_merge(merge, by=request.user)
        except HouseholdError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã tách lại hộ {merge.gone.code}, như trước khi nhập.")
        return redirect(back)
    return render(request, "households/merge_undo.html", {"merge": merge, "back_url": back})


def waiting(user: User) -> list[Todo]:
    """The line of the home page: pairs that somebody has to look at."""
    pairs = Likeness.objects.allowed(user, Permission.HOUSEHOLD_EDIT)
    count = pairs.together().filter(state=Likeness.State.OPEN).count()
    address = reverse("households:likeness-list")
    return [Todo("cặp hộ nghi trùng chờ xem", count, address, Permission.HOUSEHOLD_EDIT)]


def _pair(request, likeness_pk, permission) -> Likeness:
    rows = Likeness.objects.allowed(request.user, permission).together()
    return get_object_or_404(rows.select_related(*PAIR), pk=likeness_pk)


def _detail(request, pair, *, different=None, merge=None):
    rows = Household.objects.filter(pk__in=[pair.first_id, pair.second_id])
    rows = rows.select_related("commune", "hamlet").prefetch_related(
        "members", "classifications__poverty_list"
    )
    known = {row.pk: row for row in rows}
    households = [known[pair.first_id], known[pair.second_id]]
    saw_many([pair.first_id, pair.second_id], request.user, Sighting.How.PAGE)
    pair.why = _in_words(pair)
    is_wrong = any(form is not None and form.errors for form in (different, merge))
    context = {
        "pair": pair,
        "households": households,
        "sees": masking.sees_open(request.user, households[0]),
        "may_edit": request.user.may(Permission.HOUSEHOLD_EDIT, pair.commune),
        "different": different or DifferentForm(),
        "form": merge or MergeForm(pair=pair),
        "merged": Merge.objects.filter(kept__in=known, gone__in=known, undone_at=None).first(),
    }
    status = 422 if is_wrong else 200
    return render(request, "households/likeness_detail.html", context, status=status)


def _in_words(pair: Likeness) -> str:
    return ", ".join(actions.REASONS.get(reason, reason) for reason in pair.reasons)

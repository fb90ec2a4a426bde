"""The lists of the years: which there are, how each came about, what changed, its balance."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from committees.models import Committee, ImportBatch
from households.errors import WrongReview
from households.finding.ranking import matching
from households.forms.review import CodeForm, DecisionForm, ListFilter, RowsFilter, TransitionFilter
from households.models import Classification, PovertyList, Transition
from households.queries import years_of_lists
from households.review import deciding
from households.review.absent import absent_of
from households.review.codes import other_codes
from households.review.overview import overview_of, overview_of_commune
from households.review.standing import (
    balance_of,
    counts_by_code,
    counts_by_kind,
    moved_from,
    moved_to,
    previous_of,
)

PAGE = 50


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def review_list(request):
    communes = Committee.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    communes = communes.filter(level=Committee.Level.COMMUNE)
    years = years_of_lists(communes)
    filters = ListFilter(request.GET, user=request.user, years=years)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    unit, year = chosen.get("noi"), chosen.get("nam")
    within = communes.under(unit) if unit else communes
    one = list(within[:2])
    if len(one) == 1:
        return _one_commune(request, one[0], year, filters if communes.exists() and unit else None)
    context = {"filters": filters, "may_edit": False}  # only a commune takes lists in
    year = year or max(years, default=None)
    if year is None:
        context |= {"commune": None, "is_below": not one and not unit}
        return render(request, "households/review_list.html", context)
    page = Paginator(
        PovertyList.objects.filter(commune__in=within, year=year)
        .select_related("commune")
        .order_by("commune__path"),
        PAGE,
    ).get_page(request.GET.get("page"))
    context |= {"page": page, "year": year, "commune": None}
    context |= overview_of(within, page, year)
    return render(request, "households/review_communes.html", context)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def review_detail(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_VIEW)
    previous = previous_of(found)
    context = {
        "list": found,
        "previous": previous,
        "batch": _batch_of(found),
        "counts": [(kind, counts_by_kind([found])[found.pk][kind]) for kind in Classification.Kind],
        "balance": balance_of(found, previous),
        "codes": counts_by_code(found),
        "absent": absent_of(found).count(),
        "remarks": found.remarks.filter(answer="").count(),
        "is_new_commune": _had_no_list_before(found.commune, found.year),
        "may_edit": request.user.may(Permission.HOUSEHOLD_EDIT, found.commune),
    }
    return render(request, "households/review_detail.html", context)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def review_households(request, list_pk):
    """The households on a list as it stands."""
    found = list_of(request, list_pk, Permission.HOUSEHOLD_VIEW)
    filters = RowsFilter(request.GET, commune=found.commune)
    rows = Classification.objects.filter(poverty_list=found)
    if filters.is_valid():
        rows = filter_rows(rows, filters.cleaned_data, "kind")
    rows = rows.select_related("household", "hamlet").order_by(
        "hamlet__path", "household__head_sort_key", "pk"
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"list": found, "filters": filters, "page": page}
    return render(request, "households/review_households.html", context)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def review_transitions(request, list_pk):
    """The transitions of a list; each number of its page opens the ones it counts."""
    found = list_of(request, list_pk, Permission.HOUSEHOLD_VIEW)
    filters = TransitionFilter(request.GET, commune=found.commune)
    rows = Transition.objects.filter(poverty_list=found)
    if filters.is_valid():
        rows = _filter_transitions(rows, filters.cleaned_data)
    rows = rows.select_related("household", "hamlet", "hamlet_before").order_by(
        "hamlet__path", "household__head_sort_key", "on", "pk"
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for change in page:
        change.has_other_codes = bool(other_codes(change))
    may_edit = request.user.may(Permission.HOUSEHOLD_EDIT, found.commune)
    context = {"list": found, "filters": filters, "page": page, "may_edit": may_edit}
    return render(request, "households/review_transitions.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def review_edit(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_EDIT)
    initial = {"decision_number": found.decision_number, "decided_on": found.decided_on}
    form = DecisionForm(request.POST or None, initial=initial, year=found.year)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        deciding.set_decision(
            found, number=said["decision_number"], on=said["decided_on"], by=request.user
        )
        messages.success(request, "Đã ghi quyết định.")
        return redirect("households:review-detail", found.pk)
    return form_page(request, form, found, "Ghi quyết định của UBND")


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def review_compare(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_EDIT)
    deciding.compare_again(found, by=request.user)
    messages.success(request, "Đã so sánh lại với danh sách năm trước.")
    return redirect("households:review-detail", found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def transition_code(request, transition_pk):
    change = transition_of(request, transition_pk)
    codes = other_codes(change)
    if not codes:
        messages.warning(request, "Diễn biến này theo phân loại hai năm nên không chọn khác được.")
        return redirect("households:review-transitions", change.poverty_list_id)
    form = CodeForm(request.POST or None, codes=codes, initial={"code": change.code})
    if request.method == "POST" and form.is_valid():
        try:
            deciding.correct_code(change, code=form.cleaned_data["code"], by=request.user)
        except WrongReview as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã sửa diễn biến của hộ {change.household}.")
            return redirect("households:review-transitions", change.poverty_list_id)
    title = f"Sửa diễn biến: hộ {change.household}"
    return form_page(request, form, change.poverty_list, title)


def list_of(request, list_pk, permission):
    """The list if the person may do this at its commune; else 404."""
    rows = PovertyList.objects.allowed(request.user, permission)
    return get_object_or_404(rows.select_related("commune", "standard"), pk=list_pk)


def transition_of(request, transition_pk):
    """A transition that the person may work on; else 404."""
    rows = Transition.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    rows = rows.select_related("household", "poverty_list__commune")
    return get_object_or_404(rows, pk=transition_pk)


def filter_rows(rows, chosen, kind_column):
    """Lines of a list that a ``RowsFilter`` leaves."""
    if chosen["thon"]:
        rows = rows.filter(hamlet=chosen["thon"])
    if chosen.get("loai"):
        rows = rows.filter(**{kind_column: chosen["loai"]})
    return search_rows(rows, chosen["q"])


def search_rows(rows, text):
    """Those whose household the text means."""
    if not text:
        return rows
    model = rows.model._meta.get_field("household").related_model
    return rows.filter(household__in=matching(model.objects.all(), text).values("pk"))


def form_page(request, form, found, title, **more):
    """A page with one form about a list."""
    context = {"form": form, "list": found, "title": title, "submit": "Lưu"} | more
    status = 422 if form.errors else 200
    return render(request, "households/review_form.html", context, status=status)


def _one_commune(request, commune, year, filters):
    lists = overview_of_commune(commune)
    chosen = [row.list for row in lists if row.list.year == year]
    if chosen:
        return redirect("households:review-detail", chosen[0].pk)
    context = {
        "filters": filters,
        "commune": commune,
        "rows": lists,
        "may_edit": request.user.may(Permission.HOUSEHOLD_EDIT, commune),
    }
    return render(request, "households/review_list.html", context)


def _filter_transitions(rows, chosen):
    hamlet = chosen["thon"]
    wanted = Q()
    for name, moved in (("den", moved_to), ("di", moved_from)):
        if chosen[name]:
            wanted &= moved(chosen[name], hamlet and hamlet.pk)
    if hamlet and not chosen["den"] and not chosen["di"]:
        wanted &= Q(hamlet=hamlet)
    if chosen["ma"]:
        wanted &= Q(code=chosen["ma"])
    if chosen["goc"]:
        wanted &= Q(origin=chosen["goc"])
    return search_rows(rows.filter(wanted), chosen["q"])


def _batch_of(found):
    batches = ImportBatch.objects.filter(
        committee=found.commune,
        kind=ImportBatch.Kind.HOUSEHOLDS,
        year=found.year,
        state=ImportBatch.State.COMMITTED,
    )
    return batches.select_related("file", "committed_by").order_by("-committed_at").first()


def _had_no_list_before(commune, year):
    """Whether the unit did not exist yet when the list of the year before came into force."""
    return commune.valid_from is not None and commune.valid_from > date(year - 1, 1, 1)

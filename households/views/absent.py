"""Absent households: answered for one by one or many at once, and taken back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from committees.access import Permission, requires
from committees.models import ImportBatch
from committees.todo import Todo
from config.vietnamese.amounts import grouped
from households.errors import WrongReview
from households.forms.review import AbsentForm, RowsFilter
from households.models import PovertyList, Transition
from households.review import absent
from households.views.review import filter_rows, list_of, transition_of

PAGE = 50
MOST_ANSWERED_SHOWN = 100


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def review_absent(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_EDIT)
    waiting = absent.absent_of(found)
    filters = RowsFilter(request.GET, commune=found.commune)
    rows = filter_rows(waiting, filters.cleaned_data, "kind_before") if filters.is_valid() else (
        waiting.none()
    )  # fmt: skip
    kinds = set(waiting.order_by().values_list("kind_before", flat=True).distinct())
    form = AbsentForm(request.POST or None, rows=rows, kinds=kinds, commune=found.commune)
    if request.method == "POST" and form.is_valid():
        try:
            count = absent.answer_absent(found, form.keys(), answer=form.answer(), by=request.user)
        except WrongReview as refusal:
            form.add_error(None, str(refusal))
        else:
            return _answered(request, found, count)
    answered = absent.answered_of(found)
    context = {
        "list": found,
        "filters": filters,
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "ticked": set(request.POST.getlist("changes")),
        "waiting": waiting.count(),
        "answered": answered[:MOST_ANSWERED_SHOWN],
        "answered_count": answered.count(),
        "is_by_hand": not _came_by_file(found),
    }
    status = 422 if form.errors else 200
    return render(request, "households/review_absent.html", context, status=status)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def answer_undo(request, transition_pk):
    change = transition_of(request, transition_pk)
    try:
        is_whole = absent.take_back_answer(change, by=request.user)
    except WrongReview as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã bỏ câu trả lời về hộ {change.household}.")
        if not is_whole:
            messages.warning(
                request, "Tình trạng của hộ đã được sửa sau câu trả lời nên giữ nguyên."
            )
    return redirect("households:review-absent", change.poverty_list_id)


def waiting(user):
    """The lines of the home page: for each list so many absent households are unexplained."""
    if not user.holds(Permission.HOUSEHOLD_EDIT):
        return []
    lists = PovertyList.objects.allowed(user, Permission.HOUSEHOLD_EDIT)
    rows = absent.unanswered_by_list(lists)
    return [
        Todo(
            f"hộ vắng trong danh sách năm {year} chưa rõ lý do",
            count,
            reverse("households:review-absent", args=[key]),
            Permission.HOUSEHOLD_EDIT,
        )
        for key, year, count in rows
    ]


def _answered(request, found, count):
    left = Transition.objects.filter(poverty_list=found, code=Transition.Code.UNANSWERED).count()
    rest = f"còn {grouped(left)} hộ chưa rõ lý do." if left else "không còn hộ nào chưa rõ lý do."
    messages.success(request, f"Đã trả lời cho {grouped(count)} hộ; {rest}")
    address = reverse("households:review-absent", args=[found.pk])
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query and left else address)


def _came_by_file(found):
    return ImportBatch.objects.filter(
        committee=found.commune,
        kind=ImportBatch.Kind.HOUSEHOLDS,
        year=found.year,
        state=ImportBatch.State.COMMITTED,
    ).exists()

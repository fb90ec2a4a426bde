from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from committees.unit_search import ways_up
from config import clock
from households.actions.marking import MarkFacts, change_mark, mark_place, remove_mark
from households.errors import MarkRefused
from households.forms.places import MarkForm
from households.models import PoorPlace
from households.places import markable_by

PAGE = 50


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def place_mark_list(request):
    """The marked communes and hamlets that the person sees, those in force first."""
    rows = PoorPlace.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    rows = rows.select_related("committee").order_by("-valid_from", "committee__path", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    units = markable_by(request.user)
    mine = set(units.filter(pk__in=[row.committee_id for row in page]).values_list("pk", flat=True))
    above = ways_up([row.committee for row in page])
    today = clock.today()
    for row in page:
        row.way_up = above[row.committee_id]
        row.is_mine = row.committee_id in mine
        row.is_over = row.valid_to is not None and row.valid_to < today
        row.is_to_come = row.valid_from > today
    context = {"page": page, "may_mark": units.exists()}
    return render(request, "households/place_mark_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.STANDARD_MANAGE)
def place_mark_new(request):
    form = MarkForm(request.POST or None, units=markable_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            marked = mark_place(form.cleaned_data["committee"], facts=form.facts(), by=request.user)
        except MarkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi {marked.committee}: {marked.get_mark_display()}.")
            return redirect("households:place-mark-list")
    return _page(request, form, "Ghi xã nghèo, nơi đặc biệt khó khăn")


@require_http_methods(["GET", "POST"])
@requires(Permission.STANDARD_MANAGE)
def place_mark_edit(request, mark_pk):
    marked = _mine(request, mark_pk)
    initial = {name: getattr(marked, name) for name in MarkFacts._fields}
    form = MarkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_mark(marked, facts=form.facts(), by=request.user)
        except MarkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu.")
            return redirect("households:place-mark-list")
    return _page(request, form, f"Sửa: {marked.committee}", marked)


@require_POST
@requires(Permission.STANDARD_MANAGE)
def place_mark_remove(request, mark_pk):
    marked = _mine(request, mark_pk)
    remove_mark(marked, by=request.user)
    messages.success(request, f"Đã bỏ diện “{marked.get_mark_display()}” của {marked.committee}.")
    return redirect("households:place-mark-list")


def _mine(request, mark_pk):
    rows = PoorPlace.objects.select_related("committee")
    return get_object_or_404(rows.filter(committee__in=markable_by(request.user)), pk=mark_pk)


def _page(request, form, title, marked=None):
    context = {"form": form, "title": title, "marked": marked}
    status = 422 if form.errors else 200
    return render(request, "households/place_mark_form.html", context, status=status)

"""The Front's remarks on a list: proposed, noted, printed, answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from households.errors import WrongReview
from households.forms.remarks import ProposalsForm, RemarkAnswerForm, RemarkForm
from households.models import ListRemark
from households.review import remarks
from households.review.note import print_note
from households.review.proposals import proposed_remarks
from households.views.review import form_page, list_of


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_VIEW)
def remark_list(request, list_pk):
    """The remarks on a list; who edits it also takes over what the system proposes."""
    needed = Permission.HOUSEHOLD_EDIT if request.method == "POST" else Permission.HOUSEHOLD_VIEW
    found = list_of(request, list_pk, needed)
    may_edit = request.user.may(Permission.HOUSEHOLD_EDIT, found.commune)
    proposals = proposed_remarks(found) if may_edit else []
    form = ProposalsForm(request.POST or None, keys=[one.key for one in proposals])
    if request.method == "POST" and form.is_valid():
        count = remarks.accept_remarks(found, form.cleaned_data["proposals"], by=request.user)
        messages.success(request, f"Đã ghi {count} ý kiến.")
        return redirect("households:remark-list", found.pk)
    rows = found.remarks.select_related("household__hamlet", "created_by")
    context = {
        "list": found,
        "rows": rows.order_by("household__hamlet__path", "household__head_sort_key", "pk"),
        "proposals": proposals,
        "form": form,
        "may_edit": may_edit,
    }
    status = 422 if form.errors else 200
    return render(request, "households/remark_list.html", context, status=status)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def remark_print(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_VIEW)
    if not found.remarks.exists():
        messages.warning(request, "Chưa có ý kiến nào để in: hãy ghi ý kiến trước.")
        return redirect("households:remark-list", found.pk)
    answer = HttpResponse(print_note(found, by=request.user), content_type="application/pdf")
    name = f"y-kien-giam-sat-{found.commune.code}-{found.year}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def remark_new(request, list_pk):
    found = list_of(request, list_pk, Permission.HOUSEHOLD_EDIT)
    form = RemarkForm(request.POST or None, commune=found.commune)
    if request.method == "POST" and form.is_valid():
        remarks.add_remark(found, **form.cleaned_data, by=request.user)
        messages.success(request, "Đã ghi ý kiến.")
        return redirect("households:remark-list", found.pk)
    return _page(request, form, found, "Ghi ý kiến về danh sách")


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def remark_edit(request, remark_pk):
    remark = _remark(request, remark_pk)
    form = RemarkForm(request.POST or None, initial={"kind": remark.kind, "text": remark.text})
    if request.method == "POST" and form.is_valid():
        try:
            remarks.edit_remark(remark, **form.cleaned_data, by=request.user)
        except WrongReview as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã sửa ý kiến.")
            return redirect("households:remark-list", remark.poverty_list_id)
    return _page(request, form, remark.poverty_list, "Sửa ý kiến", remark=remark)


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def remark_remove(request, remark_pk):
    remark = _remark(request, remark_pk)
    try:
        remarks.remove_remark(remark, by=request.user)
    except WrongReview as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã bỏ ý kiến.")
    return redirect("households:remark-list", remark.poverty_list_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def remark_answer(request, remark_pk):
    remark = _remark(request, remark_pk)
    initial = {"answer": remark.answer, "on": remark.answered_on}
    form = RemarkAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and "clear" in request.POST:
        remarks.clear_answer(remark, by=request.user)
        messages.success(request, "Đã xóa phần trả lời.")
        return redirect("households:remark-list", remark.poverty_list_id)
    if request.method == "POST" and form.is_valid():
        try:
            remarks.answer_remark(remark, **form.cleaned_data, by=request.user)
        except WrongReview as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi trả lời của UBND.")
            return redirect("households:remark-list", remark.poverty_list_id)
    return _page(request, form, remark.poverty_list, "Ghi trả lời của UBND", remark=remark)


def _remark(request, remark_pk):
    rows = ListRemark.objects.allowed(request.user, Permission.HOUSEHOLD_EDIT)
    rows = rows.select_related("poverty_list__commune", "household__hamlet")
    return get_object_or_404(rows, pk=remark_pk)


def _page(request, form, found, title, *, remark=None):
    return form_page(request, form, found, title, remark=remark, is_remark=True)

"""The pieces of a plan: added, reworded, moved, taken out; numbers follow by themselves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns import plans
from campaigns.errors import CampaignError
from campaigns.forms import SectionForm
from campaigns.models import PlanSection
from campaigns.views.plans import plan_or_404
from committees.access import Permission, requires


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_EDIT)
def section_add(request, plan_pk):
    """A new piece at the end of the plan, or of the piece in ``?trong=``."""
    plan = plan_or_404(request, Permission.PLAN_EDIT, plan_pk)
    parent = _parent(plan, request.GET.get("trong", ""))
    form = SectionForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        try:
            plans.add_section(plan, **form.cleaned_data, parent=parent, by=request.user)
        except CampaignError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(plan.pk)
    title = f"Thêm mục vào “{parent.text[:60]}”" if parent else "Thêm mục"
    return render(request, "campaigns/plan_form.html", {"form": form, "plan": plan, "title": title})


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_EDIT)
def section_edit(request, section_pk):
    section = _section(request, section_pk)
    form = SectionForm(request.POST or None, section=section)
    if request.method == "POST" and form.is_valid():
        try:
            plans.edit_section(section, text=form.cleaned_data["text"], by=request.user)
        except CampaignError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(section.plan_id)
    return render(
        request,
        "campaigns/plan_form.html",
        {"form": form, "plan": section.plan, "title": "Sửa mục"},
    )


@require_POST
@requires(Permission.PLAN_EDIT)
def section_move(request, section_pk):
    section = _section(request, section_pk)
    try:
        plans.move_section(section, up=request.POST.get("huong") != "xuong", by=request.user)
    except CampaignError as refusal:
        messages.error(request, str(refusal))
    return _back(section.plan_id)


@require_POST
@requires(Permission.PLAN_EDIT)
def section_remove(request, section_pk):
    section = _section(request, section_pk)
    try:
        plans.remove_section(section, by=request.user)
    except CampaignError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã xóa mục; các mục còn lại được đánh số lại.")
    return _back(section.plan_id)


def _section(request, section_pk) -> PlanSection:
    allowed = PlanSection.objects.allowed(request.user, Permission.PLAN_EDIT)
    return get_object_or_404(allowed.select_related("plan__document"), pk=section_pk)


def _parent(plan, key: str) -> PlanSection | None:
    if not key:
        return None
    return get_object_or_404(plan.sections, pk=key if key.isascii() and key.isdigit() else 0)


def _back(plan_pk: int):
    return redirect("campaigns:plan-detail", plan_pk)

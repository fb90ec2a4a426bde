"""A plan as data: begun, read as it will be printed, its frame and targets edited."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from campaigns import plans
from campaigns.errors import CampaignError
from campaigns.forms import PlanForm, PlanStartForm, TargetsForm
from campaigns.models import Campaign, Plan
from campaigns.wording import (
    filled,
    labelled_sections,
    missing_names,
    opening_text,
    pdf_of,
    quantity_text,
    values_of,
)
from committees.access import Permission, requires
from committees.errors import CommitteeError
from committees.models import Committee, Document

# The parts that every plan has (domain.md §5.2); the officer fills them.
SKELETON = [
    {
        "kind": "part",
        "text": "Mục đích, yêu cầu",
        "children": [
            {"kind": "clause", "text": "Mục đích"},
            {"kind": "clause", "text": "Yêu cầu"},
        ],
    },
    {
        "kind": "part",
        "text": "Nội dung thực hiện",
        "children": [
            {"kind": "clause", "text": "Công tác tuyên truyền"},
            {"kind": "clause", "text": "Nội dung thực hiện"},
        ],
    },
    {"kind": "part", "text": "Tổ chức thực hiện"},
]


def plan_or_404(request, permission, plan_pk) -> Plan:
    """The plan, if the person may do this to it."""
    allowed = Plan.objects.allowed(request.user, permission).select_related(
        "campaign__root", "committee", "document__committee", "document__file"
    )
    return get_object_or_404(allowed, pk=plan_pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_EDIT)
def plan_create(request, campaign_pk):
    campaigns = Campaign.objects.allowed(request.user, Permission.CAMPAIGN_VIEW)
    campaign = get_object_or_404(campaigns.select_related("root"), pk=campaign_pk)
    committees = (
        Committee.objects.allowed(request.user, Permission.PLAN_EDIT)
        .under(campaign.root)
        .exclude(level=Committee.Level.HAMLET)
    )
    if not committees.exists():
        raise Http404
    subject = f"Tổ chức triển khai {campaign.name}"
    form = PlanStartForm(request.POST or None, committees=committees, initial={"subject": subject})
    if request.method == "POST" and form.is_valid():
        data = {"subject": form.cleaned_data["subject"], "sections": SKELETON}
        try:
            plan = plans.create_plan(
                data,
                committee=form.cleaned_data["committee"],
                campaign=campaign,
                by=request.user,
            )
        except (CampaignError, CommitteeError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lập kế hoạch nháp; hãy điền các mục.")
            return redirect("campaigns:plan-detail", plan.pk)
    return render(request, "campaigns/plan_start.html", {"form": form, "campaign": campaign})


@require_GET
@requires(Permission.CAMPAIGN_VIEW)
def plan_detail(request, plan_pk):
    plan = plan_or_404(request, Permission.CAMPAIGN_VIEW, plan_pk)
    document, values = plan.document, values_of(plan)
    is_draft = document.state == Document.State.DRAFT
    return render(
        request,
        "campaigns/plan_detail.html",
        {
            "plan": plan,
            "document": document,
            "steps": _steps(document),
            "opening": filled(opening_text(plan), values),
            "pieces": labelled_sections(plan),
            "closing": filled(plan.closing, values),
            "targets": _with_texts(plan.targets.all()),
            "missing": is_draft and missing_names(plan),
            "may_edit": is_draft and request.user.may(Permission.PLAN_EDIT, plan.committee),
            "may_record": request.user.may(Permission.DOCUMENT_RECORD, plan.committee),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_EDIT)
def plan_edit(request, plan_pk):
    plan = plan_or_404(request, Permission.PLAN_EDIT, plan_pk)
    form = PlanForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            plans.edit_plan(plan, form.changes(), by=request.user)
        except (CampaignError, CommitteeError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu kế hoạch.")
            return redirect("campaigns:plan-detail", plan.pk)
    return render(
        request,
        "campaigns/plan_form.html",
        {"form": form, "plan": plan, "title": "Sửa thông tin kế hoạch"},
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_EDIT)
def targets_edit(request, plan_pk):
    plan = plan_or_404(request, Permission.PLAN_EDIT, plan_pk)
    form = TargetsForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            plans.set_targets(plan, form.quantities(), by=request.user)
        except CampaignError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu chỉ tiêu.")
            return redirect("campaigns:plan-detail", plan.pk)
    return render(
        request, "campaigns/plan_form.html", {"form": form, "plan": plan, "title": "Chỉ tiêu"}
    )


@require_GET
@requires(Permission.CAMPAIGN_VIEW)
def plan_pdf(request, plan_pk):
    plan = plan_or_404(request, Permission.CAMPAIGN_VIEW, plan_pk)
    document = plan.document
    name = document.number_text.replace("/", "-") if document.number else f"nhap-{plan.pk}"
    return HttpResponse(
        pdf_of(plan),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="ke-hoach-{_plain(name)}.pdf"'},
    )


def _with_texts(targets) -> list:
    for target in targets:
        target.text = quantity_text(target.quantity, target.unit)
    return list(targets)


def _plain(name: str) -> str:
    """A file name that every browser and old Windows keep as it is."""
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_"))


def _steps(document: Document) -> list[dict]:
    """The life of the paper for ``parts/stepper.html``."""
    order = list(Document.State)
    at = order.index(document.state)
    is_issued = document.state == Document.State.ISSUED
    return [
        {
            "label": Document.State(state).label,
            "state": "done" if place < at or is_issued else "current" if place == at else "todo",
        }
        for place, state in enumerate(order)
    ]

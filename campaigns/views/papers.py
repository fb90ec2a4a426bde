"""What văn thư does with a plan: signature recorded, number entered, issued."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.errors import CampaignError
from campaigns.plans import refuse_gaps
from campaigns.views.plans import plan_or_404
from campaigns.wording import print_plan
from committees import documents
from committees.access import Permission, requires
from committees.document_forms import NumberForm, SignatureForm, WithdrawalForm
from committees.errors import CommitteeError


@require_http_methods(["GET", "POST"])
@requires(Permission.DOCUMENT_RECORD)
def plan_sign(request, plan_pk):
    plan = plan_or_404(request, Permission.DOCUMENT_RECORD, plan_pk)
    form = SignatureForm(request.POST or None, document=plan.document)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_gaps(plan)
            documents.record_signature(plan.document, **form.signature(), by=request.user)
        except (CampaignError, CommitteeError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi nhận chữ ký; bước tiếp theo là vào số.")
            return redirect("campaigns:plan-detail", plan.pk)
    return _step(request, plan, form, "Ghi nhận đã ký")


@require_http_methods(["GET", "POST"])
@requires(Permission.DOCUMENT_RECORD)
def plan_unsign(request, plan_pk):
    plan = plan_or_404(request, Permission.DOCUMENT_RECORD, plan_pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            documents.withdraw_signature(plan.document, **form.cleaned_data, by=request.user)
        except CommitteeError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã hủy ghi nhận chữ ký; kế hoạch trở lại bản nháp.")
            return redirect("campaigns:plan-detail", plan.pk)
    return _step(request, plan, form, "Hủy ghi nhận chữ ký")


@require_http_methods(["GET", "POST"])
@requires(Permission.DOCUMENT_RECORD)
def plan_number(request, plan_pk):
    plan = plan_or_404(request, Permission.DOCUMENT_RECORD, plan_pk)
    form = NumberForm(request.POST or None, document=plan.document)
    if request.method == "POST" and form.is_valid():
        try:
            warnings = documents.enter_number(plan.document, **form.cleaned_data, by=request.user)
        except CommitteeError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã vào số {plan.document.number_text}.")
            for warning in warnings:
                messages.warning(request, warning)
            return redirect("campaigns:plan-detail", plan.pk)
    return _step(request, plan, form, "Vào số")


@require_POST
@requires(Permission.DOCUMENT_RECORD)
def plan_issue(request, plan_pk):
    plan = plan_or_404(request, Permission.DOCUMENT_RECORD, plan_pk)
    try:
        documents.issue(plan.document, pdf=print_plan(plan), by=request.user)
    except CommitteeError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã phát hành kế hoạch {plan.document.number_text}.")
    return redirect("campaigns:plan-detail", plan.pk)


def _step(request, plan, form, title):
    return render(request, "campaigns/plan_form.html", {"form": form, "plan": plan, "title": title})

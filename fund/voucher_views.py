"""One voucher: drafted, checked, entered in the books, cancelled or taken back."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from committees.audit_words import words_for
from committees.models import AuditEvent
from config.vietnamese.amounts import dong, in_words_dong
from config.vietnamese.dates import format_date
from fund.actions import edit_receipt_draft, ensure_fund, record_receipt_draft
from fund.errors import FundError
from fund.forms import PostForm, ReasonForm, ReceiptForm, gifts_of, initial_rows, rows_for
from fund.models import Receipt, Voucher
from fund.posting import cancel_draft, post_vouchers, reverse_voucher
from fund.queries import balances

PREFIX = "gifts"
MOST_SHOWN_SUPPORTS = 200


@require_GET
@requires(Permission.FUND_VIEW)
def voucher_detail(request, voucher_pk):
    voucher = _voucher(request, voucher_pk, Permission.FUND_VIEW)
    journal = getattr(voucher, "journal", None)
    reversal = getattr(journal, "reversed_by", None)
    may_draft = request.user.may(Permission.VOUCHER_DRAFT, voucher.fund.committee)
    may_post = request.user.may(Permission.VOUCHER_POST, voucher.fund.committee)
    is_draft = voucher.state == Voucher.State.DRAFT
    return render(
        request,
        "fund/voucher_detail.html",
        {
            "voucher": voucher,
            "receipts": voucher.receipts.select_related("donor", "goods"),
            "supports": voucher.supports.select_related("place")[:MOST_SHOWN_SUPPORTS],
            "entries": journal.entries.select_related("account") if journal else [],
            "reversal": reversal and reversal.voucher,
            "original": journal and journal.reverses and journal.reverses.voucher,
            "events": _events(voucher),
            "may_edit": is_draft and may_draft and _is_receipt(voucher),
            "may_cancel": is_draft and may_draft,
            "may_post": is_draft and may_post,
            "may_reverse": bool(journal and not reversal and not journal.reverses) and may_post,
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_DRAFT)
def receipt_new(request):
    return _draft_page(request, is_goods=False)


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_DRAFT)
def goods_new(request):
    return _draft_page(request, is_goods=True)


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_DRAFT)
def receipt_edit(request, voucher_pk):
    voucher = _voucher(request, voucher_pk, Permission.VOUCHER_DRAFT)
    if voucher.state != Voucher.State.DRAFT or not _is_receipt(voucher):
        messages.error(request, "Chứng từ này không sửa được.")
        return redirect("fund:voucher-detail", voucher.pk)
    return _draft_page(request, is_goods=_is_goods(voucher), voucher=voucher)


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_POST)
def voucher_post(request, voucher_pk):
    voucher = _voucher(request, voucher_pk, Permission.VOUCHER_POST)
    rows = _rows_to_check(voucher)
    seen = " · ".join(row["value"] for row in rows)
    form = PostForm(request.POST or None, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != seen.strip():
            messages.warning(request, "Bản nháp vừa được sửa; hãy kiểm tra lại trước khi ghi sổ.")
            return redirect("fund:voucher-post", voucher.pk)
        return _posted(request, voucher)
    return render(
        request,
        "fund/voucher_post.html",
        {
            "voucher": voucher,
            "rows": rows,
            "form": form,
            "warnings": _warnings(voucher),
            "is_draft": voucher.state == Voucher.State.DRAFT,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_DRAFT)
def voucher_cancel(request, voucher_pk):
    voucher = _voucher(request, voucher_pk, Permission.VOUCHER_DRAFT)
    return _with_reason(
        request,
        voucher,
        act=cancel_draft,
        title="Hủy bản nháp",
        submit="Hủy bản nháp",
        after="Bản nháp vẫn được lưu cùng lý do hủy, nhưng không bao giờ vào sổ.",
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_POST)
def voucher_reverse(request, voucher_pk):
    voucher = _voucher(request, voucher_pk, Permission.VOUCHER_POST)
    return _with_reason(
        request,
        voucher,
        act=reverse_voucher,
        title="Điều chỉnh chứng từ đã ghi sổ",
        submit="Lập bút toán điều chỉnh",
        after="Chứng từ cũ giữ nguyên trong sổ; một bút toán ngược lại được ghi vào hôm nay.",
    )


def _draft_page(request, *, is_goods, voucher=None):
    form = ReceiptForm(
        request.POST or None,
        user=request.user,
        is_goods=is_goods,
        voucher=voucher,
        initial=_initial(voucher),
    )
    rows = rows_for(is_goods=is_goods, can_remove=voucher is not None)(
        request.POST or None,
        prefix=PREFIX,
        initial=initial_rows(voucher) if voucher else None,
    )
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            saved = _save(request, form, rows, is_goods=is_goods, voucher=voucher)
        except FundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu nháp. Chứng từ chưa vào sổ cho đến khi ghi sổ.")
            return redirect("fund:voucher-detail", saved.pk)
    is_wrong = bool(form.errors or rows.total_error_count()) if form.is_bound else False
    return render(
        request,
        "fund/receipt_form.html",
        {
            "form": form,
            "formset": rows,
            "is_goods": is_goods,
            "voucher": voucher,
            "cancel_url": reverse("fund:voucher-detail", args=[voucher.pk])
            if voucher
            else reverse("fund:overview"),
        },
        status=422 if is_wrong else 200,
    )


def _save(request, form, rows, *, is_goods, voucher):
    said = form.cleaned_data
    kind = Receipt.Form.GOODS if is_goods else said["form"]
    gifts = gifts_of(rows)
    if voucher:
        return edit_receipt_draft(
            voucher,
            kind,
            gifts,
            on=said["date"],
            by=request.user,
            description=said["description"] or "",
        )
    with transaction.atomic():  # no fund is left behind by a receipt that was refused
        return record_receipt_draft(
            ensure_fund(said["committee"], by=request.user),
            kind,
            gifts,
            on=said["date"],
            by=request.user,
            description=said["description"] or "",
        )


def _initial(voucher):
    if voucher is None:
        return {}
    return {
        "date": voucher.date,
        "form": voucher.account.kind,
        "description": voucher.description,
    }


def _posted(request, voucher):
    try:
        post_vouchers([voucher], by=request.user)
    except FundError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ghi sổ {voucher}.")
    return redirect("fund:voucher-detail", voucher.pk)


def _with_reason(request, voucher, *, act, title, submit, after):
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(voucher, reason=form.cleaned_data["reason"], by=request.user)
        except FundError as refusal:
            messages.error(request, str(refusal))
            return redirect("fund:voucher-detail", voucher.pk)
        messages.success(request, f"Đã lưu: {done}, {done.get_state_display().lower()}.")
        return redirect("fund:voucher-detail", done.pk)
    return render(
        request,
        "fund/voucher_reason.html",
        {
            "voucher": voucher,
            "rows": _rows_to_check(voucher),
            "form": form,
            "title": title,
            "submit": submit,
            "after": after,
        },
        status=422 if form.errors else 200,
    )


def _voucher(request, pk, permission):
    vouchers = Voucher.objects.allowed(request.user, permission).select_related(
        "fund__committee", "account", "created_by", "posted_by", "batch",
        "journal__reversed_by__voucher", "journal__reversed_by__posted_by",
        "journal__reverses__voucher",
    )  # fmt: skip
    return get_object_or_404(vouchers, pk=pk)


def _is_goods(voucher):
    return voucher.kind == Voucher.Kind.GOODS_IN


def _is_receipt(voucher):
    return voucher.purpose == Voucher.Purpose.DONATION


def _rows_to_check(voucher):
    return [
        {"label": "Chứng từ", "value": str(voucher)},
        {"label": "Đơn vị", "value": str(voucher.fund.committee)},
        {"label": "Ngày chứng từ", "value": format_date(voucher.date)},
        {"label": "Tài khoản", "value": str(voucher.account)},
        {"label": "Người nộp/nhận", "value": voucher.party},
        {"label": "Diễn giải", "value": voucher.description},
        {"label": "Số tiền", "value": dong(voucher.amount)},
        {"label": "Bằng chữ", "value": in_words_dong(voucher.amount)},
    ]


def _warnings(voucher):
    """What a payment would leave behind, said before it is posted."""
    if voucher.kind not in {Voucher.Kind.PAYMENT, Voucher.Kind.GOODS_OUT}:
        return []
    left = balances([voucher.fund])[voucher.fund_id][voucher.account.kind] - voucher.amount
    if left < 0:
        return [f"{voucher.account} chỉ còn {dong(left + voucher.amount)}, không đủ để chi."]
    return []


def _events(voucher):
    """What was done to the voucher, newest first, as the audit trail keeps it."""
    found = AuditEvent.objects.filter(
        object_type=voucher._meta.label_lower, object_id=voucher.pk
    ).select_related("actor")
    return [
        {
            "what": words_for(event.action),
            "who": event.actor,
            "at": event.at,
            "reason": event.detail.get("reason", ""),
        }
        for event in found.order_by("-pk")
    ]

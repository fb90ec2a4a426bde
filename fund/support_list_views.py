"""Lists of recipients: drafted, filled, proposed, decided, paid or recorded, cancelled."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from config.vietnamese.amounts import dong
from config.vietnamese.dates import format_date
from fund import support_actions
from fund.errors import FundError
from fund.forms import ReasonForm
from fund.models import Account, Support, SupportList
from fund.queries import balances
from fund.support_actions import Recipient
from fund.support_forms import (
    DecisionForm,
    ListFilter,
    ListForm,
    PaymentForm,
    RecipientFilter,
    RecipientsForm,
)
from fund.support_queries import (
    giver_name,
    likenesses_in,
    list_events,
    offered_households,
    windows_of,
)

PAGE = 50
MOST_RECIPIENTS = 5000
State = SupportList.State


@require_GET
@requires(Permission.SUPPORT_VIEW)
def list_list(request):
    filters = ListFilter(request.GET)
    rows = SupportList.objects.allowed(request.user, Permission.SUPPORT_VIEW)
    if filters.is_valid() and filters.cleaned_data["state"]:
        rows = rows.filter(state=filters.cleaned_data["state"])
    rows = rows.select_related("committee", "giver").annotate(
        households=Count("supports"), value=Sum("supports__value", default=0)
    )
    rows = rows.order_by("-pk")
    return render(
        request,
        "support/list_list.html",
        {
            "filters": filters,
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "may_propose": request.user.holds(Permission.SUPPORT_PROPOSE),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def list_new(request):
    form = ListForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = support_actions.draft_list(
                form.cleaned_data["committee"], terms=form.terms(), by=request.user
            )
        except FundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lập danh sách nháp; hãy chọn hộ.")
            return redirect("support:list-recipients", made.pk)
    return _list_form(request, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def list_edit(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    form = ListForm(request.POST or None, user=request.user, support_list=found)
    if request.method == "POST" and form.is_valid():
        try:
            support_actions.edit_list(found, terms=form.terms(), by=request.user)
        except FundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã sửa danh sách.")
            return redirect("support:list-detail", found.pk)
    return _list_form(request, form, found)


@require_GET
@requires(Permission.SUPPORT_VIEW)
def list_detail(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_VIEW)
    supports = found.supports.select_related(
        "household__hamlet", "place", "giver", "fund__committee"
    ).order_by("household__hamlet__path", "household__head_sort_key", "pk")
    page = Paginator(supports, PAGE).get_page(request.GET.get("page"))
    is_open = found.state in (State.DRAFT, State.PROPOSED, State.DECIDED)
    likenesses = likenesses_in(found) if is_open else {}
    return render(
        request,
        "support/list_detail.html",
        {
            "support_list": found,
            "page": page,
            "rows": [(support, likenesses.get(support.pk, [])) for support in page],
            "warned": sum(bool(texts) for texts in likenesses.values()),
            "sums": _sums(found),
            "events": list_events(found),
            "may_open_household": request.user.holds(Permission.HOUSEHOLD_VIEW),
        }
        | _rights(request.user, found),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def list_recipients(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    filters = RecipientFilter(request.GET, committee=found.committee)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    day = found.date
    window = windows_of(found.committee, [day])[day] if day else None
    rows = offered_households(found.committee, wanted, window=window)
    form = RecipientsForm(request.POST or None, rows=rows.order_by())
    if request.method == "POST" and form.is_valid():
        return _add_recipients(request, found, form, rows)
    page = Paginator(
        rows.select_related("commune", "hamlet").order_by("hamlet__path", "head_sort_key", "pk"),
        PAGE,
    ).get_page(request.GET.get("page"))
    context = {
        "support_list": found,
        "filters": filters,
        "form": form,
        "page": page,
        "chosen": set(found.supports.values_list("household", flat=True)),
        "window": window,
    }
    return render(
        request, "support/list_recipients.html", context, status=422 if form.errors else 200
    )


@require_POST
@requires(Permission.SUPPORT_PROPOSE)
def list_remove(request, support_list_pk):
    """Take the ticked lines off a draft; the others keep their values."""
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    dropped = set(request.POST.getlist("bo"))
    kept = [
        Recipient(support.household, support.value)
        for support in found.supports.select_related("household")
        if str(support.pk) not in dropped
    ]
    return _done(
        request,
        found,
        lambda: support_actions.choose_recipients(found, recipients=kept, by=request.user),
        "Đã bỏ các hộ được đánh dấu.",
    )


@require_POST
@requires(Permission.SUPPORT_PROPOSE)
def list_propose(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    return _done(
        request,
        found,
        lambda: support_actions.propose_list(found, by=request.user),
        "Đã đề nghị; danh sách chờ Ban Thường trực quyết định.",
    )


@require_POST
@requires(Permission.SUPPORT_PROPOSE)
def list_record(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    return _done(
        request,
        found,
        lambda: support_actions.record_list(found, by=request.user),
        "Đã ghi nhận an sinh xã hội cho các hộ trong danh sách.",
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_DECIDE)
def list_decide(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_DECIDE)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _done(
            request,
            found,
            lambda: support_actions.decide_list(
                found, agree=said["agree"], note=said["note"] or "", by=request.user
            ),
            "Đã quyết định; kế toán có thể chi."
            if said["agree"]
            else "Đã ghi ý kiến không đồng ý.",
        )
    likenesses = likenesses_in(found)
    warnings = [
        f"{support.recipient_name}: {text}"
        for support in found.supports.all()
        for text in likenesses.get(support.pk, [])
    ]
    return _review(request, found, form, title="Quyết định", warnings=warnings)


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_POST)
def list_pay(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.VOUCHER_POST)
    form = PaymentForm(request.POST or None, initial={"on": found.date})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _done(
            request,
            found,
            lambda: support_actions.pay_list(
                found, account=said["account"], on=said["on"], by=request.user
            ),
            "Đã chi và ghi sổ; các hộ trong danh sách đã được hỗ trợ.",
        )
    return _review(request, found, form, title="Chi và ghi sổ", after=_money_in(found))


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def list_cancel(request, support_list_pk):
    found = _found(request, support_list_pk, Permission.SUPPORT_PROPOSE)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _done(
            request,
            found,
            lambda: support_actions.cancel_list(found, reason=reason, by=request.user),
            "Đã hủy danh sách.",
        )
    return _review(request, found, form, title="Hủy danh sách", danger=True)


def _found(request, pk, permission) -> SupportList:
    lists = SupportList.objects.allowed(request.user, permission)
    related = ("committee", "giver", "drive", "batch__file", "proposed_by", "decided_by")
    return get_object_or_404(lists.select_related(*related), pk=pk)


def _done(request, found, act, sentence):
    """Run one action of a list, say what came of it, and go back to the list."""
    try:
        act()
    except FundError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("support:list-detail", found.pk)


def _add_recipients(request, found, form, rows):
    said = form.cleaned_data
    added = rows.order_by("pk")[:MOST_RECIPIENTS] if said["everyone"] else said["households"]
    recipients = {
        support.household_id: Recipient(support.household, support.value)
        for support in found.supports.select_related("household")
    }
    recipients |= {household.pk: Recipient(household, said["value"]) for household in added}
    return _done(
        request,
        found,
        lambda: support_actions.choose_recipients(
            found, recipients=recipients.values(), by=request.user
        ),
        f"Danh sách có {len(recipients)} hộ.",
    )


def _list_form(request, form, support_list=None):
    context = {"form": form, "support_list": support_list}
    return render(request, "support/list_form.html", context, status=422 if form.errors else 200)


def _review(request, found, form, *, title, **more):
    sums = _sums(found)
    source = Support.objects.filter(support_list=found).select_related("giver", "fund__committee")
    first = source.first()
    rows = [
        {"label": "Danh sách", "value": found.title},
        {"label": "Đơn vị", "value": found.committee.name},
        {"label": "Người đề nghị", "value": str(found.proposed_by)},
        {"label": "Nội dung", "value": found.kind},
        {"label": "Nguồn", "value": giver_name(first) if first else ""},
        {"label": "Ngày hỗ trợ", "value": format_date(found.date) if found.date else ""},
        {"label": "Số hộ", "value": sums["count"]},
        {"label": "Tổng giá trị", "value": dong(sums["value"])},
    ]
    context = {
        "support_list": found,
        "form": form,
        "title": title,
        "rows": rows,
        "warnings": [],
        "after": "",
        "danger": False,
        "back_url": reverse("support:list-detail", args=[found.pk]),
    }
    return render(
        request, "support/list_review.html", context | more, status=422 if form.errors else 200
    )


def _sums(found) -> dict:
    return found.supports.aggregate(count=Count("pk"), value=Sum("value", default=0))


def _money_in(found) -> str:
    support = found.supports.select_related("fund").first()
    if support is None or support.fund is None:
        return ""
    held = balances([support.fund])[support.fund_id]
    parts = [f"{Account.Kind(kind).label} còn {dong(held[kind])}" for kind in Account.MONEY]
    return f"Quỹ hiện có: {'; '.join(parts)}."


def _rights(user, found) -> dict:
    """Which acts this person may do on the list as it stands."""
    at = found.committee
    state, from_fund = found.state, found.giver_id is None
    may_propose = user.may(Permission.SUPPORT_PROPOSE, at)
    waits = state == State.PROPOSED and user.may(Permission.SUPPORT_DECIDE, at)
    return {
        "may_edit": state == State.DRAFT and may_propose,
        "may_propose": state == State.DRAFT and may_propose and from_fund,
        "may_record": state == State.DRAFT and may_propose and not from_fund,
        "may_cancel": state in (State.DRAFT, State.PROPOSED, State.DECIDED) and may_propose,
        "may_decide": waits and found.proposed_by_id != user.pk,
        "proposed_it": waits and found.proposed_by_id == user.pk,
        "may_pay": state == State.DECIDED and user.may(Permission.VOUCHER_POST, at),
    }

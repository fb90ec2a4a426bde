"""Reading the books: overview, vouchers, donations, statements; and closing a period."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from config.vietnamese.dates import format_date
from fund.actions import LEVELS_WITH_FUND, lock_period
from fund.errors import FundError
from fund.forms import DonationFilter, LockForm, StatementForm, VoucherFilter
from fund.models import Account, Fund, Receipt, Voucher
from fund.queries import (
    accounts_by_kind,
    balances,
    locked_until,
    money_of,
    search_receipts,
    search_vouchers,
    totals,
)
from fund.statements import lines, usual_period
from fund.statements import statement as statement_of

PAGE = 50
LINES_OF_A_PAGE = 100
MOST_PRINTED_LINES = 5000


@require_GET
@requires(Permission.FUND_VIEW)
def overview(request):
    funds = Fund.objects.allowed(request.user, Permission.FUND_VIEW).select_related("committee")
    own = list(funds.filter(_own(request.user)))
    page = Paginator(funds.order_by("committee__path", "kind"), PAGE).get_page(
        request.GET.get("page")
    )
    held = balances([*own, *page])
    everything = totals(funds.order_by())
    return render(
        request,
        "fund/overview.html",
        {
            "own": [_held_by(fund, held[fund.pk]) for fund in own],
            "rows": [_held_by(fund, held[fund.pk]) for fund in page],
            "page": page,
            "total": everything | {"money": money_of(everything)},
            "has_others": page.paginator.count > len(own),
            "may_draft": request.user.holds(Permission.VOUCHER_DRAFT),
            "may_import": request.user.holds(Permission.VOUCHER_POST),
        },
    )


@require_GET
@requires(Permission.FUND_VIEW)
def voucher_list(request):
    filters = VoucherFilter(request.GET, user=request.user)
    rows = Voucher.objects.allowed(request.user, Permission.FUND_VIEW)
    is_valid = filters.is_valid()
    rows = search_vouchers(rows, filters.cleaned_data) if is_valid else rows.none()
    rows = rows.select_related("fund__committee", "account", "journal__reversed_by")
    return render(
        request,
        "fund/voucher_list.html",
        {
            "filters": filters,
            "fund": filters.cleaned_data.get("fund"),
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
            "may_draft": request.user.holds(Permission.VOUCHER_DRAFT),
        },
    )


@require_GET
@requires(Permission.FUND_VIEW)
def donation_list(request):
    filters = DonationFilter(request.GET, user=request.user)
    rows = Receipt.objects.allowed(request.user, Permission.FUND_VIEW).standing()
    is_valid = filters.is_valid()
    rows = search_receipts(rows, filters.cleaned_data) if is_valid else rows.none()
    given = rows.order_by().aggregate(
        money=Sum("amount", filter=~Q(form=Receipt.Form.GOODS)),
        goods=Sum("amount", filter=Q(form=Receipt.Form.GOODS)),
    )
    rows = rows.select_related("donor", "goods", "voucher__fund__committee")
    return render(
        request,
        "fund/donation_list.html",
        {
            "filters": filters,
            "fund": filters.cleaned_data.get("fund"),
            "given": given,
            "page": Paginator(rows.order_by("-voucher__date", "-pk"), PAGE).get_page(
                request.GET.get("page")
            ),
        },
    )


@require_GET
@requires(Permission.FUND_VIEW)
def statement(request, fund_pk):
    fund = _fund_of(request, fund_pk, Permission.FUND_VIEW)
    since, until = usual_period(fund)
    given = {"account": Account.Kind.CASH, "since": format_date(since), "until": format_date(until)}
    form = StatementForm(given | {name: value for name, value in request.GET.items() if value})
    if form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    accounts = statement_of(fund, since, until)
    kind = form.cleaned_data.get("account") or Account.Kind.CASH
    (shown,) = [line for line in accounts if line.account == accounts_by_kind(fund)[kind]]
    per_page = MOST_PRINTED_LINES if "ban_in" in request.GET else LINES_OF_A_PAGE
    page = Paginator(lines(shown.account, since, until), per_page).get_page(request.GET.get("page"))
    return render(
        request,
        "fund/statement.html",
        {
            "fund": fund,
            "form": form,
            "since": since,
            "until": until,
            "accounts": accounts,
            "shown": shown,
            "page": page,
            "rows": [(entry, shown.opening + entry.moved) for entry in page],
            "locked_until": locked_until(fund),
            "may_lock": request.user.may(Permission.VOUCHER_POST, fund.committee),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_POST)
def period_lock(request, fund_pk):
    fund = _fund_of(request, fund_pk, Permission.VOUCHER_POST)
    form = LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lock = lock_period(fund, form.cleaned_data["until"], by=request.user)
        except FundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã khóa sổ đến hết ngày {format_date(lock.until)}.")
            return redirect("fund:statement", fund.pk)
    context = {"fund": fund, "form": form, "locked_until": locked_until(fund)}
    return render(request, "fund/period_lock.html", context, status=422 if form.errors else 200)


def _fund_of(request, pk, permission):
    funds = Fund.objects.allowed(request.user, permission).select_related("committee")
    return get_object_or_404(funds, pk=pk)


def _own(user) -> Q:
    """The funds of the units at which the person is seated."""
    return Q(
        committee__in={
            seat.committee_id
            for seat in user.live_seats
            if seat.committee.level in LEVELS_WITH_FUND
        }
    )


def _held_by(fund, held):
    return {"fund": fund, "money": money_of(held)} | held

"""The register of help: who received what, welfare totals, and who received nothing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from committees.models import Committee
from config import clock
from config.vietnamese.amounts import dong
from config.vietnamese.dates import format_date
from fund.errors import FundError
from fund.forms import ReasonForm
from fund.models import Support, WelfareTotal
from fund.support_forms import SupportFilter, UnsupportedFilter, WelfareFilter, WelfareForm
from fund.support_queries import (
    giver_name,
    in_period,
    not_supported,
    peak_month,
    search_supports,
    standing_sums,
    welfare_sums,
)
from fund.support_records import record_welfare, withdraw_support, withdraw_welfare
from households.models import Household
from households.queries import for_listing, years_of_lists

PAGE = 50


@require_GET
@requires(Permission.SUPPORT_VIEW)
def support_list(request):
    filters = SupportFilter(request.GET, user=request.user)
    rows = Support.objects.allowed(request.user, Permission.SUPPORT_VIEW).filter(is_given=True)
    is_valid = filters.is_valid()
    rows = search_supports(rows, filters.cleaned_data) if is_valid else rows.none()
    shown = rows.select_related(
        "household", "place", "giver", "fund__committee", "voucher__journal__reversed_by"
    )
    return render(
        request,
        "support/support_list.html",
        {
            "filters": filters,
            "sums": standing_sums(rows),
            "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
            "may_open_household": request.user.holds(Permission.HOUSEHOLD_VIEW),
            "may_propose": request.user.holds(Permission.SUPPORT_PROPOSE),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def support_withdraw(request, support_pk):
    supports = Support.objects.filter(
        request.user.reach(Permission.SUPPORT_PROPOSE, "support_list__committee")
    ).select_related("giver", "fund__committee", "place")
    support = get_object_or_404(supports, pk=support_pk)
    rows = [
        {"label": "Người nhận", "value": support.recipient_name},
        {"label": "Nội dung", "value": support.kind},
        {"label": "Nguồn", "value": giver_name(support)},
        {"label": "Ngày", "value": format_date(support.date)},
        {"label": "Giá trị", "value": dong(support.value)},
    ]
    return _withdraw(request, support, act=withdraw_support, rows=rows, back="support:support-list")


@require_GET
@requires(Permission.SUPPORT_VIEW)
def household_panel(request, household_pk):
    households = Household.objects.allowed(request.user, Permission.SUPPORT_VIEW)
    household = get_object_or_404(households, pk=household_pk)
    same = Household.objects.same_as(household)
    supports = Support.objects.filter(household__in=same, is_given=True).select_related(
        "giver", "fund__committee", "voucher__journal__reversed_by"
    )
    return render(
        request,
        "support/household_panel.html",
        {"household": household, "supports": supports, "sums": standing_sums(supports)},
    )


@require_GET
@requires(Permission.SUPPORT_VIEW)
def unsupported(request):
    user = request.user
    communes = Committee.objects.filter(level=Committee.Level.COMMUNE)
    years = years_of_lists(communes.allowed(user, Permission.SUPPORT_VIEW))
    filters = UnsupportedFilter(request.GET, user=user, years=years)
    filters.full_clean()
    year = filters.cleaned_data.get("year") or (years[0] if years else clock.today().year)
    place = filters.cleaned_data.get("place")
    unit = place or user.live_seats[0].committee
    window = peak_month(unit, year)
    households = Household.objects.allowed(user, Permission.SUPPORT_VIEW)
    if place:
        households = households.under(place)
    rows = not_supported(households, year=year, window=window)
    by_unit = "hamlet" if unit.level == Committee.Level.COMMUNE else "commune"
    page = Paginator(
        for_listing(rows, year=year).order_by("hamlet__path", "head_sort_key", "pk"), PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "support/unsupported.html",
        {
            "filters": filters,
            "year": year,
            "window": window,
            "page": page,
            "counts": rows.order_by(f"{by_unit}__path")
            .values("commune_id", unit_name=F(f"{by_unit}__name"))
            .annotate(count=Count("pk")),
            "by_hamlet": by_unit == "hamlet",
            "may_open_household": request.user.holds(Permission.HOUSEHOLD_VIEW),
        },
    )


@require_GET
@requires(Permission.SUPPORT_VIEW)
def welfare_list(request):
    filters = WelfareFilter(request.GET, user=request.user)
    rows = WelfareTotal.objects.allowed(request.user, Permission.SUPPORT_VIEW)
    rows = in_period(rows, filters.cleaned_data) if filters.is_valid() else rows.none()
    return render(
        request,
        "support/welfare_list.html",
        {
            "filters": filters,
            "sums": welfare_sums(rows),
            "page": Paginator(rows.select_related("place", "giver"), PAGE).get_page(
                request.GET.get("page")
            ),
            "may_propose": request.user.holds(Permission.SUPPORT_PROPOSE),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def welfare_new(request):
    form = WelfareForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            record_welfare(form.cleaned_data["place"], given=form.given(), by=request.user)
        except FundError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi nhận an sinh xã hội.")
            return redirect("support:welfare-list")
    context = {"form": form}
    return render(request, "support/welfare_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.SUPPORT_PROPOSE)
def welfare_withdraw(request, welfare_pk):
    reach = request.user.reach
    totals = WelfareTotal.objects.filter(
        reach(Permission.SUPPORT_PROPOSE, "place")
        | reach(Permission.SUPPORT_PROPOSE, "batch__committee")
    )
    total = get_object_or_404(totals.select_related("giver", "place"), pk=welfare_pk)
    rows = [
        {"label": "Đơn vị thực hiện", "value": total.giver.name},
        {"label": "Nơi nhận", "value": total.place.name},
        {"label": "Nội dung", "value": total.content},
        {"label": "Ngày", "value": format_date(total.date)},
        {"label": "Trị giá", "value": dong(total.value)},
    ]
    return _withdraw(request, total, act=withdraw_welfare, rows=rows, back="support:welfare-list")


def _withdraw(request, record, *, act, rows, back):
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(record, reason=form.cleaned_data["reason"], by=request.user)
        except FundError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã rút lại; khoản này không còn tính vào số liệu.")
        return redirect(back)
    context = {"form": form, "rows": rows, "back_url": reverse(back)}
    return render(request, "support/withdraw.html", context, status=422 if form.errors else 200)

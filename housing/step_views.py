"""Moving houses on: one decision for a list, refusing, the steps of building, paying."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from committees.access import Permission, requires
from config import clock
from config.vietnamese.amounts import dong
from fund.errors import FundError
from fund.models import Account, Fund
from fund.queries import balances
from housing import actions, queries
from housing.errors import HousingError
from housing.forms import DayForm, LabourForm, PayForm, RefusalForm, RoundForm
from housing.models import House


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSE_DECIDE)
def round_new(request):
    rows = queries.to_decide(request.user)
    form = RoundForm(request.POST or None, rows=rows, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        houses = list(form.cleaned_data["houses"].select_related("payer"))
        try:
            actions.decide_round(
                houses[0].payer, houses=houses, decision=form.decision(), by=request.user
            )
        except HousingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã duyệt {len(houses)} nhà trong một quyết định.")
            return redirect("housing:house-list")
    shown = list(queries.for_listing(rows))
    payers = {house.payer for house in shown}
    context = {
        "form": form,
        "houses": shown,
        "ticked": set(request.POST.getlist("houses")),
        "funds": [(payer, queries.money_left(payer)) for payer in payers],
    }
    return render(request, "housing/round_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSE_DECIDE)
def house_refuse(request, house_pk):
    houses = House.objects.filter(request.user.reach(Permission.SUPPORT_DECIDE, "payer"))
    house = get_object_or_404(queries.for_file(houses), pk=house_pk)
    form = RefusalForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _done(
            request,
            house,
            lambda: actions.refuse_house(
                house, reason=said["reason"], on=said["on"], by=request.user
            ),
            "Đã ghi không duyệt.",
        )
    return _review(request, house, form, title="Không duyệt", danger=True)


@require_POST
@requires(Permission.HOUSE_RECORD)
def house_start(request, house_pk):
    return _step(request, house_pk, actions.start_house, "Đã ghi khởi công.")


@require_POST
@requires(Permission.HOUSE_RECORD)
def house_complete(request, house_pk):
    return _step(request, house_pk, actions.complete_house, "Đã ghi hoàn thành.")


@require_POST
@requires(Permission.HOUSE_RECORD)
def house_hand_over(request, house_pk):
    return _step(request, house_pk, actions.hand_over_house, "Đã ghi bàn giao.")


@require_POST
@requires(Permission.HOUSE_RECORD)
def house_labour(request, house_pk):
    house = _recorded(request, house_pk)
    form = LabourForm(request.POST)
    if not form.is_valid():
        return _wrong(request, house, form)
    days = form.cleaned_data["days"]
    return _done(
        request,
        house,
        lambda: actions.record_labour(house, days=days, by=request.user),
        "Đã ghi ngày công.",
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.VOUCHER_POST)
def house_pay(request, house_pk):
    houses = House.objects.filter(request.user.reach(Permission.VOUCHER_POST, "payer"))
    house = get_object_or_404(queries.for_file(houses), pk=house_pk)
    initial = {"on": house.started_on, "account": Account.Kind.TREASURY}
    form = PayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _done(
            request,
            house,
            lambda: actions.pay_house(
                house, account=said["account"], on=said["on"], by=request.user
            ),
            "Đã chi và ghi sổ phần của quỹ.",
        )
    return _review(request, house, form, title="Chi và ghi sổ", after=_money_in(house))


def _recorded(request, pk) -> House:
    houses = House.objects.allowed(request.user, Permission.HOUSE_RECORD)
    return get_object_or_404(houses, pk=pk)


def _step(request, pk, act: Callable, sentence: str):
    house = _recorded(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _wrong(request, house, form)
    day = form.cleaned_data["on"]
    return _done(request, house, lambda: act(house, on=day, by=request.user), sentence)


def _wrong(request, house, form):
    messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
    return redirect("housing:house-detail", house.pk)


def _done(request, house, act: Callable, sentence: str):
    """Run one action of a house, say what came of it, and go back to its file."""
    try:
        act()
    except (HousingError, FundError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("housing:house-detail", house.pk)


def _review(request, house, form, *, title, **more):
    fund_part = sum(line.amount for line in house.funding.all() if line.source == "fund")
    rows = [
        {"label": "Hộ", "value": str(house.household)},
        {"label": "Xã", "value": house.household.commune.name},
        {"label": "Hình thức", "value": house.get_kind_display()},
        {"label": "Đơn vị quyết định", "value": house.payer.name},
        {"label": "Tiền của quỹ", "value": dong(fund_part)},
        {"label": "Người đề nghị", "value": str(house.proposed_by)},
    ]
    context = {
        "house": house,
        "form": form,
        "title": title,
        "rows": rows,
        "warnings": [],
        "after": "",
        "danger": False,
        "back_url": reverse("housing:house-detail", args=[house.pk]),
    }
    return render(
        request, "housing/house_review.html", context | more, status=422 if form.errors else 200
    )


def _money_in(house) -> str:
    fund = Fund.objects.filter(committee=house.payer, kind=Fund.Kind.FOR_THE_POOR).first()
    if fund is None:
        return f"{house.payer} chưa có quỹ."
    held = balances([fund])[fund.pk]
    parts = [f"{Account.Kind(kind).label} còn {dong(held[kind])}" for kind in Account.MONEY]
    return f"Quỹ hiện có: {'; '.join(parts)}."

"""Houses: the list, one house's file, proposing, and what a household's page shows of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from config import clock
from households.models import Household
from housing import actions, queries
from housing.errors import HousingError
from housing.forms import DayForm, HouseFilter, LabourForm, MoneyRows, ProposalForm, money_of
from housing.models import FundingLine, House

PAGE = 50
PREFIX = "money"
State = House.State
ORDER = (State.PROPOSED, State.APPROVED, State.STARTED, State.COMPLETED, State.HANDED_OVER)


@require_GET
@requires(Permission.HOUSE_VIEW)
def house_list(request):
    filters = HouseFilter(request.GET, user=request.user)
    rows = House.objects.allowed(request.user, Permission.HOUSE_VIEW)
    rows = queries.search(rows, filters.cleaned_data) if filters.is_valid() else rows.none()
    return render(
        request,
        "housing/house_list.html",
        {
            "filters": filters,
            "sums": queries.sums_of(rows),
            "page": Paginator(queries.for_listing(rows), PAGE).get_page(request.GET.get("page")),
            "may_propose": request.user.holds(Permission.HOUSE_PROPOSE),
            "may_decide": request.user.holds(Permission.HOUSE_DECIDE),
            "may_import": request.user.holds(Permission.HOUSE_RECORD),
        },
    )


@require_GET
@requires(Permission.HOUSE_VIEW)
def house_detail(request, house_pk):
    houses = House.objects.allowed(request.user, Permission.HOUSE_VIEW)
    house = get_object_or_404(queries.for_file(houses), pk=house_pk)
    lines = list(house.funding.all())
    return render(
        request,
        "housing/house_detail.html",
        {
            "house": house,
            "steps": _stepper(house),
            "events": queries.steps_of(house),
            "lines": lines,
            "total": sum(line.amount for line in lines),
            "may_open_household": request.user.holds(Permission.HOUSEHOLD_VIEW),
        }
        | _rights(request.user, house, lines),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSE_PROPOSE)
def house_new(request):
    initial = {"on": clock.today(), "household": _asked_household(request)}
    form = ProposalForm(request.POST or None, user=request.user, initial=initial)
    rows = MoneyRows(request.POST or None, prefix=PREFIX)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            house = actions.propose_house(
                form.cleaned_data["household"],
                proposal=form.proposal(money_of(rows)),
                by=request.user,
            )
        except HousingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã đề nghị; {house.payer} sẽ quyết định.")
            return redirect("housing:house-detail", house.pk)
    return _money_page(request, "housing/house_form.html", form=form, formset=rows)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSE_PROPOSE)
def house_money(request, house_pk):
    houses = House.objects.allowed(request.user, Permission.HOUSE_PROPOSE)
    house = get_object_or_404(queries.for_file(houses), pk=house_pk)
    initial = [
        {
            "source": line.source,
            "sponsor": line.donor.name if line.donor else "",
            "amount": line.amount,
        }
        for line in house.funding.all()
    ]
    rows = MoneyRows(request.POST or None, prefix=PREFIX, initial=initial or None)
    if request.method == "POST" and rows.is_valid():
        try:
            actions.set_money(house, money=money_of(rows), by=request.user)
        except HousingError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã sửa các nguồn kinh phí.")
        return redirect("housing:house-detail", house.pk)
    return _money_page(request, "housing/house_money.html", house=house, formset=rows)


@require_GET
@requires(Permission.HOUSE_VIEW)
def household_panel(request, household_pk):
    households = Household.objects.allowed(request.user, Permission.HOUSE_VIEW)
    household = get_object_or_404(households, pk=household_pk)
    return render(
        request,
        "housing/household_panel.html",
        {
            "household": household,
            "houses": queries.for_listing(
                House.objects.filter(household__in=Household.objects.same_as(household))
            ),
            "may_propose": request.user.may(Permission.HOUSE_PROPOSE, household.commune),
        },
    )


def _asked_household(request):
    """The household that a link from its page names, if the person may propose for it."""
    asked = request.GET.get("ho", "")
    own = Household.objects.allowed(request.user, Permission.HOUSE_PROPOSE)
    is_key = asked.isascii() and asked.isdigit() and len(asked) < 19
    return own.filter(pk=asked).values_list("pk", flat=True).first() if is_key else None


def _money_page(request, template, **context):
    form, rows = context.get("form"), context["formset"]
    is_wrong = bool((form and form.errors) or (rows.is_bound and rows.total_error_count()))
    return render(request, template, context, status=422 if is_wrong else 200)


def _stepper(house) -> list[dict]:
    """The steps of a house from proposal to hand-over; none for one that was refused."""
    if house.state not in ORDER:
        return []
    reached = ORDER.index(house.state)
    days = [
        house.proposed_on,
        house.decided_on,
        house.started_on,
        house.completed_on,
        house.handed_over_on,
    ]
    return [
        {
            "label": state.label,
            "state": "done"
            if number < reached or house.state == State.HANDED_OVER
            else "current"
            if number == reached
            else "todo",
            "note": f"{day:%d/%m/%Y}" if day else "",
            "url": "",
        }
        for number, (state, day) in enumerate(zip(ORDER, days, strict=True))
    ]


def _rights(user, house, lines) -> dict:
    """Which acts this person may do on the house as it stands."""
    commune, state = house.household.commune, house.state
    may_record = user.may(Permission.HOUSE_RECORD, commune)
    is_unpaid = any(line.source == FundingLine.Source.FUND and not line.voucher for line in lines)
    decides = state == State.PROPOSED and queries.to_decide(user).filter(pk=house.pk).exists()
    step = {
        State.APPROVED: ("housing:house-start", "Khởi công"),
        State.STARTED: ("housing:house-complete", "Hoàn thành"),
        State.COMPLETED: ("housing:house-hand-over", "Bàn giao"),
    }.get(state)
    return {
        "may_set_money": state == State.PROPOSED and user.may(Permission.HOUSE_PROPOSE, commune),
        "may_decide": decides,
        "may_pay": bool(house.started_on and is_unpaid)
        and user.may(Permission.VOUCHER_POST, house.payer),
        "next_step": step if may_record else None,
        "day_form": DayForm(auto_id="buoc_%s"),
        "labour_form": LabourForm(initial={"days": house.labour_days}, auto_id="cong_%s")
        if may_record and state in House.APPROVED
        else None,
    }

"""A house from proposal to hand-over: proposed below, decided by who pays, paid once started."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from campaigns.donors import donors_for, guess_kind
from committees import audit
from committees.models import Committee, User
from config import clock
from config.vietnamese.amounts import LARGEST_AMOUNT
from config.vietnamese.dates import format_date
from config.vietnamese.names import clean
from fund import support_records
from fund.actions import ensure_fund
from fund.models import Account, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind
from households.models import Household
from housing.errors import HousingError, refusals
from housing.models import FundingLine, House, HouseRound
from housing.queries import payers_for

State = House.State
MOST_LABOUR_DAYS = 10_000


@dataclass(frozen=True)
class Money:
    """Money for a house from one source, whole đồng; ``sponsor`` names who gives it."""

    source: str
    amount: int
    sponsor: str = ""


@dataclass(frozen=True)
class Proposal:
    """What a commune asks for one household; ``payer`` decides and pays the fund's part."""

    kind: str
    payer: Committee
    on: date
    money: tuple[Money, ...] = ()
    floor_area: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Decision:
    """One decision on a list of houses: its title, its number as typed, its day."""

    title: str
    on: date
    number: str = ""


def propose_house(household: Household, *, proposal: Proposal, by: User) -> House:
    """Đề nghị a house for a living household. Raises ``HousingError`` for a second new one."""
    commune = household.commune
    if household.state != Household.State.ACTIVE:
        raise HousingError(f"Hộ {household} không còn trong sổ hộ; hãy chọn hộ khác.")
    if proposal.payer not in payers_for(commune):
        raise HousingError("Đơn vị quyết định phải là xã của hộ, huyện hoặc tỉnh của xã đó.")
    _refuse_day(proposal.on, commune)
    with refusals(), transaction.atomic():
        house = House.objects.create(
            household=household,
            payer=proposal.payer,
            kind=proposal.kind,
            floor_area=proposal.floor_area,
            reason=clean(proposal.reason, max_length=500),
            proposed_on=proposal.on,
            proposed_by=by,
        )
        _write_money(house, proposal.money, by=by)
        audit.record("house.proposed", house, by=by, committee=commune, kind=house.kind)
    return house


@transaction.atomic
def set_money(house: House, *, money: Iterable[Money], by: User) -> House:
    """Correct the sources of a house that is not decided yet."""
    house = _locked(house, State.PROPOSED)
    house.funding.all().delete()
    _write_money(house, tuple(money), by=by)
    audit.record("house.money_set", house, by=by, committee=house.household.commune)
    return house


def decide_round(
    committee: Committee, *, houses: Iterable[House], decision: Decision, by: User
) -> HouseRound:
    """Duyệt one list of proposed houses by one decision of the committee that pays for them.

    Raises ``HousingError`` for an empty list, a house of another payer, one that is decided
    already (told by whom and when) and one that this person proposed.
    """
    wanted = {house.pk for house in houses}
    if not wanted:
        raise HousingError("Hãy chọn ít nhất một nhà để quyết định.")
    _refuse_day(decision.on, committee)
    with refusals(), transaction.atomic():
        found = list(
            House.objects.select_for_update(of=("self",))
            .filter(pk__in=wanted)
            .select_related("household")
            .order_by("pk")
        )
        for house in found:
            _refuse_decision(house, committee, by=by)
            _refuse_before(decision.on, house.proposed_on, "Ngày quyết định", "ngày đề nghị")
        house_round = HouseRound.objects.create(
            committee=committee,
            title=clean(decision.title, max_length=200) or "Quyết định hỗ trợ nhà Đại đoàn kết",
            number=clean(decision.number, max_length=60),
            decided_on=decision.on,
            decided_by=by,
        )
        House.objects.filter(pk__in=wanted).update(
            round=house_round, state=State.APPROVED, decided_by=by, decided_on=decision.on
        )
        audit.record(
            "house.round_decided", house_round, by=by, committee=committee, houses=sorted(wanted)
        )
    return house_round


@transaction.atomic
def refuse_house(house: House, *, reason: str, on: date, by: User) -> House:
    """Không duyệt, with a reason; the household may be proposed again."""
    reason = clean(reason, max_length=300)
    if not reason:
        raise HousingError("Hãy ghi lý do không duyệt.")
    house = _locked(house)
    _refuse_decision(house, house.payer, by=by)
    _refuse_day(on, house.payer)
    _refuse_before(on, house.proposed_on, "Ngày quyết định", "ngày đề nghị")
    house.state, house.refusal_reason = State.REFUSED, reason
    house.decided_by, house.decided_on = by, on
    house.save(update_fields=["state", "refusal_reason", "decided_by", "decided_on"])
    audit.record("house.refused", house, by=by, committee=house.payer, reason=reason)
    return house


@transaction.atomic
def start_house(house: House, *, on: date, by: User) -> House:
    """Khởi công an approved house: from this day it counts as support of the household."""
    house = _locked(house, State.APPROVED)
    _refuse_day(on, house.household.commune)
    _refuse_before(on, house.decided_on, "Ngày khởi công", "ngày quyết định")
    house.state, house.started_on = State.STARTED, on
    house.support = support_records.record_house(house.household, on=on, by=by)
    house.save(update_fields=["state", "started_on", "support"])
    audit.record("house.started", house, by=by, committee=house.household.commune)
    return house


def pay_house(house: House, *, account: str, on: date, by: User) -> Voucher:
    """Pay the fund's part of a started house from the payer's account, posted at once.

    ``account`` is cash, bank or treasury. Raises ``HousingError`` when nothing is to be paid,
    ``FundError`` when the account does not hold so much on that day.
    """
    if account not in Account.MONEY:
        raise HousingError("Tiền nhà chi từ tiền mặt, ngân hàng hoặc kho bạc.")
    _refuse_day(on, house.payer)
    with transaction.atomic():
        house = _locked(house, State.STARTED, State.COMPLETED, State.HANDED_OVER)
        _refuse_before(on, house.started_on, "Ngày chi", "ngày khởi công")
        lines = list(house.funding.filter(source=FundingLine.Source.FUND, voucher=None))
        if not lines:
            raise HousingError("Nhà này không còn khoản nào của quỹ phải chi.")
        fund = ensure_fund(house.payer, by=by)
        voucher = Voucher.objects.create(
            fund=fund,
            kind=Voucher.Kind.PAYMENT,
            purpose=Voucher.Purpose.HOUSE,
            account=accounts_by_kind(fund)[account],
            date=on,
            amount=sum(line.amount for line in lines),
            party=f"{house.household.head_name} ({house.household.code})",
            description=f"Hỗ trợ nhà Đại đoàn kết, {house.get_kind_display().lower()}",
            created_by=by,
        )
        post_vouchers([voucher], by=by)
        house.funding.filter(pk__in=[line.pk for line in lines]).update(voucher=voucher)
        support_records.pay_house(house.support, voucher=voucher, by=by)
        audit.record("house.paid", house, by=by, committee=house.payer, amount=voucher.amount)
    return voucher


@transaction.atomic
def complete_house(house: House, *, on: date, by: User) -> House:
    """Hoàn thành a house under construction."""
    house = _locked(house, State.STARTED)
    _refuse_day(on, house.household.commune)
    _refuse_before(on, house.started_on, "Ngày hoàn thành", "ngày khởi công")
    house.state, house.completed_on = State.COMPLETED, on
    house.save(update_fields=["state", "completed_on"])
    audit.record("house.completed", house, by=by, committee=house.household.commune)
    return house


@transaction.atomic
def hand_over_house(house: House, *, on: date, by: User) -> House:
    """Bàn giao a finished house to its household."""
    house = _locked(house, State.COMPLETED)
    _refuse_day(on, house.household.commune)
    _refuse_before(on, house.completed_on, "Ngày bàn giao", "ngày hoàn thành")
    house.state, house.handed_over_on = State.HANDED_OVER, on
    house.save(update_fields=["state", "handed_over_on"])
    audit.record("house.handed_over", house, by=by, committee=house.household.commune)
    return house


@transaction.atomic
def record_labour(house: House, *, days: int, by: User) -> House:
    """Set the days of labour that people gave to a house, in all."""
    if not 0 <= days <= MOST_LABOUR_DAYS:
        raise HousingError("Số ngày công không hợp lý; hãy kiểm tra lại.")
    house = _locked(house, *House.APPROVED)
    house.labour_days = days
    house.save(update_fields=["labour_days"])
    audit.record("house.labour", house, by=by, committee=house.household.commune, days=days)
    return house


def _write_money(house: House, money: tuple[Money, ...], *, by: User) -> None:
    commune = house.household.commune
    names = {clean(line.sponsor, max_length=200) for line in money if line.sponsor}
    donors = donors_for(commune, {(name, guess_kind(name)) for name in names}, by=by)
    for line in money:
        if line.source not in FundingLine.Source.values or not 0 < line.amount <= LARGEST_AMOUNT:
            raise HousingError("Mỗi nguồn phải có số tiền lớn hơn 0; hãy sửa lại.")
        name = clean(line.sponsor, max_length=200)
        if line.source == FundingLine.Source.SPONSOR and not name:
            raise HousingError("Hãy ghi tên đơn vị, cá nhân tài trợ.")
        FundingLine.objects.create(
            house=house,
            source=line.source,
            amount=line.amount,
            donor=donors[name, guess_kind(name)] if name else None,
        )


def _locked(house: House, *states: str) -> House:
    # Only what never changes is joined: after waiting for a lock, joined rows are still those
    # from before the wait.
    found = (
        House.objects.select_for_update(of=("self",))
        .select_related("household__commune", "payer")
        .get(pk=house.pk)
    )
    if states and found.state not in states:
        raise HousingError(
            f"Nhà này {found.get_state_display().lower()}; hãy tải lại trang để xem."
        )
    return found


def _refuse_decision(house: House, committee: Committee, *, by: User) -> None:
    if house.payer_id != committee.pk:
        raise HousingError(f"Nhà của hộ {house.household} do đơn vị khác quyết định.")
    if house.state != State.PROPOSED:
        whom = f" bởi {house.decided_by}" if house.decided_by else ""
        day = f" ngày {format_date(house.decided_on)}" if house.decided_on else ""
        raise HousingError(
            f"Nhà của hộ {house.household} {house.get_state_display().lower()}{whom}{day}; "
            "hãy tải lại trang."
        )
    if house.proposed_by_id == by.pk:
        raise HousingError("Người đề nghị không được tự duyệt; hãy để người khác quyết định.")


def _refuse_day(day: date, committee: Committee) -> None:
    if day > clock.today():
        raise HousingError(f"Ngày {format_date(day)} chưa đến; hãy kiểm tra lại ngày.")
    if not committee.exists_on(day):
        raise HousingError(
            f"Ngày {format_date(day)} nằm ngoài thời gian hoạt động của {committee}; hãy sửa ngày."
        )


def _refuse_before(day: date, earlier: date, what: str, than: str) -> None:
    if day < earlier:
        raise HousingError(f"{what} không được trước {than} ({format_date(earlier)}).")

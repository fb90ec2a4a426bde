"""Single records of help: welfare totals and what is taken back, and a house as support."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from campaigns.donors import donors_for, guess_kind
from committees import audit
from committees.models import Committee, User
from config import clock
from config.vietnamese.amounts import LARGEST_AMOUNT
from config.vietnamese.names import clean
from fund.errors import FundError
from fund.models import Support, Voucher, WelfareTotal
from fund.support_queries import HOUSE_KIND, whose_fund
from households.models import Household


@dataclass(frozen=True)
class WelfareGiven:
    """Welfare without names: who gave what on which day, worth how many đồng."""

    giver: str
    content: str
    date: date
    value: int
    portions: int | None = None


@transaction.atomic
def record_welfare(place: Committee, *, given: WelfareGiven, by: User) -> WelfareTotal:
    """Record a total of welfare that reached a unit's people. Touches no fund."""
    giver, content = clean(given.giver, max_length=200), clean(given.content, max_length=200)
    if not giver or not content:
        raise FundError("Hãy ghi đơn vị thực hiện và nội dung.")
    if whose_fund(giver, place) is not None:
        raise FundError("Tiền của quỹ không phải an sinh xã hội; hãy lập danh sách hỗ trợ.")
    if given.date > clock.today() or not place.exists_on(given.date):
        raise FundError("Ngày chưa đến hoặc ngoài thời gian hoạt động của đơn vị; hãy sửa ngày.")
    if not 0 < given.value <= LARGEST_AMOUNT:
        raise FundError("Trị giá phải lớn hơn 0; hãy sửa lại.")
    pair = (giver, guess_kind(giver))
    total = WelfareTotal.objects.create(
        place=place,
        giver=donors_for(place, [pair], by=by)[pair],
        date=given.date,
        content=content,
        portions=given.portions,
        value=given.value,
        created_by=by,
    )
    audit.record("welfare.recorded", total, by=by, committee=place, value=total.value)
    return total


@transaction.atomic
def withdraw_welfare(total: WelfareTotal, *, reason: str, by: User) -> WelfareTotal:
    """Rút lại a total that was not so; it stays on record with the reason."""
    reason = _reason(reason)
    total = WelfareTotal.objects.select_for_update(of=("self",)).get(pk=total.pk)
    if total.withdrawn_reason:
        raise FundError("Khoản này đã rút lại trước đó; hãy tải lại trang.")
    total.withdrawn_reason = reason
    total.save(update_fields=["withdrawn_reason"])
    audit.record("welfare.withdrawn", total, by=by, committee=total.place, reason=reason)
    return total


@transaction.atomic
def withdraw_support(support: Support, *, reason: str, by: User) -> Support:
    """Rút lại one record of welfare that was not so; money of a fund needs a reversal instead."""
    reason = _reason(reason)
    support = Support.objects.select_for_update(of=("self",)).get(pk=support.pk)
    if support.fund_id or support.origin == Support.Origin.HOUSE:
        raise FundError("Khoản chi từ quỹ chỉ thay đổi bằng bút toán điều chỉnh của kế toán.")
    if support.withdrawn_reason or not support.is_given:
        raise FundError("Khoản này chưa trao hoặc đã rút lại trước đó; hãy tải lại trang.")
    support.withdrawn_reason = reason
    support.save(update_fields=["withdrawn_reason"])
    audit.record("support.withdrawn", support, by=by, committee=support.place, reason=reason)
    return support


def record_house(household: Household, *, on: date, by: User) -> Support:
    """Let a house stand among what its household received, from the day it was started.

    Its value is what a fund paid for it: 0 until ``pay_house``. Call both inside the
    transaction of the house.
    """
    support = Support.objects.create(
        place_id=household.commune_id,
        household=household,
        recipient_name=household.head_name,
        origin=Support.Origin.HOUSE,
        kind=HOUSE_KIND,
        date=on,
        value=0,
        is_given=True,
        created_by=by,
    )
    audit.record("support.recorded", support, by=by, committee=household.commune)
    return support


def pay_house(support: Support, *, voucher: Voucher, by: User) -> Support:
    """Name the posted voucher of a house in what its household received."""
    support.fund, support.voucher, support.value = voucher.fund, voucher, voucher.amount
    support.save(update_fields=["fund", "voucher", "value"])
    audit.record("support.paid", support, by=by, committee=support.place, value=support.value)
    return support


def _reason(text: str) -> str:
    reason = clean(text, max_length=300)
    if not reason:
        raise FundError("Hãy ghi lý do rút lại.")
    return reason

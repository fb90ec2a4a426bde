"""Funds and their accounts: made once, opened once; drafts of receipts; closed periods."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from campaigns.donors import donors_for
from committees import audit
from committees.models import Committee, User
from config import clock
from config.vietnamese.amounts import LARGEST_AMOUNT, dong
from config.vietnamese.dates import format_date
from fund.errors import FundError
from fund.models import Account, Fund, GoodsLot, PeriodLock, Receipt, Voucher
from fund.posting import lock_draft, lock_fund, post_vouchers
from fund.queries import accounts_by_kind, locked_until

LEVELS_WITH_FUND = {
    Committee.Level.PROVINCE,
    Committee.Level.DISTRICT,
    Committee.Level.COMMUNE,
}


@dataclass(frozen=True)
class GoodsGiven:
    """Goods of a gift: so many units, valued at so many đồng each."""

    name: str
    unit: str
    quantity: Decimal
    unit_value: int


@dataclass(frozen=True)
class GiftGiven:
    """One giver's gift on a receipt; ``donor_kind`` is a ``Donor.Kind``, ``amount`` in đồng.

    Goods carry their own value: quantity × unit value, and ``amount`` is not asked.
    """

    name: str
    donor_kind: str
    amount: int = 0
    goods: GoodsGiven | None = None

    @property
    def value(self) -> int:
        if self.goods is None:
            return self.amount
        return int(self.goods.quantity * self.goods.unit_value)


@transaction.atomic
def ensure_fund(committee: Committee, *, by: User) -> Fund:
    """The unit's fund "Vì người nghèo" with its accounts, made at 0 if it has none yet.

    Raises ``FundError`` for a hamlet or the centre: funds stand at province, district and
    commune (domain.md §3.2).
    """
    if committee.level not in LEVELS_WITH_FUND:
        raise FundError(f"{committee} không lập quỹ; quỹ có ở cấp tỉnh, huyện và xã.")
    fund, created = Fund.objects.get_or_create(
        committee=committee, kind=Fund.Kind.FOR_THE_POOR, defaults={"created_by": by}
    )
    if created:
        Account.objects.bulk_create(
            Account(fund=fund, kind=kind, name=kind.label) for kind in Account.Kind
        )
        audit.record("fund.created", fund, by=by, committee=committee)
    return fund


@transaction.atomic
def open_account(fund: Fund, kind: str, amount: int, *, on: date, by: User) -> bool:
    """Record what lay in an account when its books began; False when it was recorded before.

    ``kind`` is one of ``Account.ASSETS``, ``amount`` whole đồng from 0; 0 needs no voucher.
    Raises ``FundError`` when the account was opened otherwise, or ``on`` cannot be posted.
    """
    if kind not in Account.ASSETS:
        raise FundError("Chỉ mở số dư cho tiền mặt, ngân hàng, kho bạc hoặc kho hiện vật.")
    if not 0 <= amount <= LARGEST_AMOUNT:
        raise FundError(f"Số dư đầu kỳ phải từ 0 đến {dong(LARGEST_AMOUNT)}.")
    fund = lock_fund(fund.pk)
    account = accounts_by_kind(fund)[kind]
    earlier = (
        Voucher.objects.standing()
        .filter(fund=fund, account=account, kind=Voucher.Kind.OPENING)
        .first()
    )
    if earlier is None and amount == 0:
        return False
    if earlier is None:
        _post_opening(fund, account, amount, on=on, by=by)
        return True
    if (earlier.amount, earlier.date) == (amount, on):
        return False
    raise FundError(
        f"{account.name} của {fund.committee} đã mở với {dong(earlier.amount)} "
        f"ngày {format_date(earlier.date)}; muốn đổi, hãy điều chỉnh chứng từ ấy trước."
    )


@transaction.atomic
def record_receipt_draft(
    fund: Fund, form: str, gifts: list[GiftGiven], *, on: date, by: User, description: str = ""
) -> Voucher:
    """Save a draft receipt (nháp) of one or more gifts of one form; nothing enters the books.

    ``form`` is a ``Receipt.Form`` and names the account. Raises ``FundError`` for goods in a
    receipt of money or the other way round, and for a day that could never be posted.
    """
    _check_gifts(form, gifts)
    _check_day(fund, on)
    voucher = Voucher(fund=fund, purpose=Voucher.Purpose.DONATION, created_by=by)
    _fill(voucher, form, gifts, on=on, description=description)
    voucher.save()
    _write_gifts(voucher, form, gifts, by=by)
    audit.record("voucher.drafted", voucher, by=by, committee=fund.committee, amount=voucher.amount)
    return voucher


@transaction.atomic
def edit_receipt_draft(
    voucher: Voucher, form: str, gifts: list[GiftGiven], *, on: date, by: User, description: str
) -> Voucher:
    """Replace what a draft receipt says; refuses (``FundError``) once it is posted or cancelled."""
    draft = lock_draft(voucher)
    if draft.purpose != Voucher.Purpose.DONATION:
        raise FundError("Chỉ sửa được bản nháp phiếu thu, phiếu nhập hiện vật.")
    _check_gifts(form, gifts)
    _check_day(draft.fund, on)
    before = draft.amount
    draft.receipts.all().delete()
    _fill(draft, form, gifts, on=on, description=description)
    draft.save()
    _write_gifts(draft, form, gifts, by=by)
    audit.record(
        "voucher.edited",
        draft,
        by=by,
        committee=draft.fund.committee,
        before=before,
        after=draft.amount,
    )
    return draft


@transaction.atomic
def lock_period(fund: Fund, until: date, *, by: User) -> PeriodLock:
    """Close the books up to and with ``until`` (khóa sổ): nothing is posted there any more.

    Raises ``FundError`` for a day to come, a day already closed, and while drafts of those
    days wait: they would be stranded.
    """
    fund = lock_fund(fund.pk)
    if until > clock.today():
        raise FundError("Chỉ khóa sổ đến hôm nay hoặc ngày đã qua.")
    closed = locked_until(fund)
    if closed and until <= closed:
        raise FundError(f"Sổ đã khóa đến hết ngày {format_date(closed)}; hãy chọn ngày sau đó.")
    drafts = fund.vouchers.filter(state=Voucher.State.DRAFT, date__lte=until).count()
    if drafts:
        raise FundError(
            f"Còn {drafts} chứng từ nháp đến hết ngày {format_date(until)}; "
            "hãy ghi sổ hoặc hủy trước khi khóa sổ."
        )
    lock = PeriodLock.objects.create(fund=fund, until=until, locked_by=by)
    audit.record("fund.locked", lock, by=by, committee=fund.committee, until=until.isoformat())
    return lock


def _post_opening(fund: Fund, account: Account, amount: int, *, on: date, by: User) -> None:
    voucher = Voucher.objects.create(
        fund=fund,
        kind=Voucher.Kind.OPENING,
        purpose=Voucher.Purpose.OPENING,
        account=account,
        date=on,
        amount=amount,
        description=f"Số dư đầu kỳ: {account.name}",
        created_by=by,
    )
    post_vouchers([voucher], by=by)


def _check_gifts(form: str, gifts: list[GiftGiven]) -> None:
    if not gifts:
        raise FundError("Phiếu chưa có khoản ủng hộ nào; hãy ghi ít nhất một dòng.")
    for gift in gifts:
        if (form == Receipt.Form.GOODS) != (gift.goods is not None):
            raise FundError("Tiền và hiện vật phải ghi vào hai phiếu khác nhau.")
        if gift.goods and gift.goods.quantity * gift.goods.unit_value != gift.value:
            raise FundError(
                f"{gift.goods.name}: số lượng × đơn giá không ra số đồng nguyên; hãy sửa đơn giá."
            )
        if not 0 < gift.value <= LARGEST_AMOUNT:
            raise FundError(f"Giá trị của {gift.name} phải từ 1 đồng đến {dong(LARGEST_AMOUNT)}.")
    if sum(gift.value for gift in gifts) > LARGEST_AMOUNT:
        raise FundError(f"Một phiếu không quá {dong(LARGEST_AMOUNT)}; hãy tách thành nhiều phiếu.")


def _check_day(fund: Fund, on: date) -> None:
    if on > clock.today():
        raise FundError("Ngày chứng từ không được sau hôm nay.")
    if not fund.committee.exists_on(on):
        raise FundError(
            f"Ngày {format_date(on)} nằm ngoài thời gian hoạt động của {fund.committee}."
        )
    closed = locked_until(fund)
    if closed and on <= closed:
        raise FundError(f"Sổ đã khóa đến hết ngày {format_date(closed)}; hãy chọn ngày sau đó.")


def _fill(
    voucher: Voucher, form: str, gifts: list[GiftGiven], *, on: date, description: str
) -> None:
    is_goods = form == Receipt.Form.GOODS
    others = f" và {len(gifts) - 1} người khác" if len(gifts) > 1 else ""
    voucher.kind = Voucher.Kind.GOODS_IN if is_goods else Voucher.Kind.RECEIPT
    voucher.account = accounts_by_kind(voucher.fund)[form]
    voucher.date = on
    voucher.amount = sum(gift.value for gift in gifts)
    voucher.party = f"{gifts[0].name[:170]}{others}"
    voucher.description = description or "Ủng hộ Quỹ “Vì người nghèo”"


def _write_gifts(voucher: Voucher, form: str, gifts: list[GiftGiven], *, by: User) -> None:
    pairs = [(gift.name, gift.donor_kind) for gift in gifts]
    donors = donors_for(voucher.fund.committee, pairs, by=by)
    receipts = Receipt.objects.bulk_create(
        Receipt(voucher=voucher, donor=donors[pair], form=form, amount=gift.value)
        for pair, gift in zip(pairs, gifts, strict=True)
    )
    GoodsLot.objects.bulk_create(
        GoodsLot(receipt=receipt, **vars(gift.goods))
        for receipt, gift in zip(receipts, gifts, strict=True)
        if gift.goods
    )

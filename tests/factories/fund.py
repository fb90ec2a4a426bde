"""Funds, vouchers and gifts for tests, made through the product's own actions."""

from datetime import date

from campaigns.donors import donors_for
from committees.models import Committee, User
from committees.people import system_user
from fund.actions import ensure_fund
from fund.models import Account, Fund, Receipt, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind
from tests.factories.committees import make_district

DAY = date(2023, 10, 20)


def make_fund(committee: Committee | None = None) -> Fund:
    """The fund of a commune (a new one unless given), its accounts at 0."""
    committee = committee or make_district(communes=1, hamlets=0)["commune1"]
    return ensure_fund(committee, by=system_user())


def make_receipt(
    fund: Fund,
    amount: int = 1_000_000,
    *,
    on: date = DAY,
    giver: str = "Bà Nguyễn Thị Thử",
    account: str = Account.Kind.CASH,
    posted: bool = True,
    by: User | None = None,
) -> Voucher:
    """A donation in money of one giver."""
    by = by or system_user()
    donor = donors_for(fund.committee, [(giver, "person")], by=by)[(giver, "person")]
    voucher = Voucher.objects.create(
        fund=fund,
        kind=Voucher.Kind.RECEIPT,
        purpose=Voucher.Purpose.DONATION,
        account=accounts_by_kind(fund)[account],
        date=on,
        amount=amount,
        party=giver,
        description="Ủng hộ Quỹ Vì người nghèo",
        created_by=by,
    )
    Receipt.objects.create(voucher=voucher, donor=donor, form=account, amount=amount)
    if posted:
        post_vouchers([voucher], by=by)
    return voucher


def make_payment(
    fund: Fund,
    amount: int = 500_000,
    *,
    on: date = DAY,
    account: str = Account.Kind.CASH,
    posted: bool = True,
    by: User | None = None,
) -> Voucher:
    """Money out for support."""
    by = by or system_user()
    voucher = Voucher.objects.create(
        fund=fund,
        kind=Voucher.Kind.PAYMENT,
        purpose=Voucher.Purpose.SUPPORT,
        account=accounts_by_kind(fund)[account],
        date=on,
        amount=amount,
        party="Hộ Trần Văn Thử",
        description="Hỗ trợ đột xuất",
        created_by=by,
    )
    if posted:
        post_vouchers([voucher], by=by)
    return voucher

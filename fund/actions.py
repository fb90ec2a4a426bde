"""Funds and their accounts: made once, opened once."""

from django.db import transaction

from committees import audit
from committees.models import Committee, User
from fund.errors import FundError
from fund.models import Account, Fund

LEVELS_WITH_FUND = {
    Committee.Level.PROVINCE,
    Committee.Level.DISTRICT,
    Committee.Level.COMMUNE,
}


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

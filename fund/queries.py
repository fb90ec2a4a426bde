"""Reading the books: accounts, balances, numbers, locks."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Sum

from fund.models import Account, Entry, Fund, PeriodLock, Voucher


def accounts_by_kind(fund: Fund) -> dict[str, Account]:
    """The fund's main account of each kind (the one without a number), by ``Account.Kind``."""
    return {account.kind: account for account in fund.accounts.filter(number="")}


def last_numbers(fund: Fund) -> dict[tuple[str, int], int]:
    """The last voucher number given, by kind and year; ask under the fund's row lock."""
    rows = (
        Voucher.objects.filter(fund=fund, number__isnull=False)
        .order_by()
        .values_list("kind", "year")
        .annotate(last=Max("number"))
    )
    return {(kind, year): last for kind, year, last in rows}


def locked_until(fund: Fund) -> date | None:
    """The last closed day of the fund's books, None while nothing is closed."""
    return PeriodLock.objects.filter(fund=fund).aggregate(last=Max("until"))["last"]


def balances(funds: Iterable[Fund]) -> dict[int, dict[str, int]]:
    """What lies in each asset account, in đồng: fund pk → ``Account.Kind`` → balance.

    All posted entries count, whatever their date; goods are valued. One statement.
    """
    found = {fund.pk: dict.fromkeys(Account.ASSETS, 0) for fund in funds}
    rows = (
        Entry.objects.filter(account__fund__in=found, account__kind__in=Account.ASSETS)
        .order_by()
        .values_list("account__fund", "account__kind")
        .annotate(Sum("amount"))
    )
    for fund, kind, balance in rows:
        found[fund][kind] = balance
    return found

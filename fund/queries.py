"""Reading the books: accounts, balances, numbers."""

from django.db.models import Max

from fund.models import Account, Fund, Voucher


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

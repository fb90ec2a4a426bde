"""Reading the books: accounts, balances, numbers, locks."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum

from config.vietnamese.names import fold
from fund.models import Account, Entry, Fund, PeriodLock, Receipt, Voucher


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


def totals(funds: QuerySet[Fund]) -> dict[str, int]:
    """What all these funds hold together, by asset ``Account.Kind``, in đồng. One statement."""
    rows = (
        Entry.objects.filter(account__fund__in=funds, account__kind__in=Account.ASSETS)
        .order_by()
        .values_list("account__kind")
        .annotate(Sum("amount"))
    )
    return dict.fromkeys(Account.ASSETS, 0) | dict(rows)


def money_of(held: dict[str, int]) -> int:
    """Cash, bank and treasury together; goods are valued apart and never added to money."""
    return sum(held[kind] for kind in Account.MONEY)


def search_vouchers(rows: QuerySet[Voucher], wanted: dict) -> QuerySet[Voucher]:
    """Narrow vouchers by ``kind``, ``state``, ``since``, ``until``, ``fund`` and the text ``q``.

    The text is a number, or a part of the name of a giver or of who paid or was paid;
    accents do not matter.
    """
    chosen = {
        "kind": wanted.get("kind"),
        "state": wanted.get("state"),
        "date__gte": wanted.get("since"),
        "date__lte": wanted.get("until"),
        "fund": wanted.get("fund"),
    }
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    text = (wanted.get("q") or "").strip()
    if text.isascii() and text.isdigit():
        return rows.filter(number=int(text)) if len(text) < 10 else rows.none()
    if text:
        givers = Receipt.objects.filter(voucher=OuterRef("pk"), donor__fold__contains=fold(text))
        rows = rows.filter(Exists(givers) | Q(party__unaccent__icontains=text))
    return rows


def search_receipts(rows: QuerySet[Receipt], wanted: dict) -> QuerySet[Receipt]:
    """Narrow gifts by ``form``, ``kind`` of giver, ``since``, ``until``, ``fund``, name ``q``."""
    chosen = {
        "form": wanted.get("form"),
        "donor__kind": wanted.get("kind"),
        "voucher__date__gte": wanted.get("since"),
        "voucher__date__lte": wanted.get("until"),
        "voucher__fund": wanted.get("fund"),
    }
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    text = fold(wanted.get("q") or "")
    return rows.filter(donor__fold__contains=text) if text else rows

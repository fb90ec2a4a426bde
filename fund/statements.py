"""The statement (sổ) of a fund between two days: đầu kỳ + thu − chi = cuối kỳ, per account."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce

from config import clock
from fund.models import Account, Entry, Fund, Journal, Voucher


@dataclass(frozen=True)
class AccountStatement:
    """One account between two days, in đồng; ``closing`` is summed by itself, not derived.

    The opening balance with which the books began counts as đầu kỳ even when it is dated
    inside the period: it was there before, only not yet written down.
    """

    account: Account
    opening: int
    received: int
    spent: int
    closing: int

    @property
    def holds(self) -> bool:
        return self.opening + self.received - self.spent == self.closing


def statement(fund: Fund, since: date, until: date) -> list[AccountStatement]:
    """Each asset account of the fund from ``since`` to and with ``until``, in one statement."""
    is_opening = Q(entries__journal__voucher__kind=Voucher.Kind.OPENING)
    inside = Q(entries__journal__date__range=(since, until)) & ~is_opening
    before = Q(entries__journal__date__lt=since) | (
        Q(entries__journal__date__lte=until) & is_opening
    )
    rows = (
        Account.objects.filter(fund=fund, kind__in=Account.ASSETS)
        .annotate(
            opening=_sum(before),
            received=_sum(inside & Q(entries__amount__gt=0)),
            spent=_sum(inside & Q(entries__amount__lt=0)),
            closing=_sum(Q(entries__journal__date__lte=until)),
        )
        .order_by("pk")
    )
    found = [
        AccountStatement(row, row.opening, row.received, -row.spent, row.closing) for row in rows
    ]
    return sorted(found, key=lambda line: Account.ASSETS.index(line.account.kind))


def lines(account: Account, since: date, until: date) -> QuerySet[Entry]:
    """What moved the account, oldest first; ``moved`` is the sum up to and with each line."""
    order = [F("journal__date").asc(), F("journal_id").asc(), F("pk").asc()]
    return (
        Entry.objects.filter(account=account, journal__date__range=(since, until))
        .exclude(journal__voucher__kind=Voucher.Kind.OPENING)
        .annotate(moved=Window(Sum("amount"), order_by=order))
        .select_related("journal__voucher")
        .order_by(*order)
    )


def usual_period(fund: Fund) -> tuple[date, date]:
    """The year in which the fund last moved, up to today while that year runs."""
    today = clock.today()
    last = Journal.objects.filter(fund=fund).aggregate(last=Max("date"))["last"] or today
    end = date(last.year, 12, 31)
    return date(last.year, 1, 1), max(last, min(end, today)) if last.year == today.year else end


def _sum(condition: Q) -> Coalesce:
    return Coalesce(Sum("entries__amount", filter=condition), 0)

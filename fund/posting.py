"""Ghi sổ: numbers, journals and entries of vouchers, written in bulk under the fund's lock."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import Sum

from committees import audit
from committees.models import User
from config import clock
from fund.errors import FundError, refusals
from fund.models import Account, Entry, Fund, Journal, Receipt, Voucher
from fund.queries import accounts_by_kind, last_numbers

INTO = {Voucher.Kind.OPENING, Voucher.Kind.RECEIPT, Voucher.Kind.GOODS_IN}
OTHER_LEG = {
    Voucher.Purpose.OPENING: Account.Kind.OPENING,
    Voucher.Purpose.DONATION: Account.Kind.INCOME,
    Voucher.Purpose.SUPPORT: Account.Kind.EXPENSE,
    Voucher.Purpose.HOUSE: Account.Kind.EXPENSE,
}
CHECKS = "journal_is_balanced, entry_keeps_the_books, voucher_posted_has_journal"


def post_vouchers(vouchers: Iterable[Voucher], *, by: User) -> list[Voucher]:
    """Enter saved drafts of one fund in its books, in order of date; all of them or none.

    Each gets the next number of its kind and year (no gaps) and a journal dated as the
    voucher: money in goes from income or opening to the account, money out to expense.
    The given objects are brought up to date and returned as they were numbered. Raises
    ``FundError`` when one is no draft, lies outside the unit's validity or in a locked
    period, or when an account would be below zero on any date.
    """
    wanted = list(vouchers)
    if not wanted:
        return []
    if len({voucher.fund_id for voucher in wanted}) != 1:
        raise FundError("Mỗi lần chỉ ghi sổ chứng từ của một quỹ.")
    with refusals(), transaction.atomic():
        fund = lock_fund(wanted[0].fund_id)
        drafts = _drafts(fund, wanted)
        _refuse_receipts_that_differ(drafts)
        other_legs = accounts_by_kind(fund)
        _number_and_post(fund, drafts, by=by)
        _write_journals(fund, drafts, other_legs, by=by)
        check_books_now()
        audit.record_many(
            "voucher.posted",
            drafts,
            by=by,
            committee_of=lambda _voucher: fund.committee_id,
            detail_of=lambda voucher: {"number": voucher.number_text, "amount": voucher.amount},
        )
    posted = {voucher.pk: voucher for voucher in drafts}
    for voucher in wanted:
        _take_over(voucher, posted[voucher.pk])
    return sorted(wanted, key=lambda voucher: (voucher.date, voucher.pk))


def reverse_voucher(voucher: Voucher, *, reason: str, by: User) -> Voucher:
    """Take a posted voucher back by a reversal dated today, and return the reversal.

    Its entries are the original's, negated. Today is the business day, or the unit's last
    valid day once it is closed. Raises ``FundError`` for a draft, a reversal, a voucher taken
    back before, without a reason, or when money meanwhile spent would leave less than zero.
    """
    reason = _reason(reason, "Hãy ghi lý do điều chỉnh.")
    with refusals(), transaction.atomic():
        fund = lock_fund(voucher.fund_id)
        original = _reversible(voucher)
        reversal = Voucher.objects.create(
            fund=fund,
            kind=Voucher.Kind.REVERSAL,
            purpose=Voucher.Purpose.CORRECTION,
            account_id=original.voucher.account_id,
            date=posting_day(fund),
            amount=original.voucher.amount,
            party=original.voucher.party,
            description=f"Điều chỉnh {original.voucher}: {reason}"[:300],
            created_by=by,
        )
        _number_and_post(fund, [reversal], by=by)
        journal = Journal.objects.create(
            fund=fund,
            voucher=reversal,
            date=reversal.date,
            reverses=original,
            posted_by=by,
            posted_at=reversal.posted_at,
        )
        Entry.objects.bulk_create(
            Entry(journal=journal, account_id=leg.account_id, amount=-leg.amount)
            for leg in original.entries.all()
        )
        check_books_now()
        audit.record(
            "voucher.reversed",
            original.voucher,
            by=by,
            committee=fund.committee,
            reversal=reversal.pk,
            reason=reason,
        )
        audit.record(
            "voucher.posted",
            reversal,
            by=by,
            committee=fund.committee,
            number=reversal.number_text,
            amount=reversal.amount,
        )
    return reversal


def cancel_draft(voucher: Voucher, *, reason: str, by: User) -> Voucher:
    """Hủy nháp: the draft stays on record with its reason and never enters the books."""
    reason = _reason(reason, "Hãy ghi lý do hủy.")
    with transaction.atomic():
        draft = lock_draft(voucher)
        draft.state = Voucher.State.CANCELLED
        draft.cancel_reason = reason
        draft.save(update_fields=["state", "cancel_reason"])
        audit.record(
            "voucher.cancelled", draft, by=by, committee=draft.fund.committee, reason=reason
        )
    return draft


def lock_fund(pk: int) -> Fund:
    """The fund's row, locked: whoever writes its books waits here for its turn."""
    return (
        Fund.objects.select_for_update(no_key=True, of=("self",))
        .select_related("committee")
        .get(pk=pk)
    )


def lock_draft(voucher: Voucher) -> Voucher:
    """The voucher as it is now, locked; raises ``FundError`` when it is no draft any more."""
    found = (
        Voucher.objects.select_for_update(of=("self",))
        .select_related("fund__committee")
        .get(pk=voucher.pk)
    )
    if found.state != Voucher.State.DRAFT:
        raise FundError(
            f"Chứng từ này {found.get_state_display().lower()}, không còn là bản nháp; "
            "hãy tải lại trang."
        )
    return found


def posting_day(fund: Fund) -> date:
    """The day a correction made now stands in the books: today, or the unit's last valid day."""
    today = clock.today()
    last = fund.committee.valid_to
    return min(today, last) if last else today


def check_books_now() -> None:
    """Let the deferred rules of the ledger speak now instead of at commit."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {CHECKS} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {CHECKS} DEFERRED")


def _drafts(fund: Fund, wanted: list[Voucher]) -> list[Voucher]:
    found = list(
        Voucher.objects.select_for_update()
        .filter(fund=fund, pk__in=[voucher.pk for voucher in wanted])
        .order_by("date", "pk")
    )
    if len(found) != len(wanted):
        raise FundError("Có chứng từ bị trùng hoặc không còn; hãy tải lại trang.")
    for voucher in found:
        if voucher.state != Voucher.State.DRAFT:
            raise FundError(
                f"{voucher}: {voucher.get_state_display().lower()}, không ghi sổ lần nữa được."
            )
        if voucher.purpose not in OTHER_LEG:
            raise FundError("Bút toán điều chỉnh chỉ lập từ chứng từ đã ghi sổ.")
    return found


def _refuse_receipts_that_differ(drafts: list[Voucher]) -> None:
    """What givers gave must add up to the voucher that says so."""
    donations = [v for v in drafts if v.purpose == Voucher.Purpose.DONATION]
    given = dict(
        Receipt.objects.filter(voucher__in=[voucher.pk for voucher in donations])
        .order_by()
        .values_list("voucher")
        .annotate(Sum("amount"))
    )
    if any(given.get(voucher.pk) != voucher.amount for voucher in donations):
        raise FundError(
            "Tổng các khoản ủng hộ khác với số tiền của phiếu; hãy sửa bản nháp cho khớp."
        )


def _number_and_post(fund: Fund, drafts: list[Voucher], *, by: User) -> None:
    last = last_numbers(fund)
    moment = clock.now()
    for voucher in drafts:
        key = (voucher.kind, voucher.date.year)
        last[key] = last.get(key, 0) + 1
        voucher.state = Voucher.State.POSTED
        voucher.number, voucher.year = last[key], voucher.date.year
        voucher.posted_by, voucher.posted_at = by, moment
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE fund_voucher AS v
               SET state = 'posted', number = given.number, year = given.year,
                   posted_by_id = %s, posted_at = %s
               FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS given (id, number, year)
               WHERE v.id = given.id""",
            [
                by.pk,
                moment,
                [voucher.pk for voucher in drafts],
                [voucher.number for voucher in drafts],
                [voucher.year for voucher in drafts],
            ],
        )


def _write_journals(
    fund: Fund, drafts: list[Voucher], other_legs: dict[str, Account], *, by: User
) -> None:
    journals = Journal.objects.bulk_create(
        (
            Journal(
                fund=fund,
                voucher=voucher,
                date=voucher.date,
                posted_by=by,
                posted_at=voucher.posted_at,
            )
            for voucher in drafts
        ),
        batch_size=2000,
    )
    entries = []
    for journal, voucher in zip(journals, drafts, strict=True):
        amount = voucher.amount if voucher.kind in INTO else -voucher.amount
        other = other_legs[OTHER_LEG[voucher.purpose]]
        entries.append(Entry(journal=journal, account_id=voucher.account_id, amount=amount))
        entries.append(Entry(journal=journal, account=other, amount=-amount))
    Entry.objects.bulk_create(entries, batch_size=5000)


def _reversible(voucher: Voucher) -> Journal:
    journal = Journal.objects.select_related("voucher").filter(voucher=voucher).first()
    if journal is None:
        raise FundError("Chỉ điều chỉnh được chứng từ đã ghi sổ; bản nháp thì sửa hoặc hủy.")
    if journal.reverses_id:
        raise FundError("Bút toán điều chỉnh không điều chỉnh lại được; hãy lập chứng từ mới.")
    if Journal.objects.filter(reverses=journal).exists():
        raise FundError("Chứng từ này đã được điều chỉnh trước đó.")
    return journal


def _reason(reason: str, missing: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise FundError(missing)
    return reason[:300]


def _take_over(voucher: Voucher, posted: Voucher) -> None:
    for name in ("state", "number", "year", "posted_by", "posted_at"):
        setattr(voucher, name, getattr(posted, name))

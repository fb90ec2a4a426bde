"""Real threads with connections of their own, started together by a barrier."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from committees.people import system_user
from fund.errors import FundError
from fund.models import Entry, Journal, Voucher
from fund.posting import post_vouchers, reverse_voucher
from fund.queries import accounts_by_kind
from tests import databases
from tests.factories.fund import DAY, make_fund, make_payment, make_receipt

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(works: list[Callable[[], object]]) -> list[object]:
    """What each work answered, or the exception it ended with."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        barrier.wait(timeout=10)
        try:
            return work()
        except (FundError, psycopg2.Error) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _cash(fund) -> int:
    rows = Entry.objects.filter(account__fund=fund, account__kind="cash")
    return rows.aggregate(total=Sum("amount"))["total"]


def test_one_of_five_payouts_of_7_from_10_million_wins():
    fund = make_fund()
    make_receipt(fund, 10_000_000)
    by = system_user()
    drafts = [make_payment(fund, 7_000_000, posted=False) for _ in range(5)]
    answers = _at_once([lambda draft=draft: post_vouchers([draft], by=by) for draft in drafts])
    refusals = [answer for answer in answers if isinstance(answer, FundError)]
    assert len(refusals) == 4
    assert all("thiếu 4.000.000 đ" in str(refusal) for refusal in refusals)
    assert _cash(fund) == 3_000_000
    assert Voucher.objects.filter(kind="payment", state="posted").count() == 1


def test_the_database_alone_refuses_the_overdraft_without_the_actions_lock():
    """The control: statements of five connections that take no lock of ours."""
    fund = make_fund()
    make_receipt(fund, 10_000_000)
    drafts = [make_payment(fund, 7_000_000, posted=False) for _ in range(5)]
    accounts, by = accounts_by_kind(fund), system_user()

    def pay(number: int, draft: Voucher) -> str:
        opened = databases.connect("app", settings.DATABASES["default"]["NAME"])
        opened.autocommit = False
        try:
            with opened, opened.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO fund_journal (fund_id, voucher_id, date, posted_by_id)"
                    " VALUES (%s, %s, %s, %s) RETURNING id",
                    [fund.pk, draft.pk, DAY, by.pk],
                )
                journal = cursor.fetchone()[0]
                for account, amount in (("cash", -7_000_000), ("expense", 7_000_000)):
                    cursor.execute(
                        "INSERT INTO fund_entry (journal_id, account_id, amount)"
                        " VALUES (%s, %s, %s)",
                        [journal, accounts[account].pk, amount],
                    )
                cursor.execute(
                    "UPDATE fund_voucher SET state = 'posted', number = %s, year = 2023,"
                    " posted_by_id = %s, posted_at = now() WHERE id = %s",
                    [number, by.pk, draft.pk],
                )
        finally:
            opened.close()
        return "paid"

    answers = _at_once(
        [lambda n=n, draft=draft: pay(n, draft) for n, draft in enumerate(drafts, start=1)]
    )
    assert answers.count("paid") == 1
    assert [a.pgcode for a in answers if a != "paid"] == ["VN008"] * 4
    assert _cash(fund) == 3_000_000


def test_numbers_have_no_gap_when_eight_people_post_at_once():
    fund = make_fund()
    by = system_user()
    batches = [
        [make_receipt(fund, 1000 + n, giver=f"Ông Thử {n}", posted=False) for _ in range(5)]
        for n in range(8)
    ]
    # Two of the eight also try something that is refused: a refusal must not eat a number.
    doomed = [make_payment(fund, 10**9, on=date(2023, 10, 1), posted=False) for _ in range(2)]
    answers = _at_once(
        [lambda batch=batch: post_vouchers(batch, by=by) for batch in batches]
        + [lambda draft=draft: post_vouchers([draft], by=by) for draft in doomed]
    )
    assert sum(isinstance(answer, FundError) for answer in answers) == 2
    numbers = Voucher.objects.filter(kind="receipt").order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, 41))


def test_a_voucher_is_reversed_once_however_many_ask():
    fund = make_fund()
    vouchers = [make_receipt(fund, 1000 + n) for n in range(10)]
    by = system_user()
    for voucher in vouchers:
        answers = _at_once(
            [lambda v=voucher: reverse_voucher(v, reason="ghi nhầm", by=by) for _ in range(4)]
        )
        assert sum(isinstance(answer, Voucher) for answer in answers) == 1
        assert sum("đã được điều chỉnh" in str(answer) for answer in answers) == 3
    assert Journal.objects.exclude(reverses=None).count() == 10
    assert _cash(fund) == 0


def test_one_draft_is_posted_once_however_many_ask():
    fund = make_fund()
    draft = make_receipt(fund, 5000, posted=False)
    by = system_user()
    answers = _at_once(
        [lambda: post_vouchers([Voucher.objects.get(pk=draft.pk)], by=by) for _ in range(4)]
    )
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert _cash(fund) == 5000

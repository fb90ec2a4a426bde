from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest

from committees.people import system_user
from fund.actions import open_account
from fund.errors import FundError
from fund.models import Account
from fund.posting import reverse_voucher
from fund.queries import accounts_by_kind
from fund.statements import lines, statement, usual_period
from tests.factories.fund import make_fund, make_payment, make_receipt

pytestmark = pytest.mark.django_db
FIRST = date(2023, 1, 1)


def _lively_fund(seed: int):
    """A fund with some sixty movements, a few of them taken back or refused."""
    dice, fund, by = Random(seed), make_fund(), system_user()
    open_account(fund, "cash", 1_000_000, on=FIRST, by=by)
    for _ in range(60):
        day = FIRST + timedelta(days=dice.randrange(365))
        kind = dice.choice(Account.MONEY)
        make = dice.choice([make_receipt, make_receipt, make_payment])
        with suppress(FundError):  # what would leave less than zero
            voucher = make(fund, dice.randrange(1, 900_000), on=day, account=kind)
            if dice.random() < 0.1:
                reverse_voucher(voucher, reason="thử", by=by)
    return fund, dice


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_two_days_give_a_statement_that_adds_up(seed):
    fund, dice = _lively_fund(seed)
    for _ in range(10):
        since = FIRST + timedelta(days=dice.randrange(300))
        until = since + timedelta(days=dice.randrange(200))
        for line in statement(fund, since, until):
            assert line.holds
            moved = list(lines(line.account, since, until))
            assert line.closing == line.opening + (moved[-1].moved if moved else 0)
            assert line.received - line.spent == sum(entry.amount for entry in moved)


def test_one_period_ends_where_the_next_begins():
    fund, _ = _lively_fund(4)
    middle = date(2023, 7, 1)
    first = statement(fund, FIRST, middle - timedelta(days=1))
    second = statement(fund, middle, date(2025, 6, 30))
    whole = statement(fund, FIRST, date(2025, 6, 30))
    for before, after, both in zip(first, second, whole, strict=True):
        assert before.closing == after.opening
        assert before.received + after.received == both.received
        assert after.closing == both.closing


def test_what_lay_there_when_the_books_began_counts_as_the_beginning():
    fund = make_fund()
    open_account(fund, "cash", 20_000, on=date(2023, 10, 1), by=system_user())
    cash = statement(fund, FIRST, date(2023, 12, 31))[0]
    assert (cash.opening, cash.received, cash.spent, cash.closing) == (20_000, 0, 0, 20_000)
    assert not lines(accounts_by_kind(fund)["cash"], FIRST, date(2023, 12, 31)).exists()


def test_a_statement_begins_with_the_year_in_which_the_fund_last_moved():
    fund = make_fund()
    make_receipt(fund, on=date(2023, 12, 7))
    assert usual_period(fund) == (date(2023, 1, 1), date(2023, 12, 31))

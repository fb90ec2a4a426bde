"""What the database itself refuses, whoever asks: the application's role and the owner."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg2
import pytest
from django.conf import settings

from committees.people import system_user
from config import clock
from fund.actions import lock_period
from fund.models import Fund, Voucher
from fund.queries import accounts_by_kind
from tests import databases
from tests.factories.fund import DAY, make_fund, make_payment, make_receipt

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[..., None]


@pytest.fixture(params=["app", "owner"])
def run(request, transactional_db) -> Iterator[Run]:
    """Run several statements as one transaction of this role."""
    opened = databases.connect(request.param, settings.DATABASES["default"]["NAME"])
    opened.autocommit = False

    def run_all(*statements: tuple[str, list]) -> None:
        with opened, opened.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)

    run_all.role = request.param
    yield run_all
    opened.close()


class Draft:
    """Statements that post a voucher by hand, each part of which a test may spoil."""

    def __init__(self, fund: Fund, *, kind: str = "receipt", on: date = DAY, journal=None):
        self.fund, self.on = fund, journal or on
        self.accounts = {kind: account.pk for kind, account in accounts_by_kind(fund).items()}
        self.voucher = Voucher.objects.create(
            fund=fund,
            kind=kind,
            purpose="donation" if kind == "receipt" else "correction",
            account_id=self.accounts["cash"],
            date=on,
            amount=1000,
            created_by=system_user(),
        )

    def journal(self, reverses: int | None = None) -> tuple[str, list]:
        return (
            "INSERT INTO fund_journal (fund_id, voucher_id, date, reverses_id, posted_by_id)"
            " VALUES (%s, %s, %s, %s, %s)",
            [self.fund.pk, self.voucher.pk, self.on, reverses, system_user().pk],
        )

    def entry(self, account: str, amount: int) -> tuple[str, list]:
        return (
            "INSERT INTO fund_entry (journal_id, account_id, amount)"
            " SELECT id, %s, %s FROM fund_journal WHERE voucher_id = %s",
            [self.accounts[account], amount, self.voucher.pk],
        )

    def post(self, number: int = 999) -> tuple[str, list]:
        return (
            "UPDATE fund_voucher SET state = 'posted', number = %s, year = 2023,"
            " posted_by_id = %s, posted_at = now() WHERE id = %s",
            [number, system_user().pk, self.voucher.pk],
        )


def _refused(code: str):
    return pytest.raises(psycopg2.Error, check=lambda error: error.pgcode == code)


def test_a_whole_balanced_posting_is_taken(run):
    draft = Draft(make_fund())
    run(draft.journal(), draft.entry("cash", 1000), draft.entry("income", -1000), draft.post())
    draft.voucher.refresh_from_db()
    assert draft.voucher.journal.entries.count() == 2


@pytest.mark.parametrize("table", ["fund_journal", "fund_entry", "fund_periodlock"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_postings_are_never_changed_removed_or_emptied(run, table, change):
    fund = make_fund()
    make_receipt(fund)
    lock_period(fund, date(2023, 9, 30), by=system_user())
    # The owner meets the trigger; the application has not even the right to try.
    with _refused("VN001" if run.role == "owner" else "42501"):
        run((change.format(table), []))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fund_voucher SET amount = amount + 1",
        "UPDATE fund_voucher SET state = 'draft', number = NULL, year = NULL,"
        " posted_by_id = NULL, posted_at = NULL",
        "DELETE FROM fund_receipt",
        "UPDATE fund_receipt SET amount = amount + 1",
    ],
)
def test_a_posted_voucher_and_its_gifts_stand_as_they_are(run, statement):
    make_receipt(make_fund())
    with _refused("VN001"):
        run((statement, []))


@pytest.mark.parametrize(
    ("hidden", "statement"),
    [
        ("fund_voucher", "UPDATE public.fund_receipt SET amount = amount + 1"),
        (
            "fund_seal",
            "INSERT INTO public.fund_entry (journal_id, account_id, amount)"
            " SELECT journal_id, account_id, 5 FROM public.fund_entry LIMIT 1",
        ),
    ],
)
def test_a_temporary_table_of_the_same_name_fools_no_rule(run, hidden, statement):
    make_receipt(make_fund())
    with _refused("VN001"):
        run(
            (f"CREATE TEMPORARY TABLE {hidden} (LIKE public.{hidden})", []),
            (statement, []),
        )


def test_a_journal_without_entries_is_refused(run):
    draft = Draft(make_fund())
    with _refused("VN007"):
        run(draft.journal(), draft.post())


@pytest.mark.parametrize("legs", [[("cash", 1000)], [("cash", 1000), ("income", -999)]])
def test_an_unbalanced_journal_is_refused(run, legs):
    draft = Draft(make_fund())
    with _refused("VN007"):
        run(draft.journal(), *(draft.entry(*leg) for leg in legs), draft.post())


def test_an_entry_on_another_funds_account_is_refused(run):
    draft = Draft(make_fund())
    draft.accounts["cash"] = accounts_by_kind(make_fund())["cash"].pk
    with _refused("VN007"):
        run(draft.journal(), draft.entry("cash", 1000), draft.entry("income", -1000), draft.post())


def test_a_leg_is_not_added_to_a_journal_that_stands(run):
    fund = make_fund()
    posted = make_receipt(fund)
    draft = Draft(fund)
    draft.voucher = posted
    with _refused("VN001"):
        run(draft.entry("cash", 5), draft.entry("income", -5))


def test_a_posted_voucher_without_journal_is_refused(run):
    draft = Draft(make_fund())
    with _refused("VN003"):
        run(draft.post())


def test_a_journal_on_another_day_than_its_voucher_is_refused(run):
    draft = Draft(make_fund(), journal=date(2023, 10, 21))
    with _refused("VN003"):
        run(draft.journal())


def test_an_account_below_zero_on_an_earlier_day_is_refused_though_later_money_covers_it(run):
    fund = make_fund()
    make_receipt(fund, 5000, on=date(2023, 11, 1))
    draft = Draft(fund, on=date(2023, 10, 31))
    with _refused("VN008"):
        run(draft.journal(), draft.entry("cash", -1000), draft.entry("expense", 1000), draft.post())


def test_money_may_come_and_go_on_one_day(run):
    fund = make_fund()
    make_receipt(fund, 1000, on=DAY)
    draft = Draft(fund, on=DAY)
    run(draft.journal(), draft.entry("cash", -1000), draft.entry("expense", 1000), draft.post())
    assert make_payment(fund, 1, posted=False).state == "draft"


def test_a_day_outside_the_unit_or_in_a_closed_period_is_refused(run):
    fund = make_fund()
    lock_period(fund, date(2023, 9, 30), by=system_user())
    for day, code in [
        (date(2007, 12, 31), "VN004"),
        (date(2025, 7, 1), "VN004"),
        (date(2023, 9, 30), "VN005"),
    ]:
        with _refused(code):
            run(Draft(fund, on=day).journal())
    run_day = Draft(fund, on=date(2023, 10, 1))
    run(run_day.journal(), run_day.entry("cash", 9), run_day.entry("income", -9), run_day.post())


def test_a_reversal_stands_on_the_day_it_is_made(run):
    fund = make_fund()
    posted = make_receipt(fund)
    draft = Draft(fund, kind="reversal", on=DAY)
    assert clock.today() > DAY
    with _refused("VN006"):
        run(draft.journal(reverses=posted.journal.pk))


def test_a_journal_is_reversed_once(run):
    fund = make_fund()
    posted = make_receipt(fund, 1000)
    last_day = date(2025, 6, 30)
    for number, refusal in [(1, None), (2, "23505")]:
        draft = Draft(fund, kind="reversal", on=last_day)
        statements = [
            draft.journal(reverses=posted.journal.pk),
            draft.entry("cash", -1000),
            draft.entry("income", 1000),
            draft.post(number),
        ]
        if refusal is None:
            run(*statements)
        else:
            with _refused(refusal):
                run(*statements)


def test_two_vouchers_never_share_a_number(run):
    fund = make_fund()
    taken = make_receipt(fund, 1000)
    draft = Draft(fund)
    with _refused("23505"):
        run(
            draft.journal(),
            draft.entry("cash", 1000),
            draft.entry("income", -1000),
            draft.post(taken.number),
        )

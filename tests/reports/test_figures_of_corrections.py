"""What was taken back counts for nothing, what came too late counts after the window."""

from datetime import date

import pytest
from django.db.models import Sum

from committees.people import system_user
from fund.actions import open_account
from fund.models import Account, Entry
from fund.posting import reverse_voucher
from reports.figures import figures_of, gather
from reports.figures.indicators import INDICATORS
from reports.figures.records import Asked, records_of
from tests.factories.committees import make_district
from tests.factories.fund import make_fund, make_payment, make_receipt
from tests.factories.reports import make_campaign

pytestmark = pytest.mark.django_db
BEFORE, INSIDE, AFTER = date(2023, 10, 16), date(2023, 11, 18), date(2023, 11, 19)


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=1)


@pytest.fixture
def fund(units):
    return make_fund(units["commune1"])


def figures(units, unit="commune1", **options):
    campaign = make_campaign(units["province"])
    return figures_of(gather(campaign, units[unit], **options), units[unit])


def book_balance(fund, on: date) -> int:
    money = Entry.objects.filter(
        account__fund=fund, account__kind__in=Account.MONEY, journal__date__lte=on
    )
    return money.aggregate(total=Sum("amount", default=0))["total"]


def test_both_ends_of_the_window_belong_to_it(units, fund):
    make_receipt(fund, 1, on=BEFORE)
    make_receipt(fund, 20, on=date(2023, 10, 17))
    make_receipt(fund, 300, on=INSIDE)
    make_receipt(fund, 4000, on=AFTER)
    found = figures(units)

    assert (found["fund_opening"], found["received_total"], found["receipts"]) == (1, 320, 2)
    assert (found["received_after_window"], found["receipts_after_window"]) == (4000, 1)
    assert found["money_closing"] == 321


def test_what_is_reversed_counts_for_nothing_and_the_books_say_why(units, fund):
    make_receipt(fund, 5_000_000)
    wrong = make_receipt(fund, 3_000_000)
    spent = make_payment(fund, 1_000_000)
    for voucher in (wrong, spent):
        reverse_voucher(voucher, reason="Ghi nhầm", by=system_user())
    found = figures(units)

    assert (found["received_total"], found["spent_total"]) == (5_000_000, 0)
    assert found["money_closing"] == 5_000_000
    assert found["adjusted_after"] == -2_000_000
    assert book_balance(fund, INSIDE) + found["adjusted_after"] == found["money_closing"]


def test_books_that_open_inside_the_window_still_add_up(units, fund):
    open_account(fund, "treasury", 7_000_000, on=date(2023, 11, 1), by=system_user())
    make_receipt(fund, 1_000_000)
    found = figures(units)

    assert found["fund_opening"] == 7_000_000
    assert found["money_closing"] == 8_000_000


def test_drafts_count_nowhere(units, fund):
    make_receipt(fund, 1_000_000, posted=False)

    assert figures(units)["received_total"] == 0


def test_as_of_an_earlier_day_later_records_do_not_count(units, fund):
    make_receipt(fund, 1_000_000, on=date(2023, 10, 20))
    make_receipt(fund, 2_000_000, on=date(2023, 11, 10))

    assert figures(units, as_of=date(2023, 11, 1))["received_total"] == 1_000_000


def test_records_and_figures_agree_after_corrections(units, fund):
    open_account(fund, "treasury", 7_000_000, on=date(2023, 11, 1), by=system_user())
    make_receipt(fund, 1_000_000, on=BEFORE)
    wrong = make_receipt(fund, 3_000_000)
    make_payment(fund, 200_000)
    make_receipt(make_fund(units["commune2"]), 9_000_000, on=AFTER)
    reverse_voucher(wrong, reason="Ghi nhầm", by=system_user())
    campaign = make_campaign(units["province"])

    for unit in ("commune1", "commune2", "district", "province"):
        asked = Asked(campaign, units[unit])
        found = figures_of(gather(campaign, units[unit]), units[unit])
        added_up = {code: records_of(one, asked).total() for code, one in INDICATORS.items()}
        assert added_up == {code: one.value(found) for code, one in INDICATORS.items()}


def test_a_unit_without_any_record_has_noughts(units):
    found = figures(units, "commune2")

    assert found["support"] == {}
    assert not any(value for value in found.values() if isinstance(value, int))
    assert not any(found["houses"].values())

from datetime import date

import pytest
from django.db import connection

from committees.people import system_user
from fund.errors import FundError
from fund.models import Voucher
from fund.posting import cancel_draft, post_vouchers, reverse_voucher
from tests.factories.fund import DAY, make_fund, make_payment, make_receipt

pytestmark = pytest.mark.django_db


def _entries(voucher):
    return {e.account.kind: e.amount for e in voucher.journal.entries.select_related("account")}


def test_a_donation_goes_from_income_to_cash():
    voucher = make_receipt(make_fund(), 1_500_000)
    assert voucher.state == Voucher.State.POSTED
    assert voucher.number_text == "0001/2023"
    assert voucher.journal.date == DAY
    assert _entries(voucher) == {"cash": 1_500_000, "income": -1_500_000}


def test_support_goes_from_cash_to_expense():
    fund = make_fund()
    make_receipt(fund, 1_000_000)
    assert _entries(make_payment(fund, 400_000)) == {"cash": -400_000, "expense": 400_000}


def test_a_payment_above_the_balance_is_refused_with_account_day_and_missing_amount():
    fund = make_fund()
    make_receipt(fund, 1_000_000)
    payment = make_payment(fund, 1_200_000, posted=False)
    with pytest.raises(FundError, match=r"“Tiền mặt” không đủ: .*20/10/2023.* thiếu 200\.000 đ"):
        post_vouchers([payment], by=system_user())
    payment.refresh_from_db()
    assert payment.state == Voucher.State.DRAFT
    assert payment.number is None


def test_reversing_takes_back_today_and_only_once(clock_at):
    voucher = make_receipt(make_fund(), 1_000_000)
    reversal = reverse_voucher(voucher, reason="ghi nhầm", by=system_user())
    assert reversal.date == date(2025, 6, 30)  # the unit's last day: it has been closed since
    assert reversal.journal.reverses == voucher.journal
    assert _entries(reversal) == {"cash": -1_000_000, "income": 1_000_000}
    with pytest.raises(FundError, match="đã được điều chỉnh"):
        reverse_voucher(voucher, reason="lần nữa", by=system_user())


def test_a_cancelled_draft_keeps_its_reason_and_cannot_be_posted():
    draft = cancel_draft(make_receipt(make_fund(), posted=False), reason="trùng", by=system_user())
    assert (draft.state, draft.cancel_reason) == (Voucher.State.CANCELLED, "trùng")
    with pytest.raises(FundError, match="đã hủy"):
        post_vouchers([draft], by=system_user())


def test_the_deferred_rules_are_deferred_again_after_posting():
    fund = make_fund()
    posted = make_receipt(fund)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_entry (journal_id, account_id, amount) VALUES (%s, %s, 5)",
            [posted.journal.pk, posted.account_id],
        )  # unbalanced for the moment: refused only when the rules are asked
        cursor.execute(
            "INSERT INTO fund_entry (journal_id, account_id, amount)"
            " SELECT %s, id, -5 FROM fund_account WHERE fund_id = %s AND kind = 'income'",
            [posted.journal.pk, fund.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Sum

from committees.people import system_user
from fund.actions import ensure_fund, open_account
from fund.errors import FundError
from fund.models import Entry, Fund, Voucher
from fund.queries import balances, money_of
from tests.factories.committees import make_unit

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2023, 1, 1)


def _run(unit, amount="20000000", account="cash", on="2023-01-01", **flags) -> dict:
    out = StringIO()
    call_command(
        "open_fund",
        committee=f"{unit.code}@2023-11-18",
        account=account,
        amount=amount,
        on=date.fromisoformat(on),
        json=True,
        stdout=out,
        **flags,
    )
    return json.loads(out.getvalue())


def test_the_command_says_what_it_made_and_the_second_time_that_nothing_changed():
    unit = make_unit("commune", "Xã Thử Mở Quỹ")
    first = _run(unit)
    assert first["changed"] is True
    assert first["created"] == [
        "Đã lập Quỹ “Vì người nghèo” Xã Thử Mở Quỹ với các tài khoản Tiền mặt, "
        "Tiền gửi ngân hàng, Tiền gửi Kho bạc, Kho hiện vật, số dư 0 đ",
        "Đã ghi số dư đầu kỳ 20.000.000 đ vào Tiền mặt",
    ]
    second = _run(unit)
    assert (second["already"], second["changed"], second["created"]) == (True, False, [])
    assert "không có gì thay đổi" in second["message"]
    fund = Fund.objects.get()
    assert money_of(balances([fund])[fund.pk]) == 20_000_000
    assert Voucher.objects.count() == 1


def test_an_account_opened_at_nothing_needs_no_voucher():
    unit = make_unit("district")
    assert _run(unit, amount="0", account="bank")["changed"] is True
    assert _run(unit, amount="0", account="bank")["changed"] is False
    assert Voucher.objects.count() == 0


@pytest.mark.parametrize(
    ("again", "sentence"),
    [
        ({"amount": "30000000"}, "đã mở với 20.000.000 đ ngày 01/01/2023"),
        ({"on": "2023-02-01"}, "đã mở với 20.000.000 đ"),
        ({"amount": "0"}, "đã mở với 20.000.000 đ"),
        ({"amount": "-5", "account": "bank"}, "không được âm"),
        ({"amount": "1.5", "account": "bank"}, "không phải số tiền rõ ràng"),
        ({"on": "2007-01-01", "account": "bank"}, "ngoài thời gian hoạt động"),
    ],
)
def test_another_opening_is_refused_and_leaves_no_trace(again, sentence):
    unit = make_unit("commune")
    _run(unit)
    with pytest.raises(CommandError, match=sentence):
        _run(unit, **again)
    assert Voucher.objects.count() == 1


def test_a_unit_that_does_not_exist_that_day_and_a_hamlet_have_no_fund():
    hamlet = make_unit("hamlet", "Ấp 1", parent=make_unit("commune"))
    with pytest.raises(CommandError, match="Ấp 1 không lập quỹ"):
        _run(hamlet)
    with pytest.raises(CommandError, match="Không có người dùng ai-do"):
        _run(make_unit("commune"), by="ai-do")
    assert not Fund.objects.exists()


def test_an_opening_is_recorded_once_and_only_for_what_can_hold_something():
    fund = ensure_fund(make_unit("commune"), by=system_user())
    assert open_account(fund, "treasury", 420_000_000, on=FIRST_DAY, by=system_user())
    assert not open_account(fund, "treasury", 420_000_000, on=FIRST_DAY, by=system_user())
    assert Entry.objects.aggregate(total=Sum("amount"))["total"] == 0
    with pytest.raises(FundError, match="Chỉ mở số dư cho"):
        open_account(fund, "income", 5, on=FIRST_DAY, by=system_user())

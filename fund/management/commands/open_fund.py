"""open_fund --committee CODE@DATE --account cash --amount N --on DATE."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from committees.errors import CommitteeError
from committees.lookup import committee_at
from committees.models import User
from committees.people import system_user
from config.vietnamese.amounts import dong, parse_dong
from config.vietnamese.errors import NotUnderstood
from fund.actions import ensure_fund, open_account
from fund.errors import FundError
from fund.models import Account, Fund


class Command(BaseCommand):
    help = "Mở quỹ của một đơn vị với số dư đầu kỳ; lập quỹ và các tài khoản nếu chưa có."

    def add_arguments(self, parser):
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--account", required=True, choices=[str(k) for k in Account.ASSETS])
        parser.add_argument("--amount", required=True, help="đồng")
        parser.add_argument("--on", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--by", help="tên đăng nhập")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, committee, account, amount, on, by, **options):
        try:
            answer = self._open(committee, account, amount, on, by)
        except (CommitteeError, FundError, NotUnderstood) as refusal:
            if options["json"]:
                answer = {"committee": committee, "changed": False, "message": str(refusal)}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            raise CommandError(str(refusal), returncode=1) from refusal
        text = json.dumps(answer, ensure_ascii=False) if options["json"] else answer["message"]
        self.stdout.write(text)

    @transaction.atomic
    def _open(self, place, kind, amount, on, username) -> dict:
        unit = committee_at(place, on=on)
        user = _user(username)
        dongs = parse_dong(amount, zero_ok=True)
        is_new = not Fund.objects.filter(committee=unit, kind=Fund.Kind.FOR_THE_POOR).exists()
        fund = ensure_fund(unit, by=user)
        is_opened = open_account(fund, kind, dongs, on=on, by=user)
        label = Account.Kind(kind).label
        created = _created(fund, is_new=is_new, opened=label if is_opened else None, amount=dongs)
        return {
            "committee": place,
            "account": kind,
            "amount": dongs,
            "on": on.isoformat(),
            "changed": bool(created),
            "already": not created,
            "created": created,
            "message": "; ".join(created)
            or f"{fund}: {label} đã mở như vậy, không có gì thay đổi.",
        }


def _created(fund: Fund, *, is_new: bool, opened: str | None, amount: int) -> list[str]:
    said = []
    if is_new:
        accounts = ", ".join(Account.Kind(kind).label for kind in Account.ASSETS)
        said.append(f"Đã lập {fund} với các tài khoản {accounts}, số dư 0 đ")
    if opened:
        said.append(f"Đã ghi số dư đầu kỳ {dong(amount)} vào {opened}")
    return said


def _user(username: str | None) -> User:
    if not username:
        return system_user()
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise FundError(f"Không có người dùng {username}.") from None

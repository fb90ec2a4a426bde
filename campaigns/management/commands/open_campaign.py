"""open_campaign --year Y --from YYYY-MM-DD --to YYYY-MM-DD --root CODE@DATE."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from campaigns.actions import open_campaign
from campaigns.errors import CampaignError
from campaigns.models import Campaign
from committees.errors import CommitteeError
from committees.lookup import committee_at
from committees.models import User
from committees.people import system_user
from config.vietnamese.dates import format_date


class Command(BaseCommand):
    help = "Mở Tháng cao điểm của một năm cho một đơn vị và mọi đơn vị bên dưới."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
        parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True)
        parser.add_argument("--root", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--fund-from", type=date.fromisoformat)
        parser.add_argument("--fund-to", type=date.fromisoformat)
        parser.add_argument("--by", help="tên đăng nhập")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        try:
            campaign, created = self._open(options)
        except (CommitteeError, CampaignError) as refusal:
            if options["json"]:
                answer = {"root": options["root"], "changed": False, "message": str(refusal)}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            raise CommandError(str(refusal), returncode=1) from refusal
        answer = _answer(campaign, created, options["root"])
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else answer["message"]
        )

    def _open(self, options) -> tuple[Campaign, bool]:
        if (options["fund_from"] is None) != (options["fund_to"] is None):
            raise CampaignError("Hãy ghi cả --fund-from và --fund-to, hoặc bỏ cả hai.")
        fund_year = (options["fund_from"], options["fund_to"]) if options["fund_from"] else None
        return open_campaign(
            committee_at(options["root"], on=options["first"]),
            year=options["year"],
            window=(options["first"], options["last"]),
            fund_year=fund_year,
            by=_user(options["by"]),
        )


def _answer(campaign: Campaign, created: bool, root: str) -> dict:
    days = f"từ {format_date(campaign.window_from)} đến {format_date(campaign.window_to)}"
    drives = ", ".join(drive.name for drive in campaign.drives.all())
    return {
        "root": root,
        "year": campaign.year,
        "name": campaign.name,
        "window": [f"{campaign.window_from}", f"{campaign.window_to}"],
        "fund_year": [f"{campaign.fund_from}", f"{campaign.fund_to}"],
        "changed": created,
        "already": not created,
        "message": f"Đã mở {campaign.name} của {campaign.root.name}, {days}; các đợt: {drives}."
        if created
        else f"{campaign.name} của {campaign.root.name} đã mở {days}, không đổi gì.",
    }


def _user(username: str | None) -> User:
    if not username:
        return system_user()
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CampaignError(f"Không có người dùng {username}.") from None

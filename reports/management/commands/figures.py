import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from campaigns.errors import CampaignError
from campaigns.queries import campaign_for
from committees.errors import CommitteeError
from committees.lookup import committee_at
from reports.figures import figures_of, gather


class Command(BaseCommand):
    """Print a unit's figures of a campaign, computed from the records just now."""

    help = "Số liệu của một đơn vị trong một chiến dịch, tính từ bản ghi"

    def add_arguments(self, parser):
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--campaign", required=True, type=int, help="năm")
        parser.add_argument("--scope", choices=["own", "subtree"], default="subtree")
        parser.add_argument("--as-of", type=date.fromisoformat)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, committee, campaign, scope, as_of, **options):
        try:
            unit = committee_at(committee)
            drive = campaign_for(unit, campaign)
        except (CommitteeError, CampaignError) as refusal:
            raise CommandError(str(refusal)) from refusal
        figures = figures_of(gather(drive, unit, as_of=as_of), unit, own=scope == "own")
        answer = {
            "committee": committee,
            "campaign": campaign,
            "scope": scope,
            "figures": figures,
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")

"""print_plan --number 50/KH-MTTQ-BTT --committee CODE@DATE --out FILE."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campaigns.errors import CampaignError
from campaigns.models import Plan
from campaigns.wording import pdf_of
from committees.documents import parse_number
from committees.errors import CommitteeError
from committees.lookup import committee_at


class Command(BaseCommand):
    help = "Ghi kế hoạch đã vào số ra tệp PDF, thể thức Nghị định 30/2020/NĐ-CP."

    def add_arguments(self, parser):
        parser.add_argument("--number", required=True, help="50/KH-MTTQ-BTT")
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args, number, committee, out, **options):
        try:
            plan = _plan(number, committee)
            out.write_bytes(pdf_of(plan))
        except (CommitteeError, CampaignError) as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {out}: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {plan} vào {out}.")


def _plan(number: str, place: str) -> Plan:
    unit, parsed = committee_at(place), parse_number(number)
    plans = Plan.objects.filter(
        committee=unit,
        document__number=parsed.number,
        document__suffix=parsed.suffix,
        document__kind=parsed.kind,
    ).select_related("document__committee", "document__file", "committee", "campaign")
    day = place.partition("@")[2]
    found = plans.filter(document__year=int(day[:4])).first() if day else plans.first()
    if found is None:
        raise CampaignError(f"{unit.name} không có kế hoạch số {number}; hãy kiểm tra số và ngày.")
    return found

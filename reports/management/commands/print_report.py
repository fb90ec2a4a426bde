import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campaigns.errors import CampaignError
from campaigns.queries import campaign_for
from committees.errors import CommitteeError
from committees.lookup import committee_at
from reports.documents import pdf_of
from reports.models import Report


class Command(BaseCommand):
    """Write the PDF of a unit's report in force; a draft shows that it is one."""

    help = "Ghi báo cáo của một đơn vị ra tệp PDF"

    def add_arguments(self, parser):
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--campaign", required=True, type=int, help="năm")
        parser.add_argument("--out", required=True, type=Path, help="tệp PDF")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, committee, campaign, out, **options):
        try:
            unit = committee_at(committee)
            drive = campaign_for(unit, campaign)
        except (CommitteeError, CampaignError) as refusal:
            raise CommandError(str(refusal)) from refusal
        reports = Report.objects.live().filter(campaign=drive, committee=unit)
        report = reports.select_related("campaign", "committee", "document__file").first()
        if report is None:
            raise CommandError(f"{unit} chưa có báo cáo năm {campaign}; hãy lập dự thảo.")
        pdf = pdf_of(report)
        out.write_bytes(pdf)
        if options["json"]:
            answer = {
                "committee": committee,
                "campaign": campaign,
                "report": report.pk,
                "state": report.state,
                "sha256": report.sha256,
                "file": str(out),
                "bytes": len(pdf),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(f"Đã ghi {out} ({len(pdf)} byte).")

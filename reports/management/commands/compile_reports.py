import json
import time

from django.core.management.base import BaseCommand, CommandError

from campaigns.errors import CampaignError
from campaigns.queries import campaign_for
from committees.errors import CommitteeError
from committees.lookup import committee_at
from committees.models import User
from committees.people import system_user
from config import clock
from jobs.models import Job
from reports.jobs import queue_compiling


class Command(BaseCommand):
    """Let the workers compile the drafts of a unit and everything below it; wait for them."""

    help = "Lập dự thảo báo cáo cho một đơn vị và mọi đơn vị bên dưới (qua Celery)"

    def add_arguments(self, parser):
        parser.add_argument("--campaign", required=True, type=int, help="năm")
        parser.add_argument("--root", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--round", help="mặc định: thời điểm chạy lệnh")
        parser.add_argument("--by", help="tên đăng nhập")
        parser.add_argument("--timeout", type=int, default=300, help="giây")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, campaign, root, by, timeout, **options):
        try:
            unit = committee_at(root)
            drive = campaign_for(unit, campaign)
        except (CommitteeError, CampaignError) as refusal:
            raise CommandError(str(refusal)) from refusal
        person = User.objects.get(username=by) if by else system_user()
        round_ = options["round"] or f"{clock.now():%Y%m%d%H%M%S}"
        job = self._wait(queue_compiling(drive, unit, by=person, round_=round_), timeout)
        answer = {"job": job.pk, "state": job.state, "message": job.message, "result": job.result}
        if job.state != Job.State.DONE:
            raise CommandError(f"Tác vụ {job.pk} chưa xong: {job.message}")
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(f"Đã lập {len(job.result['reports'])} dự thảo báo cáo.")

    def _wait(self, job: Job, timeout: int) -> Job:
        end = time.monotonic() + timeout
        shown = ""
        while not job.has_ended and time.monotonic() < end:
            time.sleep(0.2)
            job.refresh_from_db()
            if job.message != shown:
                shown = job.message
                self.stderr.write(f"  {job.progress}/{job.total} {shown}")
        return job

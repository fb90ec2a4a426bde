import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from committees.access import Role
from demo import chain, people, sample


class Command(BaseCommand):
    """Make the sample district from nothing; a second run finds it made."""

    help = "Dựng huyện mẫu: đơn vị, người dùng, danh sách, kế hoạch, báo cáo"

    def add_arguments(self, parser):
        folder = Path(settings.LOCAL_DIR) / "demo"
        parser.add_argument("--papers", type=Path, default=folder, help="nơi để các tệp PDF")

    def handle(self, *args, papers, **options):
        self.papers = papers
        self.began = time.monotonic()
        units = [sample.province(), sample.district(), *sample.communes()]
        made = people.seat_everybody(units)
        self.say(f"Người dùng mẫu: {made or 'đã có'}")
        sample.open_campaign()
        sample.open_funds()
        self.say("Chiến dịch năm 2023 và số dư đầu kỳ của các quỹ")
        self.import_lists()
        sample.count_everybody()
        sample.review_the_next_year()
        sample.issue_plan()
        self.say("Kế hoạch 50/KH-MTTQ-BTT")
        chain.send_upwards(self.compile_drafts, self.say)
        self.print_papers()
        self.tell_what_next(units)

    def import_lists(self) -> None:
        for command, path, unit, role in sample.lists():
            answer = sample.import_list(command, path, unit, role)
            if not answer["already"]:
                self.say(f"{unit.name}: {path.parent.name}/{path.name}, {answer['accepted']} dòng")

    def compile_drafts(self, unit) -> None:
        call_command(
            "compile_reports",
            "--campaign",
            str(sample.YEAR),
            "--root",
            sample.at(unit),
            stdout=self.stderr,
        )

    def print_papers(self) -> None:
        self.papers.mkdir(parents=True, exist_ok=True)
        call_command(
            "print_plan",
            *("--number", "50/KH-MTTQ-BTT", "--committee", "804@2023-10-16"),
            *("--out", str(self.papers / "ke-hoach-50.pdf")),
            stdout=self.stderr,
        )
        for unit in [sample.province(), sample.district(), *sample.communes()]:
            call_command(
                "print_report",
                *("--committee", sample.at(unit), "--campaign", str(sample.YEAR)),
                *("--out", str(self.papers / f"bao-cao-{people.slug(unit)}.pdf")),
                stdout=self.stderr,
            )

    def tell_what_next(self, units) -> None:
        self.stdout.write("")
        self.stdout.write("Văn bản PDF:")
        for path in sorted(self.papers.glob("*.pdf")):
            self.stdout.write(f"  {path}")
        self.stdout.write(f"Đăng nhập (mật khẩu: {people.password()}):")
        for unit in units:
            names = ", ".join(people.username(role, unit) for role in people.ROLES)
            self.stdout.write(f"  {unit.name}: {names}")
        self.stdout.write(
            f"Mẹo: bắt đầu với {people.username(Role.STANDING, sample.district())} (huyện) "
            f"hoặc {people.username(Role.OFFICER, sample.communes()[5])} (xã)."
        )

    def say(self, text: str) -> None:
        self.stderr.write(f"  [{time.monotonic() - self.began:5.1f} s] {text}")

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from households.privacy.document import as_markdown
from households.privacy.register import faults


class Command(BaseCommand):
    """Print the register of personal data, or write it to docs/personal-data.md."""

    help = "Sổ đăng ký dữ liệu cá nhân: từng trường, mục đích, thời hạn giữ"

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="ghi vào docs/personal-data.md")

    def handle(self, *args, **options):
        found = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            sys.exit(1)
        if options["write"]:
            path = settings.BASE_DIR / "docs" / "personal-data.md"
            path.write_text(as_markdown(), encoding="utf-8")
        else:
            self.stdout.write(as_markdown(), ending="")

import json
import sys

from django.core.management.base import BaseCommand

from reports.invariants import verify


class Command(BaseCommand):
    """Ask the data whether everything holds that must; exit 1 on the first violation found."""

    help = "Kiểm tra các bất biến của dữ liệu"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        answers = verify()
        if options["json"]:
            self.stdout.write(json.dumps({"invariants": answers}, ensure_ascii=False))
        else:
            for answer in answers:
                mark = "✗" if answer["violations"] else "✓"
                self.stdout.write(f"{mark} {answer['code']} {answer['what']}: {answer['checked']}")
                for violation in answer["violations"]:
                    self.stdout.write(f"    {violation}")
        if any(answer["violations"] for answer in answers):
            sys.exit(1)

import json
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from config import benching


class Command(BaseCommand):
    """Run benches, all or by name. Exit 1 when a row does not hold."""

    help = "Đo tốc độ: mỗi dòng so với một mốc đo cùng lúc"

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", metavar="TÊN")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, names, **options):
        benches = all_benches()
        unknown = set(names) - set(benches)
        if unknown:
            raise CommandError(
                f"Không có phép đo {', '.join(sorted(unknown))}; có: {', '.join(sorted(benches))}."
            )
        reports = []
        for name in names or sorted(benches):
            self.stderr.write(f"· Đo {name}…")
            reports.append(benching.report(name, benches[name]()))
            if not options["json"]:
                self._print(reports[-1])
        if options["json"]:
            answer = reports[0] if len(reports) == 1 else reports
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if not all(row["holds"] for report in reports for row in report["rows"]):
            raise CommandError("Có dòng vượt mức cho phép.", returncode=1)

    def _print(self, report: dict) -> None:
        for row in report["rows"]:
            mark = "đạt " if row["holds"] else "VƯỢT"
            sign = "≥" if row["at_least"] else "≤"
            self.stdout.write(
                f"{mark} {row['what']}: {row['value']:.2f} {row['unit']}; {row['reference']}:"
                f" {row['reference_value']:.2f}; tỷ lệ {row['ratio']:.2f} {sign} {row['budget']}"
            )


def all_benches() -> dict[str, Callable]:
    """Name → function, from the ``benches`` module of every app of ours that has one."""
    benches = {}
    for app in apps.get_app_configs():
        if "." not in app.name and find_spec(f"{app.name}.benches"):
            benches |= import_module(f"{app.name}.benches").BENCHES
    return benches

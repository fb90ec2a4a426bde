import json

from django.core.management.base import BaseCommand

from committees.models import Committee
from committees.unit_lists import load_units
from config.vietnamese.amounts import grouped


class Command(BaseCommand):
    help = "Nạp danh mục đơn vị hành chính trước và từ 1/7/2025 (chạy lại không đổi gì)."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        units, successions = load_units()
        if options["json"]:
            answer = {"created": {"units": units, "successions": successions}}
            answer["already"] = not (units or successions)
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif units or successions:
            labels = dict(Committee.Level.choices)
            made = ", ".join(f"{labels[level]}: {grouped(n)}" for level, n in units.items())
            self.stdout.write(
                f"Đã thêm {grouped(sum(units.values()))} đơn vị ({made}) "
                f"và {grouped(successions)} dòng đơn vị cũ → đơn vị mới."
            )
        else:
            self.stdout.write("Danh mục đơn vị đã đủ, không đổi gì.")

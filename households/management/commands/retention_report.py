import json

from django.core.management.base import BaseCommand

from committees.people import system_user
from households.privacy.expiring import due_by_commune, past_retention, remove
from households.privacy.retention import RETENTION


class Command(BaseCommand):
    """What is past its time; ``--commit`` removes what needs nobody's decision."""

    help = "Dữ liệu hết hạn lưu giữ: nêu số lượng; --commit bỏ tệp, tác vụ hết hạn"

    def add_arguments(self, parser):
        parser.add_argument("--commit", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        past, due = past_retention(), due_by_commune()
        removed = remove(by=system_user()) if options["commit"] else None
        if options["json"]:
            answer = {
                "past": [{"what": line.what, "count": line.count} for line in past],
                "due": [{"commune": name, "households": count} for name, count in due],
                "removed": removed,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for line in RETENTION.values():
            self.stdout.write(f"{line.what}: giữ {line.how_long[0].lower()}{line.how_long[1:]}")
        self.stdout.write("\nHết hạn:")
        for line in past:
            mark = "" if line.is_removed else " (không tự bỏ)"
            self.stdout.write(f"  {line.what}: {line.count}{mark}")
        for name, count in due:
            self.stdout.write(f"    {name}: {count} hộ")
        if removed is None:
            self.stdout.write("Chưa bỏ gì; thêm --commit để bỏ tệp và tác vụ hết hạn.")
        else:
            self.stdout.write(f"Đã bỏ: {removed}")

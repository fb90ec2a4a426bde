"""The one command behind import_households, import_receipts, import_support …"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from committees import intake
from committees.errors import AlreadyImported, CommitteeError
from committees.lookup import committee_at
from committees.models import User
from committees.people import system_user


class ImportCommand(BaseCommand):
    """Import one spreadsheet; without --commit only say what was understood.

    Exit 1 when a row is in error (nothing is written) unless --skip-errors; a file that is
    already in the records changes nothing, says so and exits 0.
    """

    kind = ""

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--commit", action="store_true")
        parser.add_argument("--skip-errors", action="store_true")
        parser.add_argument("--by", help="tên đăng nhập")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, file, committee, commit, skip_errors, by, **options):
        answer = {"kind": self.kind, "file": file.name, "committee": committee, "already": False}
        try:
            answer |= self._run(file, committee, commit, skip_errors, by)
        except AlreadyImported as refusal:
            answer |= {"already": True, "committed": False, "message": str(refusal)}
        except CommitteeError as refusal:
            answer |= {"committed": False, "message": str(refusal)}
            self._say(answer, options["json"])
            raise CommandError(str(refusal), returncode=1) from refusal
        self._say(answer, options["json"])
        if answer.get("errors") and not skip_errors:
            raise CommandError(f"{answer['errors']} dòng có lỗi, chưa ghi gì.", returncode=1)

    def _run(self, file, place, commit, skip_errors, username) -> dict:
        if not file.is_file():
            raise intake.FileRefused(f"Không có tệp {file}.")
        unit, data, day = committee_at(place), file.read_bytes(), _day_of(place)
        intake.refuse_same_file(self.kind, data, unit)
        understood = intake.understand(self.kind, data, name=file.name, committee=unit, day=day)
        found = {
            "rows": len(understood.rows),
            "accepted": sum(not row.in_error for row in understood.rows),
            "warnings": understood.count("warning"),
            "errors": understood.count("error"),
            "creates": understood.creates,
            "findings": [vars(finding) for finding in understood.all_findings],
            "committed": False,
        }
        if not commit or (found["errors"] and not skip_errors):
            return found
        by = User.objects.get(username=username) if username else system_user()
        upload = intake.Upload(self.kind, data, file.name, unit, by)
        batch = intake.write(upload, understood, skip_errors=skip_errors)
        return found | {"committed": True, "created": batch.summary["created"]}

    def _say(self, answer: dict, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for finding in answer.get("findings", []):
            self.stdout.write(
                f"{finding['level']}: {finding['sheet']}, dòng {finding['row']}, "
                f"cột {finding['column']}: {finding['text']}"
            )
        self.stdout.write(
            answer.get("message")
            or f"{answer['accepted']}/{answer['rows']} dòng nhận được; "
            + ("đã ghi." if answer["committed"] else "chưa ghi (thêm --commit để ghi).")
        )


def _day_of(place: str):
    return date.fromisoformat(place.partition("@")[2]) if "@" in place else None

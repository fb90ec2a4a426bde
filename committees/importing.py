"""The one command behind import_households, import_receipts, import_support …"""

import json
import time
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from committees import intake
from committees.errors import AlreadyImported, CommitteeError
from committees.intake_rows import Understood, Verdict
from committees.lookup import committee_at
from committees.models import User
from committees.people import system_user

NOTHING = {
    "rows": 0, "accepted": 0, "new": 0, "changed": 0, "same": 0, "duplicates": 0,
    "errors": [], "warnings": [], "created": {}, "creates": {}, "committed": False,
    "already": False, "message": "",
}  # fmt: skip


class ImportCommand(BaseCommand):
    """Import one spreadsheet; without --commit only say what was understood.

    Exit 1 when a row is in error (nothing is written) unless --skip-errors; a file that is
    already in the records changes nothing, says so and exits 0. With --json one object:
    counts of rows (new, changed, same, duplicates), errors and warnings as lists of
    {"sheet", "row", "column", "message"}, created, seconds. A duplicate has its errors too.
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
        began = time.monotonic()
        answer = {"kind": self.kind, "file": file.name, "committee": committee} | NOTHING
        failed = None
        try:
            answer |= self._run(file, committee, commit, skip_errors, by)
        except AlreadyImported as refusal:
            answer |= {"already": True, "message": str(refusal)}
        except CommitteeError as refusal:
            answer |= {"message": str(refusal)}
            failed = refusal
        answer["seconds"] = round(time.monotonic() - began, 3)
        self._say(answer, options["json"])
        if failed:
            raise CommandError(str(failed), returncode=1) from failed
        if answer["errors"] and not skip_errors:
            wrong = answer["rows"] - answer["accepted"]
            raise CommandError(f"{wrong} dòng có lỗi, chưa ghi gì.", returncode=1)

    def _run(self, file, place, commit, skip_errors, username) -> dict:
        if not file.is_file():
            raise intake.FileRefused(f"Không có tệp {file}.")
        unit, day = committee_at(place), _day_of(place)
        data = intake.kept(file.read_bytes())
        intake.refuse_same_file(self.kind, data, unit)
        understood = intake.understand(self.kind, data, name=file.name, committee=unit, day=day)
        found = said_of(understood)
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
        for level, label in (("errors", "lỗi"), ("warnings", "cảnh báo")):
            for finding in answer[level]:
                self.stdout.write(
                    f"{label}: {finding['sheet']}, dòng {finding['row']}, "
                    f"cột {finding['column']}: {finding['message']}"
                )
        self.stdout.write(
            answer["message"]
            or f"{answer['accepted']}/{answer['rows']} dòng nhận được "
            f"(mới {answer['new']}, đổi {answer['changed']}, như cũ {answer['same']}); "
            + ("đã ghi." if answer["committed"] else "chưa ghi (thêm --commit để ghi).")
        )


def said_of(understood: Understood) -> dict:
    """What a file holds, as the commands print it."""
    verdicts = understood.verdicts()
    return {
        "rows": len(understood.rows),
        "accepted": understood.accepted,
        "new": verdicts[Verdict.NEW],
        "changed": verdicts[Verdict.CHANGED],
        "same": verdicts[Verdict.SAME],
        "duplicates": verdicts[Verdict.DUPLICATE],
        "creates": understood.creates,
        "errors": _of_level(understood, "error"),
        "warnings": _of_level(understood, "warning"),
    }


def _of_level(understood: Understood, level: str) -> list[dict]:
    return [
        {
            "sheet": finding.sheet,
            "row": finding.row,
            "column": finding.column,
            "message": finding.text,
        }
        for finding in understood.all_findings
        if finding.level == level
    ]


def _day_of(place: str):
    return date.fromisoformat(place.partition("@")[2]) if "@" in place else None

import json

from django.core.management.base import BaseCommand, CommandError

from committees.errors import CommitteeError
from committees.lookup import committee_at
from households.models import Classification, PovertyList
from households.review.codes import Code
from households.review.standing import (
    balance_of,
    counts_by_code,
    counts_by_kind,
    previous_of,
    unanswered_in,
)


class Command(BaseCommand):
    """What a year's list of a commune says, in numbers: exit 1 when it does not balance."""

    help = "Số hộ theo loại, diễn biến và cân đối của danh sách một năm"

    def add_arguments(self, parser):
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, committee, year, **options):
        try:
            unit = committee_at(committee)
        except CommitteeError as refusal:
            raise CommandError(str(refusal)) from refusal
        found = PovertyList.objects.filter(commune=unit, year=year).select_related("standard")
        if not found:
            raise CommandError(f"{unit} chưa có danh sách năm {year}.")
        answer = {"committee": committee, "unit": unit.name} | _told(found[0])
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else _say(answer)
        )
        if not answer["is_balanced"]:
            raise CommandError("Danh sách chưa khớp: đầu năm + đến − đi khác cuối năm.")


def _told(found):
    previous = previous_of(found)
    balance = balance_of(found, previous)
    codes = counts_by_code(found)
    return {
        "year": found.year,
        "decision_number": found.decision_number,
        "decided_on": found.decided_on and found.decided_on.isoformat(),
        "standard": found.standard.code,
        "previous": previous and previous.year,
        "same_standard": previous and previous.standard_id == found.standard_id,
        "before": previous and counts_by_kind([previous])[previous.pk],
        "after": counts_by_kind([found])[found.pk],
        "transitions": {one.code: one.annual + one.monthly for one in codes},
        "annual": {one.code: one.annual for one in codes if one.annual},
        "monthly": {one.code: one.monthly for one in codes if one.monthly},
        "unanswered": unanswered_in([found])[found.pk],
        "balance": {
            line.kind: {
                "start": line.start,
                "came": line.came,
                "left": line.left,
                "end": line.end,
                "difference": line.difference,
            }
            for line in balance.lines
        },
        "is_balanced": balance.is_proved,
    }


def _say(answer):
    lines = [f"{answer['unit']}, danh sách năm {answer['year']}"]
    for kind, line in answer["balance"].items():
        label = Classification.Kind(kind).label
        if line["start"] is None:
            lines.append(f"{label}: {line['end']} hộ (chưa có danh sách năm trước)")
        else:
            sums = f"{line['start']} + {line['came']} − {line['left']} = {line['end']}"
            lines.append(f"{label}: {sums} hộ" + (" (lệch)" if line["difference"] else ""))
    lines += [f"{Code(code).label}: {count} hộ" for code, count in answer["transitions"].items()]
    return "\n".join(lines)

"""Marking communes and hamlets as poor or of special difficulty, from a day to a day."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from committees import audit
from committees.models import Committee, User
from config.vietnamese.dates import format_date
from households.errors import MarkRefused
from households.models import PoorPlace

LEVEL_OF = {
    PoorPlace.Mark.POOR: Committee.Level.COMMUNE,
    PoorPlace.Mark.HARD_COMMUNE: Committee.Level.COMMUNE,
    PoorPlace.Mark.HARD_HAMLET: Committee.Level.HAMLET,
}


class MarkFacts(NamedTuple):
    """What a decision says of a place; ``valid_to`` None: until further notice."""

    mark: str
    valid_from: date
    valid_to: date | None
    legal_text: str


@transaction.atomic
def mark_place(place: Committee, *, facts: MarkFacts, by: User) -> PoorPlace:
    """Mark a commune or hamlet. Raises ``MarkRefused``: a mark of another level, days that
    overlap the same mark, no decision named."""
    Committee.objects.select_for_update(no_key=True).get(pk=place.pk)
    _refuse_wrong(place, facts)
    marked = PoorPlace.objects.create(committee=place, **facts._asdict(), entered_by=by)
    _record("poor_place.marked", marked, by)
    return marked


@transaction.atomic
def change_mark(marked: PoorPlace, *, facts: MarkFacts, by: User) -> PoorPlace:
    """Correct a mark, or end it. Raises ``MarkRefused`` like ``mark_place``."""
    Committee.objects.select_for_update(no_key=True).get(pk=marked.committee_id)
    row = PoorPlace.objects.select_for_update().get(pk=marked.pk)
    _refuse_wrong(marked.committee, facts, besides=row)
    for name, value in facts._asdict().items():
        setattr(row, name, value)
    row.save()
    _record("poor_place.changed", row, by)
    return row


@transaction.atomic
def remove_mark(marked: PoorPlace, *, by: User) -> None:
    """Take away a mark that was entered by mistake; one that ended is given its last day."""
    _record("poor_place.removed", marked, by)
    marked.delete()


def _refuse_wrong(place: Committee, facts: MarkFacts, besides: PoorPlace | None = None) -> None:
    label = PoorPlace.Mark(facts.mark).label
    if place.level != LEVEL_OF[PoorPlace.Mark(facts.mark)]:
        raise MarkRefused(f"{place} không thể là “{label}”: hãy chọn đơn vị hoặc diện khác.")
    if not facts.legal_text.strip():
        raise MarkRefused("Chưa ghi căn cứ: hãy ghi số quyết định công nhận.")
    if facts.valid_to and facts.valid_to < facts.valid_from:
        raise MarkRefused("Ngày cuối sớm hơn ngày đầu: hãy ghi lại.")
    others = PoorPlace.objects.filter(committee=place, mark=facts.mark).filter(
        Q(valid_to=None) | Q(valid_to__gte=facts.valid_from)
    )
    if facts.valid_to:
        others = others.filter(valid_from__lte=facts.valid_to)
    other = others.exclude(pk=besides and besides.pk).first()
    if other:
        raise MarkRefused(
            f"{place} đã có diện “{label}” từ {format_date(other.valid_from)}:"
            " hãy ghi ngày kết thúc của lần trước đã."
        )


def _record(action: str, marked: PoorPlace, by: User) -> None:
    audit.record(
        action,
        marked,
        by=by,
        committee=marked.committee,
        kind=marked.get_mark_display(),
        day=marked.valid_from.isoformat(),
        until=marked.valid_to.isoformat() if marked.valid_to else None,
    )

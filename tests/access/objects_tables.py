"""Poverty lines and marks of poor places, made for the walk of all addresses."""

from datetime import date

from committees.models import Committee
from committees.people import system_user
from households.actions.marking import MarkFacts, mark_place
from households.actions.standards import LineFacts, draw_line
from households.models import PoorPlace
from households.standards import standard_in

MARKS = {Committee.Level.COMMUNE: "poor", Committee.Level.HAMLET: "hard_hamlet"}


def _make_line(committee: Committee) -> int | None:
    if committee.level != Committee.Level.PROVINCE:
        return None
    facts = LineFacts(1_800_000, "Nghị quyết 1/NQ-HĐND")
    return draw_line(
        standard_in(2023), place=committee, area="rural", facts=facts, by=system_user()
    ).pk


def _make_mark(committee: Committee) -> int | None:
    if committee.level not in MARKS:
        return None
    known = PoorPlace.objects.filter(committee=committee).first()
    if known:
        return known.pk
    mark = MARKS[committee.level]
    facts = MarkFacts(mark, date(2022, 1, 1), None, "Quyết định 1/QĐ-TTg")
    return mark_place(committee, facts=facts, by=system_user()).pk


def _only(level: str):
    return lambda committee: committee.pk if committee.level == level else None


MAKERS = {
    "commune_pk": _only(Committee.Level.COMMUNE),
    "province_pk": _only(Committee.Level.PROVINCE),
    "line_pk": _make_line,
    "mark_pk": _make_mark,
}

"""The history of one household, newest first: who did what, when, and what it changed.

One entry is one transaction: the audit events on the household (who, what, why) and the rows it
changed, which the database itself writes down (ADR 7).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from committees.models import AuditEvent, ImportBatch, RowChange
from households.history.columns import TABLES, Names, Shown, names_in, shown_columns
from households.history.telling import NOT_TOLD, people_in, reason_of, said
from households.models import Classification, Household, Member, Transition

# Every transaction that says something of the household or changed one of its rows.
MOMENTS = """
WITH people AS (
    SELECT id FROM households_member WHERE household_id = %(household)s
), lines AS (
    SELECT id FROM households_classification WHERE household_id = %(household)s
), moves AS (
    SELECT id FROM households_transition WHERE household_id = %(household)s
), moments AS (
    SELECT coalesce(transaction, -id) AS moment, at FROM committees_auditevent
    WHERE object_type = 'households.household' AND object_id = %(household)s
        AND NOT action = ANY (%(not_told)s)
    UNION ALL SELECT transaction, at FROM committees_rowchange
    WHERE "table" = 'households_household' AND row = %(household)s
    UNION ALL SELECT transaction, at FROM committees_rowchange
    WHERE "table" = 'households_member' AND row IN (SELECT id FROM people)
    UNION ALL SELECT transaction, at FROM committees_rowchange
    WHERE "table" = 'households_classification' AND row IN (SELECT id FROM lines)
    UNION ALL SELECT transaction, at FROM committees_rowchange
    WHERE "table" = 'households_transition' AND row IN (SELECT id FROM moves)
)
SELECT moment, max(at), count(*) OVER () FROM moments GROUP BY moment
ORDER BY max(at) DESC, moment DESC LIMIT %(limit)s OFFSET %(offset)s
"""
PEOPLE, LINES, MOVES = (m._meta.db_table for m in (Member, Classification, Transition))
HOUSEHOLD = Household._meta.db_table


@dataclass(frozen=True)
class Row:
    """What one transaction did to one row: "Thành viên Lê Văn Hai", column by column."""

    title: str
    columns: list[Shown]


@dataclass(frozen=True)
class Entry:
    """One transaction: its acts and reasons, who and when, the rows it changed."""

    acts: list[str]
    reasons: list[str]
    who: str
    at: datetime
    batch: ImportBatch | None
    rows: list[Row]


def history_of(
    household: Household, *, sees: bool, offset: int, limit: int
) -> tuple[list[Entry], int]:
    """Entries from ``offset`` on, and how many there are. ``sees``: whether private values stand
    open (``households.privacy.masking``)."""
    with connection.cursor() as cursor:
        cursor.execute(
            MOMENTS,
            {
                "household": household.pk,
                "not_told": list(NOT_TOLD),
                "limit": limit,
                "offset": offset,
            },
        )
        moments = cursor.fetchall()
    keys = [moment for moment, _, _ in moments]
    events, changes = _events(household, keys), _changes(household, keys)
    all_events = [event for found in events.values() for event in found]
    names = names_in(
        (change for found in changes.values() for change in found),
        people=(key for event in all_events for key in people_in(event)),
    )
    batches = _batches(all_events)
    entries = [
        _entry(at, events[key], _rows(changes[key], names, sees=sees), names, batches, sees=sees)
        for key, at, _ in moments
    ]
    return entries, moments[0][2] if moments else 0


def _events(household: Household, moments: Iterable[int]) -> dict[int, list[AuditEvent]]:
    rows = AuditEvent.objects.filter(
        Q(transaction__in=[key for key in moments if key > 0])
        | Q(pk__in=[-key for key in moments if key < 0]),
        object_type=Household._meta.label_lower,
        object_id=household.pk,
    ).exclude(action__in=NOT_TOLD)
    found = defaultdict(list)
    for event in rows.select_related("actor").order_by("pk"):
        found[event.transaction or -event.pk].append(event)
    return found


def _changes(household: Household, moments: Iterable[int]) -> dict[int, list[RowChange]]:
    """The changes of these transactions to rows that are or were the household's."""
    own = {
        PEOPLE: household.members.order_by().values("pk"),
        LINES: household.classifications.order_by().values("pk"),
        MOVES: household.transitions.order_by().values("pk"),
    }
    mine = Q(table=HOUSEHOLD, row=household.pk)
    for table, keys in own.items():
        mine |= Q(table=table, row__in=keys)
    # Gone over to another household, or removed: the history itself knows whose they were.
    mine |= Q(table__in=own, fields__household_id__contains=[household.pk])
    found = defaultdict(list)
    rows = RowChange.objects.filter(mine, transaction__in=[key for key in moments if key > 0])
    for change in rows.order_by("pk"):
        found[change.transaction].append(change)
    return found


def _batches(events: Iterable[AuditEvent]) -> dict[int, ImportBatch]:
    keys = {event.detail.get("batch") for event in events} - {None}
    return ImportBatch.objects.select_related("file").in_bulk(keys) if keys else {}


def _rows(changes: list[RowChange], names: Names, *, sees: bool) -> list[Row]:
    """Row by row, the first value before and the last one after."""
    whole: dict[tuple[str, int], dict[str, list]] = {}
    for change in changes:
        kept = whole.setdefault((change.table, change.row), {})
        for column, values in change.fields.items():
            after = values[1] if len(values) > 1 else None
            kept[column] = [kept[column][0] if column in kept else values[0], after]
    order = list(TABLES)
    rows = []
    for (table, key), fields in sorted(whole.items(), key=lambda one: order.index(one[0][0])):
        differing = {column: pair for column, pair in fields.items() if pair[0] != pair[1]}
        columns = shown_columns(table, differing, names, sees=sees)
        if columns:
            rows.append(Row(_title(table, key, fields, names), columns))
    return rows


def _title(table: str, key: int, fields: dict[str, list], names: Names) -> str:
    if table == HOUSEHOLD:
        return "Hộ"
    if table == PEOPLE:
        return names.people.get(key, "Một thành viên")
    listed = names.years.get((fields.get("poverty_list_id") or [None])[0])
    year = names.rows.get((table, key)) or listed
    what = "Phân loại" if table == LINES else "Diễn biến"
    return f"{what} năm {year}" if year else what


def _entry(
    at: datetime,
    events: list[AuditEvent],
    rows: list[Row],
    names: Names,
    batches: dict[int, ImportBatch],
    *,
    sees: bool,
) -> Entry:
    who = next((event.actor.full_name for event in events if event.actor), "")
    reasons = [reason_of(event, sees=sees) for event in events]
    batch = next((batches[k] for e in events if (k := e.detail.get("batch")) in batches), None)
    return Entry(
        acts=[said(event, names) for event in events] or ["Thay đổi theo hộ khác"],
        reasons=sorted({reason for reason in reasons if reason}),
        who=who or "Máy",
        at=at,
        batch=batch,
        rows=rows,
    )

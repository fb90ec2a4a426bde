"""Row history: what a transaction changed, and putting it back as it was.

The changes are written by the trigger ``keep_history`` (ADR 7). Putting back is itself a change
with a history of its own.
"""

from collections.abc import Iterable

from django.db import connection, models

# Rows removed come back first, then each changed column gets the value it had before the first
# change of the transaction. A row's version goes on counting: pages opened meanwhile are stale.
PUT_ROWS_BACK = """
INSERT INTO {table} ({columns})
SELECT {was_columns} FROM (
    SELECT (SELECT jsonb_object_agg(key, value -> 0) FROM jsonb_each(fields)) AS whole
    FROM committees_rowchange WHERE transaction = %(transaction)s AND "table" = %(table)s
        AND op = 'D'
) removed CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, whole) was
"""
PUT_COLUMNS_BACK = """
WITH earliest AS (
    SELECT DISTINCT ON (row, key) row, key, value -> 0 AS was
    FROM committees_rowchange CROSS JOIN LATERAL jsonb_each(fields)
    WHERE transaction = %(transaction)s AND "table" = %(table)s AND op = 'U' AND key <> 'version'
    ORDER BY row, key, id
), before AS (
    SELECT row, jsonb_object_agg(key, was) AS fields FROM earliest GROUP BY row
)
UPDATE {table} kept SET ({columns}) = (
    SELECT {was_columns} FROM jsonb_populate_record(kept, before.fields) was
) FROM before WHERE kept.id = before.row
"""


def put_back(transaction: int, tables: Iterable[type[models.Model]]) -> dict[str, int]:
    """Undo what ``transaction`` changed and removed in the ``tables``, in their order.

    Rows that it inserted are the caller's to remove. Returns how many rows were put back, by
    table. Inside the caller's transaction; constraints hold.
    """
    counts = {}
    with connection.cursor() as cursor:
        for model in tables:
            table = model._meta.db_table
            counts[table] = 0
            for statement in (PUT_ROWS_BACK, PUT_COLUMNS_BACK):
                cursor.execute(
                    _statement(statement, model), {"transaction": transaction, "table": table}
                )
                counts[table] += cursor.rowcount
    return counts


def current_transaction() -> int:
    """The number of this database transaction, as ``RowChange`` and audit events have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def _statement(text: str, model: type[models.Model]) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    quoted = [connection.ops.quote_name(field.column) for field in fields]
    return text.format(
        table=connection.ops.quote_name(model._meta.db_table),
        columns=", ".join(quoted),
        was_columns=", ".join(f"was.{column}" for column in quoted),
    )

"""What an import is measured against: reading the file, and a bare COPY of the same rows.

The same four tables with their indexes, constraints and triggers; nothing is understood,
checked, sealed or matched.
"""

import io
from collections.abc import Iterator

from django.db import connection
from python_calamine import CalamineWorkbook

Dump = list[tuple[str, str, str]]
"""Table, its columns, its rows as COPY writes them; in the order in which they go back."""


def dump(commune_id: int) -> Dump:
    """What the registry holds of a commune, ready to be copied back."""
    there = f"SELECT id FROM households_household WHERE commune_id = {commune_id:d}"  # noqa: S608
    wanted = {
        "households_household": f"id IN ({there})",
        "households_member": f"household_id IN ({there})",
        "households_classification": f"household_id IN ({there})",
        "committees_auditevent": f"object_id IN ({there}) AND action = 'household.imported'",
    }
    return [(table, *_copied_out(table, where)) for table, where in wanted.items()]


def read_and_copy(data: bytes, rows: Dump) -> None:
    """The reference itself: calamine reads the file, COPY takes the rows."""
    CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    with connection.cursor() as cursor:
        for table, columns, text in rows:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _copied_out(table: str, where: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER'",
            [table],
        )
        columns = cursor.fetchone()[0]
        buffer = io.StringIO()
        query = f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608 - all of it ours
        cursor.copy_expert(f"COPY ({query}) TO STDOUT", buffer)
    return columns, buffer.getvalue()

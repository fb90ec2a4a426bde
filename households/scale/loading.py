"""Millions of rows in minutes: as ``owner``, with the indexes and foreign keys made afterwards.

All of it is one transaction: a run that is killed leaves the tables as they were.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg2
from django.db import connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.sql import SQL, Composable, Identifier

from config import databases

SETTINGS = {
    "statement_timeout": "0",
    "synchronous_commit": "off",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
}
TRIES = 5
PARTS = """
SELECT format('ALTER TABLE %%1$s DROP CONSTRAINT %%2$I', %(table)s, conname),
    format('ALTER TABLE %%1$s ADD CONSTRAINT %%2$I %%3$s', %(table)s, conname,
        pg_get_constraintdef(oid)),
    contype = 'f'
FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype IN ('u', 'f')
UNION ALL
SELECT format('DROP INDEX %%I', relname), pg_get_indexdef(indexrelid), false
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %(table)s::regclass AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype = 'u')
ORDER BY 3, 1
"""
# Django fills what a row does not name; COPY and INSERT … SELECT do not.
BARE_COLUMNS = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO'
    AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'
"""
NOTHING = {
    "varchar": "''", "text": "''", "bool": "false", "int2": "0", "int4": "0", "int8": "0",
    "_varchar": "'{}'", "jsonb": "'{}'", "timestamptz": "now()",
}  # fmt: skip


@contextmanager
def as_owner() -> Iterator[Cursor]:
    """A cursor of the role that may change tables, in one transaction on this database."""
    opened = _connect()
    try:
        with opened, opened.cursor() as cursor:
            for name, value in SETTINGS.items():
                cursor.execute(SQL("SET {} = %s").format(Identifier(name)), [value])
            yield cursor
    finally:
        opened.close()


@contextmanager
def without_indexes(cursor: Cursor, tables: Sequence[str]) -> Iterator[None]:
    """Load ``tables`` bare; their indexes, constraints and triggers stand again afterwards.

    What triggers would have set the caller sets; a column that is not named holds nothing.
    Constraints are checked when they return.
    """
    again = []
    for table in tables:
        cursor.execute(BARE_COLUMNS, [table])
        bare = cursor.fetchall()
        for column, kind in bare:
            cursor.execute(_column(table, column, f"SET DEFAULT {NOTHING[kind]}"))
            again.append((0, _column(table, column, "DROP DEFAULT").as_string(cursor)))
        cursor.execute(PARTS, {"table": table})
        for drop, make, is_foreign in cursor.fetchall():
            cursor.execute(drop)
            again.append((2 if is_foreign else 1, make))
        cursor.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table)))
    yield
    for _, make in sorted(again):
        cursor.execute(make)
    for table in tables:
        cursor.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(Identifier(table)))


def _column(table: str, column: str, change: str) -> Composable:
    names = (Identifier(table), Identifier(column), SQL(change))
    return SQL("ALTER TABLE {} ALTER COLUMN {} {}").format(*names)


def tidy(tables: Sequence[str]) -> None:
    """Statistics and visibility of what was loaded, as autovacuum would make them in time.

    Whoever looks at the tables meanwhile, autovacuum itself for one, keeps pages from being
    marked visible; then it is tried again.
    """
    opened = _connect()
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            for table in tables:
                for _ in range(TRIES):
                    if _is_tidy(cursor, table):
                        break
                    cursor.execute(SQL("VACUUM (ANALYZE) {}").format(Identifier(table)))
    finally:
        opened.close()


def _is_tidy(cursor: Cursor, table: str) -> bool:
    cursor.execute(
        "SELECT relpages > 0 AND relallvisible > 0.99 * relpages FROM pg_class"
        " WHERE oid = %s::regclass AND pg_relation_size(oid) <= 1.01 * 8192 * relpages",
        [table],
    )
    row = cursor.fetchone()
    return bool(row and row[0])


def _connect() -> psycopg2.extensions.connection:
    place = databases.default_database(os.environ | {"DATABASE_ROLE": "owner"})
    return psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=place.get("USER"),
        password=place.get("PASSWORD") or None,
        host=place.get("HOST") or None,
        port=place.get("PORT") or None,
    )

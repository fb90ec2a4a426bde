"""Test databases: made as ``owner`` by the real migrations, used as ``app``.

The migrated database is kept as a template, named by the fingerprint of the migrations; each
run copies it in a moment. Between transactional tests rows are removed by the superuser with
the triggers asleep, since ``app`` may not TRUNCATE and the ledger refuses DELETE.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Identifier, Literal

from config import embedded, prepare

TEST_PREFIX = "vinguoingheo_test_"
TEMPLATE_PREFIX = "vinguoingheo_template_"
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
MADE_HERE = "tests/databases.py"
ONE_MAKER = 510_2021  # advisory lock: any number of our own


def connect(user: str, database: str) -> Connection:
    """A connection of its own, each statement committed at once."""
    opened = psycopg2.connect(host=str(embedded.servers().sockets), user=user, dbname=database)
    opened.autocommit = True
    return opened


def create_test_database(name: str) -> None:
    """Copy the migrated template, making it first if the migrations have changed."""
    with _superuser("postgres") as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_MAKER])
        template = TEMPLATE_PREFIX + prepare.fingerprint([*prepare.MIGRATIONS, MADE_HERE])[:12]
        _drop_leftovers(cursor, keep=template)
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            _make_template(cursor, template)
        cursor.execute(
            SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(
                Identifier(name), Identifier(template)
            )
        )


def drop_database(name: str) -> None:
    with _superuser("postgres") as cursor:
        cursor.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def empty_every_table(name: str) -> None:
    """Back to what the migrations left: every other row is gone, none of theirs changed."""
    with _superuser(name) as cursor:
        cursor.execute("SET session_replication_role = replica")
        tables = _tables(cursor, "public")
        seeds = set(_tables(cursor, "seed"))
        filled = _filled(cursor, sorted(set(tables) - KEPT_TABLES))
        for table in filled:
            cursor.execute(SQL("DELETE FROM public.{}").format(Identifier(table)))
        for table in seeds:
            _restore(cursor, table)


def _restore(cursor, table: str) -> None:
    cursor.execute(
        """SELECT column_name FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'""",
        [table],
    )
    columns = SQL(", ").join(Identifier(column) for (column,) in cursor.fetchall())
    cursor.execute(
        SQL("INSERT INTO public.{0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM seed.{0}").format(
            Identifier(table), columns
        )
    )


def _make_template(cursor, template: str) -> None:
    making = f"{template}_making"
    cursor.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(making)))
    cursor.execute(SQL("CREATE DATABASE {} OWNER owner").format(Identifier(making)))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"],
        cwd=prepare.ROOT,
        env=os.environ | {"DATABASE_NAME": making, "DATABASE_ROLE": "owner"},
        check=True,
    )
    with _superuser(making) as inside:
        _keep_statistics_out(inside)
        inside.execute("CREATE SCHEMA seed")
        tables = sorted(set(_tables(inside, "public")) - KEPT_TABLES)
        for table in _filled(inside, tables):
            inside.execute(
                SQL("CREATE TABLE seed.{0} AS TABLE public.{0}").format(Identifier(table))
            )
    cursor.execute(
        SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(making), Identifier(template))
    )


def _keep_statistics_out(cursor) -> None:
    """Nobody counts the rows of tables while tests hold thousands that never get committed.

    Autovacuum would find pages without a single row, and the planner would believe it.
    """
    for table in _tables(cursor, "public"):
        cursor.execute(
            SQL("ALTER TABLE public.{} SET (autovacuum_enabled = off)").format(Identifier(table))
        )


def _drop_leftovers(cursor, *, keep: str) -> None:
    """Databases of runs that were killed, and templates of older migrations."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        " OR starts_with(datname, %s)",
        [TEST_PREFIX, TEMPLATE_PREFIX],
    )
    for (name,) in cursor.fetchall():
        is_old = name.startswith(TEMPLATE_PREFIX) and name != keep
        if is_old or (name.startswith(TEST_PREFIX) and not _is_running(name)):
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _is_running(test_database: str) -> bool:
    try:
        os.kill(int(test_database.removeprefix(TEST_PREFIX)), 0)
    except ProcessLookupError:
        return False
    return True


def _tables(cursor, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return [name for (name,) in cursor.fetchall()]


def _filled(cursor, tables: list[str]) -> list[str]:
    if not tables:
        return []
    questions = [
        SQL("SELECT {} WHERE EXISTS (SELECT FROM public.{})").format(
            Literal(table), Identifier(table)
        )
        for table in tables
    ]
    cursor.execute(SQL(" UNION ALL ").join(questions))
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def _superuser(database: str) -> Iterator:
    opened = connect(embedded.SUPERUSER, database)
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()

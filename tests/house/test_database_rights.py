"""``app`` serves rows and nothing else; ``owner`` changes structure."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction


def ask(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_the_site_is_served_as_app_without_special_rights(db):
    assert ask(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
        " FROM pg_roles WHERE rolname = current_user"
    ) == ("app", False, False, False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE django_session ADD COLUMN mine int",
        "DROP TABLE django_session",
        "TRUNCATE django_session",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "ALTER TABLE django_session DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SET ROLE owner",
        "DELETE FROM django_migrations",
    ],
)
def test_app_cannot_touch_the_structure(db, statement):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ask(statement)


def test_every_rule_names_where_it_looks(db):
    """A rule that finds tables by the caller's search path can be lied to by a temporary one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
               WHERE p.pronamespace = 'public'::regnamespace AND p.prosqlbody IS NULL
                   AND l.lanname IN ('plpgsql', 'sql')
                   AND NOT EXISTS (
                       SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                   AND coalesce(array_to_string(p.proconfig, ' '), '')
                       <> 'search_path=public, pg_temp'"""
        )
        assert cursor.fetchall() == []


def test_app_reads_every_table(db):
    unreadable = [
        model._meta.db_table
        for model in apps.get_models()
        if not ask(f"SELECT has_table_privilege('{model._meta.db_table}', 'SELECT')")[0]
    ]

    assert unreadable == []


def test_owner_may_change_the_structure(as_owner):
    with as_owner.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id int)")
        cursor.execute("SELECT has_table_privilege('app', 'mine', 'INSERT')")
        assert cursor.fetchone() == (True,)
        cursor.execute("DROP TABLE mine")


def test_pages_are_not_allowed_to_run_for_minutes(db):
    assert ask("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')") == (
        "10s",
        "3s",
    )


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Đặng Thị Ước", "dang thi uoc"), ("Nguyễn Văn Bảy", "nguyen van bay"), ("", "")],
)
def test_names_fold_for_the_search(db, written, folded):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(f_unaccent(%s))", [written])
        assert cursor.fetchone() == (folded,)

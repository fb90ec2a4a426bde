"""Rights of the two roles, extensions, and the functions every table may lean on.

Runs before Django's own tables, so that they too are made under the default privileges:
``owner`` (who migrates) grants ``app`` (who serves) rows, never structure. A ledger or audit
migration then revokes UPDATE and DELETE for its own tables.
"""

from django.db import migrations

RIGHTS = """
GRANT USAGE ON SCHEMA public TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO app;
-- django_migrations stands before the first migration; /readyz reads it.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;
"""
NO_RIGHTS = """
REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM app;
REVOKE USAGE ON SCHEMA public FROM app;
"""

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
"""

# unaccent() is only STABLE, for its dictionary could be changed; ours never is, so the
# wrapper may be used in an index. Fold accents first, then case: lower(f_unaccent(name)).
UNACCENT = """
CREATE FUNCTION f_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN public.unaccent('public.unaccent'::regdictionary, $1);
"""

# Read by config.clock and by triggers alike; the shift is for demonstrations and tests.
CLOCK = """
CREATE FUNCTION business_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN now() + coalesce(nullif(current_setting('app.clock_shift', true), '')::interval, '0');

CREATE FUNCTION business_today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (public.business_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [("contenttypes", "0001_initial")]
    operations = [
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(
            EXTENSIONS, "DROP EXTENSION btree_gist; DROP EXTENSION pg_trgm; DROP EXTENSION unaccent"
        ),
        migrations.RunSQL(UNACCENT, "DROP FUNCTION f_unaccent(text)"),
        migrations.RunSQL(CLOCK, "DROP FUNCTION business_today(); DROP FUNCTION business_now()"),
    ]

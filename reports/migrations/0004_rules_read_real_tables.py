"""The database's rules look at the real tables only.

A temporary table of any role hides a table of the same name, and a rule that read it would be
told whatever its maker likes. Stands in the topmost app: every function has been made by now.
"""

from django.db import migrations

# Functions of an extension are not ours; those with a parsed body name their objects already.
EACH_RULE = """
DO $$
DECLARE
    rule regprocedure;
BEGIN
    FOR rule IN
        SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace
            AND l.lanname IN ('plpgsql', 'sql')
            AND p.prosqlbody IS NULL
            AND NOT p.prosecdef
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER FUNCTION %s {change}', rule);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_signed_plans_stand"),
        ("committees", "0004_documents_move_forward"),
        ("fund", "0006_period_locks_stand"),
        ("households", "0004_searching_by_given_name"),
        ("housing", "0002_house_stands_as_support"),
        ("reports", "0003_sent_reports_stand"),
    ]
    operations = [
        migrations.RunSQL(
            EACH_RULE.replace("{change}", "SET search_path = public, pg_temp"),
            EACH_RULE.replace("{change}", "RESET search_path"),
        )
    ]

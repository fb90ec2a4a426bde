"""A closed period stays closed: nobody takes a lock back, not even the application's role."""

from django.db import migrations

STANDS = """
CREATE TRIGGER period_lock_is_append_only BEFORE UPDATE OR DELETE ON fund_periodlock
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER period_lock_is_not_truncated BEFORE TRUNCATE ON fund_periodlock
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON fund_periodlock FROM app;
"""

BACK = """
GRANT UPDATE, DELETE ON fund_periodlock TO app;
DROP TRIGGER period_lock_is_not_truncated ON fund_periodlock;
DROP TRIGGER period_lock_is_append_only ON fund_periodlock;
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0005_support_list_terms")]
    operations = [migrations.RunSQL(STANDS, BACK)]

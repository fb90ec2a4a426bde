from django.db import migrations

TABLES = ("household", "member", "classification", "transition")
HISTORY = "\n".join(
    f"CREATE TRIGGER {table}_history AFTER UPDATE OR DELETE ON households_{table}"
    " FOR EACH ROW EXECUTE FUNCTION keep_history();"
    for table in TABLES
)
RULES = """
CREATE TRIGGER sighting_is_append_only BEFORE UPDATE OR DELETE ON households_sighting
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON households_sighting FROM app;
UPDATE households_household SET flags = ARRAY['minority']
    WHERE ethnicity NOT IN ('', 'Kinh') AND flags = '{}';
UPDATE households_classification listed SET flags = household.flags
    FROM households_household household
    WHERE household.id = listed.household_id AND household.flags <> '{}';
"""
BACK = """
GRANT UPDATE, DELETE ON households_sighting TO app;
DROP TRIGGER sighting_is_append_only ON households_sighting;
"""
FORGET = "\n".join(f"DROP TRIGGER {table}_history ON households_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0007_lines_instead_of_points"),
        ("committees", "0006_rows_keep_their_history"),
    ]
    operations = [migrations.RunSQL(RULES + HISTORY, FORGET + BACK)]

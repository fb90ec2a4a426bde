from django.db import migrations

# One rule for every table that keeps its history: CREATE TRIGGER … EXECUTE FUNCTION
# keep_history(). Only the columns that differ are kept; generated and version columns are not.
RULES = """
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    now_ jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) END;
    kept jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, jsonb_build_array(value, now_ -> key)) INTO kept
            FROM jsonb_each(was) WHERE value IS DISTINCT FROM now_ -> key;
        IF kept IS NULL OR kept - 'version' = '{}' THEN
            RETURN NULL;
        END IF;
    ELSE
        SELECT jsonb_object_agg(key, jsonb_build_array(value)) INTO kept FROM jsonb_each(was);
    END IF;
    INSERT INTO committees_rowchange ("table", row, op, fields)
        VALUES (TG_TABLE_NAME, OLD.id, left(TG_OP, 1), kept);
    RETURN NULL;
END $$;
CREATE TRIGGER row_change_is_append_only BEFORE UPDATE ON committees_rowchange
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER row_change_is_not_truncated BEFORE TRUNCATE ON committees_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON committees_rowchange FROM app;
"""

BACK = """
DROP TRIGGER row_change_is_append_only ON committees_rowchange;
DROP TRIGGER row_change_is_not_truncated ON committees_rowchange;
GRANT UPDATE, DELETE ON committees_rowchange TO app;
DROP FUNCTION keep_history();
"""


class Migration(migrations.Migration):
    dependencies = [("committees", "0005_row_changes")]
    operations = [migrations.RunSQL(RULES, BACK)]

from django.db import migrations

# The database makes `words` and `path` itself from columns whose history is kept.
RULES = """
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    made text[] := '{words,path}';
    was jsonb := to_jsonb(OLD) - made;
    now_ jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) - made END;
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
"""
AS_BEFORE = RULES.replace("'{words,path}'", "'{}'")


class Migration(migrations.Migration):
    dependencies = [("committees", "0007_imported_rows_know_their_sheet")]
    operations = [migrations.RunSQL(RULES, AS_BEFORE)]

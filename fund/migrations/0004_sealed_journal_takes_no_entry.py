"""A journal is whole when its transaction commits: no leg is added to it afterwards."""

from django.db import migrations

WHOLE = """
CREATE FUNCTION sealed_journal_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM fund_seal WHERE journal_id = NEW.journal_id) THEN
        RAISE EXCEPTION 'append_only: journal % is sealed', NEW.journal_id USING ERRCODE = 'VN001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealed_journal_is_whole BEFORE INSERT ON fund_entry
    FOR EACH ROW EXECUTE FUNCTION sealed_journal_is_whole();
"""

BACK = """
DROP TRIGGER sealed_journal_is_whole ON fund_entry;
DROP FUNCTION sealed_journal_is_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("fund", "0003_seals")]
    operations = [migrations.RunSQL(WHOLE, BACK)]

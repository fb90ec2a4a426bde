from django.db import migrations

# Shared by every append-only table (the ledger uses it too).
REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append_only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'VN001';
END $$;
"""

AUDIT = """
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON committees_auditevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_not_truncated BEFORE TRUNCATE ON committees_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON committees_auditevent FROM app;
ALTER TABLE committees_committee
    ADD CONSTRAINT committee_name_is_nfc CHECK (name IS NFC NORMALIZED);
"""

BACK = """
ALTER TABLE committees_committee DROP CONSTRAINT committee_name_is_nfc;
DROP TRIGGER audit_is_append_only ON committees_auditevent;
DROP TRIGGER audit_is_not_truncated ON committees_auditevent;
GRANT UPDATE, DELETE ON committees_auditevent TO app;
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("committees", "0001_people_and_places")]
    operations = [migrations.RunSQL(REFUSE + AUDIT, BACK)]

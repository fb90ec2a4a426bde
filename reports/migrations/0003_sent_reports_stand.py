"""What was sent stands: the database itself refuses to change a snapshot or its parts."""

from django.db import migrations

STANDS = """
CREATE FUNCTION sent_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sha256 <> '' AND (TG_OP = 'DELETE' OR (
        NEW.campaign_id, NEW.committee_id, NEW.revision, NEW.snapshot, NEW.sha256, NEW.figures,
        NEW.narrative, NEW.sent_at, NEW.sent_by_id
    ) IS DISTINCT FROM (
        OLD.campaign_id, OLD.committee_id, OLD.revision, OLD.snapshot, OLD.sha256, OLD.figures,
        OLD.narrative, OLD.sent_at, OLD.sent_by_id
    )) THEN
        RAISE EXCEPTION 'append_only: report % was sent', OLD.id USING ERRCODE = 'VN001';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER report_sent_stands BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION sent_report_stands();
CREATE TRIGGER report_part_is_append_only BEFORE UPDATE OR DELETE ON reports_reportpart
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_part_is_not_truncated BEFORE TRUNCATE ON reports_reportpart
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON reports_reportpart FROM app;
"""

BACK = """
GRANT UPDATE, DELETE ON reports_reportpart TO app;
DROP TRIGGER report_part_is_not_truncated ON reports_reportpart;
DROP TRIGGER report_part_is_append_only ON reports_reportpart;
DROP TRIGGER report_sent_stands ON reports_report;
DROP FUNCTION sent_report_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_reconciled_says_by_whom"),
        ("committees", "0002_audit_is_append_only"),
    ]
    operations = [migrations.RunSQL(STANDS, BACK)]

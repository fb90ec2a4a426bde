from django.db import migrations

# A plan's words, targets and recipients are what was signed: they change only in a draft.
STANDS = """
CREATE FUNCTION signed_plan_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint;
BEGIN
    IF TG_TABLE_NAME = 'campaigns_plan' THEN
        touched := OLD.id;
    ELSIF TG_OP = 'DELETE' THEN
        touched := OLD.plan_id;
    ELSE
        touched := NEW.plan_id;
    END IF;
    IF EXISTS (
        SELECT FROM campaigns_plan p JOIN committees_document d ON d.id = p.document_id
        WHERE p.id = touched AND d.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'plan_is_signed: plan %', touched USING ERRCODE = 'VN012';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER plan_signed_stands BEFORE UPDATE OR DELETE ON campaigns_plan
    FOR EACH ROW EXECUTE FUNCTION signed_plan_stands();
CREATE TRIGGER plan_section_signed_stands
    BEFORE INSERT OR UPDATE OR DELETE ON campaigns_plansection
    FOR EACH ROW EXECUTE FUNCTION signed_plan_stands();
CREATE TRIGGER target_signed_stands BEFORE INSERT OR UPDATE OR DELETE ON campaigns_target
    FOR EACH ROW EXECUTE FUNCTION signed_plan_stands();
"""

BACK = """
DROP TRIGGER plan_signed_stands ON campaigns_plan;
DROP TRIGGER plan_section_signed_stands ON campaigns_plansection;
DROP TRIGGER target_signed_stands ON campaigns_target;
DROP FUNCTION signed_plan_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_campaigns_and_plans"),
        ("committees", "0004_documents_move_forward"),
    ]
    operations = [migrations.RunSQL(STANDS, BACK)]

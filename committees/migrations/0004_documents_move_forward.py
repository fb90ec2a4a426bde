import django.db.models.deletion
from django.db import migrations, models

# Draft → signed → numbered → issued; only a signature recorded by mistake may be taken back.
# What was signed is never rewritten, what has a number is never numbered again or removed.
FORWARD = """
CREATE FUNCTION document_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'document_order: a paper begins as a draft' USING ERRCODE = 'VN011';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'document_order: % is %', OLD.id, OLD.state USING ERRCODE = 'VN011';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'signed'), ('signed', 'draft'), ('signed', 'numbered'), ('numbered', 'issued')
    ) THEN
        RAISE EXCEPTION 'document_order: % from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'VN011';
    END IF;
    IF OLD.state <> 'draft' AND (
        (NEW.committee_id, NEW.kind, NEW.series, NEW.subject, NEW.symbol, NEW.place)
            IS DISTINCT FROM
        (OLD.committee_id, OLD.kind, OLD.series, OLD.subject, OLD.symbol, OLD.place)
        OR (NEW.state <> 'draft' AND
            (NEW.capacity, NEW.signer_title, NEW.signer_name, NEW.signed_on)
                IS DISTINCT FROM
            (OLD.capacity, OLD.signer_title, OLD.signer_name, OLD.signed_on))
    ) THEN
        RAISE EXCEPTION 'document_order: % is signed', OLD.id USING ERRCODE = 'VN011';
    END IF;
    IF OLD.number IS NOT NULL AND (NEW.number, NEW.suffix, NEW.year, NEW.dated_on)
        IS DISTINCT FROM (OLD.number, OLD.suffix, OLD.year, OLD.dated_on)
    THEN
        RAISE EXCEPTION 'document_order: % has a number', OLD.id USING ERRCODE = 'VN011';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_moves_forward BEFORE INSERT OR UPDATE OR DELETE ON committees_document
    FOR EACH ROW EXECUTE FUNCTION document_moves_forward();
"""

BACK = """
DROP TRIGGER document_moves_forward ON committees_document;
DROP FUNCTION document_moves_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("committees", "0003_search_part_of_name")]
    operations = [
        migrations.AddField(
            model_name="document",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.storedfile",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]

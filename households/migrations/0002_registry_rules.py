from django.db import migrations

RULES = """
CREATE FUNCTION household_lives_in_its_commune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM committees_committee hamlet JOIN committees_committee commune
            ON starts_with(hamlet.path, commune.path) AND hamlet.level = 'hamlet'
        WHERE hamlet.id = NEW.hamlet_id AND commune.id = NEW.commune_id
            AND commune.level = 'commune'
    ) THEN
        RAISE EXCEPTION 'household_place: hamlet % is not in commune %',
            NEW.hamlet_id, NEW.commune_id USING ERRCODE = 'VN002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER household_place BEFORE INSERT OR UPDATE OF hamlet_id, commune_id
    ON households_household FOR EACH ROW EXECUTE FUNCTION household_lives_in_its_commune();
ALTER TABLE households_household
    ADD CONSTRAINT household_text_is_nfc CHECK (head_name IS NFC NORMALIZED);
ALTER TABLE households_member
    ADD CONSTRAINT member_text_is_nfc CHECK (name IS NFC NORMALIZED);
CREATE INDEX household_search ON households_household USING gin (head_fold gin_trgm_ops);
"""

BACK = """
DROP INDEX household_search;
ALTER TABLE households_member DROP CONSTRAINT member_text_is_nfc;
ALTER TABLE households_household DROP CONSTRAINT household_text_is_nfc;
DROP TRIGGER household_place ON households_household;
DROP FUNCTION household_lives_in_its_commune();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0001_registry")]
    operations = [migrations.RunSQL(RULES, BACK)]

from django.db import migrations

# The one way in which history goes: of people whose rows no longer name anybody. ``app`` may not
# delete history itself. Changes of classes stay, they name nobody and the review reads them.
RULES = """
CREATE FUNCTION erase_history(households bigint[], members bigint[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    erased CONSTANT text := 'Đã xóa dữ liệu';
    gone bigint;
BEGIN
    IF EXISTS (
        SELECT FROM households_household h WHERE h.id = ANY (households)
            AND (h.head_name <> erased OR h.phone <> '' OR h.birth_year IS NOT NULL
                OR h.address <> '' OR h.ethnicity <> '' OR h.note <> '')
    ) OR EXISTS (
        SELECT FROM households_member m
        WHERE (m.household_id = ANY (households) OR m.id = ANY (members))
            AND (m.name <> erased OR m.id_index IS NOT NULL OR m.birth_year IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'not_erased: history goes only with the people it tells of'
            USING ERRCODE = 'VN001';
    END IF;
    DELETE FROM committees_rowchange c WHERE
        c."table" = 'households_household' AND (
            c.row = ANY (households)
            -- A single member may have been the head once.
            OR c.fields ? 'head_name' AND c.row IN (
                SELECT m.household_id FROM households_member m WHERE m.id = ANY (members))
        )
        OR c."table" = 'households_member' AND (
            c.row = ANY (members)
            OR c.row IN (SELECT m.id FROM households_member m
                WHERE m.household_id = ANY (households))
            OR c.op = 'D' AND (c.fields -> 'household_id' ->> 0)::bigint = ANY (households))
        OR c."table" = 'households_transition' AND (
            c.row IN (SELECT t.id FROM households_transition t
                WHERE t.household_id = ANY (households))
            OR c.op = 'D' AND (c.fields -> 'household_id' ->> 0)::bigint = ANY (households));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION erase_history(bigint[], bigint[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0012_sightings_outlive_households"),
        ("committees", "0009_files_may_be_removed"),
    ]
    operations = [
        migrations.RunSQL(RULES, "DROP FUNCTION erase_history(bigint[], bigint[])"),
    ]

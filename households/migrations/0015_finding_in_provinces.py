"""Searches read names in the order of an index: of the nation, a province, a given name."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Left

import households.models.path
import households.models.words

APOSTROPHES = "[''’‘ʼʹ`´ʻ‛＇]"
DASHES = "[-‐‑‒–—―−]"

HOUSEHOLD_WORDS = f"""
CREATE OR REPLACE FUNCTION household_words(name text, fold text, sort_key text, code text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    string_to_array(fold, ' ')
    || string_to_array(regexp_replace(sort_key, ' (\\d+)( |$)', '\\1\\2', 'g'), ' ')
    || coalesce('#' || substring(code FROM '-0*(\\d{{1,6}})$'), '')
    || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name) END,
    ''));
ALTER TABLE households_household ALTER COLUMN words
    SET EXPRESSION AS (household_words(head_name, head_fold, head_sort_key, code));
"""

MEMBER_WORDS = f"""
CREATE FUNCTION member_words(name text, path text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    ('@' || left(path, 8)) || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name)
        ELSE string_to_array(lower(public.f_unaccent(name)), ' ') END,
    ''));
"""

MEMBER_WORDS_BEFORE = f"""
CREATE FUNCTION member_words(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name)
        ELSE string_to_array(lower(public.f_unaccent(name)), ' ') END,
    ''));
"""

PLACE = """
CREATE FUNCTION member_lives_with_household() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    SELECT path INTO NEW.path FROM households_household WHERE id = NEW.household_id;
    RETURN NEW;
END $$;
CREATE TRIGGER member_path BEFORE INSERT OR UPDATE OF household_id, is_head, path
    ON households_member FOR EACH ROW WHEN (NOT NEW.is_head)
    EXECUTE FUNCTION member_lives_with_household();
CREATE FUNCTION members_follow_their_household() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE households_member SET path = NEW.path WHERE household_id = NEW.id AND NOT is_head;
    RETURN NULL;
END $$;
CREATE TRIGGER household_path_of_members AFTER UPDATE ON households_household
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
    EXECUTE FUNCTION members_follow_their_household();
UPDATE households_member SET path = path WHERE NOT is_head;
"""

NO_PLACE = """
DROP TRIGGER household_path_of_members ON households_household;
DROP FUNCTION members_follow_their_household();
DROP TRIGGER member_path ON households_member;
DROP FUNCTION member_lives_with_household();
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0014_counting_lists")]

    operations = [
        migrations.RunSQL(HOUSEHOLD_WORDS, migrations.RunSQL.noop),
        migrations.AlterField(
            "household",
            "path",
            households.models.path.PathField(editable=False, max_length=255),
        ),
        migrations.AddField(
            "household",
            "given_fold",
            models.GeneratedField(
                db_persist=True,
                expression=Func(
                    Func(F("head_sort_key"), Value("{|"), Value(""), function="translate"),
                    Value(" "),
                    Value(1),
                    function="split_part",
                ),
                output_field=models.CharField(max_length=250),
            ),
        ),
        migrations.RemoveField("member", "words"),
        migrations.RunSQL("DROP FUNCTION member_words(text)", MEMBER_WORDS_BEFORE),
        migrations.RunSQL(MEMBER_WORDS, "DROP FUNCTION member_words(text, text)"),
        migrations.AddField(
            "member",
            "path",
            households.models.path.PathField(db_default="", editable=False, max_length=255),
        ),
        migrations.RunSQL(PLACE, NO_PLACE),
        migrations.AddField(
            "member",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(
                        is_head=False,
                        left_on=None,
                        then=Func(
                            F("name"),
                            F("path"),
                            function="member_words",
                            output_field=households.models.words.WordsField(),
                        ),
                    )
                ),
                output_field=households.models.words.WordsField(null=True),
            ),
        ),
        migrations.AddIndex(
            "member",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="member_by_words"),
        ),
        migrations.RemoveIndex("household", "household_commune_sorted"),
        migrations.RemoveIndex("household", "household_hamlet_sorted"),
        migrations.AddIndex(
            "household",
            models.Index(
                Left("path", 8),
                F("head_sort_key"),
                F("id"),
                name="household_in_province",
                include=["path", "state"],
            ),
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["given_fold", "head_sort_key", "id"],
                name="household_by_given",
                include=["path", "state"],
            ),
        ),
    ]

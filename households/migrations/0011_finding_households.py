"""What households are found by: words of names, and the place in the tree of units."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import Case, F, Func, When

import households.models.words

# Marks inside a name as config.vietnamese.letters has them.
APOSTROPHES = "[''’‘ʼʹ`´ʻ‛＇]"
DASHES = "[-‐‑‒–—―−]"

WORDS = f"""
CREATE FUNCTION words_apart(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN string_to_array(lower(public.f_unaccent(
    regexp_replace(name, '{APOSTROPHES}|{DASHES}', ' ', 'g')
)), ' ');

CREATE FUNCTION words_joined(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN string_to_array(lower(public.f_unaccent(
    regexp_replace(name, '{APOSTROPHES}|{DASHES}', '', 'g')
)), ' ');

CREATE FUNCTION household_words(name text, fold text, sort_key text, code text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    string_to_array(fold, ' ')
    || string_to_array(regexp_replace(sort_key, ' (\\d+)( |$)', '\\1\\2', 'g'), ' ')
    || ('=' || regexp_replace(fold, '^.* ', ''))
    || coalesce('#' || substring(code FROM '-0*(\\d{{1,6}})$'), '')
    || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name) END,
    ''));

CREATE FUNCTION member_words(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name)
        ELSE string_to_array(lower(public.f_unaccent(name)), ' ') END,
    ''));
"""

NO_WORDS = """
DROP FUNCTION member_words(text);
DROP FUNCTION household_words(text, text, text, text);
DROP FUNCTION words_joined(text);
DROP FUNCTION words_apart(text);
"""

PLACE = """
CREATE OR REPLACE FUNCTION household_lives_in_its_commune() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    SELECT hamlet.path INTO NEW.path
        FROM committees_committee hamlet JOIN committees_committee commune
            ON starts_with(hamlet.path, commune.path) AND hamlet.level = 'hamlet'
        WHERE hamlet.id = NEW.hamlet_id AND commune.id = NEW.commune_id
            AND commune.level = 'commune';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'household_place: hamlet % is not in commune %',
            NEW.hamlet_id, NEW.commune_id USING ERRCODE = 'VN002';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION households_follow_their_hamlet() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE households_household SET hamlet_id = hamlet_id WHERE hamlet_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER household_path AFTER UPDATE OF path ON committees_committee
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
    EXECUTE FUNCTION households_follow_their_hamlet();
CREATE TRIGGER household_path_is_given BEFORE UPDATE OF path ON households_household
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
    EXECUTE FUNCTION household_lives_in_its_commune();
"""

NO_PLACE = """
DROP TRIGGER household_path_is_given ON households_household;
DROP TRIGGER household_path ON committees_committee;
DROP FUNCTION households_follow_their_hamlet();
CREATE OR REPLACE FUNCTION household_lives_in_its_commune() RETURNS trigger
LANGUAGE plpgsql AS $$
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
"""

# Whole numbers that somebody asked for: counted within the hour, so found at once.
LOOKED_UP = """
CREATE INDEX audit_numbers_looked_up ON committees_auditevent (actor_id, at)
    WHERE action = 'household.number_looked_up';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0010_where_it_stood_before"),
        ("committees", "0008_history_without_search_columns"),
    ]

    operations = [
        migrations.RemoveIndex("household", "household_by_given_name"),
        migrations.RemoveIndex("household", "household_sorted"),
        migrations.RunSQL(
            "DROP INDEX household_search",
            "CREATE INDEX household_search ON households_household"
            " USING gin (head_fold gin_trgm_ops)",
        ),
        migrations.RemoveField("household", "given_fold"),
        migrations.AddField(
            "household",
            "path",
            models.CharField(default="", editable=False, max_length=255),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE households_household household SET path = hamlet.path"
            " FROM committees_committee hamlet WHERE hamlet.id = household.hamlet_id",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(PLACE, NO_PLACE),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.AddField(
            "household",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=Func(
                    F("head_name"),
                    F("head_fold"),
                    F("head_sort_key"),
                    F("code"),
                    function="household_words",
                ),
                output_field=households.models.words.WordsField(),
            ),
        ),
        migrations.AddField(
            "member",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(
                        is_head=False,
                        left_on=None,
                        then=Func(F("name"), function="member_words"),
                    )
                ),
                output_field=households.models.words.WordsField(null=True),
            ),
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["head_sort_key", "id"],
                include=["path", "state"],
                name="household_in_order",
            ),
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["path"], name="household_by_path", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            "household",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="household_by_words"),
        ),
        migrations.AddIndex(
            "member",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="member_by_words"),
        ),
        migrations.RunSQL(LOOKED_UP, "DROP INDEX audit_numbers_looked_up"),
    ]

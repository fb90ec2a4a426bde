from django.db import migrations, models
from django.db.models import Case, F, Func, When

import households.models.words

APOSTROPHES = "[''’‘ʼʹ`´ʻ‛＇]"
DASHES = "[-‐‑‒–—―−]"

HOUSEHOLD_WORDS = f"""
CREATE FUNCTION household_words(name text, fold text, sort_key text, code text, born int)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(array_remove(
    string_to_array(fold, ' ')
    || string_to_array(regexp_replace(sort_key, ' (\\d+)( |$)', '\\1\\2', 'g'), ' ')
    || coalesce('#' || substring(code FROM '-0*(\\d{{1,6}})$'), '')
    || coalesce('*' || born, '')
    || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name) END,
    ''));
ALTER TABLE households_household ALTER COLUMN words SET EXPRESSION
    AS (household_words(head_name, head_fold, head_sort_key, code, birth_year));
DROP FUNCTION household_words(text, text, text, text);
"""

HOUSEHOLD_WORDS_BEFORE = f"""
CREATE FUNCTION household_words(name text, fold text, sort_key text, code text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    string_to_array(fold, ' ')
    || string_to_array(regexp_replace(sort_key, ' (\\d+)( |$)', '\\1\\2', 'g'), ' ')
    || coalesce('#' || substring(code FROM '-0*(\\d{{1,6}})$'), '')
    || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name) END,
    ''));
ALTER TABLE households_household ALTER COLUMN words SET EXPRESSION
    AS (household_words(head_name, head_fold, head_sort_key, code));
DROP FUNCTION household_words(text, text, text, text, int);
"""

MEMBER_WORDS = f"""
CREATE FUNCTION member_words(name text, path text, born int) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(array_remove(
    ARRAY['@' || left(path, 8), coalesce('*' || born, '')]
    || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name)
        ELSE string_to_array(lower(public.f_unaccent(name)), ' ') END,
    ''));
ALTER TABLE households_member ALTER COLUMN words SET EXPRESSION
    AS (CASE WHEN NOT is_head AND left_on IS NULL THEN member_words(name, path, birth_year) END);
DROP FUNCTION member_words(text, text);
"""

MEMBER_WORDS_BEFORE = f"""
CREATE FUNCTION member_words(name text, path text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN array_to_tsvector(array_remove(
    ('@' || left(path, 8)) || CASE WHEN name ~ '{APOSTROPHES}|{DASHES}'
        THEN public.words_apart(name) || public.words_joined(name)
        ELSE string_to_array(lower(public.f_unaccent(name)), ' ') END,
    ''));
ALTER TABLE households_member ALTER COLUMN words SET EXPRESSION
    AS (CASE WHEN NOT is_head AND left_on IS NULL THEN member_words(name, path) END);
DROP FUNCTION member_words(text, text, int);
"""


def words_of(*columns, function):
    """Django's side of a generated column that the SQL above makes."""
    return Func(
        *map(F, columns), function=function, output_field=households.models.words.WordsField()
    )


class Migration(migrations.Migration):
    dependencies = [("households", "0015_finding_in_provinces")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(HOUSEHOLD_WORDS, HOUSEHOLD_WORDS_BEFORE),
                migrations.RunSQL(MEMBER_WORDS, MEMBER_WORDS_BEFORE),
            ],
            state_operations=[
                migrations.AlterField(
                    "household",
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=words_of(
                            "head_name",
                            "head_fold",
                            "head_sort_key",
                            "code",
                            "birth_year",
                            function="household_words",
                        ),
                        output_field=households.models.words.WordsField(),
                    ),
                ),
                migrations.AlterField(
                    "member",
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=Case(
                            When(
                                is_head=False,
                                left_on=None,
                                then=words_of(
                                    "name", "path", "birth_year", function="member_words"
                                ),
                            )
                        ),
                        output_field=households.models.words.WordsField(null=True),
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                condition=models.Q(state="merged"),
                fields=["code"],
                name="household_merged_by_code",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
    ]

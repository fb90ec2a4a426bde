"""Households that may be one and the same: found by name, year of birth and place; a person
decides, and "không trùng" is remembered."""

from django.db import connection, transaction

from committees import audit
from committees.models import Committee, User
from config import clock
from households.errors import WrongMerge
from households.models import Likeness

# How alike two heads are, in percent: the name counts most, then the year of birth, then the
# hamlet. Two different whole identity numbers speak against it. From LEAST on somebody looks.
LEAST = 60
ALIKE_NAME = 0.75

# Pairs of one commune: the same name without accents, or a name typed otherwise in the same
# hamlet with the same year of birth.
FIND = """
WITH living AS (
    SELECT h.id, h.hamlet_id, h.head_fold, h.birth_year, m.id_index
    FROM households_household h
    LEFT JOIN households_member m ON m.household_id = h.id AND m.is_head
    WHERE h.commune_id = %(commune)s AND h.state = 'active'
), pairs AS (
    SELECT a.id AS first, b.id AS second, true AS same_name, a.birth_year AS year_a,
        b.birth_year AS year_b, a.hamlet_id = b.hamlet_id AS same_hamlet,
        a.id_index IS NOT NULL AND b.id_index IS NOT NULL AS other_number
    FROM living a JOIN living b ON a.head_fold = b.head_fold AND a.id < b.id
    UNION ALL
    SELECT a.id, b.id, false, a.birth_year, b.birth_year, true,
        a.id_index IS NOT NULL AND b.id_index IS NOT NULL
    FROM living a JOIN living b ON a.hamlet_id = b.hamlet_id AND a.birth_year = b.birth_year
        AND a.id < b.id AND a.head_fold <> b.head_fold
        AND similarity(a.head_fold, b.head_fold) >= %(alike)s
), scored AS (
    SELECT first, second,
        CASE WHEN same_name THEN 55 ELSE 40 END
        + CASE WHEN year_a = year_b THEN 30 WHEN year_a IS NULL OR year_b IS NULL THEN 10
               WHEN abs(year_a - year_b) <= 1 THEN 15 ELSE -30 END
        + CASE WHEN same_hamlet THEN 15 ELSE 0 END
        - CASE WHEN other_number THEN 35 ELSE 0 END AS score,
        array_remove(ARRAY[
            CASE WHEN same_name THEN 'name' ELSE 'like_name' END,
            CASE WHEN year_a = year_b THEN 'year'
                 WHEN abs(year_a - year_b) <= 1 THEN 'near_year' END,
            CASE WHEN same_hamlet THEN 'hamlet' END,
            CASE WHEN other_number THEN 'other_number' END
        ], NULL) AS reasons
    FROM pairs
)
INSERT INTO households_likeness
    (commune_id, first_id, second_id, score, reasons, state, found_at, note)
SELECT %(commune)s, first, second, score, reasons, 'open', now(), '' FROM scored
WHERE score >= %(least)s
ON CONFLICT (first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons
    WHERE households_likeness.state = 'open'
"""
FORGET = """
DELETE FROM households_likeness pair
USING households_household a, households_household b
WHERE pair.commune_id = %(commune)s AND pair.state = 'open'
    AND a.id = pair.first_id AND b.id = pair.second_id
    AND (a.state <> 'active' OR b.state <> 'active' OR a.commune_id <> b.commune_id
        OR a.head_fold <> b.head_fold AND similarity(a.head_fold, b.head_fold) < %(alike)s)
"""
REASONS = {
    "name": "cùng họ tên",
    "like_name": "họ tên gần giống",
    "year": "cùng năm sinh",
    "near_year": "năm sinh lệch 1",
    "hamlet": "cùng thôn, ấp",
    "other_number": "nhưng số CCCD khác nhau",
}


@transaction.atomic
def find_in(commune: Committee) -> int:
    """Look through a commune's households for pairs; how many wait for somebody to look.

    Pairs already decided stay decided; open ones that are no longer alike go.
    """
    said = {"commune": commune.pk, "alike": ALIKE_NAME, "least": LEAST}
    with connection.cursor() as cursor:
        cursor.execute(FORGET, said)
        cursor.execute(FIND, said)
    return Likeness.objects.filter(commune=commune, state=Likeness.State.OPEN).count()


@transaction.atomic
def decide_different(pair: Likeness, *, note: str, by: User) -> Likeness:
    """Two households after all: the pair is not asked about again. Raises ``WrongMerge``."""
    row = locked_open(pair)
    row.state, row.note = Likeness.State.DIFFERENT, note.strip()
    row.decided_by, row.decided_at = by, clock.now()
    row.save()
    for household in (row.first, row.second):
        audit.record("household.not_the_same", household, by=by, committee=row.commune, pair=row.pk)
    return row


@transaction.atomic
def ask_again(pair: Likeness, *, by: User) -> Likeness:
    """Take "không trùng" back: the pair waits again. Raises ``WrongMerge``."""
    row = Likeness.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if row.state != Likeness.State.DIFFERENT:
        raise WrongMerge("Cặp này không còn ở trạng thái “Không trùng”: hãy tải lại trang.")
    row.state, row.note, row.decided_by, row.decided_at = Likeness.State.OPEN, "", None, None
    row.save()
    for household in (row.first, row.second):
        audit.record("household.asked_again", household, by=by, committee=row.commune, pair=row.pk)
    return row


def locked_open(pair: Likeness) -> Likeness:
    """The pair, nobody else deciding it meanwhile; ``WrongMerge`` when somebody has."""
    rows = Likeness.objects.select_for_update(of=("self",))
    row = rows.select_related("first", "second", "commune").filter(pk=pair.pk).first()
    if row is None or row.state != Likeness.State.OPEN:
        raise WrongMerge("Cặp hộ này đã được xem xét: hãy tải lại trang.")
    return row

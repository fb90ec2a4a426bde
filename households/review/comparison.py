"""Two lists compared: what every household of either became, as one statement."""

from datetime import date

from django.db import connection

from households.models import PovertyList, Transition

# The list of the year before (old) against this list as first decided (new): what stood in the
# list before its first monthly review. A code that a person answered stays while the classes do.
DERIVE = """
WITH old AS (
    SELECT household_id, hamlet_id, kind FROM households_classification
    WHERE poverty_list_id = %(previous)s
), reviewed AS (
    SELECT DISTINCT ON (household_id) household_id, hamlet_before_id, kind_before AS kind
    FROM households_transition WHERE poverty_list_id = %(list)s AND origin = 'monthly'
    ORDER BY household_id, "on", id
), new AS (
    SELECT household_id, hamlet_id, kind FROM households_classification listed
    WHERE poverty_list_id = %(list)s AND NOT EXISTS (
        SELECT FROM reviewed WHERE reviewed.household_id = listed.household_id)
    UNION ALL SELECT * FROM reviewed WHERE kind <> ''
), compared AS (
    SELECT household_id, coalesce(new.hamlet_id, old.hamlet_id) AS hamlet_id,
        old.hamlet_id AS hamlet_before_id, coalesce(old.kind, '') AS kind_before,
        coalesce(new.kind, '') AS kind_after
    FROM old FULL JOIN new USING (household_id)
), coded AS (
    SELECT compared.*, CASE
        WHEN kind_before = kind_after THEN 'giu_nguyen'
        WHEN kind_after = '' THEN CASE
            WHEN household.state = 'merged' THEN 'nhap_ho'
            WHEN household.state = 'ended' THEN 'chet'
            WHEN household.state = 'moved' OR household.commune_id <> %(commune)s THEN 'chuyen_di'
            ELSE 'chua_ro' END
        WHEN kind_before = 'poor' AND kind_after = 'near_poor' THEN 'thoat_ngheo_len_can'
        WHEN kind_before = 'poor' THEN 'thoat_ngheo_vuot_chuan'
        WHEN kind_before = 'near_poor' AND kind_after = 'poor' THEN 'can_xuong_ngheo'
        WHEN kind_before = 'near_poor' THEN 'thoat_can_ngheo'
        WHEN kind_after = 'hardship' THEN 'kho_khan_moi'
        WHEN kind_before = '' AND elsewhere.kind IS NOT NULL THEN 'chuyen_den'
        WHEN kind_before = '' AND split.household_id IS NOT NULL THEN 'tach_ho'
        WHEN kind_after = 'poor' THEN
            CASE WHEN earlier.poor THEN 'tai_ngheo' ELSE 'phat_sinh_ngheo' END
        ELSE CASE WHEN earlier.listed THEN 'tai_can_ngheo' ELSE 'phat_sinh_can' END
    END AS code
    FROM compared
    JOIN households_household household ON household.id = compared.household_id
    LEFT JOIN old split ON split.household_id = household.split_from_id
    LEFT JOIN LATERAL (
        SELECT bool_or(c.kind = 'poor') AS poor, bool_or(c.kind <> 'hardship') AS listed
        FROM households_classification c
        JOIN households_povertylist l ON l.id = c.poverty_list_id
        WHERE c.household_id = compared.household_id AND l.year < %(year)s - 1
            AND compared.kind_before IN ('', 'hardship')
    ) earlier ON true
    LEFT JOIN LATERAL (
        SELECT c.kind FROM households_classification c
        JOIN households_povertylist l ON l.id = c.poverty_list_id
        WHERE c.household_id = compared.household_id AND l.year = %(year)s - 1
            AND l.id <> %(previous)s AND c.kind <> 'hardship' AND compared.kind_before = ''
        LIMIT 1
    ) elsewhere ON true
)
MERGE INTO households_transition kept USING coded
    ON kept.poverty_list_id = %(list)s AND kept.origin = 'annual'
    AND kept.household_id = coded.household_id
WHEN MATCHED AND (kept.kind_before, kept.kind_after) IS DISTINCT FROM
        (coded.kind_before, coded.kind_after)
    OR kept.answered_at IS NULL AND kept.code <> coded.code THEN UPDATE SET
        kind_before = coded.kind_before, kind_after = coded.kind_after, code = coded.code,
        hamlet_id = coded.hamlet_id, hamlet_before_id = coded.hamlet_before_id,
        note = '', answered_by_id = NULL, answered_at = NULL
WHEN MATCHED AND (kept.hamlet_id, kept.hamlet_before_id) IS DISTINCT FROM
        (coded.hamlet_id, coded.hamlet_before_id) THEN UPDATE SET
        hamlet_id = coded.hamlet_id, hamlet_before_id = coded.hamlet_before_id
WHEN NOT MATCHED THEN INSERT (poverty_list_id, household_id, hamlet_id, hamlet_before_id, origin,
        kind_before, kind_after, code, "on", decision_number, note)
    VALUES (%(list)s, coded.household_id, coded.hamlet_id, coded.hamlet_before_id, 'annual',
        coded.kind_before, coded.kind_after, coded.code, %(on)s, %(decision)s, '')
WHEN NOT MATCHED BY SOURCE AND kept.poverty_list_id = %(list)s AND kept.origin = 'annual'
    THEN DELETE
"""


def compare(poverty_list: PovertyList) -> None:
    """Bring the annual transitions of a list up to it and to the commune's list before it.

    Without a list of the year before there is nothing to compare with.
    """
    lists = PovertyList.objects.filter(commune=poverty_list.commune_id)
    previous = lists.filter(year=poverty_list.year - 1).first()
    if previous is None:
        annual = Transition.objects.filter(poverty_list=poverty_list)
        annual.filter(origin=Transition.Origin.ANNUAL).delete()
        return
    values = {
        "list": poverty_list.pk,
        "previous": previous.pk,
        "year": poverty_list.year,
        "commune": poverty_list.commune_id,
        "on": poverty_list.decided_on or date(poverty_list.year, 1, 1),
        "decision": poverty_list.decision_number,
    }
    with connection.cursor() as cursor:
        cursor.execute(DERIVE, values)


def compare_next(poverty_list: PovertyList) -> None:
    """The same for the commune's list of the year after, if it has come in."""
    following = PovertyList.objects.filter(
        commune=poverty_list.commune_id, year=poverty_list.year + 1
    ).first()
    if following:
        compare(following)

"""What a review changed (diễn biến hộ nghèo, domain.md §2.7): annual by comparison, monthly one
by one.

For every list and class: standing on last year's list + all that came − all that left = standing
on this list. It holds because the annual transitions are one full join of two lists, and a
monthly one is written with the change of the class itself.
"""

from datetime import date

from django.db import connection, transaction
from django.db.models import F

from committees import audit
from committees.models import User
from config import clock
from config.vietnamese.dates import format_date
from households.actions.registering import Listed
from households.errors import WrongReview
from households.models import Classification, Household, PovertyList, Transition

# The list of the year before (old) against this list as first decided (new): what stood in the
# list before its first monthly review. A code that a person answered stays while the classes do.
DERIVE = """
WITH old AS (
    SELECT household_id, hamlet_id, kind FROM households_classification
    WHERE poverty_list_id = %(previous)s
), reviewed AS (
    SELECT DISTINCT ON (household_id) household_id, hamlet_id, kind_before AS kind
    FROM households_transition WHERE poverty_list_id = %(list)s AND origin = 'monthly'
    ORDER BY household_id, "on", id
), new AS (
    SELECT household_id, hamlet_id, kind FROM households_classification listed
    WHERE poverty_list_id = %(list)s AND NOT EXISTS (
        SELECT FROM reviewed WHERE reviewed.household_id = listed.household_id)
    UNION ALL SELECT * FROM reviewed WHERE kind <> ''
), compared AS (
    SELECT household_id, coalesce(new.hamlet_id, old.hamlet_id) AS hamlet_id,
        coalesce(old.kind, '') AS kind_before, coalesce(new.kind, '') AS kind_after
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
        hamlet_id = coded.hamlet_id, note = '', answered_by_id = NULL, answered_at = NULL
WHEN NOT MATCHED THEN INSERT (poverty_list_id, household_id, hamlet_id, origin, kind_before,
        kind_after, code, "on", decision_number, note)
    VALUES (%(list)s, coded.household_id, coded.hamlet_id, 'annual', coded.kind_before,
        coded.kind_after, coded.code, %(on)s, %(decision)s, '')
WHEN NOT MATCHED BY SOURCE AND kept.poverty_list_id = %(list)s AND kept.origin = 'annual'
    THEN DELETE
"""


def derive(poverty_list: PovertyList) -> None:
    """Compare the list with the commune's list of the year before, and the next year's with it.

    Called after classes of a list changed other than by ``record_monthly``, in the same
    transaction. Without a list of the year before there is nothing to compare with. Codes that
    people answered stay as long as the classes before and after do.
    """
    _derive_one(poverty_list)
    _derive_next(poverty_list)


@transaction.atomic
def record_monthly(  # noqa: PLR0913, what the monthly decision says
    household: Household,
    *,
    year: int,
    kind_after: str,
    code: str,
    on: date,
    by: User,
    decision_number: str = "",
    note: str = "",
    listed: Listed | None = None,
) -> Transition:
    """Change a household's class on the list of ``year`` from day ``on`` (rà soát thường xuyên).

    ``kind_after`` empty: it leaves the list. ``listed`` brings the points of the new class.
    Raises ``WrongReview`` when there is no list, nothing changes, or the day does not fit.
    """
    row = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    poverty_list = PovertyList.objects.filter(commune=row.commune_id, year=year).first()
    if poverty_list is None:
        raise WrongReview(f"Xã chưa có danh sách năm {year}: hãy nhập danh sách của năm trước đã.")
    _check_day(row, poverty_list, on)
    live = Classification.objects.filter(household=row, poverty_list=poverty_list).first()
    before = live.kind if live else ""
    if before == kind_after:
        raise WrongReview("Phân loại không đổi: hãy chọn phân loại khác hoặc bỏ qua hộ này.")
    _reclassify(row, poverty_list, live, kind_after, listed)
    change = Transition.objects.create(
        poverty_list=poverty_list,
        household=row,
        hamlet_id=row.hamlet_id,
        origin=Transition.Origin.MONTHLY,
        kind_before=before,
        kind_after=kind_after,
        code=code,
        on=on,
        decision_number=decision_number,
        note=note,
        answered_by=by,
        answered_at=clock.now(),
    )
    Household.objects.filter(pk=row.pk).update(version=F("version") + 1)
    _derive_next(poverty_list)
    audit.record(
        "household.reviewed",
        row,
        by=by,
        committee=row.commune,
        year=year,
        before=before,
        after=kind_after,
        code=code,
    )
    return change


def _check_day(household: Household, poverty_list: PovertyList, on: date) -> None:
    first = poverty_list.decided_on or date(poverty_list.year, 1, 1)
    last = min(date(poverty_list.year, 12, 31), clock.today())
    earlier = Transition.objects.filter(
        household=household, poverty_list=poverty_list, origin=Transition.Origin.MONTHLY
    )
    latest = earlier.order_by("-on").values_list("on", flat=True).first()
    if not first <= on <= last:
        raise WrongReview(
            f"Ngày rà soát phải từ {format_date(first)} đến {format_date(last)}: hãy ghi lại."
        )
    if latest and on < latest:
        raise WrongReview(f"Hộ này đã có thay đổi ngày {format_date(latest)}: hãy ghi ngày sau đó.")


def _reclassify(
    household: Household,
    poverty_list: PovertyList,
    live: Classification | None,
    kind: str,
    listed: Listed | None,
) -> None:
    if not kind:
        live.delete()
        return
    values = {
        "hamlet_id": household.hamlet_id,
        "kind": kind,
        "members_declared": household.members_declared,
        "flags": household.flags,
        "causes": household.causes,
    }
    if listed:
        values |= {
            "income_score": listed.income_score,
            "deprivation_score": listed.deprivation_score,
            "deprivations": listed.deprivations,
        }
    Classification.objects.update_or_create(
        household=household, poverty_list=poverty_list, defaults=values
    )


def _derive_next(poverty_list: PovertyList) -> None:
    following = PovertyList.objects.filter(
        commune=poverty_list.commune_id, year=poverty_list.year + 1
    ).first()
    if following:
        _derive_one(following)


def _derive_one(poverty_list: PovertyList) -> None:
    lists = PovertyList.objects.filter(commune=poverty_list.commune_id)
    previous = lists.filter(year=poverty_list.year - 1).first()
    if previous is None:
        annual = Transition.objects.filter(poverty_list=poverty_list)
        annual.filter(origin=Transition.Origin.ANNUAL).delete()
        return
    with connection.cursor() as cursor:
        cursor.execute(
            DERIVE,
            {
                "list": poverty_list.pk,
                "previous": previous.pk,
                "year": poverty_list.year,
                "commune": poverty_list.commune_id,
                "on": poverty_list.decided_on or date(poverty_list.year, 1, 1),
                "decision": poverty_list.decision_number,
            },
        )

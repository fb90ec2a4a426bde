"""What a review changed (diễn biến hộ nghèo, domain.md §2.7): annual by comparison, monthly one
by one.

For every list and class: standing on last year's list + all that came − all that left = standing
on this list. It holds because the annual transitions are one full join of two lists, and a
monthly one is written with the change of the class itself.
"""

from datetime import date

from django.db import transaction
from django.db.models import F

from committees import audit
from committees.models import RowChange, User
from config import clock
from config.vietnamese.dates import format_date
from households.actions.listing import Listed
from households.errors import WrongReview
from households.models import Classification, Household, PovertyList, Transition
from households.review.codes import codes_for
from households.review.comparison import compare, compare_next


def derive(poverty_list: PovertyList) -> None:
    """Compare the list with the commune's list of the year before, and the next year's with it.

    Called after classes of a list changed other than by ``record_monthly``, in the same
    transaction. Codes that people answered stay as long as the classes before and after do.
    """
    compare(poverty_list)
    compare_next(poverty_list)


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

    ``kind_after`` empty: it leaves the list. ``listed`` brings the points of the new class. The
    household itself stays as it is (``review_in_year`` lets it follow). Raises ``WrongReview``
    when there is no list, nothing changes, or the code or the day does not fit.
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
    if code not in codes_for(before, kind_after):
        raise WrongReview("Diễn biến không hợp với thay đổi phân loại: hãy chọn diễn biến khác.")
    kept = _reclassify(row, poverty_list, live, kind_after, listed)
    change = Transition.objects.create(
        poverty_list=poverty_list,
        household=row,
        hamlet_id=live.hamlet_id if live and not kind_after else row.hamlet_id,
        hamlet_before_id=live.hamlet_id if live else None,
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
    compare_next(poverty_list)
    audit.record(
        "household.reviewed",
        row,
        by=by,
        committee=row.commune,
        year=year,
        before=before,
        after=kind_after,
        code=code,
        change=change.pk,
        kept=kept,
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
) -> int | None:
    """Change, make or remove the live class; the key of what the history kept of it."""
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
    if live is None:
        Classification.objects.create(household=household, poverty_list=poverty_list, **values)
        return None
    key = live.pk
    if kind:
        Classification.objects.filter(pk=key).update(**values)
    else:
        live.delete()
    history = RowChange.objects.filter(table=Classification._meta.db_table, row=key)
    return history.values_list("pk", flat=True).first()

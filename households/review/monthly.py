"""Changes within the year (rà soát thường xuyên): offered, recorded, taken back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from committees import audit
from committees.models import AuditEvent, RowChange, User
from config.vietnamese.dates import format_date
from households.actions.listing import Listed
from households.errors import WrongReview
from households.models import Classification, Household, ListRemark, PovertyList, Transition
from households.review.codes import FITS, STATE_AFTER, Code, Kind
from households.review.comparison import compare_next
from households.review.following import (
    STATE_FIELDS,
    check_target,
    follow,
    refuse_moved,
    restore,
)
from households.review.remarks import close_omitted
from households.review.transitions import record_monthly

MONTHLY = Transition.Origin.MONTHLY


@dataclass(frozen=True)
class Change:
    """What a monthly decision says of one household."""

    kind_after: str
    code: str
    on: date
    decision_number: str = ""
    note: str = ""
    into: Household | None = None  # whom it joined


def changes_open_to(household: Household, poverty_list: PovertyList) -> list[tuple[str, str, str]]:
    """(class after, code, words) of every change that a household may have now.

    "Hộ có hoàn cảnh khó khăn" is confirmed elsewhere, by the Front itself; a household takes over
    another's class where the two are merged; "được bổ sung" is offered where the Front asked.
    """
    live = Classification.objects.filter(household=household, poverty_list=poverty_list).first()
    before = live.kind if live else ""
    asked = ListRemark.objects.filter(
        poverty_list=poverty_list, household=household, kind=ListRemark.Kind.OMITTED
    ).exists()
    return [
        (after, code.value, _words(before, after, code))
        for (from_, after), codes in FITS.items()
        if from_ == before and after != Kind.HARDSHIP
        for code in codes
        if (code != Code.RESTORED or asked) and not (code == Code.MERGED and after)
    ]


@transaction.atomic
def review_in_year(
    household: Household,
    poverty_list: PovertyList,
    *,
    change: Change,
    listed: Listed | None = None,
    by: User,
) -> Transition:
    """Record a monthly change; the household follows where it moved away or nobody is left.

    "Được bổ sung" answers the Front's open remark. Raises ``WrongReview``.
    """
    if change.code == Code.MERGED:
        check_target(change.into, {household.pk: household})
    made = record_monthly(
        household,
        year=poverty_list.year,
        kind_after=change.kind_after,
        code=change.code,
        on=change.on,
        by=by,
        decision_number=change.decision_number,
        note=change.note,
        listed=listed,
    )
    row = Household.objects.get(pk=household.pk)
    reason = change.note or made.get_code_display()
    was = follow(row, change.code, on=change.on, reason=reason, into=change.into)
    if was:
        row.version += 1
        row.save(update_fields=STATE_FIELDS)
    remark = None
    if change.code == Code.RESTORED:
        decision = f" theo Quyết định số {change.decision_number}" if change.decision_number else ""
        text = f"Đã bổ sung vào danh sách{decision}."
        remark = close_omitted(poverty_list, row, text=text, on=change.on)
    if was or remark:
        audit.record(
            "household.review_followed",
            row,
            by=by,
            committee=row.commune,
            year=poverty_list.year,
            change=made.pk,
            was=was,
            remark=remark and remark.pk,
        )
    return made


@transaction.atomic
def take_back_monthly(change: Transition, *, by: User) -> None:
    """Undo the last monthly change of a household: class and state are again what they were.

    Raises ``WrongReview`` when it is not the last one, the class was changed since, or somebody
    recorded elsewhere that the household is gone.
    """
    household = Household.objects.select_for_update(of=("self",)).get(pk=change.household_id)
    row = Transition.objects.filter(pk=change.pk, origin=MONTHLY).first()
    if row is None:
        raise WrongReview("Thay đổi này đã được bỏ: hãy tải lại trang để xem.")
    refuse_moved(household, row.poverty_list)
    _refuse_if_followed(row)
    reviewed, followed = _event(row, "household.reviewed"), _event(row, "household.review_followed")
    if reviewed is None:
        raise WrongReview("Không còn vết của thay đổi này: hãy ghi một thay đổi mới.")
    _restore_class(row, reviewed.detail["kept"])
    was = followed.detail["was"] if followed else {}
    is_restored = restore(household, was)
    if change.code in STATE_AFTER and household.state != Household.State.ACTIVE:
        raise WrongReview(
            f"Hộ đang ghi là {household.get_state_display().lower()}: hãy theo dõi lại hộ ở trang"
            " của hộ, danh sách sẽ theo đó."
        )
    if followed and followed.detail["remark"]:
        ListRemark.objects.filter(pk=followed.detail["remark"]).update(answer="", answered_on=None)
    household.version += 1
    household.save(update_fields=STATE_FIELDS)
    poverty_list = row.poverty_list
    row.delete()
    compare_next(poverty_list)
    audit.record(
        "household.review_taken_back",
        household,
        by=by,
        committee=household.commune,
        year=poverty_list.year,
        code=change.code,
        on=format_date(change.on),
        restored=is_restored,
    )


def last_changes(poverty_list: PovertyList) -> set[int]:
    """The keys of the monthly transitions that may be taken back: each household's last."""
    rows = Transition.objects.filter(poverty_list=poverty_list, origin=MONTHLY)
    latest = rows.order_by("household_id", "-on", "-pk").distinct("household_id")
    return set(latest.values_list("pk", flat=True))


def _words(before: str, after: str, code: Code) -> str:
    if not before:
        return f"{code.label}: vào danh sách, {Kind(after).label.lower()}"
    if not after:
        return f"{code.label}: ra khỏi danh sách"
    return f"{code.label}: {Kind(before).label.lower()} → {Kind(after).label.lower()}"


def _refuse_if_followed(change: Transition) -> None:
    own = Transition.objects.filter(
        poverty_list=change.poverty_list_id, household=change.household_id, origin=MONTHLY
    )
    if own.order_by("-on", "-pk").first() != change:
        raise WrongReview("Hộ này còn thay đổi sau đó: hãy bỏ thay đổi sau trước.")
    live = Classification.objects.filter(
        poverty_list=change.poverty_list_id, household=change.household_id
    ).first()
    if (live.kind if live else "") != change.kind_after:
        raise WrongReview(
            "Phân loại của hộ đã được sửa sau thay đổi này: hãy ghi một thay đổi mới."
        )


def _event(change: Transition, action: str) -> AuditEvent | None:
    return AuditEvent.objects.filter(
        object_type=Household._meta.label_lower,
        object_id=change.household_id,
        action=action,
        detail__change=change.pk,
    ).first()


def _restore_class(change: Transition, kept: int | None) -> None:
    live = Classification.objects.filter(
        poverty_list=change.poverty_list_id, household=change.household_id
    )
    if not change.kind_before:
        live.delete()
        return
    history = RowChange.objects.filter(pk=kept, table=Classification._meta.db_table).first()
    if history is None:
        raise WrongReview("Không còn vết của thay đổi này: hãy ghi một thay đổi mới.")
    before = {column: values[0] for column, values in history.fields.items()}
    if history.op == RowChange.Op.REMOVED:
        Classification.objects.bulk_create([Classification(**before)])
    else:
        live.update(**before)

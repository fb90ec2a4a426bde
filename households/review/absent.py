"""Households of last year's list that are not on this one: somebody says why (domain.md §2.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import Count, Q, QuerySet

from committees import audit
from committees.models import AuditEvent, User
from config import clock
from config.vietnamese.dates import format_date
from households.errors import WrongReview
from households.models import Classification, Household, PovertyList, Transition
from households.review.codes import Code, Kind
from households.review.following import (
    STATE_FIELDS,
    check_target,
    follow,
    refuse_moved,
    restore,
)
from households.review.remarks import remark_omitted, take_back_omitted
from households.review.transitions import derive

BATCH = 500


class Reason(models.TextChoices):
    """What an officer may answer; the code follows from it and from last year's class."""

    ESCAPED = "thoat", "Thoát nghèo, thoát cận nghèo"
    MOVED = "chuyen_di", "Chuyển đi nơi khác"
    DIED = "chet", "Chết, không còn ai"
    MERGED = "nhap_ho", "Nhập vào hộ khác"
    OMITTED = "sot", "Sót trong danh sách, kiến nghị bổ sung"
    RELIEVED = "het_kho_khan", "Hết hoàn cảnh khó khăn"
    STILL = "tiep_tuc", "Vẫn khó khăn, tiếp tục theo dõi"


CODES = {
    (Reason.ESCAPED, Kind.POOR): Code.OUT_OF_POVERTY,
    (Reason.ESCAPED, Kind.NEAR_POOR): Code.OUT_OF_NEAR_POVERTY,
    (Reason.OMITTED, Kind.POOR): Code.OMITTED,
    (Reason.OMITTED, Kind.NEAR_POOR): Code.OMITTED,
    (Reason.RELIEVED, Kind.HARDSHIP): Code.OUT_OF_HARDSHIP,
    (Reason.STILL, Kind.HARDSHIP): Code.UNCHANGED,
} | {
    (reason, kind): code
    for kind in Kind
    for reason, code in (
        (Reason.MOVED, Code.MOVED_OUT),
        (Reason.DIED, Code.DIED),
        (Reason.MERGED, Code.MERGED),
    )
}


@dataclass(frozen=True)
class Answer:
    """Why households are absent: ``on`` and ``place`` where they moved or since when nobody is
    left, ``into`` the household that they joined."""

    reason: Reason
    on: date | None = None
    place: str = ""
    into: Household | None = None
    note: str = ""

    @property
    def told(self) -> str:
        """The note that is kept beside the code."""
        parts = (f"đến {self.place}" if self.place else "", self.note)
        joined = f"vào hộ {self.into}" if self.into else ""
        return "; ".join(part for part in (joined, *parts) if part)[:300]


def absent_of(poverty_list: PovertyList) -> QuerySet[Transition]:
    """The households nobody has answered for yet, by hamlet and name."""
    return _listing(
        Transition.objects.filter(poverty_list=poverty_list, code=Code.UNANSWERED, kind_after="")
    )


def answered_of(poverty_list: PovertyList) -> QuerySet[Transition]:
    """The absent households that somebody answered for, the latest answer first."""
    rows = Transition.objects.filter(
        Q(kind_after="") | Q(kind_after=Kind.HARDSHIP, code=Code.UNCHANGED),
        poverty_list=poverty_list,
        origin=Transition.Origin.ANNUAL,
        answered_at__isnull=False,
    )
    return (
        _listing(rows)
        .select_related("household", "hamlet", "answered_by")
        .order_by("-answered_at", "pk")
    )


def unanswered_by_list(lists: QuerySet[PovertyList]) -> list[tuple[int, int, int]]:
    """(key, year, households nobody has answered for) of each list that has such; one query."""
    rows = Transition.objects.filter(poverty_list__in=lists, code=Code.UNANSWERED).order_by()
    grouped = rows.values_list("poverty_list", "poverty_list__year").annotate(n=Count("pk"))
    return list(grouped.order_by("-poverty_list__year", "poverty_list"))


@transaction.atomic
def answer_absent(
    poverty_list: PovertyList, keys: Iterable[int], *, answer: Answer, by: User
) -> int:
    """Answer for the absent households of these transitions, all alike; how many they were.

    "Chuyển đi", "chết" and "nhập hộ" also end the following of the household, "sót" notes a
    remark for the People's Committee, "vẫn khó khăn" keeps it on the list. Raises
    ``WrongReview`` when somebody answered meanwhile or the answer does not fit a class.
    """
    wanted = set(keys)
    changes = list(
        Transition.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, poverty_list=poverty_list, code=Code.UNANSWERED)
        .order_by("pk")
    )
    if not changes:
        raise WrongReview("Các hộ này vừa được trả lời rồi: hãy tải lại trang để xem.")
    if len(changes) < len(wanted):
        raise WrongReview("Có hộ vừa được người khác trả lời: hãy tải lại trang rồi chọn lại.")
    _check(poverty_list, changes, answer)
    households = (
        Household.objects.select_for_update(of=("self",))
        .order_by("pk")
        .in_bulk([change.household_id for change in changes])
    )
    if answer.reason == Reason.MERGED:
        check_target(answer.into, households)
    details, at = {}, clock.now()
    for change in changes:
        change.answered_by, change.answered_at = by, at
        details[change.household_id] = _answer(change, households[change.household_id], answer)
    Household.objects.bulk_update(households.values(), STATE_FIELDS, batch_size=BATCH)
    if answer.reason == Reason.STILL:
        _keep_listed(poverty_list, households.values(), changes)
    else:
        Transition.objects.bulk_update(
            changes, ["code", "note", "answered_by", "answered_at"], batch_size=BATCH
        )
    if answer.reason == Reason.OMITTED:
        remark_omitted(poverty_list, changes, households, by=by)
    audit.record_many(
        "household.absence_answered",
        list(households.values()),
        by=by,
        committee_of=lambda household: household.commune_id,
        detail_of=lambda household: details[household.pk] | {"year": poverty_list.year},
    )
    return len(changes)


@transaction.atomic
def take_back_answer(change: Transition, *, by: User) -> bool:
    """Ask about the household again; whether its state of before is restored as well.

    It is not where somebody gave the household another state since. Raises ``WrongReview`` when
    nobody answered, or what followed from the answer stands in the way.
    """
    row = Transition.objects.select_for_update(of=("self",)).get(pk=change.pk)
    event = _event_of(row)
    if row.answered_at is None or event is None:
        raise WrongReview("Câu trả lời này đã được bỏ: hãy tải lại trang để xem.")
    _refuse_reviewed_since(row)
    household = Household.objects.select_for_update(of=("self",)).get(pk=row.household_id)
    refuse_moved(household, row.poverty_list)
    was = event.detail["was"]
    is_restored = restore(household, was)
    household.version += 1
    household.save(update_fields=STATE_FIELDS)
    if row.code == Code.OMITTED:
        take_back_omitted(row)
    if row.kind_after:
        Classification.objects.filter(
            household=household, poverty_list=row.poverty_list_id, kind=Kind.HARDSHIP
        ).delete()
    else:
        row.code, row.note, row.answered_by, row.answered_at = Code.UNANSWERED, "", None, None
        row.save(update_fields=["code", "note", "answered_by", "answered_at"])
    derive(row.poverty_list)
    audit.record(
        "household.absence_reopened",
        household,
        by=by,
        committee=household.commune,
        year=row.poverty_list.year,
        change=row.pk,
        restored=is_restored,
    )
    return is_restored or not was


def _listing(rows: QuerySet[Transition]) -> QuerySet[Transition]:
    return rows.select_related("household", "hamlet").order_by(
        "hamlet__path", "household__head_sort_key", "pk"
    )


def _check(poverty_list: PovertyList, changes: list[Transition], answer: Answer) -> None:
    unfit = [change for change in changes if (answer.reason, change.kind_before) not in CODES]
    if unfit:
        kinds = sorted({change.get_kind_before_display().lower() for change in unfit})
        raise WrongReview(
            f"“{answer.reason.label}” không dùng cho {', '.join(kinds)} ({len(unfit)} hộ đang"
            " chọn): hãy bỏ chọn các hộ đó hoặc chọn câu trả lời khác."
        )
    first, last = date(poverty_list.year - 1, 1, 1), clock.today()
    if answer.on and not first <= answer.on <= last:
        raise WrongReview(
            f"Ngày phải từ {format_date(first)} đến {format_date(last)}: hãy ghi lại,"
            " hoặc bỏ trống nếu không rõ."
        )


def _answer(change: Transition, household: Household, answer: Answer) -> dict:
    """Set (not save) one transition and its household; the detail for the log."""
    change.code = CODES[answer.reason, change.kind_before]
    change.note = answer.told
    was = follow(
        household, change.code, on=answer.on, reason=answer.told or change.get_code_display(),
        into=answer.into,
    )  # fmt: skip
    household.version += 1
    return {
        "code": change.code,
        "change": change.pk,
        "was": was,
    }


def _keep_listed(
    poverty_list: PovertyList, households: Iterable[Household], changes: list[Transition]
) -> None:
    """Households in hardship are the Front's own: they go on to the new list as they were."""
    Classification.objects.bulk_create(
        Classification(
            poverty_list=poverty_list,
            household=household,
            hamlet_id=household.hamlet_id,
            kind=Kind.HARDSHIP,
            members_declared=household.members_declared,
            flags=household.flags,
            causes=household.causes,
        )
        for household in households
    )
    derive(poverty_list)
    said = changes[0]
    Transition.objects.filter(pk__in=[change.pk for change in changes]).update(
        note=said.note, answered_by=said.answered_by, answered_at=said.answered_at
    )


def _event_of(change: Transition) -> AuditEvent | None:
    """The log's latest word on the answer of a transition."""
    return AuditEvent.objects.filter(
        object_type=Household._meta.label_lower,
        object_id=change.household_id,
        action="household.absence_answered",
        detail__change=change.pk,
    ).first()


def _refuse_reviewed_since(change: Transition) -> None:
    reviewed = Transition.objects.filter(
        poverty_list=change.poverty_list_id,
        household=change.household_id,
        origin=Transition.Origin.MONTHLY,
    )
    if reviewed.exists():
        raise WrongReview(
            "Hộ này đã có thay đổi trong năm: hãy bỏ thay đổi đó trước rồi mới bỏ câu trả lời."
        )

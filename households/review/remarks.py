"""What the Front asks the People's Committee to look at again in a list (giám sát)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from committees import audit
from committees.models import User
from config import clock
from households.errors import WrongReview
from households.models import Household, ListRemark, PovertyList, Transition
from households.review.proposals import proposed_remarks

Kind = ListRemark.Kind


@transaction.atomic
def add_remark(
    poverty_list: PovertyList,
    *,
    kind: str,
    text: str,
    household: Household | None = None,
    by: User,
) -> ListRemark:
    """Note a remark on a list, on one household of the commune or on the list as a whole."""
    if household and household.commune_id != poverty_list.commune_id:
        raise WrongReview("Hộ này thuộc xã khác: hãy chọn hộ của xã có danh sách.")
    remark = ListRemark.objects.create(
        poverty_list=poverty_list,
        kind=kind,
        text=_said(text),
        household=household,
        created_by=by,
    )
    _record("remark.added", remark, by=by)
    return remark


@transaction.atomic
def accept_remarks(poverty_list: PovertyList, keys: Iterable[str], *, by: User) -> int:
    """Take over proposals of the system as remarks; how many. Those that no longer hold are
    left out."""
    wanted = set(keys)
    taken = [one for one in proposed_remarks(poverty_list) if one.key in wanted]
    for one in taken:
        add_remark(poverty_list, kind=one.kind, text=one.text, household=one.household, by=by)
    return len(taken)


@transaction.atomic
def edit_remark(remark: ListRemark, *, kind: str, text: str, by: User) -> ListRemark:
    """Word a remark differently, as long as it has no answer. Raises ``WrongReview``."""
    row = _unanswered(remark)
    row.kind, row.text = kind, _said(text)
    row.save(update_fields=["kind", "text"])
    _record("remark.edited", row, by=by)
    return row


@transaction.atomic
def remove_remark(remark: ListRemark, *, by: User) -> None:
    """Take a remark back, as long as it has no answer. Raises ``WrongReview``.

    Not while the same household stands as omitted: there the answer itself is to be taken back.
    """
    row = _unanswered(remark)
    if row.kind == Kind.OMITTED and _omitted(row).exists():
        raise WrongReview(
            "Ý kiến này đi cùng câu trả lời “sót trong danh sách”: hãy bỏ câu trả lời đó"
            " ở trang các hộ vắng."
        )
    _record("remark.removed", row, by=by, text=row.text)
    row.delete()


@transaction.atomic
def answer_remark(remark: ListRemark, *, answer: str, on: date, by: User) -> ListRemark:
    """Record what the People's Committee answered, and when. Raises ``WrongReview``."""
    row = ListRemark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if on > clock.today():
        raise WrongReview("Ngày trả lời chưa tới: hãy ghi lại.")
    row.answer, row.answered_on = _said(answer), on
    row.save(update_fields=["answer", "answered_on"])
    _record("remark.answered", row, by=by)
    return row


def remark_omitted(
    poverty_list: PovertyList,
    changes: Iterable[Transition],
    households: dict[int, Household],
    *,
    by: User,
) -> None:
    """Note for each of these absent households that it was left out; once each."""
    known = set(
        ListRemark.objects.filter(poverty_list=poverty_list, kind=Kind.OMITTED).values_list(
            "household_id", flat=True
        )
    )
    for change in changes:
        household = households[change.household_id]
        if household.pk in known:
            continue
        text = (
            f"Là {change.get_kind_before_display().lower()} năm {poverty_list.year - 1}, không có"
            f" tên trong danh sách năm {poverty_list.year}; đề nghị rà soát, bổ sung."
        )
        add_remark(poverty_list, kind=Kind.OMITTED, text=text, household=household, by=by)


def take_back_omitted(change: Transition) -> None:
    """Remove the remark that came with "sót". Raises ``WrongReview`` once it has an answer."""
    remarks = ListRemark.objects.filter(
        poverty_list=change.poverty_list_id, household=change.household_id, kind=Kind.OMITTED
    )
    if remarks.exclude(answer="").exists():
        raise WrongReview(
            "UBND đã trả lời ý kiến về hộ này: hãy xóa phần trả lời trước rồi mới bỏ."
        )
    remarks.delete()


@transaction.atomic
def clear_answer(remark: ListRemark, *, by: User) -> ListRemark:
    """Take back an answer that was recorded by mistake."""
    row = ListRemark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    _record("remark.answer_cleared", row, by=by, text=row.answer)
    row.answer, row.answered_on = "", None
    row.save(update_fields=["answer", "answered_on"])
    return row


def close_omitted(
    poverty_list: PovertyList, household: Household, *, text: str, on: date
) -> ListRemark | None:
    """The household was added after all: answer the open remark that asked for it."""
    remark = ListRemark.objects.filter(
        poverty_list=poverty_list, household=household, kind=Kind.OMITTED, answer=""
    ).first()
    if remark:
        remark.answer, remark.answered_on = text, on
        remark.save(update_fields=["answer", "answered_on"])
    return remark


def _omitted(remark: ListRemark):
    return Transition.objects.filter(
        poverty_list=remark.poverty_list_id,
        household=remark.household_id,
        code=Transition.Code.OMITTED,
    )


def _unanswered(remark: ListRemark) -> ListRemark:
    row = ListRemark.objects.select_for_update(of=("self",)).filter(pk=remark.pk).first()
    if row is None:
        raise WrongReview("Ý kiến này đã được bỏ: hãy tải lại trang để xem.")
    if row.answer:
        raise WrongReview("Ý kiến này đã có trả lời của UBND nên giữ nguyên.")
    return row


def _said(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise WrongReview("Hãy ghi nội dung.")
    return text[:500]


def _record(action: str, remark: ListRemark, *, by: User, **detail: object) -> None:
    audit.record(
        action,
        remark,
        by=by,
        committee=remark.poverty_list.commune,
        year=remark.poverty_list.year,
        household=remark.household_id,
        **detail,
    )

"""Who is the head of a household: another one takes over, or the head dies."""

from datetime import date

from django.db import transaction

from committees import audit
from committees.models import User
from households.actions.classifying import tell_latest_list
from households.actions.guards import check_day, locked_living
from households.actions.lists_left import leave_lists
from households.actions.members import flags_with_people, follow_member, present
from households.errors import WrongPerson
from households.models import Household, Member, Transition

HEAD = "Chủ hộ"
NOBODY_LEFT = "Chủ hộ chết, không còn ai trong hộ"


@transaction.atomic
def change_head(  # noqa: PLR0913, what the paper of the change says
    household: Household,
    *,
    version: int,
    new_head: Member,
    relation: str,
    on: date,
    reason: str,
    by: User,
) -> Household:
    """Chuyển chủ hộ: another person of the household becomes its head; the first stays.

    ``relation`` is what the first head is to the new one. Raises ``WrongPerson``, ``WrongDay``.
    """
    row = locked_living(household, version)
    check_day(on)
    old = Member.objects.select_for_update().get(household=row, is_head=True)
    new = _successor(row, new_head)
    old.is_head, old.relation = False, relation
    old.save(update_fields=["is_head", "relation"])
    _take_over(row, new)
    row.version += 1
    row.save()
    tell_latest_list(row)
    audit.record(
        "household.head_changed",
        row,
        by=by,
        committee=row.commune,
        old=old.pk,
        member=new.pk,
        on=on.isoformat(),
        reason=reason,
    )
    return row


@transaction.atomic
def head_died(
    household: Household, *, version: int, on: date, new_head: Member | None = None, by: User
) -> Household:
    """The head died. ``new_head`` of the people left takes over; without anybody the household
    has ended and leaves the lists. Raises ``WrongPerson``, ``WrongDay``, ``WrongReview``."""
    row = locked_living(household, version)
    head = Member.objects.select_for_update().get(household=row, is_head=True)
    check_day(on, since=head.birth_date)
    left = present(row).exclude(pk=head.pk)
    if new_head is None and left.exists():
        raise WrongPerson("Trong hộ còn người: hãy chọn chủ hộ mới.")
    row.version += 1
    if new_head is None:
        _end(row, head, on=on, by=by)
        return row
    new = _successor(row, new_head)
    head.is_head, head.is_living = False, False
    head.left_on, head.left_why = on, Member.Leaving.DIED
    head.save()
    _take_over(row, new)
    if row.members_declared and row.members_declared > 1:
        row.members_declared -= 1
    row.save()
    tell_latest_list(row)
    audit.record(
        "household.head_died",
        row,
        by=by,
        committee=row.commune,
        old=head.pk,
        member=new.pk,
        on=on.isoformat(),
    )
    return row


def _end(household: Household, head: Member, *, on: date, by: User) -> None:
    """The dead head stays the household's head: there is nobody else."""
    head.is_living = False
    head.save(update_fields=["is_living"])
    household.state, household.state_on = Household.State.ENDED, on
    household.state_reason = NOBODY_LEFT
    household.save()
    leave_lists(household, code=Transition.Code.DIED, on=on, note=NOBODY_LEFT, by=by)
    audit.record(
        "household.ended",
        household,
        by=by,
        committee=household.commune,
        old=head.pk,
        on=on.isoformat(),
        reason=NOBODY_LEFT,
    )


def _successor(household: Household, member: Member) -> Member:
    found = present(household).select_for_update().filter(pk=member.pk, is_head=False).first()
    if found is None:
        raise WrongPerson("Người được chọn không còn trong hộ: hãy chọn người khác.")
    return found


def _take_over(household: Household, member: Member) -> None:
    """Set (not save) the household after its new head; the first one has stepped down."""
    member.is_head, member.relation = True, HEAD
    member.save(update_fields=["is_head", "relation"])
    follow_member(household, member)
    household.flags = flags_with_people(household)

"""What happens to a household as a whole: another hamlet, another code, gone, back again."""

from datetime import date

from django.db import transaction

from committees import audit
from committees.models import Committee, User
from config import clock
from households.actions.guards import (
    check_day,
    constraints_as_refusals,
    hamlet_within,
    locked,
    locked_living,
)
from households.actions.lists_left import back_on_lists, leave_lists
from households.codes import keep_former, refuse_others_former
from households.errors import CodeTaken, WrongPlace, WrongState
from households.models import Household, HouseholdMove, Member, Transition

State = Household.State


@transaction.atomic
def move_within(  # noqa: PLR0913, what the paper of the move says
    household: Household,
    *,
    version: int,
    hamlet: Committee,
    address: str,
    on: date,
    reason: str,
    by: User,
) -> Household:
    """Move to another hamlet of the commune; lists keep the hamlet in which they found it.

    Raises ``WrongPlace``, ``WrongDay``, ``StaleRecord``, ``WrongState``.
    """
    row = locked_living(household, version)
    check_day(on)
    if hamlet.pk == row.hamlet_id:
        raise WrongPlace(f"Hộ đang ở {hamlet}: hãy chọn thôn, ấp khác.")
    old = row.hamlet
    row.hamlet, row.address = hamlet_within(row.commune, hamlet), address
    _keep(row, "household.moved_within", by=by, on=on.isoformat(), reason=reason, before=old.name)
    return row


@transaction.atomic
def change_code(
    household: Household, *, version: int, code: str, reason: str, by: User
) -> Household:
    """Give the household another code; the one it had goes on finding it. Raises ``CodeTaken``."""
    row = locked_living(household, version)
    if code == row.code:
        raise CodeTaken("Mã mới giống mã đang dùng: hãy ghi mã khác.")
    refuse_others_former(row, row.commune, code)
    old = row.code
    keep_former(row, until=clock.today())
    row.code = code
    with constraints_as_refusals():
        _keep(row, "household.recoded", by=by, before=old, after=code, reason=reason)
    return row


@transaction.atomic
def leave_registry(
    household: Household, *, version: int, place: str, on: date, reason: str, by: User
) -> Household:
    """The household moved to ``place``, which no commune of the system answers for.

    It leaves the lists of that year. Raises ``WrongDay``, ``WrongReview``.
    """
    row = locked_living(household, version)
    check_day(on)
    _go(row, State.MOVED, on, f"Chuyển đến {place}. {reason}".strip())
    _keep(row, "household.left_registry", by=by, on=on.isoformat(), place=place, reason=reason)
    leave_lists(row, code=Transition.Code.MOVED_OUT, on=on, note=f"đến {place}", by=by)
    return row


@transaction.atomic
def end_household(
    household: Household, *, version: int, on: date, reason: str, by: User
) -> Household:
    """Nobody of the household is left; it leaves the lists of that year. Raises ``WrongDay``."""
    row = locked_living(household, version)
    check_day(on)
    _go(row, State.ENDED, on, reason)
    _keep(row, "household.ended", by=by, on=on.isoformat(), reason=reason)
    leave_lists(row, code=Transition.Code.DIED, on=on, note=reason, by=by)
    return row


@transaction.atomic
def restore_household(household: Household, *, reason: str, by: User) -> Household:
    """Take back that it moved out of the registry or ended: as if that had not been entered.

    Raises ``WrongState`` when it was merged, waits for another commune, or is followed.
    """
    row = locked(household)
    if row.state == State.ACTIVE:
        raise WrongState(f"Hộ {row.code} đang được theo dõi: hãy tải lại trang.")
    if row.state == State.MERGED:
        raise WrongState(f"Hộ {row.code} đã nhập vào hộ khác: hãy hoàn tác việc nhập hộ.")
    if row.moves.filter(state=HouseholdMove.State.SENT).exists():
        raise WrongState("Hộ đang chờ nơi đến tiếp nhận: hãy rút lại việc chuyển.")
    before = row.get_state_display()
    follow_again(row, by=by)
    audit.record(
        "household.restored",
        row,
        by=by,
        committee=row.commune,
        reason=reason,
        before=before,
    )
    return row


def follow_again(household: Household, *, by: User) -> None:
    """The household is followed as before it went, on its lists too. The caller holds the row."""
    since = household.state_on
    household.state, household.state_on, household.state_reason = State.ACTIVE, None, ""
    household.version += 1
    household.save()
    Member.objects.filter(household=household, is_head=True, is_living=False).update(is_living=True)
    back_on_lists(household, since=since, by=by)


def _go(household: Household, state: str, on: date, reason: str) -> None:
    household.state, household.state_on = state, on
    household.state_reason = reason[:200]


def _keep(household: Household, action: str, *, by: User, **detail: object) -> None:
    household.version += 1
    household.save()
    audit.record(action, household, by=by, committee=household.commune, **detail)

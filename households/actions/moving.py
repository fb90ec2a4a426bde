"""A household moves to another commune of the system: sent, and received, returned or withdrawn.

The same row goes on at its new place once that commune received it; meanwhile nobody follows it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from committees import audit
from committees.access import Permission
from committees.models import Committee, User
from config import clock
from config.vietnamese.dates import format_date
from households.actions.changing import follow_again
from households.actions.guards import (
    check_day,
    constraints_as_refusals,
    hamlet_within,
    locked,
    locked_living,
)
from households.actions.lists_left import first_day_of, leave_lists
from households.codes import keep_former, next_code, refuse_others_former
from households.errors import WrongMove, WrongReview
from households.models import Household, HouseholdMove, PovertyList, Transition
from households.review.transitions import record_monthly

State = HouseholdMove.State


@dataclass(frozen=True)
class Arrival:
    """Where the household goes on, from which day, in which class of the list of that year."""

    hamlet: Committee
    on: date
    code: str = ""
    address: str = ""
    kind: str = ""  # empty: on no list


def received_by(user: User) -> QuerySet[HouseholdMove]:
    """The moves to communes for which ``user`` keeps the registry."""
    return HouseholdMove.objects.allowed(user, Permission.HOUSEHOLD_EDIT)


def sent_by(user: User) -> QuerySet[HouseholdMove]:
    """The moves from communes for which ``user`` keeps the registry."""
    return HouseholdMove.objects.filter(user.reach(Permission.HOUSEHOLD_EDIT, "from_commune"))


@transaction.atomic
def send_move(
    household: Household, *, version: int, to: Committee, on: date, note: str, by: User
) -> HouseholdMove:
    """Hand the household over to commune ``to``; it leaves this commune's lists of the year.

    Raises ``WrongMove``, ``WrongDay``, ``WrongReview``.
    """
    row = locked_living(household, version)
    check_day(on)
    if to.level != Committee.Level.COMMUNE or to.pk == row.commune_id:
        raise WrongMove("Nơi đến phải là một xã, phường, thị trấn khác: hãy chọn lại.")
    if not to.exists_on(on):
        raise WrongMove(f"{to} không có vào ngày {format_date(on)}: hãy chọn lại nơi đến.")
    row.state, row.state_on = Household.State.MOVED, on
    row.state_reason = f"Chuyển đến {to}, chờ tiếp nhận"
    row.version += 1
    row.save()
    move = HouseholdMove.objects.create(
        household=row, from_commune=row.commune, to_commune=to, on=on, note=note, sent_by=by
    )
    leave_lists(row, code=Transition.Code.MOVED_OUT, on=on, note=f"đến {to}", by=by)
    _record("household.move_sent", move, row, at=row.commune, by=by, reason=note)
    return move


@transaction.atomic
def receive_move(move: HouseholdMove, *, arrival: Arrival, by: User) -> Household:
    """Take the household in: its new hamlet, code and, if it stands on the list here, class.

    The code it had goes on finding it. Raises ``WrongMove``, ``WrongPlace``, ``WrongDay``,
    ``CodeTaken``, ``WrongReview``.
    """
    sent, row = _open(move)
    check_day(arrival.on, since=sent.on)
    commune = sent.to_commune
    hamlet_within(commune, arrival.hamlet)
    refuse_others_former(row, commune, arrival.code)
    keep_former(row, until=sent.on)
    row.commune, row.hamlet = commune, arrival.hamlet
    row.code = arrival.code or next_code(commune)
    row.address = arrival.address
    row.state, row.state_on, row.state_reason = Household.State.ACTIVE, None, ""
    row.version += 1
    with constraints_as_refusals():
        row.save()
    _answer(sent, State.RECEIVED, "", by)
    _record("household.move_received", sent, row, at=commune, by=by, code=row.code)
    if arrival.kind:
        _list(row, sent, arrival, by)
    return row


@transaction.atomic
def return_move(move: HouseholdMove, *, answer: str, by: User) -> Household:
    """The receiving commune sends it back with the reason; it is followed as before."""
    sent, row = _open(move)
    follow_again(row, by=by)
    _answer(sent, State.RETURNED, answer, by)
    _record("household.move_returned", sent, row, at=sent.to_commune, by=by, reason=answer)
    return row


@transaction.atomic
def withdraw_move(move: HouseholdMove, *, reason: str, by: User) -> Household:
    """The sending commune takes it back before anybody received it."""
    sent, row = _open(move)
    follow_again(row, by=by)
    _answer(sent, State.WITHDRAWN, reason, by)
    _record("household.move_withdrawn", sent, row, at=sent.from_commune, by=by, reason=reason)
    return row


def _open(move: HouseholdMove) -> tuple[HouseholdMove, Household]:
    row = locked(move.household)
    moves = HouseholdMove.objects.select_for_update(of=("self",))
    sent = moves.select_related("from_commune", "to_commune").get(pk=move.pk)
    if sent.state != State.SENT:
        raise WrongMove(
            f"Việc chuyển này {sent.get_state_display().lower()}: hãy tải lại trang để xem."
        )
    return sent, row


def _answer(move: HouseholdMove, state: str, answer: str, by: User) -> None:
    move.state, move.answer = state, answer
    move.answered_by, move.answered_at = by, clock.now()
    move.save()


def _list(household: Household, move: HouseholdMove, arrival: Arrival, by: User) -> None:
    year = arrival.on.year
    poverty_list = PovertyList.objects.filter(commune=household.commune_id, year=year).first()
    if poverty_list is None:
        raise WrongReview(
            f"Xã chưa có danh sách năm {year}: hãy tiếp nhận mà không ghi phân loại, rồi ghi sau."
        )
    record_monthly(
        household,
        year=year,
        kind_after=arrival.kind,
        code=Transition.Code.MOVED_IN,
        on=max(arrival.on, first_day_of(poverty_list)),
        note=f"từ {move.from_commune}",
        by=by,
    )


def _record(
    action: str,
    move: HouseholdMove,
    household: Household,
    *,
    at: Committee,
    by: User,
    **detail: object,
) -> None:
    audit.record(
        action,
        household,
        by=by,
        committee=at,
        on=move.on.isoformat(),
        move=move.pk,
        to=move.to_commune.name,
        **detail,
    )

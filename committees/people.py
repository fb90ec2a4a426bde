"""People and their seats: the system's own user, new users, seats given and ended."""

from datetime import date

from django.db import transaction

from committees import audit
from committees.access import Role
from committees.errors import CommitteeError
from committees.models import Committee, Seat, User
from config import clock

SYSTEM_USERNAME = "he-thong"


class SeatRefused(CommitteeError):
    """This seat cannot be given; the sentence says why."""


def system_user() -> User:
    """The account that commands act as ("Nhập liệu"): nobody can log in with it."""
    user, created = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"full_name": "Nhập liệu", "is_system": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def create_user(
    username: str,
    *,
    full_name: str,
    password: str | None,
    by: User,
    must_change: bool = True,
    committee: Committee | None = None,
) -> User:
    """A new person who may log in; without a seat the person sees nothing.

    ``committee`` is the unit whose audit log tells of it.
    """
    if User.objects.filter(username=username).exists():
        raise SeatRefused(f"Tên đăng nhập {username} đã có; hãy chọn tên khác.")
    user = User(username=username, full_name=full_name, must_change_password=must_change)
    user.set_password(password)
    user.save()
    audit.record("user.created", user, by=by, committee=committee, username=username)
    return user


@transaction.atomic
def give_seat(
    user: User, *, committee: Committee, role: Role, by: User, since: date | None = None
) -> Seat:
    """Seat a person at a committee. Kế toán and thủ quỹ of one committee are two people."""
    since = since or clock.today()
    rival = {Role.ACCOUNTANT: Role.CASHIER, Role.CASHIER: Role.ACCOUNTANT}.get(role)
    if rival and user.seats.live().filter(committee=committee, role=rival).exists():
        raise SeatRefused("Kế toán không được kiêm thủ quỹ của cùng một đơn vị.")
    seat, created = Seat.objects.get_or_create(
        user=user, committee=committee, role=role, valid_from=since
    )
    if created:
        audit.record("seat.given", seat, by=by, committee=committee, role=role, user=user.pk)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, by: User) -> None:
    """End a seat: the person's very next request no longer has it."""
    day = clock.today()
    if seat.valid_from >= day:
        audit.record(
            "seat.removed", seat, by=by, committee=seat.committee, role=seat.role, user=seat.user_id
        )
        seat.delete()
        return
    seat.valid_to = date.fromordinal(day.toordinal() - 1)
    seat.save(update_fields=["valid_to"])
    audit.record(
        "seat.ended", seat, by=by, committee=seat.committee, role=seat.role, user=seat.user_id
    )

"""Accounts as an organisation's administrator keeps them: whom he sees, what he may do to them."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from committees import audit, people
from committees.access import Permission, Role
from committees.models import Committee, Seat, User
from committees.people import SeatRefused

LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none that look alike on paper
GROUPS, GROUP = 3, 4


def users_in_reach(of: User) -> QuerySet[User]:
    """The people who hold or held a seat at a unit where ``of`` manages users."""
    seats = Seat.objects.allowed(of, Permission.USER_MANAGE).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(seats), is_system=False)


def users_wholly_in_reach(of: User) -> QuerySet[User]:
    """Those of them without a live seat elsewhere: ``of`` may set their password.

    A commune's administrator must not take over an account that also works for the province.
    """
    inside = Seat.objects.allowed(of, Permission.USER_MANAGE)
    elsewhere = Seat.objects.live().filter(user=OuterRef("pk")).exclude(pk__in=inside.values("pk"))
    return users_in_reach(of).filter(~Exists(elsewhere), is_superuser=False)


@transaction.atomic
def add_person(
    committee: Committee, *, username: str, full_name: str, role: Role, by: User
) -> tuple[User, str]:
    """A new account with its first seat; returns it with the password to hand over once.

    Raises ``SeatRefused`` when the name is taken.
    """
    password = new_password()
    user = people.create_user(
        username, full_name=full_name, password=password, by=by, committee=committee
    )
    people.give_seat(user, committee=committee, role=role, by=by)
    return user, password


def seat_person(committee: Committee, *, username: str, role: Role, by: User) -> Seat:
    """Give a person who has an account a role at ``committee``, from today.

    Raises ``SeatRefused``: no such account, one's own account, kế toán kiêm thủ quỹ.
    """
    user = User.objects.filter(username=username, is_system=False).first()
    if user is None:
        raise SeatRefused(f"Không có tài khoản {username}; hãy kiểm tra tên đăng nhập.")
    if user == by:
        raise SeatRefused("Không tự giao vai trò cho mình; hãy nhờ người quản trị cấp trên.")
    if user.seats.live().filter(committee=committee, role=role).exists():
        raise SeatRefused(f"{user} đang giữ vai trò này rồi.")
    try:
        with transaction.atomic():
            return people.give_seat(user, committee=committee, role=role, by=by)
    except IntegrityError as clash:  # a seat that starts later, or was given this moment
        raise SeatRefused("Kế toán không được kiêm thủ quỹ của cùng một đơn vị.") from clash


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """Set a password that must be changed at once, and return it; all sessions and keys end."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    user.api_tokens.filter(revoked_at=None).update(revoked_at=Now())
    audit.record("password.reset", user, by=by, committee=home_of(user))
    return password


@transaction.atomic
def change_own_password(user: User, password: str) -> None:
    """The person's own new password; every other session of theirs ends with the old one."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record("password.changed", user, by=user, committee=home_of(user))


def home_of(user: User) -> Committee | None:
    """The unit whose audit log tells of a person's own doings: that of the oldest live seat.

    Another unit's administrator, who gives the person one more seat, does not move the log.
    """
    oldest = min(user.live_seats, key=lambda seat: (seat.valid_from, seat.pk), default=None)
    return oldest and oldest.committee


def new_password() -> str:
    """Twelve letters in groups of four, easy to read out: 58 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)

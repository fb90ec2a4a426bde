"""The people of the sample district: made-up accounts, one for each role at each unit."""

import os
from datetime import date

from django.contrib.auth.hashers import make_password

from committees import people
from committees.access import Role
from committees.models import Committee, User
from config.vietnamese.names import fold

SINCE = date(2023, 1, 1)
ROLES = (
    Role.OFFICER,
    Role.STANDING,
    Role.CLERK,
    Role.ACCOUNTANT,
    Role.CASHIER,
    Role.LEADER,
    Role.AUDITOR,
    Role.ADMIN,
)


def password() -> str:
    """What every demo account logs in with."""
    return os.environ.get("DEMO_PASSWORD", "vinguoingheo")


def slug(committee: Committee) -> str:
    """`xa-my-thanh-2023`; the year says that the unit no longer exists."""
    words = fold(committee.name).replace(" ", "-")
    return f"{words}-2023" if committee.valid_to else words


def username(role: Role, committee: Committee) -> str:
    """`officer.xa-my-thanh-2023`."""
    return f"{role}.{slug(committee)}"


def account(role: Role, committee: Committee) -> User:
    """The demo account of a role at a unit."""
    return User.objects.get(username=username(role, committee))


def seat_everybody(units: list[Committee]) -> int:
    """Make the accounts that are missing and give them their seats; how many were made."""
    by = people.system_user()
    made = 0
    for unit in units:
        for role in ROLES:
            name = username(role, unit)
            if User.objects.filter(username=name).exists():
                continue
            label = f"{Role(role).label} – {unit.name}"
            user = people.create_user(
                name, full_name=label, password=None, by=by, must_change=False
            )
            people.give_seat(user, committee=unit, role=role, by=by, since=SINCE)
            made += 1
    # One hash for all: a hundred slow hashes would be most of the demo's time.
    names = [username(role, unit) for unit in units for role in ROLES]
    if made:
        User.objects.filter(username__in=names).update(password=make_password(password()))
    return made

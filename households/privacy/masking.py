"""What of a person stands on a screen, and to whom (domain.md §8.2).

Decided once for all pages: who may edit the household works with the person and sees telephone,
address, note, ethnicity and the whole date of birth. Everybody else sees the year of birth, the
first two and last three digits of a telephone, and that the rest is covered. Nobody sees a
whole identity number on an ordinary page: for that, and for a covered telephone, there is
``households:household-unmask`` with a reason that is kept.

A view asks ``sees_open(user, household)`` once and hands the answer to its template::

    {% load masking %}
    {{ household.phone|phone_for:sees }}        0909123456, or 09•••••456
    {{ member|born_for:sees }}                  05/03/1987, or 1987
    {{ member.ethnicity|private_for:sees }}     Khơ-me, or Đã che
    {{ household.address|place_for:sees }}      the address, or nothing: the hamlet stands beside
    {{ member.id_tail|masked }}                 •••••••••777 (templatetags/vietnamese.py)

Lists of many households show no telephone, address, note or ethnicity at all.
"""

from datetime import date

from committees.access import Permission
from committees.models import User
from config.vietnamese.dates import format_date
from households import identity
from households.models import Household

COVERED = "Đã che"
DOT = "•"


def sees_open(user: User, household: Household) -> bool:
    """Whether ``user`` works on this household and so sees it uncovered (one query)."""
    return user.may(Permission.HOUSEHOLD_EDIT, household.commune)


def number(tail: str) -> str:
    """All of an identity number that a page shows: nine dots and the last three digits."""
    return identity.mask(tail)


def phone(text: str) -> str:
    """``09•••••456``: enough to tell two telephones apart, too little to call."""
    return f"{text[:2]}{DOT * (len(text) - 5)}{text[-3:]}" if len(text) > 5 else covered(text)


def born(year: int | None, day: date | None, *, open_: bool) -> str:
    """The whole date for who works with the person, else the year."""
    if open_ and day:
        return format_date(day)
    return str(year) if year else ""


def covered(text: str) -> str:
    """That something stands here, and not what."""
    return COVERED if text else ""


def initials(name: str) -> str:
    """``N.T.M.``: how a child stands on a list that is posted up."""
    return "".join(f"{word[0].upper()}." for word in name.split())

"""A whole identity number is asked for: whether, and in which commune, it stands."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from committees import audit
from committees.access import Permission
from committees.models import AuditEvent, Committee, User
from committees.users import home_of
from households import identity
from households.errors import HouseholdError, TooManyLookUps
from households.models import Household, Member

LOOKED_UP = "household.number_looked_up"
MOST_AN_HOUR = 30


@dataclass(frozen=True)
class LookUp:
    """What is told of a number: the household within reach, else only the commune, or nothing."""

    household: Household | None = None
    elsewhere: Committee | None = None


@transaction.atomic
def look_up_number(number: str, *, by: User) -> LookUp:
    """Find the person with these twelve digits.

    Within the reach of ``by`` it is the household. Beyond, only the commune is told; that, and
    that a number stands nowhere, is written down (never the number itself) and may be asked
    ``MOST_AN_HOUR`` times an hour. Raises ``TooManyLookUps``.
    """
    people = Member.objects.filter(id_index=identity.blind_index(number))
    people = people.select_related("household__commune").order_by(
        "-is_living", F("left_on").desc(nulls_first=True), "pk"
    )
    own = people.allowed(by, Permission.HOUSEHOLD_VIEW).first()
    if own:
        return LookUp(household=own.household)
    spend_look_up(by)
    other = people.filter(is_living=True).first()
    elsewhere = other.household.commune if other else None
    audit.record(
        LOOKED_UP, None, by=by, committee=home_of(by), found=elsewhere.name if elsewhere else ""
    )
    return LookUp(elsewhere=elsewhere)


def spend_look_up(by: User) -> None:
    """Refuse who has asked too often within the hour; ask in the transaction that records it.

    Two requests of one person wait for each other, so that both are counted.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    lately = AuditEvent.objects.filter(
        actor=by, action=LOOKED_UP, at__gt=Now() - timedelta(hours=1)
    )
    if lately.order_by().count() >= MOST_AN_HOUR:
        raise TooManyLookUps(
            f"Trong một giờ chỉ tra được {MOST_AN_HOUR} số CCCD ngoài đơn vị mình: hãy chờ rồi"
            " tra tiếp, hoặc hỏi Ban Thường trực của xã."
        )


def sentence_of(refusal: HouseholdError, *, by: User) -> str:
    """What a refusal says. That a number stands in another commune is told, and written down,
    as often within an hour as a number may be looked up."""
    elsewhere = getattr(refusal, "elsewhere", None)
    if elsewhere is None:
        return str(refusal)
    try:
        with transaction.atomic():
            spend_look_up(by)
            audit.record(LOOKED_UP, None, by=by, committee=home_of(by), found=elsewhere.name)
    except TooManyLookUps as too_many:
        return str(too_many)
    return str(refusal)

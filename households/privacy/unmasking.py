"""Whole identity numbers and telephones, once, for a reason that is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from committees import audit
from committees.intake_rows import hide_numbers
from committees.models import User
from households import identity
from households.errors import UnmaskRefused
from households.models import Household, Member, Sighting
from households.privacy.sightings import saw

MOST_A_DAY = 50
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Person:
    """A member with the numbers that pages cover; both may be missing."""

    name: str
    relation: str
    number: str
    old_number: str


@dataclass(frozen=True)
class Unmasked:
    """What the person who asked gets to see; nothing of it is stored anywhere else."""

    phone: str
    people: list[Person]


@transaction.atomic
def unmask(household: Household, *, by: User, reason: str) -> Unmasked:
    """The whole numbers of a household. The sighting and the audit event stand before the answer.

    Raises ``UnmaskRefused`` without a reason of at least ten characters, and from the
    fifty-first household of one person on one day.
    """
    reason = hide_numbers(" ".join(reason.split()))
    if len(reason) < SHORTEST_REASON:
        raise UnmaskRefused(f"Hãy ghi lý do, ít nhất {SHORTEST_REASON} ký tự.")
    # Two tabs must not both be the fiftieth.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if unmasked_today(by) >= MOST_A_DAY:
        raise UnmaskRefused(
            f"Hôm nay bạn đã xem số đầy đủ của {MOST_A_DAY} hộ, là mức cao nhất trong một ngày:"
            " hãy xem tiếp vào ngày mai, hoặc nhờ người khác của đơn vị."
        )
    saw(household, by, Sighting.How.UNMASKED, reason)
    audit.record("household.unmasked", household, by=by, committee=household.commune, reason=reason)
    people = household.members.filter(left_on=None).order_by("-is_head", "pk")
    return Unmasked(household.phone, [_person(member) for member in people])


def unmasked_today(by: User) -> int:
    """How many times this person has uncovered a household since the true midnight."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Sighting.objects.filter(user=by, how=Sighting.How.UNMASKED, at__gte=midnight)
    return seen.order_by().count()


def _person(member: Member) -> Person:
    number = identity.unseal(member.id_cipher, member.id_index) if member.id_cipher else ""
    return Person(member.name, member.relation, number, identity.unseal_old(member.old_id))

"""The people of a household: one joins, is corrected, leaves, dies, comes back.

The head is such a person too: what is corrected of the head goes over to the household. A head
leaves or dies by ``households.actions.heads``, which asks who follows.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from committees import audit
from committees.models import User
from households import identity
from households.actions.classifying import tell_latest_list
from households.actions.guards import (
    check_day,
    constraints_as_refusals,
    locked_living,
    refuse_known_number,
)
from households.actions.registering import OF_THE_HEAD, name_keys
from households.errors import WrongPerson
from households.ethnic_groups import with_minority
from households.identity import Identity
from households.models import Household, Member

FIELDS = {
    "name", "relation", "sex", "birth_year", "birth_date", "ethnicity", "id_issued_on",
    "id_issued_by", "schooling", "work", "has_contract", "is_insured", "insured_until",
    "is_malnourished", "disability", "has_allowance", "is_of_merit", "organisations",
}  # fmt: skip
MOST_PEOPLE = 60
LEAVES = {Member.Leaving.MOVED, Member.Leaving.SPLIT, Member.Leaving.OTHER}


def present(household: Household) -> QuerySet[Member]:
    """The people who live in the household now, the head first."""
    return Member.objects.filter(household=household, left_on=None, is_living=True)


@transaction.atomic
def add_member(
    household: Household, *, details: dict[str, object], number: Identity | None = None, by: User
) -> Member:
    """Enter one more person of the household; papers are not needed.

    ``details`` are ``FIELDS`` by name. The declared number of people grows when the registry now
    knows more. Raises ``IdentityTaken``, ``WrongState``.
    """
    row = locked_living(household)
    _refuse_unknown(details)
    number = number or Identity()
    refuse_known_number(number, commune=row.commune)
    member = Member(
        household=row,
        old_id=identity.seal_old(number.old_number),
        **details,
        **identity.sealed_fields(number.number),
    )
    with constraints_as_refusals():
        member.save()
    known = present(row).count()
    row.members_declared = max(row.members_declared or 0, min(known, MOST_PEOPLE))
    _keep(row, "household.member_added", member, by=by)
    return member


@transaction.atomic
def edit_member(
    member: Member,
    *,
    version: int,
    changes: dict[str, object],
    number: Identity | None = None,
    by: User,
) -> Member:
    """Correct what is known of a person; ``version`` is the household's as it was shown.

    ``number`` replaces the identity number, None leaves it. Raises ``StaleRecord``,
    ``IdentityTaken``, ``WrongState``.
    """
    row = locked_living(member.household, version)
    _refuse_unknown(changes)
    person = _person_of(row, member)
    changed = sorted(name for name, value in changes.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, changes[name])
    if number is not None and _renumber(person, number, row):
        changed.append("identity")
    if not changed:
        return person
    with constraints_as_refusals():
        person.save()
    if person.is_head:
        follow_member(row, person)
    _keep(row, "household.member_edited", person, by=by, fields=changed)
    return person


@transaction.atomic
def member_left(
    member: Member, *, on: date, why: str, version: int | None = None, by: User
) -> Member:
    """A person other than the head moves away or no longer lives here; the row stays.

    ``why`` is one of ``LEAVES``. Raises ``WrongPerson``, ``WrongDay``.
    """
    if why not in LEAVES:
        raise WrongPerson("Hãy chọn vì sao người này không còn trong hộ.")
    return _leave(member, on=on, why=why, version=version, by=by)


@transaction.atomic
def member_died(member: Member, *, on: date, version: int | None = None, by: User) -> Member:
    """A person other than the head died: the national number is free of the living."""
    return _leave(member, on=on, why=Member.Leaving.DIED, version=version, by=by)


@transaction.atomic
def member_returned(member: Member, *, by: User) -> Member:
    """Take back that a person left or died: entered by mistake, or the person came back."""
    row = locked_living(member.household)
    person = Member.objects.select_for_update().get(pk=member.pk, household=row)
    if person.left_on is None:
        raise WrongPerson(f"{person.name} đang trong hộ này: không cần ghi lại.")
    person.left_on, person.left_why, person.is_living = None, "", True
    with constraints_as_refusals():
        person.save()
    row.members_declared = min((row.members_declared or 0) + 1, MOST_PEOPLE)
    _keep(row, "household.member_returned", person, by=by)
    return person


def follow_member(household: Household, head: Member) -> None:
    """Set (not save) what the household repeats of its head."""
    household.head_name = head.name
    for name, value in name_keys(head.name).items():
        setattr(household, name, value)
    came = with_minority([], household.ethnicity)
    if head.ethnicity != household.ethnicity:
        household.flags = [flag for flag in household.flags if flag not in came]
    for name in OF_THE_HEAD:
        setattr(household, name, getattr(head, name))
    household.flags = with_minority(household.flags, household.ethnicity)


def flags_with_people(household: Household) -> list[str]:
    """The household's marks and those that its people bring: merit, allowance."""
    people = list(present(household).values_list("is_of_merit", "has_allowance"))
    flags = set(household.flags)
    flags |= {Household.Flag.MERIT.value} if any(merit for merit, _ in people) else set()
    flags |= {Household.Flag.ALLOWANCE.value} if any(paid for _, paid in people) else set()
    return household.flags if flags == set(household.flags) else sorted(flags)


def _keep(household: Household, action: str, member: Member, *, by: User, **detail: object) -> None:
    household.flags = flags_with_people(household)
    household.version += 1
    household.save()
    tell_latest_list(household)
    audit.record(action, household, by=by, committee=household.commune, member=member.pk, **detail)


def _leave(member: Member, *, on: date, why: str, version: int | None, by: User) -> Member:
    row = locked_living(member.household, version)
    check_day(on, since=member.birth_date)
    person = _person_of(row, member)
    if person.is_head:
        raise WrongPerson(f"{person.name} là chủ hộ: hãy dùng “Chủ hộ chết” hoặc đổi chủ hộ trước.")
    person.left_on, person.left_why = on, why
    person.is_living = why != Member.Leaving.DIED
    person.save()
    if row.members_declared and row.members_declared > 1:
        row.members_declared -= 1
    action = "household.member_left" if person.is_living else "household.member_died"
    _keep(row, action, person, by=by, on=on.isoformat(), why=why)
    return person


def _person_of(household: Household, member: Member) -> Member:
    person = Member.objects.select_for_update().filter(pk=member.pk, household=household).first()
    if person is None or person.left_on:
        raise WrongPerson(f"{member.name} không còn trong hộ này: hãy tải lại trang.")
    return person


def _renumber(person: Member, number: Identity, household: Household) -> bool:
    fields = identity.sealed_fields(number.number)
    known = bytes(person.id_index) if person.id_index else None
    if known == fields["id_index"] and identity.unseal_old(person.old_id) == number.old_number:
        return False
    refuse_known_number(number, commune=household.commune, person=person)
    for name, value in fields.items():
        setattr(person, name, value)
    person.old_id = identity.seal_old(number.old_number)
    return True


def _refuse_unknown(details: dict[str, object]) -> None:
    unknown = set(details) - FIELDS
    if unknown:
        raise ValueError(f"not of a member: {sorted(unknown)}")

"""What a line tells of a household that the registry has: an empty cell says nothing.

One place for the preview (what differs) and for the writing (what is set): both ask here.
"""

from typing import NamedTuple

from config.vietnamese.names import fold
from households import identity
from households.actions.registering import name_keys
from households.lists.line import Entry
from households.models import Classification, Household, Member


class Known(NamedTuple):
    """A household of the registry as a list finds it."""

    household: Household
    head: Member | None
    here: Classification | None  # its place on the list of this year
    before: Classification | None  # its place on the latest list of the years before
    is_later_listed: bool  # an older list changes nothing of the household itself


def told_household(entry: Entry, row: Household, hamlet_id: int | None) -> dict[str, object]:
    """The columns of ``Household`` that the line fills; groups and needs join what is there."""
    told = {
        "hamlet_id": hamlet_id,
        "head_name": entry.name,
        "sex": entry.sex,
        "ethnicity": entry.ethnicity,
        "address": entry.address,
        "current_address": entry.current_address,
        "phone": entry.phone,
        "area": entry.area,
        "members_declared": entry.members,
        "floor_area": entry.floor_area,
        "water": entry.water,
        "latrine": entry.latrine,
        "note": entry.note,
        "flags": joined(row.flags, entry.flags),
        "causes": entry.causes,
        "needs": joined(row.needs, entry.needs),
        "state": Household.State.ACTIVE,
    }
    if row.state != Household.State.ACTIVE:
        told |= {"state_on": None, "state_reason": ""}
        return _filled(told, keep=("state_on", "state_reason")) | told_birth(entry, row)
    return _filled(told) | told_birth(entry, row)


def told_head(entry: Entry, head: Member) -> dict[str, object]:
    """The columns of the head's own row that the line fills, its number among them."""
    told = {
        "name": entry.name,
        "sex": entry.sex,
        "ethnicity": entry.ethnicity,
        "id_issued_on": entry.issued_on,
    }
    told = _filled(told) | told_birth(entry, head)
    number, old = entry.identity.number, entry.identity.old_number
    if number and (head.id_index is None or bytes(head.id_index) != entry.id_index):
        told |= {
            "id_cipher": identity.seal(number, entry.id_index),
            "id_index": entry.id_index,
            "id_tail": number[-3:],
        }
    elif old and head.id_index is None and identity.unseal_old(head.old_id) != old:
        told["old_id"] = identity.seal_old(old)
    return told


def told_class(entry: Entry, there: Classification | None) -> dict[str, object]:
    """The columns of a place on a list that the line fills."""
    told = {
        "kind": entry.kind,
        "income_score": entry.income,
        "deprivation_score": entry.deprivation,
        "members_declared": entry.members,
        "causes": entry.causes,
        "flags": joined(there.flags if there else [], entry.flags),
    }
    told = _filled(told)
    return told | {"deprivations": entry.deprivations} if entry.has_indicators else told


def told_birth(entry: Entry, row: Household | Member) -> dict[str, object]:
    """A year alone does not take away the day that is known of it."""
    if entry.birth_year is None:
        return {}
    if entry.birth_date is None and row.birth_year == entry.birth_year:
        return {}
    return {"birth_year": entry.birth_year, "birth_date": entry.birth_date}


def is_same_person(head: Member, entry: Entry) -> bool:
    """By the number where both have one and it agrees, else by the name without accents."""
    if head.id_index and entry.id_index and bytes(head.id_index) == entry.id_index:
        return True
    return fold(head.name) == entry.name_fold


def differing(row: object, told: dict[str, object]) -> list[str]:
    """The names of the columns that would change."""
    return [name for name, value in told.items() if getattr(row, name) != value]


def joined(there: list[str], new: list[str]) -> list[str]:
    """What officers entered stays; what a list adds comes to it."""
    return [*there, *(item for item in new if item not in there)]


def with_keys(told: dict[str, object]) -> dict[str, object]:
    """The same with the search and sort columns of a new name."""
    return told | name_keys(told["head_name"]) if "head_name" in told else told


def _filled(told: dict[str, object], keep: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        name: value for name, value in told.items() if name in keep or value not in ("", None, [])
    }

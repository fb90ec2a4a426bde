"""Households that the registry already has: a list of another year, or a corrected one."""

from collections.abc import Iterable
from typing import NamedTuple

from committees.copying import change_in, copy_in, new_keys
from households.lists.comparing import known_of
from households.lists.line import Entry
from households.lists.records import HEAD, HEAD_RELATION, LISTED, Writing, head_of, listed
from households.lists.telling import (
    Known,
    differing,
    is_same_person,
    told_class,
    told_head,
    told_household,
    with_keys,
)
from households.models import Classification, Household, Member

KEYS_OF_NAMES = {"head_fold", "head_sort_key"}


class Updated(NamedTuple):
    """What an import did to the households that were there."""

    changed: int
    same: int
    listed: int  # came to this list
    corrected: int  # stood on it otherwise
    events: list[tuple[int, dict]]  # household, detail of its audit event


def update_known(entries: list[Entry], writing: Writing) -> Updated:
    """Bring known households up to the list; those that say nothing new only come to the list.

    An older list than the household's latest adds a class and changes nothing else.
    """
    changed = {entry.household_id: entry for entry in entries if entry.is_changed}
    list(Household.objects.select_for_update().filter(pk__in=changed).order_by("pk").only("pk"))
    known = known_of(entries, writing.commune, writing.poverty_list.year)
    details = {
        pk: {"batch": writing.batch.pk, "row": entry.row, "fields": []}
        for pk, entry in changed.items()
    }
    current = {pk: entry for pk, entry in changed.items() if not known[pk].is_later_listed}
    _update_households(current, known, writing, details)
    _update_heads(current, known, details)
    corrected = _correct(changed, known, writing, details)
    fresh = [entry for entry in entries if known[entry.household_id].here is None]
    copy_in(Classification, LISTED, [_listed(e, known[e.household_id], writing) for e in fresh])
    for entry in fresh:
        detail = {"batch": writing.batch.pk, "row": entry.row, "fields": []}
        details.setdefault(entry.household_id, detail)["listed"] = "new"
    return Updated(
        len(changed), len(entries) - len(changed), len(fresh), corrected, list(details.items())
    )


def _update_households(
    entries: dict[int, Entry], known: dict[int, Known], writing: Writing, details: dict
) -> None:
    """Take over what the list says; every household that it changes anything of counts on."""
    names: set[str] = set()
    for pk, entry in entries.items():
        row = known[pk].household
        told = with_keys(told_household(entry, row, writing.hamlets[entry.hamlet]))
        names.update(_set(row, told, details[pk]))
        row.version += 1
    rows = [known[pk].household for pk in entries]
    change_in(Household, ["version", *sorted(names)], rows)


def _update_heads(entries: dict[int, Entry], known: dict[int, Known], details: dict) -> None:
    """The same person is brought up to the list; another one becomes head, the first stays on."""
    numbers = [entry.id_index for entry in entries.values() if entry.id_index]
    others = Member.objects.filter(household__in=entries, is_head=False, id_index__in=numbers)
    by_number = {(member.household_id, bytes(member.id_index)): member for member in others}
    kept, stepped_down, new = [], [], []
    for pk, entry in entries.items():
        head = known[pk].head
        if head and is_same_person(head, entry):
            kept.append(head)
            continue
        stepped_down += [head] if head else []
        successor = by_number.get((pk, entry.id_index))
        kept += [successor] if successor else []
        new += [] if successor else [entry]
    _step_down(stepped_down)
    _tell_heads(kept, entries, details)
    keys = new_keys(Member, len(new))
    for entry, key in zip(new, keys, strict=True):
        details[entry.household_id]["head"] = key
    rows = [
        (key, *head_of(entry, entry.household_id)) for entry, key in zip(new, keys, strict=True)
    ]
    copy_in(Member, ("id", *HEAD), rows)


def _step_down(heads: Iterable[Member]) -> None:
    for head in heads:
        head.is_head, head.relation = False, ""
    change_in(Member, ["is_head", "relation"], heads)


def _tell_heads(heads: list[Member], entries: dict[int, Entry], details: dict) -> None:
    names: set[str] = set()
    told_any = []
    for head in heads:
        told = told_head(entries[head.household_id], head)
        set_ = _set(head, told | {"is_head": True, "relation": HEAD_RELATION})
        if "id_index" in set_ or "old_id" in set_:
            details[head.household_id]["fields"].append("identity")
        names.update(set_)
        told_any += [head] if set_ else []
    if told_any:
        change_in(Member, sorted(names), told_any)


def _correct(
    entries: dict[int, Entry], known: dict[int, Known], writing: Writing, details: dict
) -> int:
    """Places on this very list that the file says otherwise; how many."""
    names: set[str] = set()
    corrected = []
    for pk, entry in entries.items():
        place = known[pk].here
        if place is None:
            continue
        told = told_class(entry, place)
        set_ = _set(place, told | {"hamlet_id": writing.hamlets[entry.hamlet]}, details[pk])
        if set_:
            details[pk]["listed"] = "corrected"
            names.update(set_)
            corrected.append(place)
    if corrected:
        change_in(Classification, sorted(names), corrected)
    return len(corrected)


def _listed(entry: Entry, known: Known, writing: Writing) -> tuple:
    """Its place on the list, with what the household itself tells where the line is silent."""
    row = dict(zip(LISTED, listed(entry, entry.household_id, writing), strict=True))
    if not known.is_later_listed:
        row["flags"], row["causes"] = known.household.flags, known.household.causes
        row["members_declared"] = entry.members or known.household.members_declared
    return tuple(row.values())


def _set(row: object, told: dict[str, object], detail: dict | None = None) -> list[str]:
    changed = differing(row, told)
    for name in changed:
        setattr(row, name, told[name])
    if detail is not None:
        kept = set(detail["fields"]) | KEYS_OF_NAMES
        detail["fields"] += [name for name in changed if name not in kept]
    return changed

"""Households that the registry already has: a list of another year, or a corrected one."""

from collections.abc import Iterable

from committees import audit
from committees.copying import copy_in
from config.vietnamese.names import fold
from households import identity
from households.actions.registering import name_keys
from households.lists.line import Entry
from households.lists.records import HEAD, HEAD_RELATION, LISTED, Writing, head_of, listed
from households.models import Classification, Household, Member

HEAD_FIELDS = ["name", "sex", "birth_year", "birth_date", "ethnicity"]
ID_FIELDS = ["id_cipher", "id_index", "id_tail"]
CLASS_FIELDS = ["hamlet_id", "kind", "income_score", "deprivation_score", "deprivations",
                "members_declared", "flags", "causes"]  # fmt: skip
HOUSEHOLD_FIELDS = [
    "hamlet_id", "head_name", "head_fold", "head_sort_key", "sex", "birth_year", "birth_date",
    "ethnicity", "address", "phone", "area", "members_declared", "note", "state", "flags", "causes",
]  # fmt: skip
BATCH = 1000


def update_known(entries: list[Entry], writing: Writing) -> int:
    """Bring known households up to the list; how many were on this year's list before.

    An older list than the household's latest adds a class and changes nothing else.
    """
    if not entries:
        return 0
    by_id = {entry.household_id: entry for entry in entries}
    rows = Household.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(by_id)
    newer = set(
        Classification.objects.filter(
            household__in=by_id, poverty_list__year__gt=writing.poverty_list.year
        ).values_list("household_id", flat=True)
    )
    current = {pk: entry for pk, entry in by_id.items() if pk not in newer}
    changed = _update_households(current, rows, writing)
    _update_heads(current)
    audit.record_many(
        "household.imported",
        list(rows.values()),
        by=writing.by,
        committee_of=lambda row: row.commune_id,
        detail_of=lambda row: {
            "batch": writing.batch.pk,
            "row": by_id[row.pk].row,
            "fields": changed.get(row.pk, []),
        },
    )
    return _classify(by_id, writing)


def _update_households(
    entries: dict[int, Entry], rows: dict[int, Household], writing: Writing
) -> dict[int, list[str]]:
    """Take over what the list says; the names of the fields that changed, by household."""
    changed = {}
    for pk, entry in entries.items():
        names = _set(rows[pk], _told(entry, writing))
        if names:
            rows[pk].version += 1
            changed[pk] = names
    Household.objects.bulk_update(
        [rows[pk] for pk in changed], [*HOUSEHOLD_FIELDS, "version"], batch_size=BATCH
    )
    return changed


def _told(entry: Entry, writing: Writing) -> dict[str, object]:
    """What a line says of its household; an empty cell says nothing."""
    told = {
        "hamlet_id": writing.hamlets[entry.hamlet],
        "head_name": entry.name,
        "sex": entry.sex,
        "ethnicity": entry.ethnicity,
        "address": entry.address,
        "phone": entry.phone,
        "area": entry.area,
        "members_declared": entry.members,
        "note": entry.note,
        "flags": entry.flags,
        "causes": entry.causes,
        "state": Household.State.ACTIVE,
    } | name_keys(entry.name)
    told = {name: value for name, value in told.items() if value not in ("", None, [])}
    return told | _birth(entry)


def _birth(entry: Entry) -> dict[str, object]:
    if entry.birth_year is None:
        return {}
    return {"birth_year": entry.birth_year, "birth_date": entry.birth_date}


def _set(row: object, told: dict[str, object]) -> list[str]:
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    return changed


def _update_heads(entries: dict[int, Entry]) -> None:
    """The same person is brought up to the list; another one becomes head, the first stays on."""
    heads = {m.household_id: m for m in Member.objects.filter(household__in=entries, is_head=True)}
    numbers = [entry.id_index for entry in entries.values() if entry.id_index]
    others = Member.objects.filter(household__in=entries, is_head=False, id_index__in=numbers)
    by_number = {(member.household_id, bytes(member.id_index)): member for member in others}
    kept, stepped_down, new = [], [], []
    for pk, entry in entries.items():
        head = heads.get(pk)
        if head and is_same_person(head, entry):
            kept.append(head)
        else:
            stepped_down += [head] if head else []
            successor = by_number.get((pk, entry.id_index))
            kept += [successor] if successor else []
            new += [] if successor else [head_of(entry, pk)]
    _step_down(stepped_down)
    for member in kept:
        _tell_head(member, entries[member.household_id])
    Member.objects.bulk_update(
        kept, [*HEAD_FIELDS, *ID_FIELDS, "is_head", "relation"], batch_size=BATCH
    )
    copy_in(Member, HEAD, new)


def is_same_person(head: Member, entry: Entry) -> bool:
    """By the number where both have one and it agrees, else by the name without accents."""
    if head.id_index and entry.id_index and bytes(head.id_index) == entry.id_index:
        return True
    return fold(head.name) == entry.name_fold


def _step_down(heads: Iterable[Member]) -> None:
    for head in heads:
        head.is_head, head.relation = False, ""
    Member.objects.bulk_update(heads, ["is_head", "relation"], batch_size=BATCH)


def _tell_head(member: Member, entry: Entry) -> None:
    told = {"name": entry.name, "sex": entry.sex, "ethnicity": entry.ethnicity}
    told = {name: value for name, value in told.items() if value}
    told |= _birth(entry) | {"is_head": True, "relation": HEAD_RELATION}
    number = entry.identity.number
    if number and (member.id_index is None or bytes(member.id_index) != entry.id_index):
        told |= {
            "id_cipher": identity.seal(number, entry.id_index),
            "id_index": entry.id_index,
            "id_tail": number[-3:],
        }
    _set(member, told)


def _classify(entries: dict[int, Entry], writing: Writing) -> int:
    fresh = {pk: listed(entry, pk, writing) for pk, entry in entries.items()}
    there = list(
        Classification.objects.select_for_update().filter(
            poverty_list=writing.poverty_list, household__in=entries
        )
    )
    corrected = []
    for old in there:
        told = dict(zip(LISTED, fresh.pop(old.household_id), strict=True))
        told["hamlet_id"] = told.pop("hamlet")
        if _set(old, {name: told[name] for name in CLASS_FIELDS}):
            corrected.append(old)
    Classification.objects.bulk_update(corrected, CLASS_FIELDS, batch_size=BATCH)
    copy_in(Classification, LISTED, fresh.values())
    return len(there)

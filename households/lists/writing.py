"""A confirmed list enters the registry: new households, matched ones, the year's classes."""

from collections.abc import Iterable
from datetime import date

from committees import audit
from committees.copying import copy_in, new_keys
from committees.intake_rows import Row, Understood
from committees.models import AuditEvent, Committee, ImportBatch, ImportedRow, User
from committees.tree import add_hamlets
from config import clock
from config.vietnamese.names import unit_key
from households.actions.listing import poverty_list_of
from households.lists.alike import look_for_alike
from households.lists.decision import KEYS
from households.lists.line import Entry
from households.lists.records import (
    HEAD,
    HOUSEHOLD,
    LISTED,
    Writing,
    head_of,
    household_of,
    listed,
)
from households.lists.updating import update_known
from households.models import Classification, Household, Member, PovertyList
from households.queries import hamlets_of
from households.review.transitions import derive


def write(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Write the accepted rows inside the caller's transaction; counts of what was made.

    Afterwards the list is compared with those of the years beside it, and the commune's
    households with each other.
    """
    entries = [row.record for row in rows]
    commune = batch.committee
    made = _make_hamlets(commune, understood.creates.get("hamlets", []), by)
    poverty_list = poverty_list_of(commune, understood.year, by=by)
    keep_decision(poverty_list, understood.answers, by=by)
    writing = Writing(
        commune=commune,
        poverty_list=poverty_list,
        hamlets={unit_key(hamlet.name, accents=True): hamlet.pk for hamlet in hamlets_of(commune)},
        batch=batch,
        by=by,
        at=clock.now(),
    )
    new = [entry for entry in entries if entry.household_id is None]
    keys = _register(new, writing)
    known = [entry for entry in entries if entry.household_id is not None]
    updated = update_known(known, writing)
    _keep_events(writing, updated.events)
    made_of = {id(entry): key for entry, key in zip(new, keys, strict=True)}
    _keep_rows(rows, batch, made_of)
    derive(poverty_list)
    look_for_alike(batch, by=by)
    return {
        "households": len(new),
        "updated": updated.changed,
        "same": updated.same,
        "classifications": len(new) + updated.listed,
        "corrected": updated.corrected,
        "hamlets": made,
    }


def keep_decision(poverty_list: PovertyList, answers: dict[str, str], *, by: User) -> None:
    """Number and day of the People's Committee's decision, where the list or the person says."""
    said = {key: answers[key] for key in KEYS if answers.get(key)}
    if "decided_on" in said:
        said["decided_on"] = date.fromisoformat(said["decided_on"])
    before = {key: getattr(poverty_list, key) for key in said}
    if said == before:
        return
    for key, value in said.items():
        setattr(poverty_list, key, value)
    poverty_list.save(update_fields=list(said))
    audit.record(
        "poverty_list.decided",
        poverty_list,
        by=by,
        committee=poverty_list.commune,
        before={key: str(value or "") for key, value in before.items()},
        after={key: str(value) for key, value in said.items()},
    )


def _make_hamlets(commune: Committee, names: list[str], by: User) -> int:
    there = {unit_key(hamlet.name, accents=True) for hamlet in hamlets_of(commune)}
    missing = [name for name in names if unit_key(name, accents=True) not in there]
    if not missing:
        return 0
    made = add_hamlets(commune, missing)
    audit.record_many(
        "hamlet.created", made, by=by, committee_of=lambda _: commune.pk, detail_of=_named
    )
    return len(made)


def _named(hamlet: Committee) -> dict:
    return {"name": hamlet.name}


def _register(entries: list[Entry], writing: Writing) -> list[int]:
    keys = new_keys(Household, len(entries))
    pairs = list(zip(entries, keys, strict=True))
    copy_in(Household, HOUSEHOLD, (household_of(entry, key, writing) for entry, key in pairs))
    copy_in(Member, HEAD, (head_of(entry, key) for entry, key in pairs))
    copy_in(Classification, LISTED, (listed(entry, key, writing) for entry, key in pairs))
    batch = writing.batch.pk
    _keep_events(writing, ((key, {"batch": batch, "row": entry.row}) for entry, key in pairs))
    return keys


def _keep_events(writing: Writing, events: Iterable[tuple[int, dict]]) -> None:
    by, place, kind = writing.by.pk, writing.commune.pk, Household._meta.label_lower
    copy_in(
        AuditEvent,
        ("actor", "action", "committee", "object_type", "object_id", "detail"),
        ((by, "household.imported", place, kind, key, detail) for key, detail in events),
    )


def _keep_rows(rows: list[Row], batch: ImportBatch, made: dict[int, int]) -> None:
    copy_in(
        ImportedRow,
        ("batch", "sheet", "number", "record", "verdict"),
        (
            (
                batch.pk,
                row.sheet[:60],
                row.number,
                made.get(id(row.record)) or row.record.household_id,
                row.verdict.value,
            )
            for row in rows
        ),
    )

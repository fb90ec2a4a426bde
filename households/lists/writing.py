"""A confirmed list enters the registry: new households, matched ones, the year's classes."""

from committees import audit
from committees.copying import copy_in, new_keys
from committees.intake_rows import Row, Understood
from committees.models import AuditEvent, Committee, ImportBatch, User
from committees.tree import add_hamlets
from config import clock
from config.vietnamese.names import unit_key
from households.actions.listing import poverty_list_of
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
from households.models import Classification, Household, Member
from households.queries import hamlets_of


def write(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Write the accepted rows inside the caller's transaction; counts of what was made."""
    entries = [row.record for row in rows]
    commune = batch.committee
    made = _make_hamlets(commune, understood.creates.get("hamlets", []), by)
    writing = Writing(
        commune=commune,
        poverty_list=poverty_list_of(commune, understood.year, by=by),
        hamlets={unit_key(hamlet.name, accents=True): hamlet.pk for hamlet in hamlets_of(commune)},
        batch=batch,
        by=by,
        at=clock.now(),
    )
    new = [entry for entry in entries if entry.household_id is None]
    known = [entry for entry in entries if entry.household_id is not None]
    _register(new, writing)
    corrected = update_known(known, writing)
    return {
        "households": len(new),
        "updated": len(known),
        "classifications": len(entries) - corrected,
        "corrected": corrected,
        "hamlets": made,
    }


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


def _register(entries: list[Entry], writing: Writing) -> None:
    keys = new_keys(Household, len(entries))
    pairs = list(zip(entries, keys, strict=True))
    copy_in(Household, HOUSEHOLD, [household_of(entry, key, writing) for entry, key in pairs])
    copy_in(Member, HEAD, [head_of(entry, key) for entry, key in pairs])
    copy_in(Classification, LISTED, [listed(entry, key, writing) for entry, key in pairs])
    copy_in(
        AuditEvent,
        ("actor", "action", "committee", "object_type", "object_id", "detail"),
        [_event(entry, key, writing) for entry, key in pairs],
    )


def _event(entry: Entry, key: int, writing: Writing) -> tuple:
    detail = {"batch": writing.batch.pk, "row": entry.row}
    by, place = writing.by.pk, writing.commune.pk
    return (by, "household.imported", place, Household._meta.label_lower, key, detail)

"""A committed household list taken back: its households gone, changed ones as they were."""

from collections.abc import Iterable

from django.db.models import F, Q

from committees import audit
from committees.history import put_back
from committees.intake_undo import (
    changed_since,
    events_of,
    referred_to,
    refuse,
    touched_since,
)
from committees.models import Committee, ImportBatch, ImportedRow, RowChange, User
from households.models import (
    Classification,
    Household,
    Likeness,
    ListRemark,
    Member,
    PovertyList,
    Sighting,
    Transition,
)
from households.queries import hamlets_of
from households.review.transitions import derive

LOOKED_AT = ("household.unmasked", "household.exported", "household.list_printed")
NEW = ImportedRow.Verdict.NEW
# What goes with a household, or was worked out from it, or outlives it.
OWN = (Member, Classification, Transition, Likeness, Sighting)


def undo_list(batch: ImportBatch, by: User) -> dict:
    """Inside the caller's transaction; counts of what was removed and restored.

    Raises ``FileRefused`` naming households that were touched since, that other records refer
    to, or whose review on this list was answered.
    """
    rows = dict(ImportedRow.objects.filter(batch=batch).values_list("record", "verdict"))
    made = [key for key, verdict in rows.items() if verdict == NEW]
    known = [key for key, verdict in rows.items() if verdict != NEW]
    list(Household.objects.select_for_update().filter(pk__in=rows).order_by("pk").only("pk"))
    poverty_list = PovertyList.objects.get(commune=batch.committee_id, year=batch.year)
    _refuse_touched(batch, poverty_list, made, known)
    counts = {"removed": len(made)} | _put_known_back(batch, poverty_list, known, by)
    _remove(made, by, batch)
    following = PovertyList.objects.filter(commune=batch.committee_id, year=batch.year + 1).first()
    counts["lists"] = _give_up_list(batch, poverty_list, by)
    if not counts["lists"]:
        derive(poverty_list)
    elif following:
        derive(following)
    counts["hamlets"] = _remove_hamlets(batch)
    return counts


def _refuse_touched(
    batch: ImportBatch, poverty_list: PovertyList, made: list[int], known: list[int]
) -> None:
    touched = touched_since(batch, Household, [*made, *known], but=LOOKED_AT)
    touched |= changed_since(batch, Household, [*made, *known])
    touched |= _of_changed_rows(batch, [*made, *known])
    touched |= referred_to(Household, made, own=OWN)
    members = dict(Member.objects.filter(household__in=made).values_list("pk", "household_id"))
    touched |= {members[pk] for pk in referred_to(Member, members, own=())}
    decided = Likeness.objects.exclude(state=Likeness.State.OPEN)
    for side in ("first", "second"):
        touched |= set(decided.filter(**{f"{side}__in": made}).values_list(side, flat=True))
    touched |= _answered(batch, poverty_list, {*made, *known})
    if touched:
        codes = Household.objects.filter(pk__in=touched).order_by("code")
        refuse(list(codes.values_list("code", flat=True)[:10]), len(touched))


def _of_changed_rows(batch: ImportBatch, keys: list[int]) -> set[int]:
    """Households with a member or a place on a list that changed since."""
    found = set()
    for model in (Member, Classification):
        own = dict(model.objects.filter(household__in=keys).values_list("pk", "household_id"))
        found |= {own[pk] for pk in changed_since(batch, model, own)}
    return found


def _answered(batch: ImportBatch, poverty_list: PovertyList, keys: set[int]) -> set[int]:
    """Households of whose review on this list somebody said what it was.

    Of the list that goes with the batch every answer counts, also those for absent households.
    """
    answers = Transition.objects.filter(
        Q(origin=Transition.Origin.MONTHLY) | Q(answered_by__isnull=False),
        poverty_list=poverty_list,
    )
    remarks = ListRemark.objects.filter(poverty_list=poverty_list, household__isnull=False)
    found = {*answers.values_list("household", flat=True)}
    found |= {*remarks.values_list("household", flat=True)}
    goes = _began(batch, poverty_list) and not _others_on(poverty_list, keys).exists()
    return found if goes else found & keys


def _began(batch: ImportBatch, poverty_list: PovertyList) -> bool:
    return events_of(batch, "poverty_list.begun", PovertyList, [poverty_list.pk]).exists()


def _others_on(poverty_list: PovertyList, keys: set[int]):
    return Classification.objects.filter(poverty_list=poverty_list).exclude(household__in=keys)


def _put_known_back(
    batch: ImportBatch, poverty_list: PovertyList, known: list[int], by: User
) -> dict:
    """Members and places that the list added go; changed columns get their values back."""
    told = events_of(batch, "household.imported", Household, known)
    events = dict(told.values_list("object_id", "detail"))
    heads = [detail["head"] for detail in events.values() if detail.get("head")]
    listed = [key for key, detail in events.items() if detail.get("listed") == "new"]
    Member.objects.filter(pk__in=heads).delete()
    fresh = Classification.objects.filter(poverty_list=poverty_list, household__in=listed)
    fresh._raw_delete(fresh.db)
    _let_heads_step_down(batch, events)
    put_back(batch.transaction, [Household, Member, Classification])
    changed = Household.objects.filter(pk__in=events)
    changed.update(version=F("version") + 1)
    audit.record_many(
        "household.import_undone",
        list(changed),
        by=by,
        committee_of=lambda row: row.commune_id,
        detail_of=lambda row: {"batch": batch.pk, "row": events[row.pk].get("row")},
    )
    return {"restored": len(events), "unlisted": len(listed)}


def _let_heads_step_down(batch: ImportBatch, keys: Iterable[int]) -> None:
    """Before a former head is head again: of two heads the database would refuse one."""
    changes = RowChange.objects.filter(
        transaction=batch.transaction, table=Member._meta.db_table, fields__has_key="is_head"
    )
    new = Member.objects.filter(pk__in=changes.values("row"), household__in=keys, is_head=True)
    new.update(is_head=False)


def _remove(made: list[int], by: User, batch: ImportBatch) -> None:
    households = Household.objects.filter(pk__in=made)
    audit.record_many(
        "household.import_undone",
        list(households),
        by=by,
        committee_of=lambda row: row.commune_id,
        detail_of=lambda row: {"batch": batch.pk, "removed": row.code},
    )
    for side in ("first", "second"):
        open_ = Likeness.objects.filter(**{f"{side}__in": made})
        open_._raw_delete(open_.db)
    for model in (Transition, Classification, Member):
        own = model.objects.filter(household__in=made)
        own._raw_delete(own.db)
    households._raw_delete(households.db)


def _give_up_list(batch: ImportBatch, poverty_list: PovertyList, by: User) -> int:
    """Remove the list if the batch began it and nothing stands on it; else its decision as it
    was. How many lists went."""
    if _began(batch, poverty_list) and not poverty_list.classifications.exists():
        transitions = Transition.objects.filter(poverty_list=poverty_list)
        transitions._raw_delete(transitions.db)
        if not referred_to(PovertyList, [poverty_list.pk], own=()):
            audit.record(
                "poverty_list.removed",
                poverty_list,
                by=by,
                committee=batch.committee,
                year=poverty_list.year,
            )
            poverty_list.delete()
            return 1
    for event in events_of(batch, "poverty_list.decided", PovertyList, [poverty_list.pk]):
        _take_decision_back(poverty_list, event.detail)
    return 0


def _take_decision_back(poverty_list: PovertyList, detail: dict) -> None:
    """The decision before the import, unless somebody has recorded another one since."""
    for key, before in detail["before"].items():
        if str(getattr(poverty_list, key) or "") == detail["after"][key]:
            setattr(poverty_list, key, before or (None if key == "decided_on" else ""))
    poverty_list.save(update_fields=["decision_number", "decided_on"])


def _remove_hamlets(batch: ImportBatch) -> int:
    """Hamlets that the list made and that nothing refers to."""
    there = {hamlet.pk for hamlet in hamlets_of(batch.committee)}
    made = events_of(batch, "hamlet.created", Committee, there)
    keys = set(made.values_list("object_id", flat=True))
    empty = Committee.objects.filter(pk__in=keys - referred_to(Committee, keys, own=()))
    count = empty.count()
    empty._raw_delete(empty.db)
    Committee.objects.filter(pk=batch.committee_id).update(numchild=F("numchild") - count)
    return count

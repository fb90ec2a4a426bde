"""Two rows of one household become one, and back.

The row that goes keeps its code, papers, support and houses; it leads to the row that is kept.
Its people and its place on the year's list go over. Lists of earlier years stay as decided.
"""

from django.db import transaction
from django.db.models import F, Q

from committees import audit
from committees.history import current_transaction, put_back
from committees.models import AuditEvent, RowChange, User
from config import clock
from config.vietnamese.names import fold
from households.actions.likeness import locked_open
from households.errors import WrongMerge, WrongReview
from households.models import (
    Classification,
    FormerCode,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    Member,
    Merge,
    PovertyList,
    Transition,
)
from households.review.transitions import derive, record_monthly

MERGED = "household.merged"
LOOKED_AT = ("household.unmasked",)


@transaction.atomic
def merge_households(kept: Household, gone: Household, *, reason: str, by: User) -> Merge:
    """``gone`` becomes part of ``kept``; both followed, of one commune. Raises ``WrongMerge``."""
    kept, gone = _locked(kept, gone)
    _check(kept, gone)
    codes, changes = _former_code(gone, kept), _leave_list(kept, gone, by)
    members = _move_members(kept, gone)
    cases = _hand_over_case(kept, gone)
    gone.state, gone.merged_into, gone.state_on = Household.State.MERGED, kept, clock.today()
    gone.state_reason, gone.version = reason.strip()[:200], gone.version + 1
    gone.save()
    Household.objects.filter(pk=kept.pk).update(version=F("version") + 1)
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        reason=reason.strip(),
        moved={
            "transaction": current_transaction(),
            "members": members,
            "codes": codes,
            "changes": changes,
            "cases": cases,
            "year": clock.today().year,
        },
        by=by,
    )
    _close_pairs(kept, gone, by)
    for household, other in ((kept, gone), (gone, kept)):
        audit.record(
            MERGED, household, by=by, committee=kept.commune, merge=merge.pk, other=other.code
        )
    return merge


@transaction.atomic
def merge_pair(pair: Likeness, *, kept: Household, reason: str, by: User) -> Merge:
    """Decide an open pair by merging; ``kept`` is one of the two. Raises ``WrongMerge``."""
    row = locked_open(pair)
    if kept.pk not in (row.first_id, row.second_id):
        raise WrongMerge("Hãy chọn hộ giữ lại trong hai hộ đang xem.")
    gone = row.second if kept.pk == row.first_id else row.first
    return merge_households(kept, gone, reason=reason, by=by)


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> Merge:
    """Take a merge back as long as nobody did anything to either household since."""
    row = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if row.undone_at:
        raise WrongMerge("Việc nhập hộ này đã được hoàn tác: hãy tải lại trang.")
    kept, gone = _locked(row.kept, row.gone)
    _refuse_touched(row, kept, gone)
    Transition.objects.filter(pk__in=row.moved["changes"]).delete()
    FormerCode.objects.filter(pk__in=row.moved["codes"]).delete()
    # The number goes home first: two living people may not have it even for a moment.
    Member.objects.filter(pk__in=row.moved["members"]["given"]).update(
        id_cipher=None, id_index=None, id_tail=""
    )
    _remove_new_class(row)
    put_back(row.moved["transaction"], [Household, Member, Classification, Transition])
    HardshipCase.objects.filter(pk__in=row.moved["cases"]).update(household=gone)
    Household.objects.filter(pk__in=[kept.pk, gone.pk]).update(version=F("version") + 1)
    _open_pair_again(kept, gone)
    _derive_lists(kept)
    row.undone_at, row.undone_by = clock.now(), by
    row.save()
    for household in (kept, gone):
        audit.record("household.unmerged", household, by=by, committee=kept.commune, merge=row.pk)
    return row


def _locked(kept: Household, gone: Household) -> tuple[Household, Household]:
    rows = Household.objects.select_for_update()
    found = {row.pk: row for row in rows.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    if len(found) != 2:
        raise WrongMerge("Hãy chọn hai hộ khác nhau.")
    return found[kept.pk], found[gone.pk]


def _check(kept: Household, gone: Household) -> None:
    if kept.commune_id != gone.commune_id:
        raise WrongMerge("Hai hộ ở hai xã khác nhau: hãy chuyển hộ về một xã trước.")
    for household in (kept, gone):
        if household.state != Household.State.ACTIVE:
            raise WrongMerge(
                f"Hộ {household.code} {household.get_state_display().lower()}: không nhập được."
            )
        if household.moves.filter(state=HouseholdMove.State.SENT).exists():
            raise WrongMerge(f"Hộ {household.code} đang chờ nơi đến tiếp nhận: hãy rút lại trước.")
    live = [HardshipCase.State.PROPOSED, HardshipCase.State.CONFIRMED]
    cases = HardshipCase.objects.filter(household__in=[kept, gone], state__in=live)
    if cases.count() == 2:
        raise WrongMerge("Cả hai hộ có xác nhận hộ khó khăn: hãy kết thúc một xác nhận trước.")


def _former_code(gone: Household, kept: Household) -> list[int]:
    """The code of the row that goes finds the kept household."""
    old = FormerCode.objects.create(
        commune=gone.commune, code=gone.code, household=kept, until=clock.today()
    )
    return [old.pk]


def _leave_list(kept: Household, gone: Household, by: User) -> list[int]:
    """On the commune's list of this year only one of them goes on; keys of the transitions."""
    year = clock.today().year
    listed = {
        row.household_id: row
        for row in Classification.objects.filter(
            household__in=[kept, gone], poverty_list__year=year
        )
    }
    leaving = listed.get(gone.pk)
    if leaving is None:
        return []
    said = {"year": year, "code": Transition.Code.MERGED, "on": clock.today(), "by": by}
    try:
        changes = [record_monthly(gone, kind_after="", **said)]
        if kept.pk not in listed:
            changes.append(record_monthly(kept, kind_after=leaving.kind, **said))
    except WrongReview as refusal:
        raise WrongMerge(str(refusal)) from refusal
    return [change.pk for change in changes]


def _move_members(kept: Household, gone: Household) -> dict[str, list[int]]:
    """People of ``gone`` whom ``kept`` does not have go over; who is there already stays behind,
    and gives the number if only that row has it."""
    there = {(fold(m.name), m.birth_year): m for m in kept.members.filter(left_on=None)}
    moved, given = [], []
    for member in gone.members.select_for_update().filter(left_on=None):
        same = there.get((fold(member.name), member.birth_year))
        if same is None:
            moved.append(member.pk)
            member.household, member.is_head = kept, False
            member.relation = "" if member.relation == "Chủ hộ" else member.relation
            member.save()
        elif member.id_index and not same.id_index:
            numbers = {name: getattr(member, name) for name in ("id_cipher", "id_index", "id_tail")}
            Member.objects.filter(pk=member.pk).update(id_cipher=None, id_index=None, id_tail="")
            Member.objects.filter(pk=same.pk).update(**numbers)
            given.append(same.pk)
    return {"moved": moved, "given": given}


def _hand_over_case(kept: Household, gone: Household) -> list[int]:
    live = [HardshipCase.State.PROPOSED, HardshipCase.State.CONFIRMED]
    cases = HardshipCase.objects.filter(household=gone, state__in=live)
    keys = list(cases.values_list("pk", flat=True))
    HardshipCase.objects.filter(pk__in=keys).update(household=kept)
    return keys


def _close_pairs(kept: Household, gone: Household, by: User) -> None:
    """The pair of the two is decided; other pairs of the row that went have no more question."""
    first, second = sorted([kept, gone], key=lambda household: household.pk)
    decided = {
        "state": Likeness.State.MERGED,
        "decided_by": by,
        "decided_at": clock.now(),
        "note": f"Giữ hộ {kept.code}",
    }
    Likeness.objects.update_or_create(
        first=first,
        second=second,
        defaults=decided,
        create_defaults=decided | {"commune": kept.commune, "score": 100, "reasons": []},
    )
    others = Likeness.objects.filter(Q(first=gone) | Q(second=gone), state=Likeness.State.OPEN)
    others.delete()


def _refuse_touched(merge: Merge, kept: Household, gone: Household) -> None:
    label = Household._meta.label_lower
    events = AuditEvent.objects.filter(object_type=label, object_id__in=[kept.pk, gone.pk])
    own = events.filter(action=MERGED, detail__merge=merge.pk).order_by("-pk").first()
    later = events.filter(pk__gt=own.pk).exclude(action__in=LOOKED_AT)
    changed = RowChange.objects.filter(
        table=Household._meta.db_table,
        row__in=[kept.pk, gone.pk],
        transaction__gt=merge.moved["transaction"],
    )
    if later.exists() or changed.exists():
        raise WrongMerge(
            "Sau khi nhập, hộ đã được sửa hoặc nhận thêm việc khác nên không hoàn tác được:"
            " hãy tách hộ nếu đúng là hai hộ."
        )


def _remove_new_class(merge: Merge) -> None:
    """The class that only the merge gave the kept household: a second transition tells so."""
    if len(merge.moved["changes"]) == 2:
        Classification.objects.filter(
            household=merge.kept_id, poverty_list__year=merge.moved["year"]
        ).delete()


def _open_pair_again(kept: Household, gone: Household) -> None:
    first, second = sorted([kept.pk, gone.pk])
    Likeness.objects.filter(first=first, second=second).update(
        state=Likeness.State.OPEN, decided_by=None, decided_at=None, note=""
    )


def _derive_lists(household: Household) -> None:
    for listed in PovertyList.objects.filter(
        commune=household.commune_id, year__gte=clock.today().year
    ).order_by("year"):
        derive(listed)

"""Erasing people's data: their rows lose every name and word about them, figures keep standing.

What stays is told in docs/personal-data.md: the nameless row with its hamlet, class, points and
size; vouchers and what a fund paid, names included (Luật Kế toán); the log and who saw what.
Apps above add what they hold of a household with ``register``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from committees import audit
from committees.intake_rows import hide_numbers
from committees.models import AuditEvent, ImportBatch, ImportedRow, User
from config import clock
from households.actions.registering import name_keys
from households.errors import EraseRefused
from households.models import (
    FormerCode,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    ListRemark,
    Member,
    Merge,
    Transition,
)

NAMELESS = "Đã xóa dữ liệu"  # known to the database function erase_history
WORDLESS = "(đã xóa)"
SHORTEST_REASON = 10
OF_A_PERSON = {
    "name": NAMELESS, "relation": "", "sex": "", "birth_year": None, "birth_date": None,
    "ethnicity": "", "id_cipher": None, "id_index": None, "id_tail": "", "old_id": "",
    "id_issued_on": None, "id_issued_by": "", "schooling": "", "work": "", "has_contract": None,
    "is_insured": None, "insured_until": None, "is_malnourished": None, "disability": "",
    "has_allowance": False, "is_of_merit": False, "organisations": [],
}  # fmt: skip
OF_A_HOUSEHOLD = {
    "head_name": NAMELESS, "sex": "", "birth_year": None, "birth_date": None, "ethnicity": "",
    "address": "", "current_address": "", "phone": "", "house_condition": "", "floor_area": None,
    "weak_parts": [], "water": "", "latrine": "", "flags": [], "causes": [], "needs": [],
    "note": "", "state_reason": "",
}  # fmt: skip
OF_A_CASE = {
    "head_name": NAMELESS, "sex": "", "birth_year": None, "address": "",
    "story": WORDLESS, "answer": "",
}  # fmt: skip


@dataclass
class Erased:
    """How many records lost what they said of people, and the imports that brought them."""

    counts: dict[str, int] = field(default_factory=dict)
    batches: set[int] = field(default_factory=set)


# ``eraser(household keys)`` of an app above: inside the transaction; may raise ``EraseRefused``.
Eraser = Callable[[list[int]], Erased]
_ERASERS: list[Eraser] = []


def register(eraser: Eraser) -> None:
    """Called by an app's ``ready()``."""
    if eraser not in _ERASERS:
        _ERASERS.append(eraser)


@transaction.atomic
def erase_household(household: Household, *, reason: str, by: User) -> Erased:
    """Erase a household, its people, and the households that were merged into it.

    Raises ``EraseRefused`` without a reason, for a household that went into another, was erased
    before or has something undecided (a move, a hardship case, a house, support).
    """
    reason = _reason(reason)
    keys = _with_merged(household)
    rows = list(Household.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    _refuse(next(row for row in rows if row.pk == household.pk), keys)
    erased = Erased(batches=_batches_of(keys))
    for eraser in _ERASERS:
        also = eraser(keys)
        erased.counts |= also.counts
        erased.batches |= also.batches
    erased.counts |= _erase_words(keys)
    erased.counts["members"] = Member.objects.filter(household__in=keys).update(**OF_A_PERSON)
    _erase_rows(rows)
    erased.counts["households"] = len(rows)
    erased.counts["findings"] = _forget_findings(keys)
    erased.counts["history"] = _erase_history(keys, [])
    for row in rows:
        audit.record("household.erased", row, by=by, committee=row.commune, reason=reason)
    return erased


@transaction.atomic
def erase_member(member: Member, *, reason: str, by: User) -> Erased:
    """Erase one person of a household. Raises ``EraseRefused`` for its head: another one has
    to be entered first, or the household be erased whole."""
    reason = _reason(reason)
    household = Household.objects.select_for_update().get(pk=member.household_id)
    member.refresh_from_db()
    if member.is_head:
        raise EraseRefused("Đây là chủ hộ: hãy ghi chủ hộ mới trước, hoặc xóa cả hộ.")
    Member.objects.filter(pk=member.pk).update(**OF_A_PERSON)
    Household.objects.filter(pk=household.pk).update(version=F("version") + 1)
    history = _erase_history([], [member.pk])
    audit.record(
        "household.erased",
        household,
        by=by,
        committee=household.commune,
        reason=reason,
        member=member.pk,
    )
    return Erased({"members": 1, "history": history}, _batches_of([household.pk]))


def _reason(reason: str) -> str:
    kept = hide_numbers(" ".join(reason.split()))
    if len(kept) < SHORTEST_REASON:
        raise EraseRefused(f"Hãy ghi lý do xóa, ít nhất {SHORTEST_REASON} ký tự.")
    return kept[:300]


def _with_merged(household: Household) -> list[int]:
    keys, found = set(), {household.pk}
    while found:
        keys |= found
        found = set(Household.objects.filter(merged_into__in=found).values_list("pk", flat=True))
    return sorted(keys)


def _refuse(household: Household, keys: list[int]) -> None:
    if household.head_name == NAMELESS:
        raise EraseRefused("Dữ liệu của hộ này đã xóa trước đây.")
    if household.state == Household.State.MERGED:
        raise EraseRefused(f"Hộ này đã nhập vào hộ {household.merged_into.code}: hãy xóa hộ đó.")
    if HouseholdMove.objects.filter(household__in=keys, state=HouseholdMove.State.SENT).exists():
        raise EraseRefused("Hộ đang chờ nơi đến tiếp nhận: hãy rút lại hoặc đợi trả lời trước.")
    waiting = HardshipCase.State.PROPOSED
    if HardshipCase.objects.filter(household__in=keys, state=waiting).exists():
        raise EraseRefused("Hộ có đề nghị khó khăn chưa xác nhận: hãy trả lời trước.")


def _erase_rows(rows: list[Household]) -> None:
    today = clock.today()
    for row in rows:
        for name, value in {**OF_A_HOUSEHOLD, **name_keys(NAMELESS)}.items():
            setattr(row, name, value)
        row.code = f"XOA-{row.pk}"
        if row.state == Household.State.ACTIVE:
            row.state, row.state_on = Household.State.ENDED, today
        row.version += 1
        row.save()


def _erase_words(keys: list[int]) -> dict[str, int]:
    """What other records of the registry say of these households."""
    own = Q(household__in=keys)
    remarks = ListRemark.objects.filter(own)
    remarks.exclude(answer="").update(answer=WORDLESS)
    pairs = Likeness.objects.filter(Q(first__in=keys) | Q(second__in=keys))
    merges = Merge.objects.filter(Q(kept__in=keys) | Q(gone__in=keys))
    return {
        "cases": HardshipCase.objects.filter(own).update(**OF_A_CASE),
        "transitions": Transition.objects.filter(own).exclude(note="").update(note=""),
        "remarks": remarks.update(text=WORDLESS),
        "moves": HouseholdMove.objects.filter(own).update(note="", answer=""),
        "merges": merges.update(reason=WORDLESS, moved={}),
        "likenesses": pairs.delete()[0],
        "codes": FormerCode.objects.filter(own).delete()[0],
    }


def _batches_of(keys: list[int]) -> set[int]:
    """The imported lists whose files still hold these households."""
    told = AuditEvent.objects.filter(
        object_type=Household._meta.label_lower, object_id__in=keys, action="household.imported"
    )
    found = {detail.get("batch") for detail in told.values_list("detail", flat=True)}
    return {*found, *_lines_of(keys).values_list("batch", flat=True)} - {None}


def _lines_of(keys: list[int]) -> QuerySet[ImportedRow]:
    households = ImportBatch.Kind.HOUSEHOLDS
    return ImportedRow.objects.filter(batch__kind=households, record__in=keys).order_by("pk")


def _forget_findings(keys: list[int]) -> int:
    """Remarks on the lines of these households; they may quote a name."""
    lines: dict[int, set[int]] = {}
    for batch, number in _lines_of(keys).values_list("batch", "number"):
        lines.setdefault(batch, set()).add(number)
    gone = 0
    for batch in ImportBatch.objects.select_for_update().filter(pk__in=lines):
        kept = [found for found in batch.findings if found["row"] not in lines[batch.pk]]
        gone += len(batch.findings) - len(kept)
        batch.findings = kept
        batch.save(update_fields=["findings"])
    return gone


def _erase_history(households: list[int], members: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_history(%s::bigint[], %s::bigint[])", [households, members])
        return cursor.fetchone()[0]

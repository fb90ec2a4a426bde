"""Taking a committed list back: as long as nobody has gone on working with what it wrote."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q

from committees import audit, intake
from committees.errors import AlreadyImported, FileRefused
from committees.models import AuditEvent, Committee, ImportBatch, RowChange, User
from config import clock

LONGEST_REASON = 300
MOST_NAMED = 10


@transaction.atomic
def undo(batch: ImportBatch, *, by: User, reason: str) -> ImportBatch:
    """Remove what the list made and put back what it changed: all of it or nothing.

    The same file may then be imported again. Raises ``FileRefused`` naming what was touched
    since, or when no reason is given; ``AlreadyImported`` when the list is not in the records
    any more.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise FileRefused("Chưa ghi lý do hoàn tác: hãy ghi vì sao bỏ cả đợt nhập này.")
    Committee.objects.select_for_update(no_key=True).get(pk=batch.committee_id)
    batch.refresh_from_db()
    importer = intake.IMPORTERS[batch.kind]
    if batch.state != ImportBatch.State.COMMITTED:
        raise AlreadyImported("Danh sách này đã được xử lý; hãy tải lại trang.")
    if not can_undo(batch):
        raise FileRefused("Loại danh sách này không hoàn tác cả đợt: hãy sửa từng khoản trong sổ.")
    undone = importer.undo(batch, by)
    batch.state = ImportBatch.State.UNDONE
    batch.undone_at, batch.undone_by = clock.now(), by
    batch.summary |= {"undone": undone, "reason": reason}
    batch.save(update_fields=["state", "undone_at", "undone_by", "summary"])
    audit.record(
        "import.undone", batch, by=by, committee=batch.committee, reason=reason, undone=undone
    )
    return batch


def can_undo(batch: ImportBatch) -> bool:
    """Whether lists of this kind can be taken back, and this one was written so that it can."""
    importer = intake.IMPORTERS.get(batch.kind)
    is_committed = batch.state == ImportBatch.State.COMMITTED
    return bool(importer and importer.undo and is_committed and batch.transaction)


def events_of(
    batch: ImportBatch, action: str, model: type[models.Model], keys: Iterable[int]
) -> models.QuerySet[AuditEvent]:
    """What the import itself wrote down of these records."""
    return AuditEvent.objects.filter(
        transaction=batch.transaction,
        action=action,
        object_type=model._meta.label_lower,
        object_id__in=list(keys),
    ).order_by()


def touched_since(
    batch: ImportBatch, model: type[models.Model], keys: Iterable[int], *, but: Iterable[str] = ()
) -> set[int]:
    """Those of the records that somebody did something to after the list was written.

    ``but``: acts that only look. Lists taken back since do not count. The import holds its
    records locked until it is written, so whatever others did has a later number.
    """
    last = AuditEvent.objects.filter(
        action="import.committed", object_type=batch._meta.label_lower, object_id=batch.pk
    ).latest("pk")
    events = AuditEvent.objects.filter(
        object_type=model._meta.label_lower, object_id__in=list(keys), pk__gt=last.pk
    ).exclude(Q(action__in=but) | Q(transaction__in=_taken_back(batch)))
    return set(events.order_by().values_list("object_id", flat=True))


def changed_since(batch: ImportBatch, model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Those of the rows of a table with history that changed in a later transaction."""
    changes = RowChange.objects.filter(
        table=model._meta.db_table, row__in=list(keys), transaction__gt=batch.transaction
    ).exclude(transaction__in=_taken_back(batch))
    return set(changes.order_by().values_list("row", flat=True))


def _taken_back(batch: ImportBatch) -> set[int]:
    """The transactions of later lists that were taken back, and those that took them back."""
    undone = ImportBatch.objects.filter(
        committee=batch.committee_id, state=ImportBatch.State.UNDONE
    )
    written = dict(undone.values_list("pk", "transaction"))
    back = AuditEvent.objects.filter(
        action="import.undone", object_type=batch._meta.label_lower, object_id__in=written
    )
    return {*written.values(), *back.order_by().values_list("transaction", flat=True)}


def referred_to(
    model: type[models.Model], keys: Iterable[int], *, own: Iterable[type[models.Model]]
) -> set[int]:
    """Those of the rows that a record of any app points to, the tables in ``own`` left out."""
    keys, found = list(keys), set()
    for relation in model._meta.related_objects:
        if relation.related_model in own or relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        found.update(rows.values_list(relation.field.attname, flat=True).distinct())
    return found


def refuse(codes: list[str], count: int) -> None:
    """Raise ``FileRefused`` naming the first records that stand in the way."""
    named = ", ".join(codes[:MOST_NAMED])
    more = f" và {count - MOST_NAMED} hộ khác" if count > MOST_NAMED else ""
    raise FileRefused(
        f"Không hoàn tác được: từ khi nhập đã có thay đổi ở các hộ {named}{more}."
        " Hãy sửa từng hộ trong sổ."
    )

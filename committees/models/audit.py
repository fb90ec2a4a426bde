from django.conf import settings
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast, Now

from committees.models.committee import Committee
from committees.models.people import CommitteeScopedQuerySet


class TransactionId(Func):
    """The number of the transaction that writes the row: joins a change to its decision."""

    function = "pg_current_xact_id"
    output_field = models.TextField()


def current_transaction() -> Cast:
    """A database default: 64 bits, never used again."""
    return Cast(Cast(TransactionId(), models.TextField()), models.BigIntegerField())


class AuditEvent(models.Model):
    """Who did what to which record, written in the transaction that did it.

    Never changed or removed: a trigger refuses it and the ``app`` role may not even try.
    ``detail`` holds names of fields, sums, reasons and ids; never an identity number.
    """

    at = models.DateTimeField("lúc", db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    action = models.CharField("việc", max_length=60)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", null=True)
    object_type = models.CharField("loại", max_length=60)
    object_id = models.BigIntegerField("bản ghi", null=True)
    detail = models.JSONField(default=dict)
    transaction = models.BigIntegerField(null=True, db_default=current_transaction())

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="audit_by_object", fields=["object_type", "object_id"]),
            models.Index(name="audit_by_committee", fields=["committee", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class RowChange(models.Model):
    """What a row held before it was changed or removed, column by column; written by a trigger.

    Who and why stands in the audit event of the same ``transaction``. ``fields`` maps a column
    to [before, after]; the columns of a removed row to [before]. Pages never show the columns
    of ``HIDDEN``. Erasing a person's data removes these rows too.
    """

    HIDDEN = ("id_cipher", "id_index", "old_id")

    class Op(models.TextChoices):
        UPDATED = "U", "sửa"
        REMOVED = "D", "xóa"

    at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=current_transaction())
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    op = models.CharField(max_length=1, choices=Op)
    fields = models.JSONField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="row_change_by_row", fields=["table", "row", "-id"]),
            models.Index(name="row_change_by_transaction", fields=["transaction"]),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {', '.join(self.fields)}"

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from committees.models.committee import Committee
from committees.models.people import CommitteeScopedQuerySet


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

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="audit_by_object", fields=["object_type", "object_id"]),
            models.Index(name="audit_by_committee", fields=["committee", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

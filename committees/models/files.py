from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models.committee import Committee
from committees.models.people import CommitteeScopedQuerySet


class StoredFile(models.Model):
    """A file kept once under the SHA-256 of its bytes; private ones lie encrypted on disk."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    is_private = models.BooleanField(default=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(auto_now_add=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="stored_file_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self):
        return self.name


class ImportBatch(models.Model):
    """One uploaded list: what was understood, and whether it went into the records.

    The same bytes go in once per committee and kind: a partial unique index refuses more.
    """

    class Kind(models.TextChoices):
        HOUSEHOLDS = "households", "Danh sách hộ"
        RECEIPTS = "receipts", "Danh sách ủng hộ"
        SUPPORT = "support", "Danh sách hỗ trợ"
        HOUSES = "houses", "Danh sách nhà Đại đoàn kết"
        WELFARE = "welfare", "An sinh xã hội chưa có danh sách"

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Chờ xác nhận"
        COMMITTED = "committed", "Đã nhập"
        DROPPED = "dropped", "Đã bỏ"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="import_batches")
    kind = models.CharField("loại", max_length=12, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    rows = models.PositiveIntegerField("số dòng", default=0)
    accepted = models.PositiveIntegerField("nhận", default=0)
    warnings = models.PositiveIntegerField("cảnh báo", default=0)
    errors = models.PositiveIntegerField("lỗi", default=0)
    findings = models.JSONField("nhận xét từng dòng", default=list)
    summary = models.JSONField("tóm tắt", default=dict)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="import_same_file_once",
                fields=["committee", "kind", "sha256"],
                condition=Q(state="committed"),
            ),
            models.CheckConstraint(
                name="import_commit_is_whole",
                condition=Q(
                    state="committed", committed_at__isnull=False, committed_by__isnull=False
                )
                | (~Q(state="committed") & Q(committed_at=None, committed_by=None)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.file}"

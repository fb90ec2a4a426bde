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
    # The bytes are gone, by retention or because somebody's data was erased.
    removed_at = models.DateTimeField("bỏ nội dung lúc", null=True, blank=True)

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
        UNDONE = "undone", "Đã hoàn tác"

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
    # How a person said the file is to be read: sheets, layouts, answers (intake_reading).
    reading = models.JSONField("cách đọc", default=dict)
    summary = models.JSONField("tóm tắt", default=dict)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    # The database transaction that wrote the list: what it changed stands in ``RowChange``.
    transaction = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
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
                    state__in=["committed", "undone"],
                    committed_at__isnull=False,
                    committed_by__isnull=False,
                )
                | Q(state__in=["previewed", "dropped"], committed_at=None, committed_by=None),
            ),
            models.CheckConstraint(
                name="import_undo_is_whole",
                condition=Q(state="undone", undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state="undone") & Q(undone_at=None, undone_by=None)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.file}"


class ImportedRow(models.Model):
    """What became of one line of a committed list: the record it made or changed."""

    class Verdict(models.TextChoices):
        NEW = "new", "Mới"
        CHANGED = "changed", "Đổi"
        SAME = "same", "Như cũ"

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="imported")
    sheet = models.CharField("trang", max_length=60, blank=True)
    number = models.PositiveIntegerField("dòng")
    record = models.BigIntegerField()  # the household, receipt … of the batch's kind
    verdict = models.CharField(max_length=7, choices=Verdict)

    class Meta:
        ordering = ["batch_id", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(name="imported_row_once", fields=["batch", "sheet", "number"]),
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.number}: {self.get_verdict_display()}"


class ListLayout(models.Model):
    """How a unit said the columns of its own layout are to be read, for the next file like it."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ImportBatch.Kind)
    header = models.CharField(max_length=64)  # SHA-256 of the folded labels in their order
    columns = models.JSONField()  # {column key: its place in the sheet, from 0}
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                name="list_layout_once", fields=["committee", "kind", "header"]
            ),
        ]

    def __str__(self):
        return f"{self.committee}, {self.get_kind_display()}"

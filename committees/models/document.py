from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models.committee import Committee
from committees.models.people import CommitteeScopedQuerySet


class Document(models.Model):
    """A numbered paper of a committee: draft → signed → entered in the register → issued.

    The number is typed by văn thư when the paper is entered in the register (vào số); a draft
    prints a blank number. Patterns: ``50/KH-MTTQ-BTT`` and, Party style, ``18-HD/MTTW-BTT``.
    """

    class Kind(models.TextChoices):
        PLAN = "KH", "Kế hoạch"
        REPORT = "BC", "Báo cáo"
        DECISION = "QĐ", "Quyết định"
        SUBMISSION = "TTr", "Tờ trình"
        GUIDANCE = "HD", "Hướng dẫn"
        NOTICE = "TB", "Thông báo"

    class Series(models.TextChoices):
        STANDING = "BTT", "Ban Thường trực"
        FUND_BOARD = "BVĐ", "Ban vận động Quỹ"

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        SIGNED = "signed", "Đã ký"
        NUMBERED = "numbered", "Đã vào số"
        ISSUED = "issued", "Đã phát hành"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="documents")
    kind = models.CharField("loại", max_length=4, choices=Kind)
    series = models.CharField("sổ", max_length=4, choices=Series, default=Series.STANDING)
    subject = models.CharField("trích yếu", max_length=400)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DRAFT)

    number = models.PositiveIntegerField("số", null=True, blank=True)
    suffix = models.CharField("số phụ", max_length=2, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, help_text="KH-MTTQ-BTT")
    place = models.CharField("địa danh", max_length=80)
    dated_on = models.DateField("ngày ban hành", null=True, blank=True)

    capacity = models.CharField("thẩm quyền ký", max_length=60, default="TM. BAN THƯỜNG TRỰC")
    signer_title = models.CharField("chức vụ", max_length=60, default="CHỦ TỊCH")
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signature_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    numbered_at = models.DateTimeField(null=True, blank=True)
    numbered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(
        "committees.StoredFile", models.PROTECT, related_name="+", null=True, blank=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="document_number_once_a_year",
                fields=["committee", "series", "kind", "year", "number", "suffix"],
                condition=Q(number__isnull=False),
                violation_error_message="Số này đã dùng trong năm; hãy kiểm tra sổ công văn.",
            ),
            models.CheckConstraint(
                name="document_number_comes_with_its_day",
                condition=Q(number=None, year=None, numbered_at=None, numbered_by=None)
                | Q(
                    number__gt=0,
                    year__isnull=False,
                    dated_on__isnull=False,
                    numbered_at__isnull=False,
                    numbered_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="document_state_matches_number",
                condition=Q(state__in=["draft", "signed"], number=None)
                | Q(state__in=["numbered", "issued"], number__isnull=False),
            ),
            models.CheckConstraint(
                name="document_signed_has_signer",
                condition=Q(state="draft") | (Q(signed_on__isnull=False) & ~Q(signer_name="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number_text}"

    @property
    def number_text(self) -> str:
        """``50/KH-MTTQ-BTT``; numbers below ten get a leading 0, a draft a blank (NĐ 30/2020)."""
        number = f"{self.number:02d}{self.suffix}" if self.number else "      "
        return f"{number}/{self.symbol}"

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Donor
from committees.models import CommitteeScopedQuerySet, ImportBatch
from fund.models.fund import Account, Fund


class VoucherQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "fund__committee"

    def posted(self) -> Self:
        return self.filter(state=Voucher.State.POSTED)

    def standing(self) -> Self:
        """Posted and not taken back by a reversal: what figures count."""
        return self.posted().filter(journal__reversed_by=None)


class Voucher(models.Model):
    """A paper of the books: nháp (editable) → ghi sổ (numbered, immutable) or hủy.

    A posted voucher is never edited; a reversal voucher takes it back. Numbers are gapless
    per fund, kind and year and given at ghi sổ.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", "Số dư đầu kỳ"
        RECEIPT = "receipt", "Phiếu thu"
        GOODS_IN = "goods_in", "Phiếu nhập hiện vật"
        PAYMENT = "payment", "Phiếu chi"
        GOODS_OUT = "goods_out", "Phiếu xuất hiện vật"
        REVERSAL = "reversal", "Bút toán điều chỉnh"

    class Purpose(models.TextChoices):
        OPENING = "opening", "Số dư đầu kỳ"
        DONATION = "donation", "Tiếp nhận ủng hộ"
        SUPPORT = "support", "Chi hỗ trợ"
        HOUSE = "house", "Chi nhà Đại đoàn kết"
        CORRECTION = "correction", "Điều chỉnh"

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        POSTED = "posted", "Đã ghi sổ"
        CANCELLED = "cancelled", "Đã hủy"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="vouchers")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    purpose = models.CharField("nội dung", max_length=10, choices=Purpose)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    date = models.DateField("ngày chứng từ")
    amount = models.BigIntegerField("số tiền (đồng)")
    party = models.CharField("người nộp/nhận", max_length=200, blank=True)
    description = models.CharField("diễn giải", max_length=300, blank=True)

    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="vouchers", null=True, blank=True
    )

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    posted_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = "chứng từ"
        indexes = [models.Index(name="voucher_by_fund_date", fields=["fund", "date"])]
        constraints = [
            models.UniqueConstraint(
                name="voucher_number_once",
                fields=["fund", "kind", "year", "number"],
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="voucher_posting_is_whole",
                condition=Q(
                    state="posted",
                    number__gt=0,
                    year__isnull=False,
                    posted_by__isnull=False,
                    posted_at__isnull=False,
                )
                | (~Q(state="posted") & Q(number=None, year=None, posted_by=None, posted_at=None)),
            ),
            models.CheckConstraint(
                name="voucher_amount_in_range",
                condition=Q(amount__gt=0, amount__lte=10**13)
                | Q(kind__in=["opening", "reversal"], amount__gte=0, amount__lte=10**13),
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="voucher_cancelled_says_why",
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number_text}"

    @property
    def is_taken_back(self) -> bool:
        """Whether a reversal stands against it; ask with ``journal__reversed_by`` selected."""
        return hasattr(getattr(self, "journal", None), "reversed_by")

    @property
    def number_text(self) -> str:
        """``PT 0012/2023``; a draft has no number yet."""
        if not self.number:
            return "(nháp)"
        return f"{self.number:04d}/{self.year}"


class ReceiptQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "voucher__fund__committee"

    def standing(self) -> Self:
        return self.filter(voucher__state="posted", voucher__journal__reversed_by=None)


class Receipt(models.Model):
    """One gift of one giver on a voucher, in money or goods; goods are valued in đồng."""

    class Form(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        BANK = "bank", "Chuyển khoản"
        TREASURY = "treasury", "Kho bạc"
        GOODS = "goods", "Hiện vật"

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="receipts")
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="receipts")
    form = models.CharField("hình thức", max_length=8, choices=Form)
    amount = models.BigIntegerField("giá trị (đồng)")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["voucher_id", "pk"]
        verbose_name = "khoản ủng hộ"
        constraints = [
            models.CheckConstraint(
                name="receipt_is_positive", condition=Q(amount__gt=0, amount__lte=10**13)
            ),
        ]

    def __str__(self):
        return f"{self.donor}: {self.amount}"


class GoodsLot(models.Model):
    """Goods of one receipt: what, how many, valued at how many đồng a unit."""

    receipt = models.OneToOneField(Receipt, models.CASCADE, related_name="goods")
    name = models.CharField("hiện vật", max_length=120)
    unit = models.CharField("ĐVT", max_length=30)
    quantity = models.DecimalField("số lượng", max_digits=12, decimal_places=3)
    unit_value = models.BigIntegerField("đơn giá (đồng)")

    class Meta:
        ordering = ["receipt_id"]
        constraints = [
            models.CheckConstraint(
                name="goods_are_positive", condition=Q(quantity__gt=0, unit_value__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.quantity_text} {self.unit}"

    @property
    def quantity_text(self) -> str:
        """``12,5``: as many decimals as there are, after a comma."""
        return f"{self.quantity.normalize():f}".replace(".", ",")

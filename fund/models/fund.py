from django.conf import settings
from django.db import models

from committees.models import Committee, CommitteeScopedQuerySet


class Fund(models.Model):
    """A fund of one committee. Kinds are never mixed: each has its own books."""

    class Kind(models.TextChoices):
        FOR_THE_POOR = "vnn", "Quỹ “Vì người nghèo”"
        RELIEF = "relief", "Quỹ cứu trợ"
        OTHER = "other", "Quỹ khác"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="funds")
    kind = models.CharField("loại quỹ", max_length=6, choices=Kind, default=Kind.FOR_THE_POOR)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "kind"]
        verbose_name = "quỹ"
        constraints = [
            models.UniqueConstraint(name="fund_once", fields=["committee", "kind"]),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.committee}"


class Account(models.Model):
    """A place where money or goods lie, or the source or purpose that balances it.

    Balances of the four asset kinds are the sum of their entries and never negative; nominal
    accounts (opening, income, expense) carry the other half of each journal.
    """

    class Kind(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        BANK = "bank", "Tiền gửi ngân hàng"
        TREASURY = "treasury", "Tiền gửi Kho bạc"
        GOODS = "goods", "Kho hiện vật"
        OPENING = "opening", "Số dư đầu kỳ"
        INCOME = "income", "Thu ủng hộ"
        EXPENSE = "expense", "Chi hỗ trợ"

    ASSETS = (Kind.CASH, Kind.BANK, Kind.TREASURY, Kind.GOODS)
    MONEY = (Kind.CASH, Kind.BANK, Kind.TREASURY)

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên tài khoản", max_length=120)
    number = models.CharField("số tài khoản", max_length=40, blank=True)

    class Meta:
        ordering = ["fund_id", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(name="account_once", fields=["fund", "kind", "number"]),
        ]

    def __str__(self):
        return self.name


class PeriodLock(models.Model):
    """Books of a fund closed up to and with a day: nothing is posted on or before it."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="locks")
    until = models.DateField("khóa đến hết ngày")
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["fund_id", "-until"]
        constraints = [
            models.UniqueConstraint(name="period_lock_once", fields=["fund", "until"]),
        ]

    def __str__(self):
        return f"{self.fund} khóa sổ đến {self.until:%d/%m/%Y}"

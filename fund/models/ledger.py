from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from fund.models.fund import Account, Fund
from fund.models.voucher import Voucher


class Journal(models.Model):
    """One balanced posting. Append-only: triggers refuse change, removal and truncation.

    The database also refuses a journal with fewer than two entries or a sum other than 0, an
    asset account below 0 on any date, a second reversal and a date in a locked period.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="journals")
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="journal")
    date = models.DateField("ngày ghi sổ")
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversed_by", null=True, blank=True
    )
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["date", "pk"]
        indexes = [models.Index(name="journal_by_fund_date", fields=["fund", "date"])]
        constraints = [
            models.CheckConstraint(
                name="journal_never_reverses_itself",
                condition=Q(reverses=None) | ~Q(reverses=models.F("id")),
            )
        ]

    def __str__(self):
        return f"{self.voucher} ngày {self.date:%d/%m/%Y}"


class Entry(models.Model):
    """One leg of a journal: whole đồng, positive into the account, negative out of it."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount = models.BigIntegerField("số tiền (đồng)")

    class Meta:
        ordering = ["journal_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="entry_is_a_real_amount",
                condition=~Q(amount=0) & Q(amount__gte=-(10**13), amount__lte=10**13),
            ),
        ]

    def __str__(self):
        return f"{self.account}: {self.amount}"

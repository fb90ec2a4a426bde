from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.models import Donor
from committees.models import Committee, CommitteeScopedQuerySet, Document, ImportBatch
from fund.models import Support, Voucher
from households.models import Household


class HouseRound(models.Model):
    """One decision of the level that pays, on a list of houses proposed from below.

    An imported list is recorded fact: it has one round for the file, decided by who imports.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="house_rounds")
    title = models.CharField("tên đợt", max_length=200)
    number = models.CharField("số quyết định", max_length=60, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="house_rounds", null=True, blank=True
    )

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = "đợt quyết định nhà Đại đoàn kết"

    def __str__(self):
        return self.title


class HouseQuerySet(CommitteeScopedQuerySet):
    # A house is seen where its household lives.
    committee_lookup = "household__commune"

    def live(self) -> Self:
        return self.exclude(state__in=[House.State.REFUSED, House.State.CANCELLED])

    def approved(self) -> Self:
        return self.filter(state__in=House.APPROVED)


class House(models.Model):
    """A nhà Đại đoàn kết: built or repaired for one household, from proposal to hand-over."""

    class Kind(models.TextChoices):
        NEW = "new", "Xây mới"
        REPAIR = "repair", "Sửa chữa"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Đã đề nghị"
        REFUSED = "refused", "Không duyệt"
        APPROVED = "approved", "Đã duyệt"
        STARTED = "started", "Đang xây dựng"
        COMPLETED = "completed", "Đã hoàn thành"
        HANDED_OVER = "handed_over", "Đã bàn giao"
        CANCELLED = "cancelled", "Đã hủy"

    APPROVED = (State.APPROVED, State.STARTED, State.COMPLETED, State.HANDED_OVER)

    household = models.ForeignKey(Household, models.PROTECT, related_name="houses")
    payer = models.ForeignKey(
        Committee, models.PROTECT, related_name="paid_houses", verbose_name="đơn vị quyết định"
    )
    kind = models.CharField("hình thức", max_length=6, choices=Kind)
    state = models.CharField("tình trạng", max_length=12, choices=State, default=State.PROPOSED)
    floor_area = models.DecimalField(
        "diện tích (m²)", max_digits=6, decimal_places=1, null=True, blank=True
    )
    reason = models.CharField("hoàn cảnh", max_length=500, blank=True)
    proposed_on = models.DateField("ngày đề nghị")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    round = models.ForeignKey(
        HouseRound, models.PROTECT, related_name="houses", null=True, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    refusal_reason = models.CharField("lý do không duyệt", max_length=300, blank=True)
    started_on = models.DateField("ngày khởi công", null=True, blank=True)
    completed_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    labour_days = models.PositiveIntegerField("ngày công", default=0)
    # What the household received stands in one register, a house from its start.
    support = models.OneToOneField(
        Support, models.PROTECT, related_name="house", null=True, blank=True
    )
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="houses", null=True, blank=True
    )

    objects = HouseQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_on", "-pk"]
        verbose_name = "nhà Đại đoàn kết"
        constraints = [
            models.UniqueConstraint(
                name="house_new_once_for_a_household",
                fields=["household"],
                condition=Q(kind="new") & ~Q(state__in=["refused", "cancelled"]),
                violation_error_message="Hộ này đã có nhà Đại đoàn kết xây mới.",
            ),
            models.CheckConstraint(
                name="house_takes_two_people",
                # An imported list records decisions taken on paper before.
                condition=Q(decided_by=None)
                | Q(batch__isnull=False)
                | ~Q(decided_by=F("proposed_by")),
                violation_error_message="Người đề nghị không được tự duyệt.",
            ),
            models.CheckConstraint(
                name="house_decision_is_whole",
                condition=Q(decided_by=None, decided_on=None)
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="house_state_matches_dates",
                condition=Q(state="proposed", decided_by=None)
                | Q(state="refused", decided_by__isnull=False) & ~Q(refusal_reason="")
                | Q(state="approved", round__isnull=False, started_on=None)
                | Q(state="started", started_on__isnull=False, completed_on=None)
                | Q(state="completed", completed_on__isnull=False, handed_over_on=None)
                | Q(state="handed_over", handed_over_on__isnull=False)
                | Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="house_dates_run_forward",
                condition=(Q(completed_on=None) | Q(completed_on__gte=F("started_on")))
                & (Q(handed_over_on=None) | Q(handed_over_on__gte=F("completed_on"))),
                violation_error_message=(
                    "Ngày hoàn thành, bàn giao không được trước ngày khởi công."
                ),
            ),
            models.CheckConstraint(
                name="house_decided_before_it_starts",
                condition=(Q(decided_on=None) | Q(decided_on__gte=F("proposed_on")))
                & (Q(started_on=None) | Q(started_on__gte=F("decided_on"))),
                violation_error_message="Ngày quyết định phải sau ngày đề nghị, trước khởi công.",
            ),
            models.CheckConstraint(
                name="house_is_support_once_started",
                condition=Q(support=None) | Q(started_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.household}"


class FundingLine(models.Model):
    """Money for a house from one source, whole đồng. Only a fund's money has a voucher."""

    class Source(models.TextChoices):
        FUND = "fund", "Quỹ “Vì người nghèo”"
        SPONSOR = "sponsor", "Đơn vị, cá nhân tài trợ"
        FAMILY = "family", "Gia đình đối ứng"
        BUDGET = "budget", "Ngân sách"

    house = models.ForeignKey(House, models.CASCADE, related_name="funding")
    source = models.CharField("nguồn", max_length=8, choices=Source)
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="+", null=True, blank=True)
    amount = models.BigIntegerField("số tiền (đồng)")
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, related_name="house_funding", null=True, blank=True
    )

    class Meta:
        ordering = ["house_id", "source", "pk"]
        constraints = [
            models.CheckConstraint(
                name="funding_is_positive", condition=Q(amount__gt=0, amount__lte=10**13)
            ),
            models.CheckConstraint(
                name="funding_voucher_is_the_funds", condition=Q(voucher=None) | Q(source="fund")
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}: {self.amount}"

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.models import Donor, Drive
from committees.models import Committee, CommitteeScopedQuerySet, ImportBatch
from fund.models.fund import Fund
from fund.models.voucher import Voucher
from households.models import Household


class SupportList(models.Model):
    """A list of recipients that is proposed by one person and decided by another."""

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        PROPOSED = "proposed", "Chờ quyết định"
        DECIDED = "decided", "Đã quyết định"
        REFUSED = "refused", "Không đồng ý"
        RECORDED = "recorded", "Đã ghi nhận"
        CANCELLED = "cancelled", "Đã hủy"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="support_lists")
    title = models.CharField("tên danh sách", max_length=200)
    drive = models.ForeignKey(Drive, models.PROTECT, related_name="+", null=True, blank=True)
    # The terms of a list made here; an imported one has its own on every line. Without a
    # giver the committee's own fund gives.
    kind = models.CharField("nội dung hỗ trợ", max_length=80, blank=True)
    date = models.DateField("ngày hỗ trợ", null=True, blank=True)
    giver = models.ForeignKey(Donor, models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DRAFT)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="support_lists", null=True, blank=True
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField("ý kiến", max_length=300, blank=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "danh sách hỗ trợ"
        constraints = [
            models.CheckConstraint(
                name="support_list_takes_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="Người đề nghị không được tự quyết định.",
            ),
            models.CheckConstraint(
                name="support_list_decision_is_whole",
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="support_list_state_matches_decision",
                condition=Q(state__in=["draft", "proposed"], decided_by=None)
                | Q(state__in=["decided", "refused"], decided_by__isnull=False)
                | Q(state__in=["recorded", "cancelled"]),
            ),
        ]

    def __str__(self):
        return self.title


class SupportQuerySet(CommitteeScopedQuerySet):
    # Support is seen where its recipient lives, whichever level gave it.
    committee_lookup = "place"

    def standing(self) -> Self:
        """Really given: welfare, or fund money on a posted voucher that was not reversed."""
        return self.filter(is_given=True, withdrawn_reason="").filter(
            Q(voucher=None) | Q(voucher__state="posted", voucher__journal__reversed_by=None)
        )


class Support(models.Model):
    """Something one household received: when, what kind, worth how much, from whom.

    Money of a fund names the fund (and, once paid, the voucher); welfare (ASXH) names its
    giver and touches no ledger. A house stands here from its start date, so that nobody
    asks two places what a household got.
    """

    class Origin(models.TextChoices):
        LIST = "list", "Danh sách hỗ trợ"
        HOUSE = "house", "Nhà Đại đoàn kết"

    support_list = models.ForeignKey(
        SupportList, models.PROTECT, related_name="supports", null=True, blank=True
    )
    place = models.ForeignKey(Committee, models.PROTECT, related_name="supports")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="supports", null=True, blank=True
    )
    recipient_name = models.CharField("người nhận", max_length=120)
    origin = models.CharField(max_length=5, choices=Origin, default=Origin.LIST)
    kind = models.CharField("nội dung hỗ trợ", max_length=80)
    date = models.DateField("ngày")
    value = models.BigIntegerField("giá trị (đồng)")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="supports", null=True, blank=True)
    giver = models.ForeignKey(Donor, models.PROTECT, related_name="supports", null=True, blank=True)
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, related_name="supports", null=True, blank=True
    )
    is_given = models.BooleanField("đã trao", default=False)
    withdrawn_reason = models.CharField("lý do rút lại", max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = "khoản hỗ trợ"
        indexes = [
            models.Index(name="support_by_place_date", fields=["place", "date"]),
            models.Index(name="support_by_household", fields=["household", "date"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="support_once_in_a_list",
                fields=["support_list", "household", "kind"],
                condition=Q(household__isnull=False, support_list__isnull=False),
                violation_error_message="Hộ này đã có trong danh sách.",
            ),
            models.CheckConstraint(
                name="support_has_one_source",
                condition=Q(origin="house")
                | Q(fund__isnull=False, giver=None)
                | Q(fund=None, giver__isnull=False),
            ),
            models.CheckConstraint(
                name="welfare_touches_no_voucher",
                condition=Q(voucher=None) | Q(fund__isnull=False),
            ),
            models.CheckConstraint(
                name="fund_support_given_is_vouched",
                condition=Q(is_given=False) | Q(fund=None) | Q(voucher__isnull=False),
            ),
            models.CheckConstraint(
                name="support_value_in_range",
                condition=Q(value__gt=0, value__lte=10**13) | Q(origin="house", value__gte=0),
            ),
        ]

    def __str__(self):
        return f"{self.recipient_name}: {self.kind}"


class WelfareTotalQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "place"

    def standing(self) -> Self:
        return self.filter(withdrawn_reason="")


class WelfareTotal(models.Model):
    """Welfare (ASXH) that reached the Front as a total without names. Never in a fund's books."""

    place = models.ForeignKey(Committee, models.PROTECT, related_name="welfare_totals")
    giver = models.ForeignKey(Donor, models.PROTECT, related_name="welfare_totals")
    date = models.DateField("ngày")
    content = models.CharField("nội dung", max_length=200)
    portions = models.PositiveIntegerField("số suất", null=True, blank=True)
    value = models.BigIntegerField("trị giá (đồng)")
    withdrawn_reason = models.CharField("lý do rút lại", max_length=300, blank=True)
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="welfare_totals", null=True, blank=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WelfareTotalQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = "an sinh xã hội chưa có danh sách"
        constraints = [
            models.CheckConstraint(
                name="welfare_total_is_positive", condition=Q(value__gt=0, value__lte=10**13)
            ),
        ]

    def __str__(self):
        return f"{self.giver}: {self.content}"

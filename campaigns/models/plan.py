from typing import Self

from django.db import models
from django.db.models import Q

from campaigns.models.campaign import Campaign, paths_above_seats
from committees.access import Permission
from committees.models import Committee, CommitteeScopedQuerySet, Document, User


class PlanQuerySet(CommitteeScopedQuerySet):
    def allowed(self, user: User, permission: Permission) -> Self:
        """As everywhere; and everybody reads the plans that units above have issued."""
        reachable = super().allowed(user, permission)
        if permission != Permission.CAMPAIGN_VIEW:
            return reachable
        above = Q(
            document__state=Document.State.ISSUED,
            committee__path__in=paths_above_seats(user, permission),
        )
        return self.filter(Q(pk__in=reachable.values("pk")) | above)


class Plan(models.Model):
    """A plan (kế hoạch) as structured data: what is printed is composed from these rows."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="plans")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="plans")
    document = models.OneToOneField(Document, models.PROTECT, related_name="plan")
    upper_number = models.CharField("số kế hoạch cấp trên", max_length=60, blank=True)
    upper_on = models.DateField("ngày kế hoạch cấp trên", null=True, blank=True)
    upper_issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    upper_subject = models.CharField("trích yếu kế hoạch cấp trên", max_length=400, blank=True)
    opening = models.TextField("mở đầu", blank=True)
    closing = models.TextField("kết thúc", blank=True)
    recipients = models.JSONField("nơi nhận", default=list)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "kế hoạch"
        constraints = [
            models.CheckConstraint(
                name="plan_upper_is_whole",
                condition=Q(upper_number="", upper_on=None) | Q(upper_on__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.document)


class Target(models.Model):
    """What a plan promises: a quantity that its paragraph, the board and the report all read."""

    class Indicator(models.TextChoices):
        HOUSES = "houses", "Nhà Đại đoàn kết"
        RECEIPTS = "receipts", "Vận động Quỹ"
        GIFTS = "gifts", "Suất quà"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    indicator = models.CharField("chỉ tiêu", max_length=12, choices=Indicator)
    quantity = models.PositiveBigIntegerField("số lượng")
    unit = models.CharField("đơn vị tính", max_length=20)

    class Meta:
        ordering = ["plan_id", "indicator"]
        constraints = [
            models.UniqueConstraint(name="target_once", fields=["plan", "indicator"]),
            models.CheckConstraint(name="target_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.get_indicator_display()}: {self.quantity} {self.unit}"


class PlanSectionQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "plan__committee"


class PlanSection(models.Model):
    """A piece of a plan. Numbers (I., 1., -) are given when printing, from the order.

    ``text`` may name a target as ``{houses}``: it prints the quantity as the rules want it (07).
    """

    class Kind(models.TextChoices):
        PART = "part", "Phần (I, II …)"
        CLAUSE = "clause", "Khoản (1, 2 …)"
        DASH = "dash", "Gạch đầu dòng"
        PARAGRAPH = "paragraph", "Đoạn văn"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", models.CASCADE, related_name="children", null=True, blank=True
    )
    kind = models.CharField("loại", max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung")

    objects = PlanSectionQuerySet.as_manager()

    class Meta:
        ordering = ["plan_id", "parent_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="plan_section_position_once",
                fields=["plan", "parent", "position"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return self.text[:60]

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household


class FormerCode(models.Model):
    """A code that a household had, in this commune or another: it still finds the household."""

    commune = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    code = models.CharField("mã hộ", max_length=30)
    household = models.ForeignKey(Household, models.PROTECT, related_name="former_codes")
    until = models.DateField("đến ngày")

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="former_code_once", fields=["commune", "code", "household"]
            ),
        ]
        indexes = [
            models.Index(
                name="former_code_by_code", fields=["code"], opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self):
        return self.code


class HouseholdMoveQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "to_commune"


class HouseholdMove(models.Model):
    """A household leaves for another commune; the same row goes on there once it is received."""

    class State(models.TextChoices):
        SENT = "sent", "Chờ nơi đến tiếp nhận"
        RECEIVED = "received", "Đã tiếp nhận"
        RETURNED = "returned", "Nơi đến trả lại"
        WITHDRAWN = "withdrawn", "Đã rút lại"

    household = models.ForeignKey(Household, models.PROTECT, related_name="moves")
    from_commune = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    to_commune = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    on = models.DateField("ngày chuyển")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.SENT)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("ý kiến", max_length=300, blank=True)

    objects = HouseholdMoveQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="household_move_one_open", fields=["household"], condition=Q(state="sent")
            ),
            models.CheckConstraint(
                name="household_move_elsewhere",
                condition=~Q(from_commune=models.F("to_commune")),
            ),
            models.CheckConstraint(
                name="household_move_answer_is_whole",
                condition=Q(state="sent", answered_by=None, answered_at=None)
                | (~Q(state="sent") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.household}: {self.from_commune} → {self.to_commune}"

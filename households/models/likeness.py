"""Two rows of the registry that may be one household, and two that became one."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household


class LikenessQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "commune"

    def together(self) -> Self:
        """Pairs of which neither household has moved to another commune."""
        return self.filter(first__commune=F("commune"), second__commune=F("commune"))


class Likeness(models.Model):
    """A pair of one commune that a person has to look at; "không trùng" is remembered."""

    class State(models.TextChoices):
        OPEN = "open", "Chờ xem"
        DIFFERENT = "different", "Không trùng"
        MERGED = "merged", "Đã nhập làm một"

    commune = models.ForeignKey(Committee, models.PROTECT, related_name="likenesses")
    first = models.ForeignKey(Household, models.PROTECT, related_name="+")
    second = models.ForeignKey(Household, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField("mức giống nhau (%)")
    reasons = ArrayField(models.CharField(max_length=20))
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("lý do", max_length=300, blank=True)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(name="likeness_pair_once", fields=["first", "second"]),
            models.CheckConstraint(name="likeness_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="likeness_decision_is_whole",
                condition=Q(state="open", decided_by=None, decided_at=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="likeness_by_commune", fields=["commune", "state"])]

    def __str__(self):
        return f"{self.first} ~ {self.second}"


class MergeQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "kept__hamlet"


class Merge(models.Model):
    """One household went into another; ``moved`` says what went over, for the undo."""

    kept = models.ForeignKey(Household, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Household, models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=300)
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="merge_gone_once", fields=["gone"], condition=Q(undone_at=None)
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(
                name="merge_undo_is_whole",
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"

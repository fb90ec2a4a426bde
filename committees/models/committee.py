from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet


class CommitteeQuerySet(MP_NodeQuerySet):
    def valid_on(self, day: date) -> Self:
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )

    def allowed(self, user, permission) -> Self:
        """The committees at which ``user`` may do what ``permission`` names."""
        return self.filter(user.reach(permission))

    def under(self, committee: "Committee") -> Self:
        """``committee`` itself and everything below it."""
        return self.filter(path__startswith=committee.path)


class CommitteeManager(MP_NodeManager.from_queryset(CommitteeQuerySet)):
    def get_queryset(self):
        return CommitteeQuerySet(self.model, using=self._db).order_by("path")


class Committee(MP_Node):
    """One Front committee at one place, for as long as the place existed.

    A code identifies nothing without a day: nearly every commune code of 2024 means another
    commune since 1/7/2025 (domain.md §6). A hamlet row is a Ban Công tác Mặt trận: it has no
    seal, no document numbers and no fund.
    """

    class Level(models.TextChoices):
        CENTRE = "centre", "Trung ương"
        PROVINCE = "province", "Tỉnh"
        DISTRICT = "district", "Huyện"
        COMMUNE = "commune", "Xã"
        HAMLET = "hamlet", "Khu dân cư"

    steplen = 4

    level = models.CharField("cấp", max_length=10, choices=Level)
    kind = models.CharField("loại đơn vị", max_length=30, help_text="Xã, Thị trấn, Ấp …")
    name = models.CharField("tên", max_length=120, help_text="Cả loại đơn vị: Xã Mỹ Thạnh")
    code = models.CharField("mã", max_length=20)
    fold = models.CharField("khóa tìm kiếm", max_length=160, editable=False)
    sort_key = models.CharField("khóa sắp xếp", max_length=250, editable=False)
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = CommitteeManager()

    class Meta:
        ordering = ["path"]
        verbose_name = "đơn vị"
        constraints = [
            models.UniqueConstraint(
                name="committee_code_once_per_tree",
                fields=["code", "valid_from"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="committee_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(name="committee_by_fold", fields=["fold"]),
            GinIndex(name="committee_by_part_of_name", fields=["fold"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.name

    @property
    def bare_name(self) -> str:
        """The name without its kind: "Mỹ Thạnh" of "Xã Mỹ Thạnh"."""
        return self.name.removeprefix(self.kind).strip()

    @property
    def is_hamlet(self) -> bool:
        return self.level == self.Level.HAMLET

    @property
    def parent_path(self) -> str:
        return self.path[: -self.steplen]

    def exists_on(self, day: date) -> bool:
        """Whether the unit was valid on ``day``: its books accept business dates of then."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Succession(models.Model):
    """Which unit took over from which, and how much of it."""

    class Extent(models.TextChoices):
        WHOLE = "whole", "Toàn bộ"
        PART = "part", "Một phần"
        DEFAULT_PART = "default part", "Một phần (mặc định)"

    old = models.ForeignKey(Committee, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Committee, models.PROTECT, related_name="predecessions")
    extent = models.CharField("mức độ", max_length=12, choices=Extent)
    on = models.DateField("từ ngày")
    legal_text = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        ordering = ["old_id", "new_id"]
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["old", "new", "on"]),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"

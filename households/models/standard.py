from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household


class PovertyStandard(models.Model):
    """A poverty standard for the years it is in force (NĐ 07/2021 for 2022–2026)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    legal_text = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    income_points_rural = models.PositiveSmallIntegerField("điểm A tối đa, nông thôn")
    income_points_urban = models.PositiveSmallIntegerField("điểm A tối đa, thành thị")
    deprivation_points = models.PositiveSmallIntegerField("điểm B từ đó là nghèo")

    class Meta:
        ordering = ["valid_from"]

    def __str__(self):
        return self.name


class PovertyIndicator(models.Model):
    """One deprivation indicator of a standard, by a code that outlives its position."""

    standard = models.ForeignKey(PovertyStandard, models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    label = models.CharField("chỉ số", max_length=120)
    position = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(default=10)

    class Meta:
        ordering = ["standard_id", "position"]
        constraints = [
            models.UniqueConstraint(name="indicator_once", fields=["standard", "code"]),
        ]

    def __str__(self):
        return self.label


class PovertyList(models.Model):
    """The list of one commune for one year, as decided by its People's Committee."""

    commune = models.ForeignKey(Committee, models.PROTECT, related_name="poverty_lists")
    year = models.PositiveSmallIntegerField("năm")
    standard = models.ForeignKey(PovertyStandard, models.PROTECT, related_name="+")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "commune_id"]
        constraints = [
            models.UniqueConstraint(name="poverty_list_once_a_year", fields=["commune", "year"]),
        ]

    def __str__(self):
        return f"Danh sách năm {self.year} – {self.commune}"


class ClassificationQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "hamlet"


class Classification(models.Model):
    """The class of one household on one year's list, with what it was decided from."""

    class Kind(models.TextChoices):
        POOR = "poor", "Hộ nghèo"
        NEAR_POOR = "near_poor", "Hộ cận nghèo"
        HARDSHIP = "hardship", "Hộ có hoàn cảnh khó khăn"

    poverty_list = models.ForeignKey(PovertyList, models.PROTECT, related_name="classifications")
    household = models.ForeignKey(Household, models.PROTECT, related_name="classifications")
    # The hamlet and the members of that year: a later move changes no earlier figure.
    hamlet = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    kind = models.CharField("phân loại", max_length=10, choices=Kind)
    income_score = models.PositiveSmallIntegerField("điểm A", null=True, blank=True)
    deprivation_score = models.PositiveSmallIntegerField("điểm B", null=True, blank=True)
    deprivations = ArrayField(models.CharField(max_length=40), default=list)
    members_declared = models.PositiveSmallIntegerField("số nhân khẩu", null=True, blank=True)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        ordering = ["-poverty_list__year", "household__head_sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="classification_once_a_list", fields=["household", "poverty_list"]
            ),
            models.CheckConstraint(
                name="classification_scores_in_range",
                condition=(Q(income_score=None) | Q(income_score__lte=1000))
                & (Q(deprivation_score=None) | Q(deprivation_score__lte=120)),
            ),
        ]
        indexes = [
            models.Index(name="classification_by_list", fields=["poverty_list", "hamlet", "kind"]),
        ]

    def __str__(self):
        return f"{self.household} – {self.get_kind_display()}"

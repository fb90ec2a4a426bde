from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household


class PovertyStandard(models.Model):
    """A poverty standard for the years it is in force (NĐ 07/2021 for 2022–2026).

    Its lines of income are ``PovertyLine`` rows; a province may draw its own above them.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    legal_text = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    deprivation_points = models.PositiveSmallIntegerField("điểm thiếu hụt từ đó là nghèo")
    income_label = models.CharField("gọi điểm thu nhập là", max_length=20, default="điểm A")
    deprivation_label = models.CharField("gọi điểm thiếu hụt là", max_length=20, default="điểm B")

    class Meta:
        ordering = ["valid_from"]

    def __str__(self):
        return self.name


class PovertyLine(models.Model):
    """The income up to which a household is poor or near-poor, by area: đồng a person a month.

    Up to ``lower_income`` (only 2016–2021 has one) a household is poor whatever it lacks; from
    there to ``income`` it is poor or near-poor by its deprivations. ``points`` is the same line
    in points of the survey where a source gives it. ``place``: the province whose line it is.
    """

    standard = models.ForeignKey(PovertyStandard, models.PROTECT, related_name="lines")
    place = models.ForeignKey(
        Committee, models.PROTECT, related_name="poverty_lines", null=True, blank=True
    )
    area = models.CharField("khu vực", max_length=5, choices=Household.Area)
    income = models.PositiveIntegerField("chuẩn thu nhập (đồng/người/tháng)")
    lower_income = models.PositiveIntegerField(
        "chuẩn nghèo thu nhập (đồng/người/tháng)", null=True, blank=True
    )
    points = models.PositiveSmallIntegerField("điểm thu nhập tối đa", null=True, blank=True)
    legal_text = models.CharField("căn cứ", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["standard_id", "place_id", "area"]
        constraints = [
            models.UniqueConstraint(
                name="poverty_line_once",
                fields=["standard", "place", "area"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="poverty_line_lower_is_lower",
                condition=Q(lower_income=None) | Q(lower_income__lt=models.F("income")),
            ),
        ]

    def __str__(self):
        return f"{self.standard} – {self.get_area_display()}"


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


class PovertyListQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "commune"


class PovertyList(models.Model):
    """The list of one commune for one year, as decided by its People's Committee."""

    commune = models.ForeignKey(Committee, models.PROTECT, related_name="poverty_lists")
    year = models.PositiveSmallIntegerField("năm")
    standard = models.ForeignKey(PovertyStandard, models.PROTECT, related_name="+")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PovertyListQuerySet.as_manager()

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
    # The group and causes of that year, for its summary tables.
    flags = ArrayField(models.CharField(max_length=10), default=list)
    causes = ArrayField(models.CharField(max_length=10), default=list)
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
            # The summary tables count lists by this alone, without the rows.
            models.Index(
                name="classification_counted",
                fields=["poverty_list", "kind", "hamlet"],
                include=["flags"],
            ),
        ]

    def __str__(self):
        return f"{self.household} – {self.get_kind_display()}"

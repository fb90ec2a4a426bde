from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.path import PROVINCE, PathField
from households.models.words import WordsField, words_of


class HouseholdQuerySet(CommitteeScopedQuerySet):
    # A household carries the path of its hamlet: reach is decided without a join, and a
    # Trưởng Ban Công tác sees the own hamlet's.
    committee_lookup = ""

    def under(self, committee: Committee) -> Self:
        return self.filter(path__startswith=committee.path)

    def living(self) -> Self:
        return self.filter(state=Household.State.ACTIVE)

    def same_as(self, household: "Household") -> Self:
        """The household with the rows that were merged into it: what they got, it got."""
        return self.filter(Q(pk=household.pk) | Q(merged_into=household))


class Household(models.Model):
    """A household on the Front's registry: the same row through all years.

    What class it has in which year is a ``Classification``; the People's Committee decides it.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "Đang theo dõi"
        MOVED = "moved", "Đã chuyển đi"
        MERGED = "merged", "Đã nhập hộ"
        ENDED = "ended", "Không còn"

    class Sex(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    class Area(models.TextChoices):
        URBAN = "urban", "Thành thị"
        RURAL = "rural", "Nông thôn"

    class Water(models.TextChoices):
        PIPED = "piped", "Nước máy"
        DRILLED_WELL = "drilled_well", "Giếng khoan"
        SAFE_WELL = "safe_well", "Giếng đào được bảo vệ"
        SAFE_SPRING = "safe_spring", "Nước khe, mó được bảo vệ"
        RAIN = "rain", "Nước mưa"
        BOTTLED = "bottled", "Nước đóng chai, bình"
        OTHER = "other", "Nguồn khác, chưa bảo đảm"

    class Latrine(models.TextChoices):
        SEPTIC = "septic", "Tự hoại, bán tự hoại"
        POUR_FLUSH = "pour_flush", "Thấm dội nước"
        VENTED = "vented", "Cải tiến có ống thông hơi"
        TWO_PIT = "two_pit", "Hai ngăn"
        OTHER = "other", "Loại khác, chưa hợp vệ sinh"
        NONE = "none", "Không có"

    class Part(models.TextChoices):
        """The three main structures of a house; two weak ones make it not solid."""

        WALL = "wall", "Tường"
        PILLAR = "pillar", "Cột"
        ROOF = "roof", "Mái"

    class Flag(models.TextChoices):
        MINORITY = "minority", "Hộ dân tộc thiểu số"
        MERIT = "merit", "Hộ có người có công"
        NO_LABOUR = "no_labour", "Hộ không có khả năng lao động"
        ALLOWANCE = "allowance", "Hộ có người hưởng bảo trợ xã hội"

    class Cause(models.TextChoices):
        LAND = "land", "Không có đất sản xuất"
        CAPITAL = "capital", "Không có vốn sản xuất, kinh doanh"
        LABOUR = "labour", "Không có lao động"
        TOOLS = "tools", "Không có công cụ, phương tiện sản xuất"
        KNOWLEDGE = "knowledge", "Không có kiến thức về sản xuất"
        SKILL = "skill", "Không có kỹ năng lao động"
        ILLNESS = "illness", "Có người ốm đau, bệnh nặng, tai nạn"
        OTHER = "other", "Nguyên nhân khác"

    class HouseCondition(models.TextChoices):
        SOLID = "solid", "Kiên cố"
        HALF_SOLID = "half_solid", "Bán kiên cố"
        WEAK = "weak", "Thiếu kiên cố"
        MAKESHIFT = "makeshift", "Đơn sơ"
        NONE = "none", "Chưa có nhà"

    commune = models.ForeignKey(Committee, models.PROTECT, related_name="households")
    hamlet = models.ForeignKey(
        Committee, models.PROTECT, related_name="hamlet_households", verbose_name="thôn/ấp"
    )
    code = models.CharField("mã hộ", max_length=30)
    head_name = models.CharField("họ và tên chủ hộ", max_length=120)
    head_fold = models.CharField(max_length=160, editable=False)
    head_sort_key = models.CharField(max_length=250, editable=False)
    # Set by a trigger: the path of the hamlet.
    path = PathField(max_length=255, editable=False)
    # The given name (tên) without accents: the first word of the sort key.
    given_fold = models.GeneratedField(
        expression=Func(
            Func(F("head_sort_key"), Value("{|"), Value(""), function="translate"),
            Value(" "),
            Value(1),
            function="split_part",
        ),
        output_field=models.CharField(max_length=250),
        db_persist=True,
    )
    # By these the household is found: households.models.words.
    words = models.GeneratedField(
        expression=words_of(
            "head_name",
            "head_fold",
            "head_sort_key",
            "code",
            "birth_year",
            function="household_words",
        ),
        output_field=WordsField(),
        db_persist=True,
    )
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=30, blank=True)
    address = models.CharField("nơi thường trú", max_length=200, blank=True)
    current_address = models.CharField("nơi ở hiện tại", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=15, blank=True)
    area = models.CharField("khu vực", max_length=5, choices=Area)
    members_declared = models.PositiveSmallIntegerField("số nhân khẩu", null=True, blank=True)
    house_condition = models.CharField(
        "tình trạng nhà ở", max_length=10, choices=HouseCondition, blank=True
    )
    floor_area = models.DecimalField(
        "diện tích nhà (m²)", max_digits=6, decimal_places=1, null=True, blank=True
    )
    weak_parts = ArrayField(
        models.CharField(max_length=6), verbose_name="bộ phận nhà không bền chắc", default=list
    )
    water = models.CharField("nguồn nước sinh hoạt", max_length=12, choices=Water, blank=True)
    latrine = models.CharField("nhà tiêu", max_length=10, choices=Latrine, blank=True)
    flags = ArrayField(
        models.CharField(max_length=10), verbose_name="đối tượng chính sách", default=list
    )
    causes = ArrayField(
        models.CharField(max_length=10), verbose_name="nguyên nhân nghèo", default=list
    )
    needs = ArrayField(models.CharField(max_length=30), verbose_name="nhu cầu", default=list)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField("tình trạng", max_length=6, choices=State, default=State.ACTIVE)
    state_on = models.DateField("từ ngày", null=True, blank=True)
    state_reason = models.CharField("lý do", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged", null=True, blank=True
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, related_name="split_off", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["head_sort_key", "pk"]
        verbose_name = "hộ"
        constraints = [
            # 28051-0001 of 2023 will exist again after 1/7/2025, in another commune row.
            models.UniqueConstraint(
                name="household_code_once_in_commune",
                fields=["commune", "code"],
                violation_error_message="Mã hộ này đã có trong xã.",
            ),
            models.CheckConstraint(
                name="household_birth_year_agrees",
                condition=Q(birth_date=None) | Q(birth_year=F("birth_date__year")),
            ),
            models.CheckConstraint(
                name="household_has_people",
                condition=Q(members_declared=None) | Q(members_declared__range=(1, 60)),
            ),
            models.CheckConstraint(
                name="household_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="household_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
            models.CheckConstraint(
                name="household_floor_area_in_reason",
                condition=Q(floor_area=None) | Q(floor_area__gt=0),
            ),
        ]
        indexes = [
            # Searches read these in the order of names: households.finding.
            models.Index(
                name="household_in_order",
                fields=["head_sort_key", "id"],
                include=["path", "state"],
            ),
            models.Index(
                Left("path", PROVINCE),
                F("head_sort_key"),
                F("id"),
                name="household_in_province",
                include=["path", "state"],
            ),
            models.Index(
                name="household_by_given",
                fields=["given_fold", "head_sort_key", "id"],
                include=["path", "state"],
            ),
            models.Index(
                name="household_by_path", fields=["path"], opclasses=["varchar_pattern_ops"]
            ),
            GinIndex(name="household_by_words", fields=["words"]),
            models.Index(
                name="household_by_code", fields=["code"], opclasses=["varchar_pattern_ops"]
            ),
            models.Index(
                name="household_merged_by_code",
                fields=["code"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(state="merged"),
            ),
        ]

    def __str__(self):
        return f"{self.head_name} ({self.code})"

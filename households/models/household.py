from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from committees.models import Committee, CommitteeScopedQuerySet


class HouseholdQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "hamlet"  # a Trưởng Ban Công tác sees the own hamlet's

    def living(self) -> Self:
        return self.filter(state=Household.State.ACTIVE)


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
    # The last word of the folded name, for searches of one or two letters.
    given_fold = models.GeneratedField(
        expression=Func(F("head_fold"), Value("^.* "), Value(""), function="regexp_replace"),
        output_field=models.CharField(max_length=160),
        db_persist=True,
    )
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=30, blank=True)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=15, blank=True)
    area = models.CharField("khu vực", max_length=5, choices=Area)
    members_declared = models.PositiveSmallIntegerField("số nhân khẩu", null=True, blank=True)
    house_condition = models.CharField(
        "tình trạng nhà ở", max_length=10, choices=HouseCondition, blank=True
    )
    needs = ArrayField(models.CharField(max_length=30), verbose_name="nhu cầu", default=list)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField("tình trạng", max_length=6, choices=State, default=State.ACTIVE)
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
        ]
        indexes = [
            models.Index(name="household_commune_sorted", fields=["commune", "head_sort_key"]),
            models.Index(name="household_hamlet_sorted", fields=["hamlet", "head_sort_key"]),
            models.Index(name="household_sorted", fields=["head_sort_key", "id"]),
            models.Index(
                name="household_by_given_name",
                fields=["given_fold"],
                opclasses=["text_pattern_ops"],
            ),
            models.Index(
                name="household_by_code", fields=["code"], opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self):
        return f"{self.head_name} ({self.code})"


class MemberQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "household__hamlet"


class Member(models.Model):
    """A person of a household. A person may have no papers.

    The national number is kept encrypted; ``id_index`` is a keyed hash that finds it again,
    ``id_tail`` the last three digits, all that a page shows.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    is_head = models.BooleanField("chủ hộ", default=False)
    name = models.CharField("họ và tên", max_length=120)
    relation = models.CharField("quan hệ với chủ hộ", max_length=30, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Household.Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=30, blank=True)
    id_cipher = models.BinaryField(null=True, blank=True, editable=False)
    id_index = models.BinaryField(null=True, blank=True, editable=False)
    id_tail = models.CharField(max_length=3, blank=True, editable=False)
    old_id = models.CharField("giấy tờ cũ (9 số), đã mã hóa", max_length=200, blank=True)
    is_living = models.BooleanField("còn sống", default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["household_id", "-is_head", "pk"]
        verbose_name = "thành viên"
        constraints = [
            models.UniqueConstraint(
                name="member_one_head", fields=["household"], condition=Q(is_head=True)
            ),
            models.UniqueConstraint(
                name="member_national_id_once",
                fields=["id_index"],
                condition=Q(is_living=True, id_index__isnull=False),
                violation_error_message="Số CCCD này đã có trong sổ hộ.",
            ),
            models.CheckConstraint(
                name="member_id_is_whole",
                condition=Q(id_cipher=None, id_index=None, id_tail="")
                | Q(id_cipher__isnull=False, id_index__isnull=False, id_tail__regex=r"^\d{3}$"),
            ),
        ]

    def __str__(self):
        return self.name

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, When

from committees.models import CommitteeScopedQuerySet
from households.models.household import Household
from households.models.path import PathField
from households.models.words import WordsField, words_of


class MemberQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "household__hamlet"


class Member(models.Model):
    """A person of a household. A person may have no papers.

    The national number is kept encrypted; ``id_index`` is a keyed hash that finds it again,
    ``id_tail`` the last three digits, all that a page shows.
    """

    class Schooling(models.TextChoices):
        NONE = "none", "Chưa đi học, không đi học"
        NURSERY = "nursery", "Mầm non"
        PRIMARY = "primary", "Tiểu học"
        LOWER = "lower", "Trung học cơ sở"
        UPPER = "upper", "Trung học phổ thông"
        VOCATIONAL = "vocational", "Sơ cấp, trung cấp nghề"
        COLLEGE = "college", "Cao đẳng, đại học trở lên"

    class Work(models.TextChoices):
        WORKING = "working", "Có việc làm"
        SEEKING = "seeking", "Muốn làm mà không có việc"
        STUDYING = "studying", "Đang đi học"
        UNABLE = "unable", "Không còn khả năng lao động"
        HOME = "home", "Nội trợ, ngoài độ tuổi"

    class Disability(models.TextChoices):
        EXTREME = "extreme", "Đặc biệt nặng"
        SEVERE = "severe", "Nặng"
        MILD = "mild", "Nhẹ"

    class Organisation(models.TextChoices):
        WOMEN = "women", "Hội Liên hiệp Phụ nữ"
        FARMERS = "farmers", "Hội Nông dân"
        VETERANS = "veterans", "Hội Cựu chiến binh"
        YOUTH = "youth", "Đoàn Thanh niên"
        UNION = "union", "Công đoàn"
        ELDERLY = "elderly", "Hội Người cao tuổi"
        RED_CROSS = "red_cross", "Hội Chữ thập đỏ"
        OTHER = "other", "Tổ chức khác"

    class Leaving(models.TextChoices):
        DIED = "died", "Chết"
        MOVED = "moved", "Chuyển đi nơi khác"
        SPLIT = "split", "Tách sang hộ khác"
        OTHER = "other", "Không còn sống chung"

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

    id_issued_on = models.DateField("ngày cấp", null=True, blank=True)
    id_issued_by = models.CharField("nơi cấp", max_length=100, blank=True)
    schooling = models.CharField("học vấn, đang học", max_length=10, choices=Schooling, blank=True)
    work = models.CharField("việc làm", max_length=10, choices=Work, blank=True)
    has_contract = models.BooleanField("có hợp đồng lao động", null=True, blank=True)
    is_insured = models.BooleanField("có BHYT", null=True, blank=True)
    insured_until = models.DateField("hạn BHYT", null=True, blank=True)
    is_malnourished = models.BooleanField("trẻ suy dinh dưỡng", null=True, blank=True)
    disability = models.CharField("khuyết tật", max_length=10, choices=Disability, blank=True)
    has_allowance = models.BooleanField("hưởng trợ cấp xã hội hằng tháng", default=False)
    is_of_merit = models.BooleanField("người có công", default=False)
    organisations = ArrayField(
        models.CharField(max_length=10), verbose_name="hội viên, đoàn viên", default=list
    )
    left_on = models.DateField("rời hộ ngày", null=True, blank=True)
    left_why = models.CharField("rời hộ vì", max_length=10, choices=Leaving, blank=True)
    # Set by a trigger, of others than the head: the path of the household.
    path = PathField(max_length=255, editable=False, db_default="")
    # By these others than the head are found, while they belong to the household.
    words = models.GeneratedField(
        expression=Case(
            When(
                is_head=False,
                left_on=None,
                then=words_of("name", "path", "birth_year", function="member_words"),
            )
        ),
        output_field=WordsField(null=True),
        db_persist=True,
    )

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
                name="member_left_is_whole",
                condition=Q(left_on=None, left_why="")
                | (Q(left_on__isnull=False, is_head=False) & ~Q(left_why="")),
            ),
            models.CheckConstraint(
                name="member_dead_has_left",
                condition=Q(is_living=True) | Q(left_why="died") | Q(left_on=None),
            ),
            models.CheckConstraint(
                name="member_id_is_whole",
                condition=Q(id_cipher=None, id_index=None, id_tail="")
                | Q(id_cipher__isnull=False, id_index__isnull=False, id_tail__regex=r"^\d{3}$"),
            ),
        ]

        indexes = [
            models.Index(name="member_by_id_tail", fields=["id_tail", "household"]),
            GinIndex(name="member_by_words", fields=["words"]),
        ]

    def __str__(self):
        return self.name

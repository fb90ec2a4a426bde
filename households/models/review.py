"""What changes between one year's list and the next: the annual review and the monthly one."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household
from households.models.standard import Classification, PovertyList


class TransitionQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "hamlet"


class Transition(models.Model):
    """A household's class before and after a review (diễn biến hộ nghèo, domain.md §2.7).

    The annual one compares the list of the year before with this list as first decided: exactly
    one for every household that stands on either. Monthly ones follow within the year. For each
    class: standing at the start + all that came to it − all that left it = standing at the end.
    """

    class Origin(models.TextChoices):
        ANNUAL = "annual", "Rà soát hằng năm"
        MONTHLY = "monthly", "Rà soát thường xuyên"

    class Code(models.TextChoices):
        UP_TO_NEAR_POOR = "thoat_ngheo_len_can", "Thoát nghèo, trở thành hộ cận nghèo"
        OUT_OF_POVERTY = "thoat_ngheo_vuot_chuan", "Thoát nghèo, vượt chuẩn cận nghèo"
        OUT_OF_NEAR_POVERTY = "thoat_can_ngheo", "Thoát cận nghèo"
        DOWN_TO_POOR = "can_xuong_ngheo", "Cận nghèo trở thành hộ nghèo"
        NEW_POOR = "phat_sinh_ngheo", "Hộ nghèo phát sinh mới"
        NEW_NEAR_POOR = "phat_sinh_can", "Hộ cận nghèo phát sinh mới"
        POOR_AGAIN = "tai_ngheo", "Tái nghèo"
        NEAR_POOR_AGAIN = "tai_can_ngheo", "Tái cận nghèo"
        UNCHANGED = "giu_nguyen", "Giữ nguyên"
        NEW_HARDSHIP = "kho_khan_moi", "Hộ khó khăn mới xác nhận"
        OUT_OF_HARDSHIP = "het_kho_khan", "Hết khó khăn"
        MOVED_IN = "chuyen_den", "Chuyển đến"
        MOVED_OUT = "chuyen_di", "Chuyển đi"
        SPLIT = "tach_ho", "Tách hộ"
        MERGED = "nhap_ho", "Nhập hộ"
        DIED = "chet", "Không còn ai (chết)"
        OMITTED = "sot", "Sót trong danh sách, đã kiến nghị bổ sung"
        RESTORED = "bo_sung", "Được bổ sung sau kiến nghị"
        CORRECTED = "dinh_chinh", "Đính chính danh sách"
        UNANSWERED = "chua_ro", "Không có trong danh sách mới, chưa rõ lý do"

    poverty_list = models.ForeignKey(PovertyList, models.PROTECT, related_name="transitions")
    household = models.ForeignKey(Household, models.PROTECT, related_name="transitions")
    # Where it stands after the change, or stood last; and where it stood before, if on a list.
    hamlet = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    hamlet_before = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", null=True, blank=True
    )
    origin = models.CharField(max_length=7, choices=Origin)
    # Empty: on no list.
    kind_before = models.CharField(max_length=10, choices=Classification.Kind, blank=True)
    kind_after = models.CharField(max_length=10, choices=Classification.Kind, blank=True)
    code = models.CharField("diễn biến", max_length=24, choices=Code)
    on = models.DateField("ngày")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ["-poverty_list__year", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="transition_annual_once",
                fields=["poverty_list", "household"],
                condition=Q(origin="annual"),
            ),
            models.CheckConstraint(
                name="transition_from_or_to_a_list",
                condition=~Q(kind_before="", kind_after=""),
            ),
            models.CheckConstraint(
                name="transition_stood_somewhere_before",
                condition=Q(kind_before="", hamlet_before=None)
                | (~Q(kind_before="") & Q(hamlet_before__isnull=False)),
            ),
            models.CheckConstraint(
                name="transition_monthly_changes",
                condition=Q(origin="annual") | ~Q(kind_before=models.F("kind_after")),
            ),
            models.CheckConstraint(
                name="transition_unanswered_left",
                condition=~Q(code="chua_ro") | Q(kind_after="", answered_at=None),
            ),
        ]
        indexes = [
            models.Index(name="transition_by_household", fields=["household", "on"]),
            # The summary tables count changes by this alone; most households keep their class.
            models.Index(
                name="transition_counted",
                fields=["poverty_list", "kind_before", "kind_after", "code"],
                include=["hamlet", "hamlet_before"],
                condition=~Q(kind_before=models.F("kind_after"))
                | ~Q(hamlet_before=models.F("hamlet")),
            ),
        ]

    def __str__(self):
        return f"{self.household}: {self.get_code_display()}"


class ListRemarkQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "poverty_list__commune"


class ListRemark(models.Model):
    """What the Front asks the People's Committee to look at again in a list (giám sát)."""

    class Kind(models.TextChoices):
        OMITTED = "omitted", "Sót hộ"
        CLASS = "class", "Phân loại chưa khớp điểm"
        PERSON = "person", "Sai thông tin chủ hộ"
        TWICE = "twice", "Trùng hộ"
        GONE = "gone", "Hộ đã chuyển đi hoặc không còn"
        OTHER = "other", "Ý kiến khác"

    poverty_list = models.ForeignKey(PovertyList, models.PROTECT, related_name="remarks")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="remarks", null=True, blank=True
    )
    kind = models.CharField("loại", max_length=8, choices=Kind)
    text = models.CharField("nội dung", max_length=500)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("trả lời của UBND", max_length=500, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)

    objects = ListRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["poverty_list_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="list_remark_answer_is_whole",
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.text


class HouseholdTotal(models.Model):
    """All households living in a commune or hamlet in a year: the denominator of rates."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="household_totals")
    year = models.PositiveSmallIntegerField("năm")
    households = models.PositiveIntegerField("tổng số hộ dân cư")
    minority_households = models.PositiveIntegerField(
        "trong đó hộ dân tộc thiểu số", null=True, blank=True
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                name="household_total_once_a_year", fields=["committee", "year"]
            ),
            models.CheckConstraint(
                name="household_total_holds_minority",
                condition=Q(minority_households=None)
                | Q(minority_households__lte=models.F("households")),
            ),
            models.CheckConstraint(name="household_total_is_some", condition=Q(households__gt=0)),
        ]

    def __str__(self):
        return f"{self.committee}, {self.year}: {self.households} hộ"


class PoorPlace(models.Model):
    """A commune or hamlet recognised as poor or of special difficulty, from–to."""

    class Mark(models.TextChoices):
        POOR = "poor", "Xã nghèo"
        HARD_COMMUNE = "hard_commune", "Xã đặc biệt khó khăn"
        HARD_HAMLET = "hard_hamlet", "Thôn đặc biệt khó khăn"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="poor_marks")
    mark = models.CharField("diện", max_length=12, choices=Mark)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    legal_text = models.CharField("căn cứ", max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                name="poor_place_once", fields=["committee", "mark", "valid_from"]
            ),
            models.CheckConstraint(
                name="poor_place_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self):
        return f"{self.committee}: {self.get_mark_display()}"

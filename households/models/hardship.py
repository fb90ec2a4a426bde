from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from committees.models import Committee, CommitteeScopedQuerySet
from households.models.household import Household


class HardshipCaseQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "hamlet"


class HardshipCase(models.Model):
    """A household in hardship: proposed by the hamlet, confirmed by the commune's Front.

    The Front's own class: it needs no decision of the People's Committee, but a reason and a
    day until which it holds. ``household`` is empty until a household not yet on the registry
    is confirmed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Chờ xác nhận"
        CONFIRMED = "confirmed", "Đã xác nhận"
        REFUSED = "refused", "Không xác nhận"
        ENDED = "ended", "Đã kết thúc"

    class Reason(models.TextChoices):
        DISASTER = "disaster", "Thiên tai (hạn hán, lũ, bão, giông lốc …)"
        POLLUTION = "pollution", "Môi trường ô nhiễm nặng"
        WORK_ACCIDENT = "accident", "Tai nạn lao động, tai nạn khác"
        ILLNESS = "illness", "Có người bệnh nặng, dài ngày"
        FIRE = "fire", "Hỏa hoạn"
        LOST_EARNER = "earner", "Mất người lao động chính"
        OTHER = "other", "Lý do khác"

    hamlet = models.ForeignKey(Committee, models.PROTECT, related_name="hardship_cases")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="hardship_cases", null=True, blank=True
    )
    head_name = models.CharField("họ và tên chủ hộ", max_length=120)
    sex = models.CharField("giới tính", max_length=6, choices=Household.Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    members_declared = models.PositiveSmallIntegerField("số nhân khẩu", null=True, blank=True)
    reasons = ArrayField(models.CharField(max_length=10), verbose_name="lý do")
    story = models.CharField("hoàn cảnh", max_length=500)
    until = models.DateField("đến ngày")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_on = models.DateField("ngày xác nhận", null=True, blank=True)
    answer = models.CharField("ý kiến", max_length=300, blank=True)

    objects = HardshipCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="hardship_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="hardship_decision_is_whole",
                condition=Q(state="proposed", decided_by=None, decided_on=None)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="hardship_confirmed_has_household",
                condition=~Q(state__in=["confirmed", "ended"]) | Q(household__isnull=False),
            ),
            models.CheckConstraint(
                name="hardship_has_reason", condition=~Q(reasons=[]) & ~Q(story="")
            ),
            models.UniqueConstraint(
                name="hardship_one_live_case",
                fields=["household"],
                condition=Q(state__in=["proposed", "confirmed"], household__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.head_name}, {self.get_state_display().lower()}"

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committees.access import GRANTS, Permission, Role
from committees.models import Committee, CommitteeScopedQuerySet, User


def paths_above(committee: Committee) -> list[str]:
    """The tree paths of a unit and of every unit above it, the unit's own last."""
    step = Committee.steplen
    return [committee.path[:end] for end in range(step, len(committee.path) + 1, step)]


def paths_above_seats(user: User, permission: Permission) -> set[str]:
    """The paths of the units over the seats that grant ``permission``, and of the seats' own."""
    return {
        path
        for seat in user.live_seats
        if permission in GRANTS[Role(seat.role)]
        for path in paths_above(seat.committee)
    }


class CampaignQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "root"

    def allowed(self, user: User, permission: Permission) -> Self:
        """As everywhere; and everybody sees the campaigns opened above, for they bind below."""
        reachable = super().allowed(user, permission)
        if permission != Permission.CAMPAIGN_VIEW:
            return reachable
        above = Q(root__path__in=paths_above_seats(user, permission))
        return self.filter(Q(pk__in=reachable.values("pk")) | above)


class Campaign(models.Model):
    """The peak month (Tháng cao điểm) of one year for everything under one root committee.

    ``window_*`` is the peak month, ``fund_*`` the fund year; both ends belong to it. The fund
    year is the calendar year unless given (domain.md §5.1).
    """

    root = models.ForeignKey(Committee, models.PROTECT, related_name="campaigns")
    year = models.PositiveSmallIntegerField("năm")
    name = models.CharField("tên", max_length=200)
    window_from = models.DateField("từ ngày")
    window_to = models.DateField("đến hết ngày")
    fund_from = models.DateField("năm quỹ từ ngày")
    fund_to = models.DateField("năm quỹ đến hết ngày")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "root_id"]
        verbose_name = "chiến dịch"
        constraints = [
            models.UniqueConstraint(name="campaign_once_a_year", fields=["year", "root"]),
            models.CheckConstraint(
                name="campaign_windows_run_forward",
                condition=Q(window_from__lte=F("window_to"))
                & Q(fund_from__lte=F("window_from"))
                & Q(fund_to__gte=F("window_to")),
            ),
        ]

    def __str__(self):
        return self.name


class Drive(models.Model):
    """A drive (đợt) inside a campaign: Tết, 17/10, Ngày hội Đại đoàn kết."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="drives")
    name = models.CharField("đợt", max_length=120)
    on = models.DateField("ngày", null=True, blank=True)

    class Meta:
        ordering = ["campaign_id", "on", "pk"]
        constraints = [
            models.UniqueConstraint(name="drive_once", fields=["campaign", "name"]),
        ]

    def __str__(self):
        return self.name

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from committees.models import Committee, CommitteeScopedQuerySet


class CampaignQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "root"


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

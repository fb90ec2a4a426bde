from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Campaign
from committees.access import GRANTS, Permission, Role
from committees.models import Committee, CommitteeScopedQuerySet, Document


class ReportQuerySet(CommitteeScopedQuerySet):
    def live(self) -> Self:
        return self.exclude(state=Report.State.SUPERSEDED)

    def awaiting(self, user) -> Self:
        """Sent reports that this person's level, the one directly above, has to reconcile."""
        waiting = Q(pk__in=[])
        for seat in user.live_seats:
            if Permission.REPORT_RECONCILE in GRANTS[Role(seat.role)]:
                waiting |= Q(
                    committee__path__startswith=seat.committee.path,
                    committee__depth=seat.committee.depth + 1,
                )
        return self.filter(waiting, state=Report.State.SENT)


class Report(models.Model):
    """The report of one committee on one campaign, one row per revision.

    A draft is compiled from records and lower reports; when it is sent, ``snapshot`` (figures,
    parts, words) is frozen with its SHA-256, and every PDF is drawn from it. It is never
    changed afterwards: a new revision supersedes it (báo cáo thay thế).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Nháp"
        SENT = "sent", "Đã gửi số liệu"
        LOOK_AGAIN = "look_again", "Đề nghị rà soát"
        RECONCILED = "reconciled", "Đã đối chiếu, tiếp nhận"
        SUPERSEDED = "superseded", "Đã thay thế"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="reports")
    revision = models.PositiveSmallIntegerField("lần", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DRAFT)
    narrative = models.JSONField("lời văn cán bộ sửa", default=dict)
    figures = models.JSONField("số liệu", default=dict)
    snapshot = models.JSONField("bản chụp số liệu khi gửi", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="report", null=True, blank=True
    )
    compiled_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reconciled_at = models.DateTimeField(null=True, blank=True)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    review_note = models.TextField("đề nghị rà soát", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["committee__path", "-revision"]
        verbose_name = "báo cáo"
        constraints = [
            models.UniqueConstraint(
                name="report_revision_once", fields=["campaign", "committee", "revision"]
            ),
            models.UniqueConstraint(
                name="report_one_live_revision",
                fields=["campaign", "committee"],
                condition=~Q(state="superseded"),
            ),
            models.CheckConstraint(
                name="report_sent_is_frozen",
                condition=Q(
                    state__in=["draft"], snapshot=None, sha256="", sent_at=None, sent_by=None
                )
                | Q(
                    ~Q(state="draft"),
                    snapshot__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="report_reconciled_by_another",
                condition=Q(reconciled_by=None) | ~Q(reconciled_by=models.F("sent_by")),
            ),
            models.CheckConstraint(
                name="report_reconciled_says_by_whom",
                condition=Q(reconciled_by=None, reconciled_at=None)
                | Q(reconciled_by__isnull=False, reconciled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_reconciled_has_been",
                condition=~Q(state="reconciled") | Q(reconciled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="report_look_again_says_why",
                condition=~Q(state="look_again") | ~Q(review_note=""),
            ),
        ]

    def __str__(self):
        return f"Báo cáo {self.campaign.year} – {self.committee} (lần {self.revision})"


class ReportPart(models.Model):
    """A lower unit's reconciled report that was folded into a higher one, with its hash."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts")
    child = models.ForeignKey(Report, models.PROTECT, related_name="folded_into")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["report_id", "child__committee__path"]
        constraints = [
            models.UniqueConstraint(name="report_part_once", fields=["report", "child"]),
        ]

    def __str__(self):
        return f"{self.child} trong {self.report}"

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class JobQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Job.State.WAITING)

    def of(self, user) -> Self:
        return self.filter(requested_by=user)


class Job(models.Model):
    """One background job: what is to be done, who holds it, how far it is.

    The row is written in the requester's own transaction, so a job exists exactly when
    the change that asked for it was committed. Celery is only the bell.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Xong"
        FAILED = "failed", "Không thành công"

    kind = models.CharField("loại", max_length=60)
    key = models.CharField("khóa", max_length=200, unique=True)
    arguments = models.JSONField("tham số", default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField("tình trạng", max_length=300, blank=True)
    result = models.JSONField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField("thẻ giữ việc", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    # When it last began to wait: asked for, or given back by a worker that could not do it.
    waiting_since = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField("lần gọi gần nhất", db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="job_not_finished",
                fields=["lease_until"],
                condition=Q(state__in=["waiting", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=~Q(state="running") | Q(token__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="job_ended_has_time",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def has_ended(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

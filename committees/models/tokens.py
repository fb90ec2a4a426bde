from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class ApiToken(models.Model):
    """A key with which another program asks in a person's name, with that person's seats.

    Only a hash is kept: 256 random bits need no slow one. ``beginning`` tells keys apart.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    name = models.CharField("dùng cho", max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField("bắt đầu bằng", max_length=12, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_on = models.DateField("dùng đến hết ngày")
    last_used_at = models.DateTimeField("dùng gần nhất", null=True, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "khóa truy cập"
        constraints = [
            models.CheckConstraint(
                name="api_token_revoked_after_it_was_made",
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.beginning}…)"

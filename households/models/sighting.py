from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from committees.models import CommitteeScopedQuerySet
from households.models.household import Household


class SightingQuerySet(CommitteeScopedQuerySet):
    committee_lookup = "household__hamlet"


class Sighting(models.Model):
    """Who saw a household, when, how and for what (Luật 91/2025/QH15). Only ever added to."""

    class How(models.TextChoices):
        PAGE = "page", "Mở trang của hộ"
        UNMASKED = "unmasked", "Xem số CCCD, điện thoại đầy đủ"
        EXPORT = "export", "Tải danh sách có hộ này"
        PRINT = "print", "In danh sách có hộ này"
        API = "api", "Đọc qua API"

    # Outlives a household that an import made and its undoing removed.
    household = models.ForeignKey(
        Household,
        models.DO_NOTHING,
        related_name="sightings",
        db_constraint=False,
        db_index=False,
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(db_default=Now())
    how = models.CharField("cách xem", max_length=8, choices=How)
    purpose = models.CharField("mục đích", max_length=300, blank=True)

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="sighting_by_household", fields=["household", "-id"]),
            # Whether the person saw it within the hour: asked at every page of a household.
            models.Index(name="sighting_by_viewer", fields=["household", "user", "how", "-at"]),
            models.Index(
                name="sighting_unmasked_by_user",
                fields=["user", "at"],
                condition=models.Q(how="unmasked"),
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_how_display()}"

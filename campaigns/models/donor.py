from django.conf import settings
from django.db import models

from committees.models import Committee, CommitteeScopedQuerySet


class Donor(models.Model):
    """Who gives: a person, firm, office or organisation, as one committee knows it."""

    class Kind(models.TextChoices):
        PERSON = "person", "Cá nhân"
        COMPANY = "company", "Doanh nghiệp"
        OFFICE = "office", "Cơ quan, đơn vị"
        MEMBER_ORGANISATION = "member_org", "Tổ chức thành viên"
        RELIGIOUS = "religious", "Tổ chức tôn giáo"
        HAMLET = "hamlet", "Khu dân cư"
        OTHER = "other", "Khác"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="donors")
    kind = models.CharField("đối tượng", max_length=10, choices=Kind)
    name = models.CharField("đơn vị, cá nhân", max_length=200)
    fold = models.CharField(max_length=240, editable=False)
    sort_key = models.CharField(max_length=300, editable=False)
    is_anonymous = models.BooleanField("xin giấu tên", default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitteeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "đơn vị, cá nhân ủng hộ"
        constraints = [
            models.UniqueConstraint(name="donor_once", fields=["committee", "kind", "fold"]),
        ]

    def __str__(self):
        return self.name

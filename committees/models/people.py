from functools import cached_property
from typing import Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q

from committees.access import GRANTS, Permission, Role, reach_of
from committees.models.committee import Committee
from config import clock


class CommitteeScopedQuerySet(models.QuerySet):
    """Base for rows that belong to a committee, directly or through another row."""

    committee_lookup = "committee"

    def allowed(self, user: "User", permission: Permission) -> Self:
        """The rows on which ``user`` may do what ``permission`` names."""
        return self.filter(user.reach(permission, self.committee_lookup))

    def under(self, committee: Committee) -> Self:
        """The rows of ``committee`` and of everything below it."""
        return self.filter(**{f"{self.committee_lookup}__path__startswith": committee.path})


class User(AbstractUser):
    """A person who logs in. What the person may do follows from seats, never from flags here."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=120)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    is_system = models.BooleanField("tài khoản của hệ thống", default=False)

    objects = UserManager()
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["username"]
        verbose_name = "người dùng"

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    @cached_property
    def live_seats(self) -> list["Seat"]:
        """The seats held today; one query for the whole request."""
        return list(
            self.seats.live().select_related("committee").order_by("committee__path", "role")
        )

    def holds(self, permission: Permission) -> bool:
        """Whether the person may do such a thing anywhere at all."""
        return any(permission in GRANTS[Role(seat.role)] for seat in self.live_seats)

    def reach(self, permission: Permission, lookup: str = "") -> Q:
        """A filter for the rows of the committees at which the person holds ``permission``.

        ``lookup`` is the way from the row to its committee (``"fund__committee"``), empty for
        committees themselves. Without a seat that grants it, the filter lets nothing through.
        """
        prefix = f"{lookup}__" if lookup else ""
        allowed = Q(pk__in=[])
        for seat in self.live_seats:
            reach = GRANTS[Role(seat.role)].get(permission)
            if reach:
                allowed |= reach_of(reach, seat.committee, prefix)
        return allowed

    def may(self, permission: Permission, committee: Committee) -> bool:
        """Whether the person may do this at this committee (one query)."""
        return Committee.objects.filter(pk=committee.pk).allowed(self, permission).exists()


class SeatQuerySet(CommitteeScopedQuerySet):
    def live(self) -> Self:
        today = clock.today()
        return self.filter(Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today))


class Seat(models.Model):
    """A person's role at a committee, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    role = models.CharField("vai trò", max_length=12, choices=Role)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="seat_once", fields=["user", "committee", "role", "valid_from"]
            ),
            models.UniqueConstraint(
                # Kế toán kiêm thủ quỹ is forbidden by the accounting law's separation of the two.
                name="accountant_is_never_cashier",
                fields=["user", "committee"],
                condition=Q(role__in=["accountant", "cashier"], valid_to=None),
                violation_error_message="Kế toán không được kiêm thủ quỹ của cùng một đơn vị.",
            ),
            models.CheckConstraint(
                name="seat_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_role_display()} – {self.committee}"

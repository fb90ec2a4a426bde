"""What of the houses waits for a person, for the home page."""

from django.urls import reverse

from committees.access import Permission
from committees.models import User
from committees.todo import Todo
from housing.models import House
from housing.queries import to_decide, to_pay


def houses(user: User) -> list[Todo]:
    """Houses to decide for who pays, started houses to pay for the payer's accountant."""
    started = f"{reverse('housing:house-list')}?state={House.State.STARTED}"
    return [
        Todo(
            "nhà Đại đoàn kết chờ quyết định",
            to_decide(user).count() if user.holds(Permission.HOUSE_DECIDE) else 0,
            reverse("housing:round-new"),
            Permission.HOUSE_DECIDE,
        ),
        Todo(
            "nhà đã khởi công chờ chi từ quỹ",
            to_pay(user).count() if user.holds(Permission.VOUCHER_POST) else 0,
            started,
            Permission.VOUCHER_POST,
        ),
    ]

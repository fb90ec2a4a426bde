"""What of the support lists waits for a person, for the home page."""

from django.urls import reverse

from committees.access import Permission
from committees.models import User
from committees.todo import Todo
from fund.models import SupportList
from fund.support_queries import lists_to_decide, lists_to_pay


def support_lists(user: User) -> list[Todo]:
    """Lists to decide for Ban Thường trực, decided lists to pay for the accountant."""
    state = SupportList.State
    address = reverse("support:list-list")
    return [
        Todo(
            "danh sách hỗ trợ chờ quyết định",
            lists_to_decide(user) if user.holds(Permission.SUPPORT_DECIDE) else 0,
            f"{address}?state={state.PROPOSED}",
            Permission.SUPPORT_DECIDE,
        ),
        Todo(
            "danh sách đã quyết định chờ chi",
            lists_to_pay(user) if user.holds(Permission.VOUCHER_POST) else 0,
            f"{address}?state={state.DECIDED}",
            Permission.VOUCHER_POST,
        ),
    ]

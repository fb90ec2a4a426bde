"""The lines of the books on the home page "Việc cần xử lý"."""

from django.urls import reverse

from committees.access import Permission
from committees.models import User
from committees.todo import Todo
from fund.models import Voucher


def drafts_to_post(user: User) -> list[Todo]:
    """Drafts that wait for the accountant to enter them in the books."""
    drafts = Voucher.objects.allowed(user, Permission.VOUCHER_POST).filter(
        state=Voucher.State.DRAFT
    )
    url = f"{reverse('fund:voucher-list')}?state={Voucher.State.DRAFT}"
    return [Todo("Chứng từ nháp chờ ghi sổ", drafts.count(), url, Permission.VOUCHER_POST)]

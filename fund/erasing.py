"""What the fund keeps and loses of a household whose data is erased."""

from fund.models import Support, SupportList
from households.errors import EraseRefused
from households.privacy.erasing import NAMELESS, WORDLESS, Erased

UNDECIDED = (SupportList.State.DRAFT, SupportList.State.PROPOSED, SupportList.State.DECIDED)


def erase_recipients(households: list[int]) -> Erased:
    """Welfare loses its recipient's name; what a fund paid keeps it, as its voucher does.

    Raises ``EraseRefused`` while a list with the household is not recorded or cancelled.
    """
    supports = Support.objects.filter(household__in=households)
    if supports.filter(support_list__state__in=UNDECIDED).exists():
        raise EraseRefused(
            "Hộ có trong danh sách hỗ trợ chưa xong: hãy bỏ hộ khỏi danh sách, hoặc chi, hủy trước."
        )
    batches = supports.filter(support_list__batch__isnull=False)
    brought = set(batches.values_list("support_list__batch", flat=True))
    supports.exclude(withdrawn_reason="").update(withdrawn_reason=WORDLESS)
    welfare = supports.filter(fund=None, voucher=None)
    return Erased({"welfare": welfare.update(recipient_name=NAMELESS)}, brought)

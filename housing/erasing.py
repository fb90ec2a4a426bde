"""What the file of a house loses of a household whose data is erased."""

from households.errors import EraseRefused
from households.privacy.erasing import WORDLESS, Erased
from housing.models import House

UNFINISHED = (
    House.State.PROPOSED,
    House.State.APPROVED,
    House.State.STARTED,
    House.State.COMPLETED,
)


def erase_stories(households: list[int]) -> Erased:
    """Dates and money stay; the story and the reason of a refusal go.

    Raises ``EraseRefused`` while a house is neither handed over, refused nor cancelled.
    """
    houses = House.objects.filter(household__in=households)
    if houses.filter(state__in=UNFINISHED).exists():
        raise EraseRefused("Hộ có nhà chưa bàn giao: hãy bàn giao hoặc hủy hồ sơ nhà trước.")
    houses.exclude(refusal_reason="").update(refusal_reason=WORDLESS)
    brought = set(houses.exclude(batch=None).values_list("batch", flat=True))
    return Erased({"houses": houses.update(reason="")}, brought)

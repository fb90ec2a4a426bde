"""Small pieces of sentences: counts, sums, shares, enumerations."""

from collections.abc import Iterable

from committees.models import Committee
from config.vietnamese.amounts import grouped, percent


def count(number: int) -> str:
    """07, 15, 1.200: papers lead counts below ten with a zero."""
    return f"{number:02d}" if 0 < number < 10 else grouped(number)


def counted(number: int, what: str) -> str:
    """ "07 hộ nghèo", nothing for none."""
    return f"{count(number)} {what}" if number else ""


def money(amount: int) -> str:
    """ "1.500.000 đồng"."""
    return f"{grouped(amount)} đồng"


def named_sum(what: str, amount: int) -> str:
    """ "tiền mặt 1.500.000 đồng", nothing for none."""
    return f"{what} {money(amount)}" if amount else ""


def share(part: int, whole: int) -> str:
    """ "69,3%": papers write the sign next to the number."""
    return percent(part, whole).replace(" ", "")


def joined(parts: Iterable[str]) -> str:
    """ "a, b và c" of the parts that say something."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} và {said[-1]}"


def split(parts: dict[str, int], what: str = "") -> str:
    """How a sum divides: "gồm tiền mặt … và hiện vật …", or "toàn bộ là tiền mặt"."""
    there = {name: amount for name, amount in parts.items() if amount}
    if len(there) == 1:
        return f"toàn bộ {what}{next(iter(there))}"
    return f"gồm {joined(named_sum(name, amount) for name, amount in there.items())}"


def level_word(committee: Committee) -> str:
    """ "huyện", "thành phố", "xã": the unit's kind in running text."""
    return committee.kind.lower() or "cấp lập báo cáo"

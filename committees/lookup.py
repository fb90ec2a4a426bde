"""Finding a committee by what people write: CODE@DATE, or its name under another one."""

from datetime import date

from committees.errors import CommitteeError
from committees.models import Committee
from config.vietnamese.names import fold


class NoSuchCommittee(CommitteeError):
    """No unit has this code on that day, or none of this name is below that one."""


def committee_at(code_at_date: str, *, on: date | None = None) -> Committee:
    """The committee of ``CODE@YYYY-MM-DD``; without a day the one valid on ``on``.

    A code alone identifies nothing: since 1/7/2025 nearly all of them mean another unit.
    """
    code, _, day_text = code_at_date.partition("@")
    try:
        day = date.fromisoformat(day_text) if day_text else on
    except ValueError:
        raise NoSuchCommittee(
            f"Ngày “{day_text}” không đúng; hãy viết MÃ@NĂM-THÁNG-NGÀY, ví dụ 804@2023-11-18."
        ) from None
    units = Committee.objects.filter(code=code.strip())
    found = list(units.valid_on(day) if day else units)
    if len(found) != 1:
        raise NoSuchCommittee(
            f"Không có đúng một đơn vị mã {code} vào ngày {day:%d/%m/%Y}."
            if day
            else f"Mã {code} cần kèm ngày: {code}@NĂM-THÁNG-NGÀY."
        )
    return found[0]


def communes_by_name(root: Committee) -> dict[str, Committee]:
    """The communes under ``root`` by folded name, with and without their kind.

    A bare name that two communes share is left out: it would be a guess.
    """
    named: dict[str, Committee | None] = {}
    for commune in Committee.objects.under(root).filter(level=Committee.Level.COMMUNE):
        named[fold(commune.name)] = commune
        bare = fold(commune.bare_name)
        named[bare] = None if bare in named else commune
    return {name: commune for name, commune in named.items() if commune}

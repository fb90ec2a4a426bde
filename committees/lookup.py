"""Finding a committee by what people write: CODE@DATE, or its name under another one."""

from datetime import date

from committees.errors import CommitteeError
from committees.models import Committee
from config.vietnamese.names import fold, plain_sort_key, strip_unit_kind


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
    """The communes under ``root`` by the keys of their names, with and without kind, with and
    without accents; for ``commune_named``. A key that two communes share is left out.
    """
    named: dict[str, Committee | None] = {}
    for commune in Committee.objects.under(root).filter(level=Committee.Level.COMMUNE):
        names = (commune.name, commune.bare_name)
        for key in {key_of(name) for name in names for key_of in (plain_sort_key, fold)}:
            named[key] = None if key in named else commune
    return {key: commune for key, commune in named.items() if commune}


def commune_named(name: str, communes: dict[str, Committee]) -> Committee | None:
    """The one commune that ``name`` can mean: "Xã Sa Pả", "X. Sa Pả", "Sa Pả".

    Accents come first ("Sa Pa" is not "Sa Pả"); without them a name is found where no other
    commune looks the same. None where it would be a guess.
    """
    kind, bare = strip_unit_kind(name)
    whole = f"{kind} {bare}".strip()
    return communes.get(plain_sort_key(whole)) or communes.get(fold(whole))

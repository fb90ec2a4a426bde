"""Whose list is it? The titles above a table must name the unit that hands it in."""

import re

from committees.errors import FileRefused
from committees.models import Committee
from config.vietnamese.names import fold, nfc, plain_sort_key
from config.vietnamese.units import ABBREVIATIONS, KINDS

LAST_WORDS_OF_KINDS = {plain_sort_key(kind.split()[-1]) for kind in KINDS}


def refuse_list_of_another_unit(titles: list[str], committee: Committee) -> None:
    """Raise ``FileRefused`` unless the titles name ``committee``, with its kind or without one.

    Accents count ("Tân Thành" is not "Tân Thạnh") unless the titles are typed without any;
    where the tone stands in a word does not ("Hoà", "Hòa").
    """
    text = nfc(" ".join(titles))
    key_of = _plain if text.isascii() else plain_sort_key
    words = [key_of(word) for word in re.findall(r"\w+", text)]
    longer = Committee.objects.filter(
        level=committee.level, fold__startswith=f"{committee.fold} "
    ).values_list("name", flat=True)
    others = [_keys(_without_kind(name, committee), key_of) for name in longer]
    bare = _keys(committee.bare_name, key_of)
    for start in _places(words, bare):
        is_longer = any(words[start : start + len(other)] == other for other in others)
        if not is_longer and _kind_fits(words[:start], committee, key_of):
            return
    raise FileRefused(
        f"Tiêu đề của danh sách không ghi “{committee.name}”: hãy kiểm tra có đúng tệp của "
        "đơn vị này không, hoặc ghi tên đơn vị ở đầu danh sách."
    )


def _kind_fits(before: list[str], committee: Committee, key_of) -> bool:
    kind = _keys(committee.kind, key_of)
    if before[-len(kind) :] == kind:
        return True
    short = {
        key_of(short.strip(".")) for short, full in ABBREVIATIONS.items() if full == committee.kind
    }
    if before[-1:] and before[-1] in short:
        return True
    kinds = LAST_WORDS_OF_KINDS | {key_of(kind.split()[-1]) for kind in KINDS}
    shorts = {key_of(short.strip(".")) for short in ABBREVIATIONS}
    return not before or before[-1] not in kinds | shorts


def _places(words: list[str], wanted: list[str]) -> list[int]:
    size = len(wanted)
    return [n for n in range(len(words) - size + 1) if words[n : n + size] == wanted]


def _keys(name: str, key_of) -> list[str]:
    return [key_of(word) for word in re.findall(r"\w+", nfc(name))]


def _without_kind(name: str, committee: Committee) -> str:
    return name.removeprefix(committee.kind).strip()


def _plain(word: str) -> str:
    return fold(word)

"""Names made comparable: sort keys, numbering, and the door to cleaning, folding and unit names."""

import re
from functools import lru_cache

from config.vietnamese.letters import APOSTROPHES, DASHES, INVISIBLE, LOOKALIKES, primary_key
from config.vietnamese.text import BadText, clean, fold, fold_compact, nfc
from config.vietnamese.units import strip_unit_kind, unit_key

__all__ = [
    "BadText",
    "alphabet_points",
    "clean",
    "fold",
    "fold_compact",
    "nfc",
    "plain_sort_key",
    "roman",
    "sort_key",
    "strip_unit_kind",
    "unit_key",
]

ALPHABET_POINTS = tuple("abcdđeghiklmnopqrstuvxy")
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
SORTED_WORD = re.compile(r"\d+|[^\d]")


def sort_key(full_name: str) -> str:
    """People sort by tên (last word), họ, then đệm; ASCII, so a plain index keeps the order."""
    words = _words(re.sub(r"\(.*?\)", " ", full_name), hyphen="")
    given, rest = words[-1:], words[:-1]
    return " ".join(_word_key(word) for word in given + rest)


def plain_sort_key(text: str) -> str:
    """Units and other titles sort from the first word on; numbers by value (Ấp 2 < Ấp 10)."""
    return " ".join(_word_key(word) for word in _words(text, hyphen=" "))


def alphabet_points() -> tuple[str, ...]:
    """Letters of the points of a document (Nghị định 30/2020): a, b, c, d, đ, e, g, h …"""
    return ALPHABET_POINTS


def roman(n: int) -> str:
    """4 → "IV"; 1 to 3999."""
    if not 1 <= n <= 3999:
        raise ValueError(n)
    figure = ""
    for value, letters in ROMAN:
        count, n = divmod(n, value)
        figure += letters * count
    return figure


def _words(text: str, *, hyphen: str) -> list[str]:
    plain = nfc(INVISIBLE.sub("", text)).translate(LOOKALIKES).lower()
    plain = DASHES.sub(hyphen, APOSTROPHES.sub("", plain))
    return re.sub(r"[^\w\s]|_", " ", plain).split()


@lru_cache(maxsize=20_000)  # names of people share few words
def _word_key(word: str) -> str:
    """Letters, a space, tones: whole words are compared by letters before their tones are."""
    letters, tones = "", ""
    for part in SORTED_WORD.findall(word):
        if part.isdecimal():
            digits = str(int(part[:18]))
            letters += f"{len(digits):02}{digits}"
            continue
        letter, tone = primary_key(part)
        letters += letter
        tones += tone
    return f"{letters} {tones or 0}"

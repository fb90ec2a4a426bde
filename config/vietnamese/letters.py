"""The Vietnamese alphabet taken apart: base letter, its own mark, and the tone."""

import re
import unicodedata

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Combining mark → rank: ngang 0, huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5 (CLDR vi)."""

OWN_MARKS = {"\u0306": "{", "\u0302": "{", "\u031b": "{"}
"""Marks that make another letter (ă, â, ê, ô, ơ, ư); "{" sorts after every plain letter."""

LATER_LETTERS = {"â", "ơ"}
"""Third in their row (a ă â, o ô ơ): "|" sorts after "{"."""

LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
APOSTROPHES = re.compile("['’‘ʼʹ`´ʻ‛＇]")
DASHES = re.compile("[-‐‑‒–—―−]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
ANY_SPACE = re.compile(r"\s+")


def without_marks(text: str) -> str:
    """ "Đặng" → "Dang"; width and compatibility forms fall together too."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LOOKALIKES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def primary_key(letter: str) -> tuple[str, str]:
    """(alphabet position, tone rank) of one lower-case letter, both ASCII; tone may be ""."""
    if letter == "đ":
        return "d{", ""
    base, *marks = unicodedata.normalize("NFKD", letter)
    tones = "".join(TONES.get(mark, "") for mark in marks)
    own = "".join(mark for mark in marks if mark in OWN_MARKS)
    if not base.isascii():
        return f"}}{ord(base):06x}", tones
    if not own:
        return base, tones
    is_later = unicodedata.normalize("NFC", base + own) in LATER_LETTERS
    return base + ("|" if is_later else "{"), tones

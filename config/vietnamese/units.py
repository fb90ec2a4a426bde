"""Names of places as lists write them: kind and bare name, and a key that matches variants."""

import re

from config.vietnamese.letters import (
    ANY_SPACE,
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    LOOKALIKES,
    primary_key,
)
from config.vietnamese.text import fold, nfc

KINDS = (
    "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu",
    "Tổ dân phố", "Tổ nhân dân", "Khu dân cư", "Khu phố", "Khu vực", "Tiểu khu", "Khối phố",
    "Ấp", "Thôn", "Khóm", "Khối", "Bản", "Buôn", "Bon", "Làng", "Xóm", "Sóc", "Phum", "Plei",
    "Tổ", "Khu",
)  # fmt: skip
ABBREVIATIONS = {
    "tp": "Thành phố", "tx": "Thị xã", "tt": "Thị trấn", "tdp": "Tổ dân phố", "kp": "Khu phố",
    "kdc": "Khu dân cư", "tnd": "Tổ nhân dân",
    "t.": "Tỉnh", "q.": "Quận", "h.": "Huyện", "p.": "Phường", "x.": "Xã",
}  # fmt: skip
TYPED_WITHOUT_ACCENTS = {
    "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu",
    "Tổ dân phố", "Khu phố", "Ấp", "Thôn", "Khóm",
}  # fmt: skip
"""Kinds recognised in a name typed wholly without accents; "Lang Chanh" is no làng."""

LONGEST_FIRST = sorted(KINDS, key=len, reverse=True)
ABBREVIATED = re.compile(r"(tp|tx|tt|tdp|kp|kdc|tnd)(?:\.\s*|\s+)(?=\w)|([tqhpx]\.)\s*(?=\w)")
ROMAN_NUMBER = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
ROMAN_ENDINGS = {
    "": 0,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
}


def strip_unit_kind(name: str) -> tuple[str, str]:
    """ "Xã Mỹ Thạnh" → ("Xã", "Mỹ Thạnh"); ("", name) where no kind is written.

    Also "TT. Thủ Thừa", "TP Tân An", "TDP 5", "P. 1" and names in capitals.
    """
    plain = ANY_SPACE.sub(" ", nfc(name)).strip()
    lowered = plain.lower()
    for kind in LONGEST_FIRST:
        if _starts_with_kind(lowered, kind):
            return kind, plain[len(kind) :].lstrip(" :.")
    short = ABBREVIATED.match(lowered)
    if short:
        return ABBREVIATIONS[short.group(1) or short.group(2)], plain[short.end() :]
    return "", plain


def unit_key(name: str, *, accents: bool = False) -> str:
    """Key under which the ways of writing one place meet: Thôn 01, Thôn 1, thôn I, Thôn số 1.

    The kind stays part of the key; `unit_key(strip_unit_kind(name)[1])` leaves it out. With
    `accents` Thôn Đông and Thôn Đồng are two places, wherever in a word the tone is typed.
    """
    kind, bare = strip_unit_kind(name)
    words = re.sub(r"[^\w\s]|_", " ", _lowered(bare) if accents else fold(bare)).split()
    if len(words) > 1 and fold(words[0]) == "so" and words[1][:1].isdigit():
        words = words[1:]
    words = [re.sub(r"^0+(?=\d)", "", word) for word in words]
    last = bare.lower().rstrip(" .").split()[-1:]
    if words and last == words[-1:] and ROMAN_NUMBER.fullmatch(words[-1]):
        tens, ones = ROMAN_NUMBER.fullmatch(words[-1]).groups()
        words[-1] = str(10 * len(tens) + ROMAN_ENDINGS[ones])
    return " ".join([*fold(kind).split(), *(map(_accented, words) if accents else words)])


def _lowered(text: str) -> str:
    """As `fold`, with the accents."""
    plain = nfc(INVISIBLE.sub("", text)).translate(LOOKALIKES).lower()
    return DASHES.sub(" ", APOSTROPHES.sub("", plain))


def _accented(word: str) -> str:
    letters, tones = zip(*map(primary_key, word), strict=True)
    return "".join(letters + tones)


def _starts_with_kind(lowered: str, kind: str) -> bool:
    is_followed = len(lowered) > len(kind) + 1 and lowered[len(kind)] in " :."
    if not is_followed:
        return False
    start = lowered[: len(kind)]
    if start == nfc(kind).lower():
        return True
    return lowered.isascii() and kind in TYPED_WITHOUT_ACCENTS and start == fold(kind)

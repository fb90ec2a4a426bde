"""Vietnamese text as it is stored, and folded for search and matching."""

import re
import unicodedata

from config.vietnamese.errors import NotUnderstood
from config.vietnamese.letters import (
    ANY_SPACE,
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    LOOKALIKES,
    without_marks,
)

MOST_MARKS_ON_A_LETTER = 3
LONGEST_FILE_NAME = 120
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
LATIN_AND_OTHER = re.compile(
    r"[A-Za-zÀ-ɏḀ-ỿ][^\W\d_]*[\u0370-\u03ff\u0400-\u052f]"
    r"|[\u0370-\u03ff\u0400-\u052f][^\W\d_]*[A-Za-zÀ-ɏḀ-ỿ]"
)


class BadText(NotUnderstood):
    """Text holds characters that can be neither stored nor printed."""


def nfc(text: str) -> str:
    """One code point per Vietnamese letter, as the database demands."""
    return unicodedata.normalize("NFC", text)


def clean(text: object, *, max_length: int | None = None) -> str:
    """Text as it is stored: NFC, real Đ, single spaces, nothing invisible.

    Capitals, apostrophes and tone placement stay as typed. Line breaks become spaces.
    Raises BadText on control, private and supplementary characters, on words that mix Latin
    with look-alike Greek or Cyrillic letters, and past `max_length` characters.
    """
    plain = nfc("" if text is None else str(text)).translate(LOOKALIKES).translate(WIDE_DIGITS)
    plain = "".join(
        unicodedata.normalize("NFKC", c) if "\u2160" <= c <= "\u217f" else c for c in plain
    )
    _refuse_unprintable(plain)
    plain = ANY_SPACE.sub(" ", INVISIBLE.sub("", plain)).strip()
    mixed = LATIN_AND_OTHER.search(plain)
    if mixed:
        raise BadText(f"“{mixed.group()[:30]}” lẫn chữ cái không phải tiếng Việt: hãy gõ lại.")
    if max_length is not None and len(plain) > max_length:
        raise BadText(f"Nội dung dài {len(plain)} ký tự, tối đa {max_length}: hãy viết ngắn lại.")
    return plain


def clean_file_name(name: str) -> str:
    """A file name fit for a page, a log, the database: no folders, nothing invisible, not long."""
    bare = re.split(r"[/\\]", nfc(name))[-1]
    kept = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip()
    return kept[-LONGEST_FILE_NAME:] or "tệp không tên"


def fold(text: object) -> str:
    """Search and matching key: no accents, lower case, đ as d, K’Brăm as kbram, hyphen as space."""
    plain = INVISIBLE.sub("", "" if text is None else str(text))
    plain = DASHES.sub(" ", APOSTROPHES.sub("", plain))
    return ANY_SPACE.sub(" ", without_marks(plain).lower()).strip()


def fold_compact(text: object) -> str:
    """As `fold`, without spaces: "Ê-đê", "Ê đê" and "Êđê" are one ethnic group."""
    return fold(text).replace(" ", "")


def _refuse_unprintable(text: str) -> None:
    marks = 0
    for character in text:
        if character.isascii() and character.isprintable():
            marks = 0
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        is_control = category in {"Cc", "Co", "Cs", "Cn", "Zl", "Zp"} and character not in "\t\n\r"
        if is_control or ord(character) > 0xFFFF:
            raise BadText(f"Có ký tự không dùng được (U+{ord(character):04X}): hãy xóa và gõ lại.")
        if marks > MOST_MARKS_ON_A_LETTER:
            raise BadText("Có chữ cái mang quá nhiều dấu: hãy xóa và gõ lại.")

"""Bytes of a text file as letters: which encoding it is in, guessed and named."""

import codecs
import unicodedata

from config.vietnamese.legacy_fonts import convert, vietnamese_share
from config.workbooks.kinds import is_wide

SAMPLE = 60_000
BROKEN = "\ufffd"
MOST_BROKEN = 0.05  # of the letters with accents, before a text is no UTF-8 at all
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
WESTERN = "".join(
    chr(code) if code in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([code]).decode("cp1252")
    for code in range(256)
)
"""Windows-1252, its five empty places filled as Latin-1 has them."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, never failing: what no encoding has becomes U+FFFD.

    Without a mark: UTF-16 by its zero bytes, UTF-8 by its pattern, else the one of Windows-1258
    and Windows-1252 that gives Vietnamese words. Text in a font of before Unicode counts as
    Windows-1252: the letters it was typed with.
    """
    for mark, encoding, name in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), name
    if is_wide(data):
        start = data[:SAMPLE]
        is_little = start[1::2].count(0) > start[::2].count(0)
        encoding = "utf-16-le" if is_little else "utf-16-be"
        return data.decode(encoding, "replace"), "UTF-16"
    text = data.decode("utf-8", "replace")
    broken = text.count(BROKEN)
    if not broken:
        return text, "UTF-8"
    if broken <= MOST_BROKEN * sum(not letter.isascii() for letter in text):
        return text, "UTF-8, có ký tự hỏng"
    return _eight_bits(data)


def _eight_bits(data: bytes) -> tuple[str, str]:
    western, vietnamese = _western(data[:SAMPLE]), _vietnamese(data[:SAMPLE])
    kinds = (western, convert(western, "tcvn3"), convert(western, "vni"))
    if vietnamese_share(vietnamese) >= max(map(vietnamese_share, kinds)):
        return _vietnamese(data), "Windows-1258"
    return _western(data), "Windows-1252"


def _vietnamese(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _western(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", WESTERN)[0]

"""Breaking a text into lines of a given width, in points."""

from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

BREAKING = " "  # a no-break space holds


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The lines of ``text``; a word wider than the line is cut. Always at least one line."""
    if "\n" not in text and _width(text, font, size) <= width:
        return [text]
    return [line for part in text.split("\n") for line in _lines(part, font, size, width)]


def _lines(text: str, font: str, size: float, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split(BREAKING):
        longer = f"{line} {word}" if line else word
        if _width(longer, font, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, font, size, width)
        lines += full
    return [*lines, line]


def _cut(word: str, font: str, size: float, width: float) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and _width(piece + letter, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


@lru_cache(maxsize=4096)
def _width(text: str, font: str, size: float) -> float:
    return stringWidth(text, font, size)

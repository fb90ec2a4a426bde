"""The printed face of the house: Liberation Serif, the metric twin of Times New Roman."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
REGULAR, BOLD, ITALIC = "Serif", "Serif-Bold", "Serif-Italic"
FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
}


LETTERS = "ẠạẤấỆệỘộỢợỨứỶỹĐđƠơƯư"
"""The first Liberation has no Vietnamese; both may lie on one machine."""


class FontMissing(RuntimeError):
    """The system has no Liberation Serif with Vietnamese; the text says how to get it."""


@cache
def register() -> None:
    """Make the three faces known to ReportLab, once a process. Raises ``FontMissing``."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(_font(name, file))


def _font(name: str, file: str) -> TTFont:
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob(file)):
            font = TTFont(name, str(path))
            if all(ord(letter) in font.face.charToGlyph for letter in LETTERS):
                return font
    raise FontMissing(f"No {file} with Vietnamese in {FOLDERS}: install fonts-liberation2.")

"""Read a PDF back as a person with a ruler would: lines of text, fonts, rules drawn, in mm."""

import io
import re
import subprocess
import tempfile
from html import unescape
from typing import NamedTuple

from pypdf import PdfReader

POINT = 25.4 / 72
LINE = re.compile(
    r'<text top="(-?\d+)" left="(-?\d+)" width="(\d+)" height="(\d+)" font="(\d+)">(.*?)</text>'
)
FONT = re.compile(r'<fontspec id="(\d+)" size="(\d+)" family="([^"]+)"')
DRAWN = re.compile(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re")


class Line(NamedTuple):
    """One line of text: its box in mm from the top left, its size in points and its style."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: int
    is_bold: bool
    is_italic: bool


class Drawn(NamedTuple):
    """A box or a rule in the content of a page, in mm."""

    left: float
    top: float
    width: float
    height: float


def lines(pdf: bytes) -> list[Line]:
    """Every line of text, in reading order."""
    xml = _run("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", pdf=pdf)
    sizes = {found[1]: int(found[2]) for found in FONT.finditer(xml)}
    read = []
    for number, page in enumerate(xml.split("<page ")[1:], start=1):
        for found in LINE.finditer(page):
            top, left, width, height = (int(found[part]) * POINT for part in (1, 2, 3, 4))
            text = re.sub(r"</?(?:b|i|a)\b[^>]*>", "", found[6])
            read.append(
                Line(
                    text=" ".join(unescape(text).split()),
                    page=number,
                    left=left,
                    top=top,
                    right=left + width,
                    bottom=top + height,
                    size=sizes[found[5]],
                    is_bold="<b>" in found[6],
                    is_italic="<i>" in found[6],
                )
            )
    return read


def line(pdf: bytes, beginning: str) -> Line:
    """The first line that begins so."""
    return next(found for found in lines(pdf) if found.text.startswith(beginning))


def text(pdf: bytes) -> str:
    """All the text of a PDF with single spaces, without the page numbers."""
    raw = _run("pdftotext", "-layout", "-nopgbrk", pdf=pdf)
    return " ".join(re.sub(r"^\s+\d+\s*$", "", raw, flags=re.MULTILINE).split())


def raw_text(pdf: bytes) -> str:
    """The text in the order of the content, single spaces: paragraphs stay whole."""
    return " ".join(_run("pdftotext", "-raw", "-nopgbrk", pdf=pdf).split())


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts, all of them embedded."""
    rows = [row.split() for row in _run("pdffonts", pdf=pdf).splitlines()[2:]]
    assert all(row[-5] == "yes" for row in rows), "a font is not embedded"
    return {row[0].partition("+")[2] for row in rows}


def drawn(pdf: bytes, page: int = 1) -> list[Drawn]:
    """The boxes that a page draws (WeasyPrint draws in pixels of 1/96 inch)."""
    content = PdfReader(io.BytesIO(pdf)).pages[page - 1].get_contents().get_data().decode("latin1")
    pixel = 25.4 / 96
    return [Drawn(*(float(n) * pixel for n in found.groups())) for found in DRAWN.finditer(content)]


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in whole mm."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(round(float(b.width) * POINT), round(float(b.height) * POINT)) for b in boxes]


def _run(*command: str, pdf: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        tail = ["-"] if command[0] == "pdftotext" else []
        done = subprocess.run([*command, file.name, *tail], capture_output=True, check=True)
    return done.stdout.decode("utf-8")

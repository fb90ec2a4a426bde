"""Fonts of before Unicode by the name a cell's style gives them. Runs in the child only.

Most workbooks have no such font: then nothing but the styles is looked at.
"""

import re

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from config.workbooks.cells import column_index
from config.workbooks.sheet_xml import CELL, MOST_COLUMNS, REFERENCE, row_spans

STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
IS_TEXT = re.compile(rb"\bt=[\"'](?:s|str|inlineStr)[\"']")
KINDS = (
    (re.compile(r"(?i)\.vn.*h"), "tcvn3-capitals"),
    (re.compile(r"(?i)\.vn.*"), "tcvn3"),
    (re.compile(r"(?i)vni[- ].*"), "vni"),
)


def old_font_styles(styles: bytes) -> dict[int, str]:
    """Number of a cell style in such a font → kind, as ``legacy_fonts.convert`` has it."""
    if not re.search(rb"(?i)\.vn|vni", styles):
        return {}
    try:
        sheet = fromstring(styles)
    except (ParseError, DefusedXmlException):
        return {}
    fonts = [_kind_of_font(font) for font in sheet.iterfind("{*}fonts/{*}font")]
    found = {}
    for number, style in enumerate(sheet.iterfind("{*}cellXfs/{*}xf")):
        font = style.get("fontId", "0")
        kind = fonts[int(font)] if font.isdecimal() and int(font) < len(fonts) else None
        if kind:
            found[number] = kind
    return found


def _kind_of_font(font) -> str | None:
    name = font.find("{*}name")
    said = name.get("val", "") if name is not None else ""
    return next((kind for pattern, kind in KINDS if pattern.fullmatch(said.strip())), None)


def font_runs(xml: bytes, styles: dict[int, str]) -> list[list]:
    """[kind, column, first row, last row] of texts in such fonts, all 0-based."""
    runs: dict[int, list] = {}
    done = []
    for number, _, start, end in row_spans(xml):
        for column, kind in _kinds_in_row(xml, start, end, styles):
            run = runs.get(column)
            if run and run[0] == kind and run[3] == number - 2:
                run[3] = number - 1
                continue
            runs[column] = [kind, column, number - 1, number - 1]
            done.append(runs[column])
    return done


def _kinds_in_row(xml: bytes, start: int, end: int, styles: dict[int, str]):
    column = -1
    for cell in CELL.finditer(xml, start, end):
        attributes = cell.group(2)
        written = REFERENCE.search(attributes)
        column = column_index(written.group(1).decode()) if written else column + 1
        style = STYLE.search(attributes)
        kind = styles.get(int(style.group(1)) if style else 0)
        if kind and column < MOST_COLUMNS and IS_TEXT.search(attributes):
            yield column, kind

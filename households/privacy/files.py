"""A list as a file on disk, line by line: as much memory for a nation as for a hamlet."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from import_export.formats import base_formats

from households.privacy.columns import TEXT_LABELS

# What a spreadsheet would take for a formula when it opens a text file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_LINES_OF_A_SHEET = 1_000_000
WIDTHS = {"STT": 6, "Họ và tên chủ hộ": 28, "Địa chỉ": 30, "Ghi chú": 30}


@dataclass(frozen=True)
class Sheet:
    """A list to be written: what stands above it, its columns, its lines."""

    titles: list[str]
    headers: list[str]
    lines: Iterable[list]


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """An .xlsx; every text is a text, never a formula or a link, and keeps its zeros."""
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Danh sách hộ")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for column, label in enumerate(sheet.headers):
        kept_as_text = text if label in TEXT_LABELS else None
        page.set_column(column, column, WIDTHS.get(label, max(len(label) + 2, 10)), kept_as_text)
    for number, title in enumerate(sheet.titles):
        page.write_string(number, 0, title, bold if number == 0 else None)
    top = len(sheet.titles) + 1
    for column, label in enumerate(sheet.headers):
        page.write_string(top, column, label, bold)
    page.freeze_panes(top + 1, 0)
    as_text = [text if label in TEXT_LABELS else None for label in sheet.headers]
    for number, line in enumerate(sheet.lines, start=top + 1):
        for column, value in enumerate(line):
            if isinstance(value, int):
                page.write_number(number, column, value)
            elif value not in (None, ""):
                page.write_string(number, column, str(value), as_text[column])
    book.close()


def write_csv(sheet: Sheet, path: Path) -> None:
    """A .csv in UTF-8 with its mark, so that Excel shows the accents; no cell is a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([title] for title in sheet.titles)
        writer.writerow([])
        writer.writerow(sheet.headers)
        for line in sheet.lines:
            writer.writerow([_harmless(value) for value in line])


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


FORMATS = {"xlsx": (base_formats.XLSX(), write_xlsx), "csv": (base_formats.CSV(), write_csv)}


def write(sheet: Sheet, path: Path, *, format_: str) -> None:
    """Write the list to ``path`` as ``xlsx`` or ``csv``."""
    FORMATS[format_][1](sheet, path)


def content_type(format_: str) -> str:
    """What a browser is told of such a file."""
    kind = FORMATS[format_][0].get_content_type()
    return f"{kind}; charset=utf-8" if format_ == "csv" else kind

"""Spreadsheets made for the tests, right and wrong ones."""

import io
import resource
import time
import zipfile
from datetime import date, datetime

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(*sheets, draw=None, **options):
    """A workbook of lists of rows; `draw(book, first_sheet)` adds what rows cannot say."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, date | datetime):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    if draw:
        draw(book, book.worksheets()[0])
    book.close()
    return target.getvalue()


def repacked(data, *, replace=None, add=(), drop=()):
    """The same package with parts changed by a function, added (name, content) or dropped."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name not in drop:
                copy.writestr(name, replace[name](content) if name in (replace or {}) else content)
        for name, content in add:
            copy.writestr(name, content)
    return target.getvalue()


def sheet_of(cells, *, head=b"", tail=b""):
    """A package whose sheet holds exactly this XML between <sheetData> tags."""
    xml = (
        b'<?xml version="1.0" encoding="UTF-8"?>' + head + b"<worksheet xmlns="
        b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData>"
        + tail
        + b"</worksheet>"
    )
    return repacked(xlsx([["x"]]), replace={SHEET: lambda _: xml})


def cpu_seconds():
    """Spent by this process and its children: a busy machine does not lengthen it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

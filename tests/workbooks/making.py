"""Spreadsheets made for the tests, right and wrong ones."""

import io
import resource
import time
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

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


ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"),
                         ("style", "style")]
)  # fmt: skip
ODS_NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods_of(*tables, styles="", parts=()):
    """An .ods whose sheets are this XML, each a whole <table:table>."""
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {ODS_NAMES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        "<?xml version='1.0'?><manifest:manifest xmlns:manifest="
        "'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        names = {name for name, _ in parts}
        for name, text in [("content.xml", content), ("META-INF/manifest.xml", manifest)]:
            if name not in names:
                archive.writestr(name, text)
        for name, text in parts:
            archive.writestr(name, text)
    return target.getvalue()


def ods(*sheets):
    """An .ods of lists of rows, as LibreOffice writes them."""
    return ods_of(*(ods_sheet(f"Trang{n}", rows) for n, rows in enumerate(sheets, start=1)))


def ods_sheet(name, rows, tail=""):
    lines = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )
    return f'<table:table table:name="{name}"><table:table-column/>{lines}{tail}</table:table>'


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind = f'"date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'"float" office:value="{value}"'
    else:
        kind = '"string"'
    shown = escape(str(value))
    return f"<table:table-cell office:value-type={kind}><text:p>{shown}</text:p></table:table-cell>"


def cpu_seconds():
    """Spent by this process and its children: a busy machine does not lengthen it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime

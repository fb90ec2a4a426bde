"""The lines in error as a file of its own: mended there, it is uploaded again as it is."""

import io
from datetime import date

import xlsxwriter

from committees.intake_reading import Reading
from committees.intake_rows import Row, Understood, hide_numbers
from config.workbooks import Table, TableRow
from config.workbooks.cells import CellError, EmptyFormula
from config.workbooks.titles import UNIT_WORDS

MEND = "Cần sửa"
NUMBER = "Dòng"
SHEET = "Trang"


def errors_workbook(
    understood: Understood, reading: Reading, numbers: tuple[str, ...] = ()
) -> bytes:
    """The titles of the file, the columns that were understood, the lines in error as typed.

    The last column says what to fix. Texts are never formulas; citizens' numbers stand only in
    the columns of ``numbers``, where they belong.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet("Dòng lỗi")
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "border": 1}),
    }
    table = reading.table
    first = _write_titles(sheet, table)
    places = {key: place for part in [*table.parts, table] for key, place in part.mapping.items()}
    keys = sorted(places, key=places.get)
    wanted = {column.key: column for column in reading.columns}
    labels = [NUMBER, SHEET, *(wanted[key].labels[0] for key in keys), MEND]
    for place, label in enumerate(labels):
        sheet.write_string(first, place, label, formats["head"])
    rows = {(row.sheet or table.sheet, row.number): row for row in table.rows}
    wrong = [row for row in understood.rows if row.in_error]
    for offset, row in enumerate(wrong, start=first + 1):
        raw = rows[row.sheet or understood.sheet, row.number]
        sheet.write_string(offset, 0, str(row.number))
        sheet.write_string(offset, 1, row.sheet or understood.sheet)
        for place, key in enumerate(keys, start=2):
            _write(sheet, (offset, place), _cell(raw, key, numbers), formats)
        sheet.write_string(offset, len(labels) - 1, _errors_of(row))
    sheet.freeze_panes(first + 1, 0)
    sheet.set_column(len(labels) - 1, len(labels) - 1, 60)
    book.close()
    return buffer.getvalue()


def _write_titles(sheet, table: Table) -> int:
    """Whose list of which year it is, and in what it counts; the row of the header."""
    titles = list(dict.fromkeys(table.titles))
    if table.unit != 1:
        titles.append(f"ĐVT: {UNIT_WORDS[table.unit]}")
    for number, title in enumerate(titles):
        sheet.write_string(number, 0, hide_numbers(title))
    return len(titles) + 1


def _cell(raw: TableRow, key: str, numbers: tuple[str, ...]) -> object:
    cell = raw.cells.get(key)
    if isinstance(cell, EmptyFormula | CellError):
        return None
    if key in numbers:
        whole = isinstance(cell, float) and cell.is_integer()
        return None if cell is None else str(int(cell) if whole else cell)
    if isinstance(cell, str):
        return hide_numbers(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = str(int(cell)) if float(cell).is_integer() else str(cell)
        return cell if hide_numbers(text) == text else hide_numbers(text)
    return cell


def _write(sheet, place: tuple[int, int], value: object, formats: dict) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(*place, value, formats["day"])
    elif isinstance(value, str):
        sheet.write_string(*place, value, formats["text"])
    else:
        sheet.write(*place, value)


def _errors_of(row: Row) -> str:
    found = [f"{f.column}: {f.text}" for f in row.findings if f.level == "error"]
    return "; ".join(found)

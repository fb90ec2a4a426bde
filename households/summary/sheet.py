"""A summary table as .xlsx: numbers as numbers, percents as percents, blank where not known."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from committees.models import Committee
from households.summary.table import COUNT, PERCENT, POINTS, Cell, Column, Line, Table

FORMATS = {"count": "#,##0", "percent": "0.00", "points": "+0.00;-0.00;0.00", "net": "+0;-0;0"}
TOP = 4  # the row of the table's head


def workbook_of(table: Table, unit: Committee, *, by: str, at: datetime) -> bytes:
    """The table under its title and a line saying who took it and when; no cell is a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    writer = _Writer(book, table)
    writer.sheet.write_string(0, 0, table.title.upper(), writer.bold)
    writer.sheet.write_string(1, 0, str(unit), writer.bold)
    writer.sheet.write_string(2, 0, f"{by} xuất lúc {at:%H:%M ngày %d/%m/%Y}")
    writer.head()
    for line in table.lines:
        writer.row(line)
    writer.texts([*table.warnings, *table.notes])
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, table: Table):
        self.sheet: Worksheet = book.add_worksheet("Biểu tổng hợp")
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.table = table
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.formats: dict[tuple[str, bool], Format] = {}
        self.line = TOP
        # A count with its share takes two columns, a number each.
        self.columns = [part for column in table.columns for part in _parts(column)]

    def head(self) -> None:
        depth = len(self.table.head)
        self._headings(0, depth, "TT")
        self._headings(1, depth, self.table.row_label)
        at = 2
        while at - 2 < len(self.columns):
            at += self._column(at, depth)
        self.line = TOP + depth
        self.sheet.set_column(0, 0, 5)
        self.sheet.set_column(1, 1, 28)
        self.sheet.set_column(2, at, 11)
        self.sheet.set_row(self.line - 1, 48)
        self.sheet.freeze_panes(self.line, 2)
        self.sheet.repeat_rows(TOP, self.line - 1)

    def row(self, line: Line) -> None:
        is_bold = line.kind in ("heading", "total")
        text = self._format("text", is_bold)
        self.sheet.write_string(self.line, 0, line.row.number, text)
        label = " – ".join([line.row.label, *line.row.marks])
        if not line.cells:
            self.sheet.merge_range(self.line, 1, self.line, 1 + len(self.columns), label, text)
        else:
            self.sheet.write_string(self.line, 1, label, text)
        at = 2
        for column, cell in line.cells:
            for part in _cells(column, cell):
                self._write(at, part, is_bold)
                at += 1
        self.line += 1

    def texts(self, texts: list[str]) -> None:
        for text in texts:
            self.line += 1
            self.sheet.write_string(self.line, 0, text)

    def _write(self, at: int, cell: Cell, is_bold: bool) -> None:
        shown = self._format(cell.shape, is_bold)
        if cell.value is None:
            self.sheet.write_blank(self.line, at, None, shown)
        elif isinstance(cell.value, str):
            self.sheet.write_string(self.line, at, cell.value, shown)
        else:
            self.sheet.write_number(self.line, at, cell.value, shown)

    def _column(self, at: int, depth: int) -> int:
        """Write the heading that begins at a column; how many columns it took."""
        column = self.columns[at - 2]
        if not column.group:
            self._headings(at, depth, column.label)
            return 1
        same = [c for c in self.columns[at - 2 :] if c.group == column.group]
        self.sheet.merge_range(TOP, at, TOP, at + len(same) - 1, column.group, self.heading)
        for offset, one in enumerate(same):
            self.sheet.write_string(TOP + 1, at + offset, one.label, self.heading)
        return len(same)

    def _headings(self, at: int, depth: int, label: str) -> None:
        if depth == 1:
            self.sheet.write_string(TOP, at, label, self.heading)
        else:
            self.sheet.merge_range(TOP, at, TOP + depth - 1, at, label, self.heading)

    def _format(self, shape: str, is_bold: bool) -> Format:
        if (shape, is_bold) not in self.formats:
            look = {"border": 1, "bold": is_bold, "valign": "top"}
            if shape in FORMATS:
                look["num_format"] = FORMATS[shape]
            else:
                look["text_wrap"] = True
            self.formats[shape, is_bold] = self.book.add_format(look)
        return self.formats[shape, is_bold]


def _parts(column: Column) -> list[Column]:
    if not column.has_share:
        return [column]
    return [Column("Số hộ", column.label), Column("Tỷ lệ %", column.label)]


def _cells(column: Column, cell: Cell) -> list[Cell]:
    if not column.has_share:
        return [cell]
    if cell.shape == POINTS:  # a change of the share stands under the share
        return [Cell(None, COUNT), cell]
    return [cell, Cell(cell.share, PERCENT)]

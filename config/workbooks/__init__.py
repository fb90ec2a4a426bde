"""Spreadsheets as they come: read in a limited child process, their table found by its labels.

`read_workbook(bytes)` → `only_table(workbook, columns)` or `find_table(sheet, columns)` → rows.
Nothing here knows what a household or a receipt is.
"""

from config.workbooks.cells import Cell, CellError, EmptyFormula, Sheet, Workbook, column_letter
from config.workbooks.errors import UnreadableFile
from config.workbooks.headers import Column
from config.workbooks.reading import read_workbook
from config.workbooks.tables import Table, TableRow, find_table, only_table
from config.workbooks.titles import year_in

__all__ = [
    "Cell",
    "CellError",
    "Column",
    "EmptyFormula",
    "Sheet",
    "Table",
    "TableRow",
    "UnreadableFile",
    "Workbook",
    "column_letter",
    "find_table",
    "only_table",
    "read_workbook",
    "year_in",
]

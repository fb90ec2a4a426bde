"""Spreadsheets as they come: read in a limited child process, their table found by its labels.

Nothing here knows what a household or a receipt is. Every refusal is an ``UnreadableFile``
with one Vietnamese sentence. Positions of columns count from 0, numbers of rows from 1.

Reading:
  ``read_workbook(data, filename=…, max_rows=…)`` → ``Workbook`` of visible sheets. Takes .xlsx,
  .xlsm, .xlsb, .xls, .ods and text (CSV) in any encoding and with any delimiter; what was
  guessed stands in ``workbook.warnings``. Macros, links and attachments are never read.
  ``kept_form(data)`` → the bytes that may be stored: the same ones, or without their macros.
  Ask it before hashing a file: the same file always gives the same bytes.

Finding the list:
  ``find_table(sheet, columns, columns_at=None)`` → ``Table`` of one sheet.
  ``only_table(workbook, columns, layouts=None)`` → the one sheet that holds the list; several
  are refused.
  ``tables_of(workbook, columns, layouts=None)`` → the tables of all sheets that hold the list.
  ``joined_table(workbook, columns, sheets=None, layouts=None)`` → one table of all of them, or
  of the sheets named; a warning says which were joined, ``table.parts`` are the single tables.

Mapping of columns:
  ``table.headers``: every labelled column as ``HeaderCell(place, text, parents, examples)``
  with ``.letter``; ``table.mapping`` {key: place}, ``table.labels`` {key: text};
  ``table.fingerprint``: SHA-256 (hex) of the folded labels in their order.
  ``columns_at`` {key: place} is a mapping chosen by a person, taken whole instead of the labels;
  ``layouts`` {fingerprint: {key: place}} are such mappings for headers seen before.
  ``HeaderNotUnderstood`` (an UnreadableFile) is raised where columns are missing or doubled; it
  has ``sheet, header_row, headers, fingerprint, mapping, missing`` (labels), enough to ask.

Rows: ``TableRow(number, cells, problems, sheet, typed)``. ``problems`` {key: sentence} are cells
  that must not be kept. ``typed`` {key: text as typed} are cells whose text was converted from
  a font of before Unicode: ``cells`` holds the converted text, ``table.fonts`` {key: kind} says
  from what (``FONT_NAMES[kind]``). Whole columns are converted, with a warning for the sheet; a
  single such cell among Unicode stays a problem. Of a joined table, rows and totals carry their
  ``sheet``; ``table.last_totals`` is the last total row of each sheet.
"""

from config.vietnamese.legacy_fonts import FONT_NAMES
from config.workbooks.cells import Cell, CellError, EmptyFormula, Sheet, Workbook, column_letter
from config.workbooks.errors import UnreadableFile
from config.workbooks.headers import HeaderCell, HeaderNotUnderstood
from config.workbooks.joining import joined_table, only_table, tables_of
from config.workbooks.labels import Column
from config.workbooks.reading import kept_form, read_workbook
from config.workbooks.table import Table, TableRow
from config.workbooks.tables import find_table
from config.workbooks.titles import year_in

__all__ = [
    "FONT_NAMES",
    "Cell",
    "CellError",
    "Column",
    "EmptyFormula",
    "HeaderCell",
    "HeaderNotUnderstood",
    "Sheet",
    "Table",
    "TableRow",
    "UnreadableFile",
    "Workbook",
    "column_letter",
    "find_table",
    "joined_table",
    "kept_form",
    "only_table",
    "read_workbook",
    "tables_of",
    "year_in",
]

"""What the fast reader cannot tell about an OpenDocument sheet. Runs in the child only.

It gives '' for an error and for a formula without a value, and knows neither hidden rows nor
merged cells. Rows and cells may be repeated by a number, which counts for their positions.
"""

import html
import re
from collections.abc import Iterator

from config.workbooks.cells import CellError, EmptyFormula
from config.workbooks.sheet_xml import MOST_BLANK_ROWS, MOST_COLUMNS, SheetFacts, say_what_is_hidden

TABLE = re.compile(rb"<table:table\b([^>]*)>(.*?)</table:table>", re.DOTALL)
ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
CELL = re.compile(
    rb"<table:(covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.DOTALL,
)
COLUMN = re.compile(rb"<table:table-column\b([^>]*)>")
NAME = re.compile(rb"\btable:name=[\"']([^\"']*)[\"']")
ROWS = re.compile(rb"\btable:number-rows-repeated=[\"'](\d{1,7})[\"']")
COLUMNS = re.compile(rb"\btable:number-columns-repeated=[\"'](\d{1,7})[\"']")
SPANS = re.compile(rb"\btable:number-(rows|columns)-spanned=[\"'](\d{1,7})[\"']")
HIDDEN = re.compile(rb"\btable:visibility=[\"'](?:collapse|filter)[\"']")
FORMULA = re.compile(rb"\btable:formula=")
VALUE = re.compile(rb"\boffice:(?:[a-z]+-)?value=[\"']")
IS_ERROR = re.compile(rb"\bcalcext:value-type=[\"']error[\"']")
TEXT = re.compile(rb"<text:p\b[^>]*>([^<]*)<")
FILLED = re.compile(rb"<text:p\b|\boffice:(?:[a-z]+-)?value=|\btable:formula=")
NEEDS_A_LOOK = re.compile(rb"\btable:formula=|\bcalcext:value-type=[\"']error|-spanned=")


def examine_ods(content: bytes) -> dict[str, SheetFacts]:
    """Facts of each sheet by its name."""
    found = {}
    for table in TABLE.finditer(content):
        name = NAME.search(table.group(1))
        label = html.unescape(name.group(1).decode("utf-8", "replace")) if name else ""
        found[label] = _facts(label, table.group(2))
    return found


def _facts(name: str, table: bytes) -> SheetFacts:
    facts, blank = SheetFacts(b""), 0
    for number, attributes, content in _rows(table):
        blank = 0 if FILLED.search(content) else blank + 1
        if blank > MOST_BLANK_ROWS:
            break
        if blank:
            continue
        if HIDDEN.search(attributes):
            facts.hidden_rows.append(number)
        if NEEDS_A_LOOK.search(content):
            _look_at_cells(facts, number - 1, content)
    place = 0
    for column in COLUMN.finditer(table):
        repeats = _repeats(COLUMNS, column.group(1))
        if HIDDEN.search(column.group(1)):
            facts.hidden_columns += range(place, min(place + repeats, MOST_COLUMNS))
        place += repeats
    say_what_is_hidden(facts, name)
    return facts


def _rows(table: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Every row with its number from 1; a repeated one comes again, up to where reading ends."""
    number = 0
    for row in ROW.finditer(table):
        attributes, content = row.group(1), row.group(2) or b""
        repeats = _repeats(ROWS, attributes)
        for again in range(min(repeats, MOST_BLANK_ROWS + 1)):
            yield number + 1 + again, attributes, content
        number += repeats


def _repeats(pattern: re.Pattern, attributes: bytes) -> int:
    written = pattern.search(attributes)
    return max(int(written.group(1)), 1) if written else 1


def _look_at_cells(facts: SheetFacts, row: int, content: bytes) -> None:
    column = 0
    for cell in CELL.finditer(content):
        attributes, inside = cell.group(2), cell.group(3) or b""
        if column >= MOST_COLUMNS:
            break
        if IS_ERROR.search(attributes):
            shown = TEXT.search(inside)
            text = shown.group(1).decode("utf-8", "replace") if shown else "#?"
            facts.marks[row, column] = CellError(html.unescape(text).strip()[:20])
        elif FORMULA.search(attributes):
            if VALUE.search(attributes) or TEXT.search(inside):
                facts.formulas += 1
            else:
                facts.marks[row, column] = EmptyFormula()
        spans = {kind: int(count) for kind, count in SPANS.findall(attributes)}
        if spans:
            last_row = row + max(spans.get(b"rows", 1), 1) - 1
            last_column = column + max(spans.get(b"columns", 1), 1) - 1
            if (last_row, last_column) != (row, column):
                facts.merged.append((row, column, last_row, last_column))
        column += _repeats(COLUMNS, attributes)

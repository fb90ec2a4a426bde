"""What the fast reader cannot tell about an OpenDocument sheet. Runs in the child only.

It gives '' for an error and for a formula without a value, and knows neither hidden rows nor
merged cells. Rows and cells may be repeated by a number, which counts for their positions.
"""

import html
import re
from collections.abc import Iterator

from config.workbooks.cells import CellError, EmptyFormula
from config.workbooks.sheet_xml import MOST_BLANK_ROWS, MOST_COLUMNS, SheetFacts, say_what_is_hidden

TABLE, TABLE_END = re.compile(rb"<table:table((?:\s[^>]*)?)>"), b"</table:table>"
ROW, ROW_END = re.compile(rb"<table:table-row\b([^>]*)>"), b"</table:table-row>"
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
SIGNS = (b"table:formula=", b"error", b"-spanned=")
NEEDS_A_LOOK = re.compile(b"|".join(SIGNS))


def examine_ods(content: bytes) -> dict[str, SheetFacts]:
    """Facts of each sheet by its name."""
    found = {}
    is_rare = any(sign in content for sign in SIGNS)
    for table in TABLE.finditer(content):
        name = NAME.search(table.group(1))
        label = html.unescape(name.group(1).decode("utf-8", "replace")) if name else ""
        end = content.find(TABLE_END, table.end())
        span = table.end(), end if end >= 0 else len(content)
        found[label] = _facts(label, content, span, is_rare)
    return found


def _facts(name: str, content: bytes, span: tuple[int, int], is_rare: bool) -> SheetFacts:
    facts, blank = SheetFacts(b""), 0
    for number, attributes, start, end in _rows(content, span):
        blank = 0 if FILLED.search(content, start, end) else blank + 1
        if blank > MOST_BLANK_ROWS:
            break
        if blank:
            continue
        if HIDDEN.search(attributes):
            facts.hidden_rows.append(number)
        if is_rare and NEEDS_A_LOOK.search(content, start, end):
            _look_at_cells(facts, number - 1, content[start:end])
    facts.hidden_columns = _hidden_columns(content, span)
    say_what_is_hidden(facts, name)
    return facts


def _rows(content: bytes, span: tuple[int, int]) -> Iterator[tuple[int, bytes, int, int]]:
    """Every row: number from 1, attributes, where its cells stand; a repeated one comes again,
    as often as reading needs to know."""
    number = 0
    for row in ROW.finditer(content, *span):
        attributes, start = row.group(1), row.end()
        is_empty = attributes.endswith(b"/")
        end = start if is_empty else content.find(ROW_END, start, span[1])
        repeats = _repeats(ROWS, attributes)
        for again in range(min(repeats, MOST_BLANK_ROWS + 1)):
            yield number + 1 + again, attributes, start, end if end >= 0 else span[1]
        number += repeats


def _hidden_columns(content: bytes, span: tuple[int, int]) -> list[int]:
    hidden, place = [], 0
    first_row = ROW.search(content, *span)
    for column in COLUMN.finditer(content, span[0], first_row.start() if first_row else span[1]):
        repeats = _repeats(COLUMNS, column.group(1))
        if HIDDEN.search(column.group(1)):
            hidden += range(place, min(place + repeats, MOST_COLUMNS))
        place += repeats
    return hidden


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

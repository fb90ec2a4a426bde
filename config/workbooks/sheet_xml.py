"""What the fast reader cannot tell about a sheet, taken from its XML. Runs in the child only.

The reader returns '' for an error cell and for a formula without a value, and holds a sheet as
one rectangle from A1 to its last cell: a stray value in XFD1048576 would take all memory.
Patterns work on bytes because a parser event per cell would cost ten times the reading itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from config.workbooks.cells import CellError, EmptyFormula, Span, column_index, column_letter
from config.workbooks.errors import UnreadableFile

MOST_BLANK_ROWS = 1_000
MOST_COLUMNS = 256

ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c>)", re.DOTALL)
FORMULA = re.compile(rb"<(?:\w+:)?f\b")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
FILLED = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>]*[^/>]?>(?!</)|<(?:\w+:)?f\b")
END_OF_ROWS = re.compile(rb"</(?:\w+:)?sheetData>")
NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})\d+[\"']")
TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
FAR_COLUMN = rb" r=[\"'](?:[A-Z]{3}|I[W-Z]|[J-Z][A-Z])\d+[\"']"
FAR_REFERENCE = re.compile(FAR_COLUMN)
FAR_CELL = re.compile(
    rb"<((?:\w+:)?)c\b[^>]*?" + FAR_COLUMN + rb"[^>]*?(?:/>|>.*?</\1c>)", re.DOTALL
)
COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
COLUMN_ENDS = re.compile(rb"\b(min|max)=[\"'](\d{1,5})[\"']")
NEEDS_A_LOOK = re.compile(rb"<(?:\w+:)?f\b|\bt=[\"']e[\"']")


@dataclass
class SheetFacts:
    """`xml` is the sheet cut to what shall be read; marks stand at 0-based (row, column)."""

    xml: bytes
    is_cut: bool = False
    formulas: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    fonts: list[list] = field(default_factory=list)
    marks: dict[tuple[int, int], EmptyFormula | CellError] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def examine(xml: bytes, *, name: str, max_rows: int) -> SheetFacts:
    """Cut far columns and what follows 1,000 blank rows; find hidden rows, errors, formulas.

    Raises UnreadableFile when more than `max_rows` rows hold something.
    """
    facts = SheetFacts(xml)
    filled, last_number, last_end = 0, 0, None
    for number, attributes, start, end in row_spans(facts.xml):
        if number - last_number > MOST_BLANK_ROWS:
            _cut_tail(facts, last_end or start, last_number, name)
            break
        if end == start or not FILLED.search(facts.xml, start, end):
            continue
        filled, last_number, last_end = filled + 1, number, end
        if filled > max_rows:
            raise too_many_rows(name, max_rows)
        if HIDDEN.search(attributes):
            facts.hidden_rows.append(number)
        if NEEDS_A_LOOK.search(facts.xml, start, end):
            _mark_cells(facts, number - 1, start, end)
    _cut_far_columns(facts, name)
    facts.hidden_columns = list(_hidden_columns(xml))
    say_what_is_hidden(facts, name)
    return facts


def too_many_rows(name: str, max_rows: int) -> UnreadableFile:
    limit = f"{max_rows:,}".replace(",", ".")
    return UnreadableFile(f"Trang “{name}” có hơn {limit} dòng: hãy chia thành nhiều tệp.")


def row_spans(xml: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """(row number, attributes, start and end of its cells) in the order of the file."""
    number, waiting = 0, None
    for tag in ROW.finditer(xml):
        if waiting:
            yield *waiting, tag.start()
            waiting = None
        attributes = tag.group(1)
        written = NUMBER.search(attributes)
        number = int(written.group(1)) if written else number + 1
        if attributes.endswith(b"/"):
            yield number, attributes, tag.end(), tag.end()
        else:
            waiting = (number, attributes, tag.end())
    if waiting:
        end = END_OF_ROWS.search(xml, waiting[2])
        yield *waiting, end.start() if end else len(xml)


def _cut_tail(facts: SheetFacts, position: int, last_number: int, name: str) -> None:
    tail = END_OF_ROWS.search(facts.xml, position)
    if not tail:
        return
    left_out = any(
        facts.xml.find(tag, position, tail.start()) >= 0
        for tag in (b"<v>", b"<is>", b":v>", b":is>")
    )
    if left_out:
        facts.warnings.append(
            f"Trang “{name}”: dữ liệu sau hơn {MOST_BLANK_ROWS} dòng trống (từ dòng "
            f"{last_number + 1}) đã bị bỏ qua."
        )
    facts.xml = facts.xml[:position] + facts.xml[tail.start() :]
    facts.is_cut = True


def _cut_far_columns(facts: SheetFacts, name: str) -> None:
    if not FAR_REFERENCE.search(facts.xml):
        return
    kept, count = FAR_CELL.subn(b"", facts.xml)
    if count:
        facts.xml, facts.is_cut = kept, True
        facts.warnings.append(
            f"Trang “{name}”: chỉ đọc {MOST_COLUMNS} cột đầu, các cột sau bỏ qua."
        )


def _mark_cells(facts: SheetFacts, row: int, start: int, end: int) -> None:
    column = -1
    for cell in CELL.finditer(facts.xml, start, end):
        attributes, content = cell.group(2), cell.group(3) or b""
        written = REFERENCE.search(attributes)
        column = column_index(written.group(1).decode()) if written else column + 1
        if column >= MOST_COLUMNS:
            continue
        kind = TYPE.search(attributes)
        kind = kind.group(1) if kind else b"n"
        value = VALUE.search(content)
        if kind == b"e":
            text = value.group(1).decode("utf-8", "replace") if value else "#?"
            facts.marks[row, column] = CellError(text.strip()[:20])
        elif kind != b"str" and not value and FORMULA.search(content):
            # Excel itself writes t="str" where a formula's result is an empty text.
            facts.marks[row, column] = EmptyFormula()
        elif value and FORMULA.search(content):
            facts.formulas += 1


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for column in COLUMN.finditer(xml, 0, max(xml.find(b"sheetData"), 0)):
        if HIDDEN.search(column.group(1)):
            ends = dict(COLUMN_ENDS.findall(column.group(1)))
            first, last = int(ends.get(b"min", 1)), int(ends.get(b"max", 0))
            yield from range(first - 1, min(last, MOST_COLUMNS))


def say_what_is_hidden(facts: SheetFacts, name: str) -> None:
    """Warnings on hidden rows and columns, and on formulas whose stored result is taken."""
    rows, columns = facts.hidden_rows, facts.hidden_columns
    if rows:
        shown = ", ".join(str(row) for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        facts.warnings.append(
            f"Trang “{name}” có {len(rows)} dòng đang ẩn, vẫn được tính: dòng {shown}."
        )
    if columns:
        shown = ", ".join(map(column_letter, columns[:10])) + (" …" if len(columns) > 10 else "")
        facts.warnings.append(f"Trang “{name}” có cột đang ẩn, vẫn được đọc: cột {shown}.")
    if facts.formulas:
        facts.warnings.append(
            f"Trang “{name}” có {facts.formulas} ô công thức: lấy giá trị đã tính khi lưu tệp."
        )

"""A list inside a sheet: header, rows, totals, and where it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from config.vietnamese.legacy_fonts import convert, looks_like
from config.vietnamese.letters import INVISIBLE
from config.vietnamese.names import fold
from config.workbooks.cells import Cell, CellError, EmptyFormula, Sheet, Workbook, column_letter
from config.workbooks.errors import UnreadableFile
from config.workbooks.headers import Column, Header, find_header
from config.workbooks.titles import unit_of

TOTAL = re.compile(
    r"(tong cong|tong so tien|tong so|tong|cong)(\s*[:.(\d].*|\s+(toan|chung|cac|ca)\s.*)?"
)
TOTAL_ALONE = re.compile(r"(tong cong|tong so|tong|cong)\s*:?")
SIGNATURE = re.compile(
    r"(tm|kt|tl|tuq|q)\s*\..*|(pho )?(chu tich|truong ban)\b.*|nguoi lap\b.*|ke toan\b.*|"
    r"thu quy\b.*|lap bieu\b.*|xac nhan\b.*|noi nhan\b.*|\(?ky\b.*(ten|dau|ho)\b.*|"
    r"(.*,\s*)?ngay\s*[\d.…_ ]+\s*thang\s*[\d.…_ ]+\s*nam\b.*"
)
NUMBERED_CELL = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(\s*=.*)?")


@dataclass
class TableRow:
    """`number` is the row of the sheet, from 1; `cells` has every key, None where empty.

    `problems` names the cells that must not be kept: an error, a formula without value, text
    in a font of before Unicode; key → sentence.
    """

    number: int
    cells: dict[str, Cell]
    problems: dict[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """A list as found. `header_row` counts from 1; `mapping` gives 0-based columns.

    `unit` is what 1 in a money column is worth in đồng. `total` is the last total row, `totals`
    all of them; neither is in `rows`. `extra` are labels of the sheet nobody asked for.
    `warnings` are sentences to show before anything is kept.
    """

    sheet: str
    header_row: int
    mapping: dict[str, int]
    labels: dict[str, str]
    titles: list[str]
    unit: int
    rows: list[TableRow] = field(default_factory=list)
    totals: list[TableRow] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def total(self) -> TableRow | None:
        return self.totals[-1] if self.totals else None

    def place(self, number: int, key: str) -> str:
        """ "dòng 12, cột F (Ngày sinh)"."""
        if key not in self.mapping:
            return f"dòng {number}"
        return f"dòng {number}, cột {column_letter(self.mapping[key])} ({self.labels[key]})"


def only_table(workbook: Workbook, columns: Sequence[Column]) -> Table:
    """The one sheet that holds such a list; its table carries the warnings of the whole file.

    Raises UnreadableFile when no sheet has it (why the first has not) or several have.
    """
    tables, refusals = [], []
    for sheet in workbook.sheets:
        try:
            tables.append(find_table(sheet, columns))
        except UnreadableFile as refusal:
            refusals.append(refusal)
    filled = [table for table in tables if table.rows] or tables[:1]
    if not filled:
        raise refusals[0]
    if len(filled) > 1:
        names = ", ".join(f"“{table.sheet}”" for table in filled)
        raise UnreadableFile(f"Các trang {names} đều có danh sách: hãy để mỗi tệp một trang.")
    table = filled[0]
    skipped = [sheet.name for sheet in workbook.sheets if sheet.name != table.sheet]
    notes = [f"Trang “{name}” không phải danh sách này nên bỏ qua." for name in skipped]
    table.warnings = workbook.warnings + notes + table.warnings
    return table


def find_table(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """Find the header by its labels and read the rows below it up to the signatures.

    Raises UnreadableFile for a missing or doubled column, or contradictory units of money.
    """
    header = find_header(sheet, columns)
    titles = [_tidy(c) for row in sheet.rows[: header.row] for c in row if isinstance(c, str)]
    titles = [title for title in titles if title]
    mapped = [header.labels[place] for place in header.found.values()]
    texts = [text for label in mapped for text in (label.own, *label.parents)]
    table = Table(
        sheet=sheet.name,
        header_row=header.row + 1,
        mapping=dict(header.found),
        labels={key: header.labels[place].own for key, place in header.found.items()},
        titles=titles,
        unit=unit_of(titles, texts),
        warnings=list(sheet.warnings),
    )
    used = set(header.found.values())
    table.extra = [label.own for place, label in header.labels.items() if place not in used]
    start = _first_row_of_body(sheet, header)
    filled_down = _fill_merged(sheet, start, table, columns)
    _read_body(sheet, start, table, columns, filled_down=filled_down)
    return table


def _tidy(cell: Cell) -> Cell:
    """Texts of nothing but spaces and invisible characters are empty cells."""
    if isinstance(cell, str) and not INVISIBLE.sub("", cell).strip(" \t\r\n'\u00a0\u2009\u202f"):
        return None
    return cell


def _first_row_of_body(sheet: Sheet, header: Header) -> int:
    """Forms number their columns, (1) (2) (3), in a row of its own under the header."""
    start = header.row + header.depth
    cells = [
        str(c).strip() for c in (sheet.rows[start : start + 1] or [[]])[0] if _tidy(c) is not None
    ]
    numbers = [match.group(1) for match in map(NUMBERED_CELL.fullmatch, cells) if match]
    figures = [int(number) for number in numbers if number.isdecimal()]
    is_numbering = len(numbers) == len(cells) > 2 and len(figures) > 2
    is_numbering = is_numbering and figures == list(range(figures[0], figures[0] + len(figures)))
    return start + 1 if is_numbering else start


def _fill_merged(sheet: Sheet, start: int, table: Table, columns: Sequence[Column]) -> dict:
    """(row, column) → value for columns that fill down; a warning for the others."""
    filled, unfilled = {}, []
    fill_down = {table.mapping.get(column.key) for column in columns if column.fill_down}
    for first_row, column, last_row, _ in sheet.merged:
        if first_row < start or first_row == last_row or column not in table.mapping.values():
            continue
        if column not in fill_down:
            unfilled.append(f"{column_letter(column)}{first_row + 1}:{last_row + 1}")
            continue
        row = sheet.rows[first_row] if first_row < len(sheet.rows) else []
        value = row[column] if column < len(row) else None
        filled.update({(r, column): value for r in range(first_row + 1, last_row + 1)})
    if unfilled:
        shown = ", ".join(unfilled[:5])
        table.warnings.append(f"Có ô gộp trong danh sách ({shown}): chỉ dòng đầu có giá trị.")
    return filled


def _read_body(
    sheet: Sheet, start: int, table: Table, columns: Sequence[Column], *, filled_down: dict
) -> None:
    required = [column.key for column in columns if column.required]
    found = []
    for index in range(start, len(sheet.rows)):
        raw = [_tidy(cell) for cell in sheet.rows[index]]
        if any(cell is not None for cell in raw):
            found.append((raw, _table_row(index, raw, table, columns, filled_down)))
    records = [n for n, (raw, row) in enumerate(found) if _is_record(raw, row, required)]
    end = _first_signature(found, records)
    if records and records[-1] >= end:
        number = found[end][1].number
        table.warnings.append(f"Từ dòng {number} trở đi được coi là phần ký tên, không đọc.")
    last = max((n for n in records if n < end), default=-1)
    _sort_rows(found[:end], last, table, required)


def _sort_rows(
    found: list[tuple[list[Cell], TableRow]], last: int, table: Table, required: list[str]
) -> None:
    """Rows into records, totals and notes; `last` is the position of the last sure record."""
    is_closed = False
    for position, (raw, row) in enumerate(found):
        if _is_total(raw, row, required):
            table.totals.append(row)
            is_closed = position > last
        elif position > last and (is_closed or _is_note(raw)):
            break
        elif _says_nothing(row, table):
            continue
        elif _is_note(raw):
            text = next(cell for cell in raw if cell is not None)
            table.warnings.append(
                f"Dòng {row.number} chỉ có “{text}”: coi là tiêu đề nhóm, bỏ qua."
            )
        else:
            table.rows.append(row)


def _first_signature(found: list[tuple[list[Cell], TableRow]], records: list[int]) -> int:
    """Where the signatures begin: after the last record with any figure in it.

    A giver may be called "Chủ tịch UBND xã"; a row of names under "Người lập biểu" may fill as
    many columns as a record. Only figures (a running number, money, a date) tell them apart.
    """
    figured = [n for n in records if _has_figures(found[n][0])]
    start = figured[-1] + 1 if figured else 0
    for position in range(start, len(found)):
        if any(isinstance(cell, str) and _is_signed(cell) for cell in found[position][0]):
            return position
    return len(found)


def _has_figures(raw: list[Cell]) -> bool:
    return any(
        isinstance(cell, int | float | date)
        or (isinstance(cell, str) and any(c.isdecimal() for c in cell) and not _is_signed(cell))
        for cell in raw
    )


def _is_signed(cell: str) -> bool:
    return bool(SIGNATURE.fullmatch(fold(cell)))


def _table_row(
    index: int, raw: list[Cell], table: Table, columns: Sequence[Column], filled_down: dict
) -> TableRow:
    row = TableRow(index + 1, {})
    for column in columns:
        place = table.mapping.get(column.key)
        value = raw[place] if place is not None and place < len(raw) else None
        if value is None and filled_down:
            value = filled_down.get((index, place))
        row.cells[column.key] = value
        problem = _problem(value)
        if problem:
            row.problems[column.key] = problem
    return row


def _problem(value: Cell) -> str | None:
    if isinstance(value, EmptyFormula | CellError):
        return value.sentence
    if not isinstance(value, str) or value.isascii():
        return None
    kind = looks_like(value)
    if kind is None:
        return None
    meant = convert(value, kind).strip()[:60]
    return f"Chữ gõ bằng phông cũ, có phải “{meant}”? Hãy chuyển mã sang Unicode bằng UniKey."


def _is_record(raw: list[Cell], row: TableRow, required: list[str]) -> bool:
    """Half of the required cells make a record; sparse lists count any two cells."""
    filled = sum(row.cells[key] is not None for key in required)
    return filled * 2 >= max(len(required), 1) and filled > 0 and not _is_total(raw, row, required)


def _says_nothing(row: TableRow, table: Table) -> bool:
    """Only unmapped cells are filled (a running number), or the header stands there again."""
    values = {key: row.cells[key] for key in table.mapping}
    if all(value is None for value in values.values()):
        return True
    return all(
        isinstance(value, str) and " ".join(value.split()) == table.labels[key]
        for key, value in values.items()
    )


def _is_total(raw: list[Cell], row: TableRow, required: list[str]) -> bool:
    """The word stands first, or alone in a later cell of a line that is no whole record."""
    first = next(cell for cell in raw if cell is not None)
    if isinstance(first, str) and TOTAL.fullmatch(fold(first)):
        return True
    if all(row.cells[key] is not None for key in required):
        return False
    return any(isinstance(cell, str) and TOTAL_ALONE.fullmatch(fold(cell)) for cell in raw)


def _is_note(raw: list[Cell]) -> bool:
    return sum(cell is not None for cell in raw) == 1

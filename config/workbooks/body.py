"""The rows below a header: records, totals, notes, and where the signatures begin."""

import re
from collections.abc import Sequence
from datetime import date

from config.vietnamese.letters import INVISIBLE
from config.vietnamese.names import fold
from config.workbooks.cells import Cell, CellError, EmptyFormula, Sheet
from config.workbooks.labels import Column
from config.workbooks.old_fonts import OldFonts, problem_of
from config.workbooks.table import Table, TableRow

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
UNKNOWN = (EmptyFormula, CellError)
BLANKS = " \t\r\n'\u00a0\u2009\u202f"


def tidy(cell: Cell) -> Cell:
    """Texts of nothing but spaces and invisible characters are empty cells."""
    if type(cell) is not str:
        return cell
    bare = cell.strip(BLANKS)
    if bare and (bare[0].isalnum() or INVISIBLE.sub("", bare).strip(BLANKS)):
        return cell
    return None


def read_body(
    sheet: Sheet,
    start: int,
    table: Table,
    columns: Sequence[Column],
    *,
    fonts: OldFonts,
    filled_down: dict[tuple[int, int], Cell],
) -> None:
    """Fill the table with the rows that follow its header."""
    required = [column.key for column in columns if column.required]
    reader = _Reader(table, columns, fonts, filled_down)
    found = []
    for index in range(_after_numbering(sheet, start), len(sheet.rows)):
        raw = [tidy(cell) for cell in sheet.rows[index]]
        if any(cell is not None for cell in raw):
            found.append(reader.read(index, raw))
    records = [n for n, (raw, row) in enumerate(found) if _is_record(raw, row, required)]
    end = _first_signature(found, records)
    if records and records[-1] >= end:
        number = found[end][1].number
        table.warnings.append(f"Từ dòng {number} trở đi được coi là phần ký tên, không đọc.")
    last = max((n for n in records if n < end), default=-1)
    _sort_rows(found[:end], last, table, required)


def _after_numbering(sheet: Sheet, start: int) -> int:
    """Forms number their columns, (1) (2) (3), in a row of its own under the header."""
    cells = [
        str(c).strip() for c in (sheet.rows[start : start + 1] or [[]])[0] if tidy(c) is not None
    ]
    numbers = [match.group(1) for match in map(NUMBERED_CELL.fullmatch, cells) if match]
    figures = [int(number) for number in numbers if number.isdecimal()]
    is_numbering = len(numbers) == len(cells) > 2 and len(figures) > 2
    is_numbering = is_numbering and figures == list(range(figures[0], figures[0] + len(figures)))
    return start + 1 if is_numbering else start


class _Reader:
    """What is the same for every row of one table."""

    def __init__(self, table: Table, columns: Sequence[Column], fonts: OldFonts, filled_down: dict):
        self.sheet = table.sheet
        self.empty = dict.fromkeys(column.key for column in columns)
        self.places = [(c.key, table.mapping[c.key]) for c in columns if c.key in table.mapping]
        self.fonts, self.filled_down = fonts, filled_down
        self.converts = bool(fonts.columns or fonts.everywhere)
        self.is_rare = bool(fonts.suspects)

    def read(self, index: int, raw: list[Cell]) -> tuple[list[Cell], TableRow]:
        """The cells of a row with old fonts converted, and the row by keys."""
        original = raw = self._filled(index, raw) if self.filled_down else raw
        if self.converts:
            raw = [self._converted((index, place), cell) for place, cell in enumerate(raw)]
        width, cells = len(raw), dict(self.empty)
        row = TableRow(index + 1, cells, sheet=self.sheet)
        for key, place in self.places:
            if place >= width:
                continue
            cells[key] = value = raw[place]
            if type(value) is not str:
                if isinstance(value, UNKNOWN):
                    row.problems[key] = value.sentence
            elif value is not original[place]:
                row.typed[key] = original[place]
            elif self.is_rare:
                self._suspect(row, key, (index, place))
        return raw, row

    def _filled(self, index: int, raw: list[Cell]) -> list[Cell]:
        """With the values of merged cells that reach down to this row."""
        for _, place in self.places:
            value = self.filled_down.get((index, place))
            if value is not None:
                raw = raw + [None] * (place + 1 - len(raw))
                raw[place] = value if raw[place] is None else raw[place]
        return raw

    def _converted(self, at: tuple[int, int], cell: Cell) -> Cell:
        if type(cell) is not str or not self.converts:
            return cell
        converted = self.fonts.converted(at, cell)
        return cell if converted == cell else converted

    def _suspect(self, row: TableRow, key: str, at: tuple[int, int]) -> None:
        """A single cell in an old font stays as it is, and is no good."""
        if at in self.fonts.suspects:
            row.problems[key] = problem_of(row.cells[key], self.fonts.suspects[at])


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

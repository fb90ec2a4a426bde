"""A summary table as data: one description for the page, the spreadsheet and the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from config.vietnamese.amounts import decimal_comma, grouped

COUNT, PERCENT, POINTS, NET, TEXT = "count", "percent", "points", "net", "text"


@dataclass(frozen=True)
class Cell:
    """``value`` None prints nothing: not known. ``share`` is the percent beside a count."""

    value: int | Decimal | str | None = None
    shape: str = COUNT
    url: str = ""
    share: Decimal | None = None

    @property
    def text(self) -> str:
        if self.value is None:
            return ""
        if self.shape == COUNT:
            return grouped(self.value)
        if self.shape == PERCENT:
            return decimal_comma(self.value, 2)
        if self.shape in (POINTS, NET):
            return signed(self.value, 2 if self.shape == POINTS else 0)
        return str(self.value)

    @property
    def share_text(self) -> str:
        return "" if self.share is None else f"{decimal_comma(self.share, 1)} %"


@dataclass(frozen=True)
class Column:
    """``group`` stands above neighbours of the same group; ``width`` is a share on paper.
    ``name`` says all of it where the cell stands alone: on a phone's card."""

    label: str
    group: str = ""
    width: int = 10
    is_text: bool = False
    has_share: bool = False
    name: str = ""

    @property
    def full_label(self) -> str:
        return self.name or (f"{self.group}: {self.label}" if self.group else self.label)


class Heading(NamedTuple):
    """A cell of the table's head."""

    label: str
    columns: int
    rows: int
    is_text: bool


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Cell]
    number: str = ""
    url: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """Rows under a heading of their own ("I. Khu vực thành thị") with their sum in it."""

    heading: Row | None
    rows: Sequence[Row]


@dataclass(frozen=True)
class Table:
    """``feet`` are lines below the sum; ``notes`` say what is missing and how it is counted."""

    title: str
    columns: Sequence[Column]
    sections: Sequence[Section]
    total: Row | None = None
    feet: Sequence[Row] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    warnings: Sequence[str] = field(default_factory=tuple)
    row_label: str = "Đơn vị"

    @property
    def head(self) -> list[list[Heading]]:
        """The rows of the head, the one of groups first; one row where nothing is grouped."""
        depth = 2 if any(column.group for column in self.columns) else 1
        first, second = [], []
        for group, columns in groupby(self.columns, key=lambda column: column.group):
            inside = list(columns)
            if group:
                first.append(Heading(group, len(inside), 1, False))
                second += [Heading(c.label, 1, 1, c.is_text) for c in inside]
            else:
                first += [Heading(c.label, 1, depth, c.is_text) for c in inside]
        return [first, second] if second else [first]

    @property
    def lines(self) -> list["Line"]:
        """Every line below the head, in order; a heading may have words only."""
        lines = []
        for section in self.sections:
            if section.heading:
                lines.append(self._line("heading", section.heading))
            lines += [self._line("row", row) for row in section.rows]
        if self.total:
            lines.append(self._line("total", self.total))
        return lines + [self._line("foot", row) for row in self.feet]

    def _line(self, kind: str, row: Row) -> "Line":
        cells = list(zip(self.columns, row.cells, strict=True)) if row.cells else []
        return Line(kind, row, cells)


class Line(NamedTuple):
    """A row as it is written; ``kind``: heading, row, total or foot."""

    kind: str
    row: Row
    cells: Sequence[tuple[Column, Cell]]


def signed(value: int | Decimal, places: int) -> str:
    """ "+1,25", "−0,40", "0,00": a change always shows its direction."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{decimal_comma(abs(value), places)}"

"""What was read: a workbook of sheets of rows of cells."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class EmptyFormula:
    """A formula whose result was never calculated; its value is unknown, not empty."""

    sentence = "Ô công thức chưa tính: hãy mở tệp bằng Excel, bấm Lưu rồi nhập lại."

    def __str__(self) -> str:
        return "(công thức chưa tính)"


@dataclass(frozen=True)
class CellError:
    """An error the sheet itself shows, such as #REF!"""

    text: str

    @property
    def sentence(self) -> str:
        return f"Ô báo lỗi {self.text}: hãy sửa công thức hoặc ghi giá trị thật."

    def __str__(self) -> str:
        return self.text


Cell = None | str | int | float | bool | date | datetime | EmptyFormula | CellError

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells; all 0-based."""


FontRun = tuple[str, int, int, int]
"""Kind of an old font, column, first and last row of the cells in it; 0-based."""


@dataclass
class Sheet:
    """`rows[0]` is row 1 of the sheet; rows are as long as their last filled cell."""

    name: str
    rows: list[list[Cell]]
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    fonts: list[FontRun] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Workbook:
    """Visible sheets with anything in them; `warnings` concern the whole file."""

    filename: str
    sheets: list[Sheet]
    warnings: list[str] = field(default_factory=list)


def column_letter(index: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """ "AA" → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1

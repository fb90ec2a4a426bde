"""A list on paper as data: one description, printed as PDF, DOCX or XLSX.

    paper = ListPaper(
        head=head_of(committee, kind="DS", year=2023),
        titles=["DANH SÁCH HỘ NGHÈO", "NĂM 2023"],
        subtitles=["Xã Mỹ Thạnh, huyện Thủ Thừa"],
        grounds=["(Theo Quyết định số …)"],
        columns=[Column("STT", 8, "center"), Column("Họ và tên", 92)],
        groups=groups,              # may be a generator: read once, while it is printed
        closing=lambda: ["Danh sách này có 5.000 hộ./."],   # asked after the last row
        signature=Signature(capacity=["TM. BAN THƯỜNG TRỰC"], title="CHỦ TỊCH"),
        footer="In lúc …",
    )
    as_pdf.write(paper, file)       # as_docx.write, as_xlsx.write

A cell is a text, a whole number or None. Layout: Nghị định 30/2020, Phụ lục I.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from committees import letterhead
from committees.models import Committee
from committees.printing import BLANK, Column

Cell = str | int | None
Row = Sequence[Cell]


class Head(NamedTuple):
    """The two blocks above the title, and the line of number and date below them."""

    above: Sequence[str]
    issuer: Sequence[str]
    number: str
    place_and_date: str
    author: str  # for the properties of the file


class Signature(NamedTuple):
    """Who signs on the right; on the left who drew the list up, unless empty."""

    capacity: Sequence[str]
    title: str
    name: str = ""
    drawn_up_by: str = ""


class Group(NamedTuple):
    """Rows under a heading of their own; without heading the rows alone."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class ListPaper:
    head: Head
    titles: Sequence[str]
    columns: Sequence[Column]
    groups: Iterable[Group]
    closing: Callable[[], Sequence[str]]
    signature: Signature
    subtitles: Sequence[str] = ()
    grounds: Sequence[str] = field(default_factory=tuple)
    footer: str = ""
    landscape: bool = False

    @property
    def name(self) -> str:
        """The title in one line, for the properties of the file."""
        return " ".join(self.titles)


def head_of(committee: Committee, *, kind: str, year: int) -> Head:
    """The head of a list that ``committee`` issues, its number and day left blank.

    Raises ``DocumentError`` for a hamlet: a Ban Công tác Mặt trận issues no papers.
    """
    lines = letterhead.letterhead(committee)
    day = f"ngày {BLANK * 6} tháng {BLANK * 6} năm {year}"
    return Head(
        above=lines.above,
        issuer=lines.issuer,
        number=f"Số:{BLANK * 8}/{letterhead.symbol(committee, kind)}",
        place_and_date=f"{letterhead.place_name(committee)}, {day}",
        author=" ".join([*lines.above, *lines.issuer]),
    )

"""A list as a workbook: the same head and rows, text as text, ready to print on A4."""

from collections.abc import Sequence
from math import ceil
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from committees.printed_lists.paper import Cell, ListPaper, Row, Signature
from committees.printing import Column

FACE = "Times New Roman"
CHARACTERS = {False: 88, True: 130}  # that fit across A4, upright and lying, in 12 points
MARGINS = {"left": 1.18, "right": 0.59, "top": 0.79, "bottom": 0.79}  # inches: 30, 15, 20, 20 mm
NORMAL_SIZE = 11  # points: what Excel counts a column's width in
LEADING = 1.35
LONGEST_FOOTER = 200  # Excel takes 255 with its codes
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def write(paper: ListPaper, file: IO[bytes]) -> None:
    """Write ``paper`` into ``file`` as .xlsx, row by row; no text becomes a formula."""
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": paper.name, "author": paper.head.author})
    sheet = _Sheet(book, paper)
    sheet.head(paper)
    sheet.header(paper.columns)
    for group in paper.groups:
        if group.heading:
            sheet.across(group.heading, bold=True, border=1)
        for row in group.rows:
            sheet.row(row)
    sheet.end(paper.closing(), paper.signature)
    book.close()


class _Sheet:
    """The sheet being written: rows only ever downwards, as constant memory asks."""

    def __init__(self, book: xlsxwriter.Workbook, paper: ListPaper):
        self.book = book
        self.sheet: Worksheet = book.add_worksheet("Danh sách")
        self.next = 0
        self.last = len(paper.columns) - 1
        self.formats: dict[tuple, Format] = {}
        self.aligns = [column.align for column in paper.columns]
        shares = [column.width for column in paper.columns]
        self.middle = _middle(shares)
        self.characters = CHARACTERS[paper.landscape]
        for number, share in enumerate(shares):
            self.sheet.set_column(number, number, self.characters * share / sum(shares))
        self._set_page(paper)

    def head(self, paper: ListPaper) -> None:
        left = [(line, False) for line in paper.head.above]
        left += [(line, True) for line in paper.head.issuer]
        right = [(line, True) for line in NATION]
        for number in range(max(len(left), len(right))):
            self._halves(left[number : number + 1], right[number : number + 1])
        self._halves([(paper.head.number, False)], [(paper.head.place_and_date, False)])
        self.next += 1
        for text in (*paper.titles, *paper.subtitles):
            self.across(text, bold=True, align="center", size=14)
        for text in paper.grounds:
            self.across(text, italic=True, align="center", size=13)
        self.next += 1

    def header(self, columns: Sequence[Column]) -> None:
        shape = self._format(bold=True, align="center", border=1)
        for number, column in enumerate(columns):
            self.sheet.write_string(self.next, number, column.label, shape)
        self.sheet.repeat_rows(self.next)
        self.sheet.freeze_panes(self.next + 1, 0)
        self.next += 1

    def row(self, cells: Row) -> None:
        for number, cell in enumerate(cells):
            self._write(number, cell, self._format(align=self.aligns[number], border=1))
        self.next += 1

    def across(self, text: str, *, size: int = 12, align: str = "left", **look: object) -> None:
        """One text over all columns."""
        lines = ceil(len(text) * size / self.characters / NORMAL_SIZE)
        self.sheet.set_row(self.next, lines * size * LEADING)  # merged cells do not grow
        self._merged(0, self.last, text, self._format(size=size, align=align, **look))
        self.next += 1

    def end(self, closing: Sequence[str], signature: Signature) -> None:
        self.next += 1
        for text in closing:
            self.across(text, size=13)
        self.next += 1
        right = [*signature.capacity, signature.title]
        left = ["NGƯỜI LẬP DANH SÁCH"] * bool(signature.drawn_up_by)
        for number, text in enumerate(right):
            self._halves([(text, True) for text in left[number : number + 1]], [(text, True)])
        self.next += 4
        self._halves([(signature.drawn_up_by, True)], [(signature.name, True)])

    def _halves(self, left: list[tuple[str, bool]], right: list[tuple[str, bool]]) -> None:
        """One row in two halves: (text, bold) or nothing."""
        for texts, first, last in ((left, 0, self.middle - 1), (right, self.middle, self.last)):
            for text, is_bold in texts:
                if text:
                    shape = self._format(size=13, bold=is_bold, align="center")
                    self._merged(first, last, text, shape)
        self.next += 1

    def _merged(self, first: int, last: int, text: str, shape: Format) -> None:
        if first < last:
            self.sheet.merge_range(self.next, first, self.next, last, "", shape)
        self.sheet.write_string(self.next, first, text, shape)

    def _write(self, column: int, cell: Cell, shape: Format) -> None:
        if cell is None or cell == "":
            self.sheet.write_blank(self.next, column, None, shape)
        elif isinstance(cell, int):
            self.sheet.write_number(self.next, column, cell, shape)
        else:
            self.sheet.write_string(self.next, column, cell, shape)

    def _format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            shape = {"font_name": FACE, "font_size": look.pop("size", 12), "valign": "vcenter"}
            self.formats[key] = self.book.add_format(shape | {"text_wrap": True} | look)
        return self.formats[key]

    def _set_page(self, paper: ListPaper) -> None:
        self.sheet.set_paper(9)  # A4
        if paper.landscape:
            self.sheet.set_landscape()
        self.sheet.set_margins(**MARGINS)
        self.sheet.fit_to_pages(1, 0)
        text = paper.footer[:LONGEST_FOOTER].replace("&", "&&")
        self.sheet.set_footer(f'&C&"{FACE},Regular"&9{text}&R&P')


def _middle(shares: Sequence[int]) -> int:
    """The column at which the right half of the head begins; both halves have a column."""
    left, best = 0, 1
    for number, share in enumerate(shares[:-1], start=1):
        left += share
        if left <= 0.45 * sum(shares):
            best = number
    return best

"""A list as PDF, drawn row by row: 5,000 rows cost the memory of a few."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import IO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from committees.printed_lists import fonts
from committees.printed_lists.fonts import BOLD, ITALIC, REGULAR
from committees.printed_lists.paper import Cell, Group, ListPaper, Row, Signature
from committees.printed_lists.wrapping import wrapped
from committees.printing import Column

MM = 72 / 25.4
TOP, RIGHT, BOTTOM, LEFT = 20 * MM, 15 * MM, 20 * MM, 30 * MM
LEADING = 1.2
TEXT, CELL, SMALL = 14, 12, 9
PAD_X, PAD_Y = 3, 3
THIN, THICK = 0.5, 0.75
ISSUER_SHARE = 0.41
TO_SIGN = 28 * MM  # blank room for the signature and the seal
ABOVE_CLOSING, ABOVE_SIGNATURE = 6, 12
WITH_SIGNATURE = 2  # rows that stay on its page
Item = str | Row  # a heading, or the cells of a row
NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def write(paper: ListPaper, file: IO[bytes]) -> int:
    """Print ``paper`` into ``file``; the number of pages."""
    fonts.register()
    sheet = _Sheet(paper, file)
    _head(sheet, paper)
    _titles(sheet, paper)
    table = _Table(sheet, paper.columns)
    table.header()
    last = _drawn_but_last(table, paper.groups)
    closing = _wrapped_closing(sheet, paper.closing())
    if sheet.room() < sum(map(table.height_of, last)) + _height_of_end(closing, paper.signature):
        sheet.next_page()  # a signature never stands alone on its page
        if last:
            table.header()
    for item in last:
        table.draw(item)
    _end(sheet, closing, paper.signature)
    return sheet.close()


def _drawn_but_last(table: "_Table", groups: Iterable[Group]) -> list[Item]:
    """Draw everything but the last two rows and their heading: those stay with what follows."""
    kept: deque[Item] = deque()
    rows = 0
    for group in groups:
        for item in [group.heading] * bool(group.heading) + list(group.rows):
            kept.append(item)
            rows += not isinstance(item, str)
            while rows > WITH_SIGNATURE:
                first = kept.popleft()
                rows -= not isinstance(first, str)
                table.draw(first)
    return list(kept)


class _Sheet:
    """The page being drawn: ``y`` is how far down it is written, in points from below."""

    def __init__(self, paper: ListPaper, file: IO[bytes]):
        size = landscape(A4) if paper.landscape else A4
        self.footer = paper.footer
        self.canvas = Canvas(file, pagesize=size, lang="vi", initialFontName=REGULAR)
        self.canvas.setTitle(paper.name)
        self.canvas.setAuthor(paper.head.author)
        self.width, self.height = size
        self.left, self.right = LEFT, self.width - RIGHT
        self.number = 1
        self.y = self.height - TOP

    def room(self) -> float:
        return self.y - BOTTOM

    def next_page(self) -> None:
        self._finish_page()
        self.number += 1
        self.y = self.height - TOP
        self._write(str(self.number), self.width / 2, self.height - 13 * MM, REGULAR, TEXT)

    def close(self) -> int:
        self._finish_page()
        self.canvas.save()
        return self.number

    def block(
        self, lines: Iterable[str], *, box: tuple[float, float], font: str, size: float
    ) -> float:
        """Lines centred in ``box`` (left, right), each wrapped; the width of the last one."""
        middle, width = (box[0] + box[1]) / 2, 0.0
        for text in lines:
            for line in wrapped(text, font, size, box[1] - box[0]):
                self.y -= size * LEADING
                width = self._write(line, middle, self.y + 0.25 * size, font, size)
        return width

    def rule(self, middle: float, width: float, *, gap: float = 2) -> None:
        """A line below what was just written."""
        self.y -= gap
        self.canvas.setLineWidth(THICK)
        self.canvas.line(middle - width / 2, self.y, middle + width / 2, self.y)

    def _write(self, text: str, middle: float, y: float, font: str, size: float) -> float:
        width = self.canvas.stringWidth(text, font, size)
        self.canvas.setFont(font, size)
        self.canvas.drawString(middle - width / 2, y, text)
        return width

    def _finish_page(self) -> None:
        if self.footer:
            self.y = BOTTOM - 2 * MM
            self.block([self.footer], box=(self.left, self.right), font=REGULAR, size=SMALL)
        self.canvas.showPage()


class _Table:
    """Rows under a header that is drawn again on every page; a row is never cut."""

    def __init__(self, sheet: _Sheet, columns: Sequence[Column]):
        self.sheet = sheet
        self.columns = columns
        share = (sheet.right - sheet.left) / sum(column.width for column in columns)
        self.edges = [sheet.left]
        for column in columns:
            self.edges.append(self.edges[-1] + column.width * share)
        self.boxes = list(pairwise(self.edges))

    def header(self) -> None:
        self._draw([(column.label, "center") for column in self.columns], BOLD)

    def draw(self, item: Item) -> None:
        """A heading over all columns, or a row."""
        if isinstance(item, str):
            self._heading(item)
        else:
            self._draw(self._aligned(item), REGULAR)

    def height_of(self, item: Item) -> float:
        if isinstance(item, str):
            return _height(len(self._across(item)))
        return _height(max(map(len, self._wrapped(self._aligned(item), REGULAR))))

    def _heading(self, text: str) -> None:
        lines = self._across(text)
        height = _height(len(lines))
        self._make_room(height + 2 * _height(1))  # not alone at the foot of a page
        self._box(height, [self.edges[0], self.edges[-1]])
        self._cell(lines, (self.edges[0], self.edges[-1]), BOLD, "left", height)
        self.sheet.y -= height

    def _draw(self, cells: list[tuple[str, str]], font: str) -> None:
        texts = self._wrapped(cells, font)
        height = _height(max(map(len, texts)))
        if font == REGULAR:
            self._make_room(height)
        self._box(height, self.edges)
        for lines, box, (_, align) in zip(texts, self.boxes, cells, strict=True):
            self._cell(lines, box, font, align, height)
        self.sheet.y -= height

    def _aligned(self, cells: Row) -> list[tuple[str, str]]:
        return [
            (_shown(cell), column.align) for cell, column in zip(cells, self.columns, strict=True)
        ]

    def _wrapped(self, cells: list[tuple[str, str]], font: str) -> list[list[str]]:
        return [
            wrapped(text, font, CELL, box[1] - box[0] - 2 * PAD_X)
            for (text, _), box in zip(cells, self.boxes, strict=True)
        ]

    def _across(self, text: str) -> list[str]:
        return wrapped(text, BOLD, CELL, self.edges[-1] - self.edges[0] - 2 * PAD_X)

    def _make_room(self, height: float) -> None:
        if height > self.sheet.room():
            self.sheet.next_page()
            self.header()

    def _box(self, height: float, edges: Sequence[float]) -> None:
        top, bottom = self.sheet.y, self.sheet.y - height
        lines = [(x, top, x, bottom) for x in edges]
        lines += [(edges[0], y, edges[-1], y) for y in (top, bottom)]
        self.sheet.canvas.setLineWidth(THIN)
        self.sheet.canvas.lines(lines)

    def _cell(
        self, lines: list[str], box: tuple[float, float], font: str, align: str, height: float
    ) -> None:
        canvas = self.sheet.canvas
        canvas.setFont(font, CELL)
        y = self.sheet.y - (height - len(lines) * CELL * LEADING) / 2 - 0.95 * CELL
        for line in lines:
            if align == "left":
                canvas.drawString(box[0] + PAD_X, y, line)
            elif align == "right":
                canvas.drawRightString(box[1] - PAD_X, y, line)
            else:
                canvas.drawCentredString((box[0] + box[1]) / 2, y, line)
            y -= CELL * LEADING


def _head(sheet: _Sheet, paper: ListPaper) -> None:
    """Issuer on the left, the nation on the right, number and date on one line below both."""
    edge = sheet.left + ISSUER_SHARE * (sheet.right - sheet.left)
    left, right = (sheet.left, edge), (edge, sheet.right)
    top = sheet.y
    sheet.block(paper.head.above, box=left, font=REGULAR, size=13)
    width = sheet.block(paper.head.issuer, box=left, font=BOLD, size=13)
    sheet.rule(sum(left) / 2, 0.4 * width)
    below_issuer, sheet.y = sheet.y, top
    sheet.block(NATION[:1], box=right, font=BOLD, size=13)
    width = sheet.block(NATION[1:], box=right, font=BOLD, size=14)
    sheet.rule(sum(right) / 2, width)
    sheet.y = line = min(sheet.y, below_issuer) - 6
    sheet.block([paper.head.number], box=left, font=REGULAR, size=13)
    below, sheet.y = sheet.y, line
    sheet.block([paper.head.place_and_date], box=right, font=ITALIC, size=14)
    sheet.y = min(sheet.y, below) - 14


def _titles(sheet: _Sheet, paper: ListPaper) -> None:
    box = (sheet.left, sheet.right)
    width = sheet.block(paper.titles, box=box, font=BOLD, size=TEXT)
    if paper.subtitles:
        width = sheet.block(paper.subtitles, box=box, font=BOLD, size=TEXT)
    sheet.rule(sum(box) / 2, 0.4 * width, gap=3)
    if paper.grounds:
        sheet.y -= 4
        sheet.block(paper.grounds, box=box, font=ITALIC, size=13)
    sheet.y -= 12


def _wrapped_closing(sheet: _Sheet, closing: Sequence[str]) -> list[str]:
    width = sheet.right - sheet.left
    return [line for text in closing for line in wrapped(text, REGULAR, TEXT, width)]


def _height_of_end(closing: Sequence[str], signature: Signature) -> float:
    lines = len(closing) + len(signature.capacity) + 2  # title and name
    return lines * TEXT * LEADING + TO_SIGN + ABOVE_CLOSING + ABOVE_SIGNATURE


def _end(sheet: _Sheet, closing: Sequence[str], signature: Signature) -> None:
    """The closing sentences and the signatures."""
    sheet.y -= ABOVE_CLOSING
    for line in closing:
        sheet.y -= TEXT * LEADING
        sheet.canvas.setFont(REGULAR, TEXT)
        sheet.canvas.drawString(sheet.left, sheet.y + 3, line)
    sheet.y -= ABOVE_SIGNATURE
    _sign(sheet, signature)


def _sign(sheet: _Sheet, signature: Signature) -> None:
    middle = (sheet.left + sheet.right) / 2
    top = sheet.y
    right = (middle, sheet.right)
    sheet.block([*signature.capacity, signature.title], box=right, font=BOLD, size=TEXT)
    name_line = sheet.y - TO_SIGN
    sheet.y = name_line
    sheet.block([signature.name] * bool(signature.name), box=right, font=BOLD, size=TEXT)
    end = sheet.y
    if signature.drawn_up_by:
        left = (sheet.left, middle)
        sheet.y = top
        sheet.block(["NGƯỜI LẬP DANH SÁCH"], box=left, font=BOLD, size=TEXT)
        sheet.y = name_line
        sheet.block([signature.drawn_up_by], box=left, font=BOLD, size=TEXT)
    sheet.y = min(end, sheet.y)


def _height(lines: int) -> float:
    return lines * CELL * LEADING + 2 * PAD_Y


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)

"""Official papers as data: blocks of text and tables, composed into Nghị định 30/2020's layout.

How to print a paper (plans and reports both do):

    pdf = print_document(
        document,                                # saved or not; a draft prints a blank number
        [
            kinh_gui("Ban Thường trực Ủy ban MTTQ Việt Nam huyện Thủ Thừa"),
            paragraph("Thực hiện …"),
            part("Kết quả"),                     # "I. KẾT QUẢ", numbered by order
            clause("Vận động Quỹ"),              # "1. Vận động Quỹ", bold; from 1 in each part
            clause("Một câu …", titled=False),   # a numbered sentence, not bold
            point("…"), dash("…"), paragraph("…"),
            table(
                [Column("STT", 8, "center"), Column("Đơn vị", 62), Column("Đồng", 30, "right")],
                rows=[["1", "Xã Mỹ Thạnh", "1.500.000"]],
                total=["", "Cộng", "1.500.000"],
            ),
            annex("Số liệu chi tiết", landscape=True), table(…),   # a page of its own
        ],
        recipients=["Như trên", "Lưu: VT"],
        footnote="Số liệu tính đến 18/11/2023",  # small, at the foot of every page
        year=2023,                               # the year a draft shows beside its blank date
    )

Texts are plain (they are escaped here); "./." closes the body by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from django.template.loader import render_to_string

from committees import pdf
from committees.letterhead import letterhead
from committees.models import Document
from config.vietnamese.dates import VIETNAM, long_date
from config.vietnamese.names import roman

POINTS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points: a, b, c, d, đ … (Vietnamese order)."""
BLANK = "\N{NO-BREAK SPACE}"
END = "./."


@dataclass(frozen=True)
class Column:
    """One column of a table: heading, share of the width in percent, left/center/right."""

    label: str
    width: int
    align: str = "left"


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] | None = None
    caption: str = ""

    @property
    def lines(self) -> list[dict]:
        """The rows and the sum with the alignment of each cell."""
        rows = [(row, False) for row in self.rows] + [(self.total, True)] * bool(self.total)
        aligns = [column.align for column in self.columns]
        return [
            {"cells": list(zip(aligns, row, strict=True)), "is_total": is_total}
            for row, is_total in rows
        ]


@dataclass(frozen=True)
class Block:
    """A piece of a paper. Use the functions below; ``label`` is given by ``numbered``."""

    kind: str
    text: str = ""
    titled: bool = True
    label: str = ""
    lines: Sequence[str] = field(default_factory=tuple)
    table: Table | None = None
    landscape: bool = False


def kinh_gui(*addressees: str) -> Block:
    """To whom a report goes; one on the line itself, several as a list."""
    return Block("kinh_gui", lines=addressees)


def can_cu(text: str) -> Block:
    """A legal ground, in italics, one a line."""
    return Block("can_cu", text)


def part(title: str) -> Block:
    """I. TITLE in capitals."""
    return Block("part", title)


def clause(text: str, *, titled: bool = True) -> Block:
    """1. Text; bold when it is the title of what follows."""
    return Block("clause", text, titled=titled)


def point(text: str) -> Block:
    """a) Text."""
    return Block("point", text)


def dash(text: str) -> Block:
    """- Text."""
    return Block("dash", text)


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def table(
    columns: Sequence[Column],
    *,
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
    caption: str = "",
) -> Block:
    """A table of ready texts; its head repeats on every page it runs over."""
    return Block("table", table=Table(columns, rows, total, caption))


def annex(title: str, *, landscape: bool = False) -> Block:
    """A new page "Phụ lục" with its own page numbers; what follows belongs to it."""
    return Block("annex", title, landscape=landscape)


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with their labels (I., 1., a), -), counted from their order."""
    blocks = list(blocks)
    counts = {"part": 0, "clause": 0, "point": 0, "annex": 0}
    inner = {
        "annex": ("part", "clause", "point"),
        "part": ("clause", "point"),
        "clause": ("point",),
        "point": (),
    }
    annexes = sum(block.kind == "annex" for block in blocks)
    done = []
    for block in blocks:
        if block.kind in counts:
            counts[block.kind] += 1
            counts.update(dict.fromkeys(inner[block.kind], 0))
        label = _label(block, counts.get(block.kind, 0), annexes)
        text = block.text.upper() if block.kind in ("part", "annex") else block.text
        done.append(replace(block, label=label, text=text))
    return done


def compose(
    document: Document,
    blocks: Iterable[Block],
    *,
    recipients: Sequence[str],
    footnote: str = "",
    year: int | None = None,
) -> str:
    """The HTML of a paper (the inside of ``<body>``), for ``committees.pdf.render``.

    ``year`` is shown beside the blank day and month of a draft; without it the year of its
    signature or of its making. Raises ``DocumentError`` for a hamlet's paper.
    """
    body, annexes = _split(_closed(numbered(blocks)))
    return render_to_string(
        "print/document.html",
        {
            "head": letterhead(document.committee, document.series),
            "document": document,
            "kind": document.get_kind_display().upper(),
            "number_text": document.number_text.replace(" ", BLANK),
            "place_and_date": f"{document.place}, {_date_line(document, year)}",
            "blocks": body,
            "annexes": annexes,
            "named_in_annexes": _named(document),
            "recipients": [_ended(line, ".") for line in recipients[-1:]],
            "recipients_before": [_ended(line, ";") for line in recipients[:-1]],
            "capacity": document.capacity.split("\n"),
            "footnote": footnote,
        },
    )


def print_document(
    document: Document,
    blocks: Iterable[Block],
    *,
    recipients: Sequence[str],
    footnote: str = "",
    year: int | None = None,
    variant: str | None = pdf.ARCHIVE,
) -> bytes:
    """The PDF of a paper; the same data give the same bytes."""
    html = compose(document, blocks, recipients=recipients, footnote=footnote, year=year)
    return pdf.render(
        html,
        title=f"{document.get_kind_display()} {document.subject}",
        author=" ".join(line for lines in letterhead(document.committee) for line in lines),
        made_at=_made_at(document),
        variant=variant,
    )


def _label(block: Block, count: int, annexes: int) -> str:
    if block.kind == "part":
        return f"{roman(count)}."
    if block.kind == "clause":
        return f"{count}."
    if block.kind == "point":
        return f"{POINTS[(count - 1) % len(POINTS)]})"
    if block.kind == "annex":
        return f"Phụ lục {roman(count)}" if annexes > 1 else "Phụ lục"
    return "-" if block.kind == "dash" else ""


def _closed(blocks: list[Block]) -> list[Block]:
    """The body ends with "./."; a table or nothing at the end gets it on a line of its own."""
    ends_at = next((i for i, b in enumerate(blocks) if b.kind == "annex"), len(blocks))
    last = blocks[ends_at - 1] if ends_at else None
    if last is None or not last.text:
        return [*blocks[:ends_at], paragraph(END), *blocks[ends_at:]]
    closed = replace(last, text=f"{last.text.rstrip(' ./;')}{END}")
    return [*blocks[: ends_at - 1], closed, *blocks[ends_at:]]


def _split(blocks: list[Block]) -> tuple[list[Block], list[dict]]:
    body: list[Block] = []
    annexes: list[dict] = []
    for block in blocks:
        if block.kind == "annex":
            annexes.append({"head": block, "blocks": []})
        else:
            (annexes[-1]["blocks"] if annexes else body).append(block)
    return body, annexes


def _ended(line: str, mark: str) -> str:
    return f"{line.rstrip(' .;')}{mark}"


def _date_line(document: Document, year: int | None) -> str:
    if document.number:
        return long_date(document.dated_on)
    day = document.signed_on or document.created_at
    return f"ngày {BLANK * 6} tháng {BLANK * 6} năm {year or (day.year if day else BLANK * 8)}"


def _named(document: Document) -> str:
    """(Kèm theo Kế hoạch số 50/KH-MTTQ-BTT ngày 16 tháng 10 năm 2023)."""
    day = f" {long_date(document.dated_on)}" if document.number else ""
    number = document.number_text.replace(" ", BLANK)
    return f"(Kèm theo {document.get_kind_display()} số {number}{day})"


def _made_at(document: Document) -> datetime:
    if document.number:
        return datetime.combine(document.dated_on, time(), VIETNAM)
    return document.created_at or datetime(2000, 1, 1, tzinfo=VIETNAM)

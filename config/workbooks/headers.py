"""Finding the header: the rows of labels that match best among the first twenty."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from config.vietnamese.legacy_fonts import convert, is_unicode, looks_like
from config.workbooks.cells import Cell, Sheet, column_letter
from config.workbooks.errors import UnreadableFile
from config.workbooks.labels import (
    DEEPEST_SEARCH,
    MOST_HEADER_ROWS,
    Column,
    Header,
    candidates,
    has_figures,
    label_key,
    labels_of,
    match_labels,
)

EXAMPLE_ROWS, MOST_EXAMPLES, LONGEST_EXAMPLE = 8, 3, 60
LONGEST_LIST = 300


@dataclass(frozen=True)
class HeaderCell:
    """A labelled column as people see it: its place, its label, the labels above, first values.

    The values are as in the file: whoever shows them hides citizens' numbers first.
    """

    place: int
    text: str
    parents: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def letter(self) -> str:
        return column_letter(self.place)


class HeaderNotUnderstood(UnreadableFile):
    """Columns are missing, doubled or unknown; holds what a person needs to name them.

    `mapping` is what was understood, `missing` the labels of the required columns that were not.
    """

    def __init__(self, sentence: str, sheet: Sheet, header: Header, missing: Sequence[Column]):
        super().__init__(sentence)
        self.sheet = sheet.name
        self.header_row = header.row + 1
        self.headers = header_cells(sheet, header)
        self.fingerprint = fingerprint(header)
        self.mapping = dict(header.found)
        self.missing = [column.labels[0] for column in missing]


def find_header(
    sheet: Sheet, columns: Sequence[Column], *, columns_at: Mapping[str, int] | None = None
) -> Header:
    """The best matching header rows; a mapping chosen by a person replaces what labels say.

    Raises HeaderNotUnderstood naming what is missing or doubled.
    """
    header = likely_header(sheet, columns)
    required = [column for column in columns if column.required]
    if columns_at is not None:
        header = replace(header, found=dict(columns_at), twice={})
    missing = [column for column in required if column.key not in header.found]
    if missing and len(header.found) < min(2, len(columns)):
        raise HeaderNotUnderstood(_no_header(sheet, required), sheet, header, missing)
    if missing:
        names = ", ".join(f"“{column.labels[0]}”" for column in missing)
        theirs = [label.own for label in header.labels.values()]
        sentence = (
            f"Trang “{sheet.name}” thiếu cột {names}: hãy dùng đúng mẫu hoặc thêm cột này "
            f"(tệp có các cột {', '.join(theirs)[:LONGEST_LIST]})."
        )
        raise HeaderNotUnderstood(sentence, sheet, header, missing)
    for key, places in header.twice.items():
        letters = " và ".join(map(column_letter, places))
        label = header.labels[header.found[key]].own
        sentence = f"Cột “{label}” có ở cả {letters}: hãy xóa hoặc đổi tên một cột."
        raise HeaderNotUnderstood(sentence, sheet, header, [])
    return header


def likely_header(sheet: Sheet, columns: Sequence[Column]) -> Header:
    """The rows whose labels match best; where nearly none does, the row with most texts."""
    rows = sheet.rows[: DEEPEST_SEARCH + MOST_HEADER_ROWS]
    best = Header(0, 0, {}, {}, {})
    for font in ("", *sorted(_fonts_in(rows))):
        for header in candidates(in_unicode(rows, font), columns):
            if len(header.found) > len(best.found):
                best = replace(header, font=font)
    if len(best.found) < 2:
        return _fullest(rows, columns) or best
    return best


def _fullest(rows: list[list[Cell]], columns: Sequence[Column]) -> Header | None:
    texts = {
        number: sum(isinstance(cell, str) for cell in row)
        for number, row in enumerate(rows[:DEEPEST_SEARCH])
        if not has_figures(row)
    }
    fullest = max(texts, key=texts.__getitem__, default=None)
    if fullest is None or texts[fullest] < 2:
        return None
    return match_labels(fullest, 1, labels_of([rows[fullest]]), columns)


def _fonts_in(rows: list[list[Cell]]) -> set[str]:
    texts = (cell for row in rows for cell in row if isinstance(cell, str))
    return {kind for kind in map(looks_like, texts) if kind}


def in_unicode(rows: list[list[Cell]], font: str) -> list[list[Cell]]:
    """The rows with every text converted that could have been typed in this font."""
    if not font:
        return rows
    return [[_converted(cell, font) for cell in row] for row in rows]


def _converted(cell: Cell, font: str) -> Cell:
    if not isinstance(cell, str) or cell.isascii():
        return cell
    return convert(cell, font) if font == "mojibake" or not is_unicode(cell) else cell


def fingerprint(header: Header) -> str:
    """SHA-256 (hex) of the labels in their order, folded: the same layout, the same value."""
    last = max(header.labels, default=-1)
    keys = [
        [label_key(text) for text in (*label.parents, label.own)] if label else []
        for label in map(header.labels.get, range(last + 1))
    ]
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def header_cells(sheet: Sheet, header: Header) -> list[HeaderCell]:
    """Every labelled column with the first values below it."""
    start = header.row + header.depth
    below = sheet.rows[start : start + EXAMPLE_ROWS]
    return [
        HeaderCell(place, label.own, label.parents, tuple(_examples(below, place)))
        for place, label in sorted(header.labels.items())
    ]


def _examples(rows: list[list[Cell]], place: int) -> Iterator[str]:
    values = (row[place] for row in rows if place < len(row) and row[place] is not None)
    for value in islice(values, MOST_EXAMPLES):
        shown = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value).strip()
        yield shown[:LONGEST_EXAMPLE]


def _no_header(sheet: Sheet, required: list[Column]) -> str:
    names = ", ".join(f"“{column.labels[0]}”" for column in required[:8])
    return (
        f"Trang “{sheet.name}” không có dòng tiêu đề của danh sách này: hãy thêm các cột {names}."
    )

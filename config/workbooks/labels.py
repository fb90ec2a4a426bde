"""Labels of columns: rows of a sheet read as a header, and matched with the columns wanted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from config.vietnamese.names import fold
from config.workbooks.cells import Cell

DEEPEST_SEARCH = 20
MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Column:
    """A column somebody wants: any of `labels` names it, the first ones preferred.

    `group` is the label above it in a header of several rows ("Chỉ số thiếu hụt").
    `fill_down` spreads a vertically merged cell over its rows.
    """

    key: str
    labels: Sequence[str]
    required: bool = True
    group: str | None = None
    fill_down: bool = False


@dataclass(frozen=True)
class Label:
    """The own text of a sheet column and the texts above it."""

    own: str
    parents: tuple[str, ...]


@dataclass
class Header:
    """`row` and `depth` are 0-based and a count; `found` maps keys to 0-based columns.

    `font` is the kind of old font the labels were typed in; they are kept converted.
    """

    row: int
    depth: int
    labels: dict[int, Label]
    found: dict[str, int]
    twice: dict[str, list[int]]
    font: str = ""


def label_key(text: str) -> str:
    """Labels meet without accents, capitals, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def candidates(rows: list[list[Cell]], columns: Sequence[Column]) -> Iterator[Header]:
    """Few header rows before many, upper rows before lower: the first best one wins."""
    for depth in range(1, MOST_HEADER_ROWS + 1):
        for row in range(min(DEEPEST_SEARCH, len(rows))):
            block = rows[row : row + depth]
            if len(block) < depth or any(has_figures(line) for line in block[1:]):
                continue
            if any(isinstance(cell, str) for cell in block[0]):
                yield match_labels(row, depth, labels_of(block), columns)


def has_figures(row: list[Cell]) -> bool:
    return any(isinstance(cell, int | float | date) for cell in row)


def labels_of(block: list[list[Cell]]) -> dict[int, Label]:
    """Merged labels stand in their first cell only; a column below it inherits the text."""
    labels, above = {}, [""] * len(block)
    for column in range(max(len(line) for line in block)):
        texts = [_text(line, column) for line in block]
        deepest = max((level for level, text in enumerate(texts) if text), default=None)
        if deepest is None:
            continue
        first = min(level for level, text in enumerate(texts) if text)
        above[first:] = texts[first:]
        parents = tuple(text for text in above[:deepest] if text)
        labels[column] = Label(texts[deepest], parents)
    return labels


def _text(line: list[Cell], column: int) -> str:
    cell = line[column] if column < len(line) else None
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def match_labels(
    row: int, depth: int, labels: dict[int, Label], columns: Sequence[Column]
) -> Header:
    """The header that these rows make for the columns wanted."""
    header = Header(row, depth, labels, {}, {})
    keys = {place: _keys(label) for place, label in labels.items()}
    groups = {label_key(column.group) for column in columns if column.group}
    for column in columns:
        places = _places(column, keys, groups)
        places = [place for place in places if place not in header.found.values()]
        if places:
            header.found[column.key] = places[0]
        if len(places) > 1:
            header.twice[column.key] = places
    return header


def _keys(label: Label) -> tuple[set[str], tuple[str, ...]]:
    without_brackets = re.sub(r"\(.*?\)|\[.*?\]", " ", label.own)
    before_unit = re.split(r"(?i)[,;:–-]\s*(?:đvt|đơn vị)", without_brackets)[0]
    own = {label_key(label.own), label_key(without_brackets), label_key(before_unit)} - {""}
    return own, tuple(label_key(parent) for parent in label.parents)


def _places(column: Column, keys: dict, groups: set[str]) -> list[int]:
    """Sheet columns bearing the most preferred label that occurs at all."""
    group = label_key(column.group) if column.group else None
    for wanted in map(label_key, column.labels):
        places = []
        for place, (own, parents) in keys.items():
            in_group = [g for g in groups if any(g in parent for parent in parents)]
            is_of_group = group in in_group if group else not in_group
            if wanted in own and (is_of_group or (group and not parents)):
                places.append(place)
        if places:
            return places
    return []

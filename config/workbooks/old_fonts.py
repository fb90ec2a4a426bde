"""Which columns of a list were typed in a font of before Unicode, and their text converted.

Every byte of such text is a valid Latin letter ("Lê" may be meant, or "Lờ"), so nothing is
decided by one cell: a whole sheet or a whole column is converted, or none of it.
"""

from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from config.vietnamese.legacy_fonts import FONT_NAMES, convert, is_unicode, looks_like
from config.workbooks.cells import Cell, FontRun, Sheet

LEAST_OF_COLUMN = 3
MOST_OTHERS = 0.1  # of the cells that give an old font away; with more nothing is converted

At = tuple[int, int]
"""Row and column, 0-based."""


@dataclass
class OldFonts:
    """`suspects` are all cells that look like an old font, whatever is done with them.

    `columns` and `everywhere` say what is converted; `unicode` counts cells that cannot be
    in an old font, by column.
    """

    suspects: dict[At, str] = field(default_factory=dict)
    unicode: Counter[int] = field(default_factory=Counter)
    columns: dict[int, str] = field(default_factory=dict)
    everywhere: str = ""

    def kind_at(self, at: At) -> str:
        """What a cell is converted from; empty where it is left alone."""
        kind = self.columns.get(at[1], self.everywhere)
        suspected = self.suspects.get(at, kind)
        return suspected if _family(suspected) == _family(kind) else kind

    def converted(self, at: At, cell: str) -> str:
        """The text of a cell as it was meant; texts of only plain letters stay."""
        kind = self.kind_at(at)
        if not kind or (kind != "mojibake" and is_unicode(cell)):
            return cell
        is_plain = cell.isascii() and kind != "tcvn3-capitals"
        return cell if is_plain else convert(cell, kind)


def survey(sheet: Sheet, *, start: int, header_font: str, header_is_unicode: bool) -> OldFonts:
    """Look at every text below the header and decide which columns to convert."""
    fonts, named = OldFonts(), _Named(sheet.fonts)
    for number, row in enumerate(sheet.rows[start:], start):
        for place, cell in enumerate(row):
            if type(cell) is str and not cell.isascii():
                _look(fonts, (number, place), cell, named)
    if fonts.suspects or header_font:
        _decide(fonts, header_font, header_is_unicode)
    return fonts


def font_warning(sheet: str, kinds: set[str], shown: tuple[str, str]) -> str:
    """What to say of a sheet whose texts were converted; `shown` is one of them, both ways."""
    names = " và ".join(FONT_NAMES[kind] for kind in sorted(kinds))
    return (
        f"Trang “{sheet}” có chữ kiểu cũ {names}, đã chuyển sang Unicode, ví dụ “{shown[0]}” "
        f"thành “{shown[1]}”: hãy xem lại tên người và tên ấp."
    )


class _Named:
    """Fonts by the name in the cell's style."""

    def __init__(self, runs: list[FontRun]):
        self.runs: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for kind, column, first, last in runs:
            self.runs[column].append((first, last, kind))
        for column in self.runs.values():
            column.sort()

    def kind_at(self, at: At) -> str:
        runs = self.runs.get(at[1])
        if not runs:
            return ""
        before = bisect(runs, at[0], key=lambda run: run[0]) - 1
        return runs[before][2] if before >= 0 and at[0] <= runs[before][1] else ""


def _look(fonts: OldFonts, at: At, cell: str, named: _Named) -> None:
    kind = looks_like(cell)
    if kind != "mojibake" and is_unicode(cell):
        fonts.unicode[at[1]] += 1
        return
    kind = kind if kind == "mojibake" else named.kind_at(at) or kind
    if kind:
        fonts.suspects[at] = kind


def _decide(fonts: OldFonts, header_font: str, header_is_unicode: bool) -> None:
    by_column: dict[int, Counter[str]] = defaultdict(Counter)
    for (_, place), kind in fonts.suspects.items():
        by_column[place][kind] += 1
    of_sheet = sum(by_column.values(), Counter([header_font] if header_font else []))
    is_whole = not header_is_unicode and _is_clear(of_sheet, fonts.unicode.total())
    if is_whole:
        fonts.everywhere = of_sheet.most_common(1)[0][0]
    for place, kinds in by_column.items():
        is_enough = is_whole or kinds.total() >= LEAST_OF_COLUMN
        if is_enough and _is_clear(kinds, fonts.unicode[place]):
            fonts.columns[place] = kinds.most_common(1)[0][0]


def _is_clear(kinds: Counter[str], unicode: int) -> bool:
    """Nearly all cells that tell are of one family of fonts."""
    families = Counter()
    for kind, count in kinds.items():
        families[_family(kind)] += count
    most = families.most_common(1)[0][1]
    return unicode + families.total() - most <= MOST_OTHERS * most


def _family(kind: str) -> str:
    return kind.partition("-")[0]


def problem_of(cell: Cell, kind: str) -> str:
    """What to say of a single cell in an old font: shown as it may be meant, not kept."""
    meant = convert(cell, kind).strip()[:60] if isinstance(cell, str) else ""
    if kind == "mojibake":
        return f"Chữ bị lỗi mã, có phải “{meant}”? Hãy gõ lại ô này."
    return f"Chữ gõ bằng phông cũ, có phải “{meant}”? Hãy chuyển mã sang Unicode bằng UniKey."

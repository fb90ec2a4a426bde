"""A list inside a sheet: header, rows, totals, and where it ends."""

from collections.abc import Mapping, Sequence

from config.vietnamese.legacy_fonts import is_unicode
from config.workbooks.body import read_body, tidy
from config.workbooks.cells import Cell, Sheet, column_letter
from config.workbooks.headers import find_header, fingerprint, header_cells, in_unicode
from config.workbooks.labels import Column, Header, Label
from config.workbooks.old_fonts import OldFonts, font_warning, survey
from config.workbooks.table import Table
from config.workbooks.titles import unit_of

EXAMPLE_ROWS = 30  # below the header, where the longest converted text is looked for


def find_table(
    sheet: Sheet, columns: Sequence[Column], *, columns_at: Mapping[str, int] | None = None
) -> Table:
    """Find the header by its labels and read the rows below it up to the signatures.

    `columns_at` is a mapping of columns chosen by a person, used instead of the labels. Raises
    HeaderNotUnderstood for a missing or doubled column, UnreadableFile for contradictory units
    of money.
    """
    header = find_header(sheet, columns, columns_at=columns_at)
    mapped = {
        key: header.labels.get(place) or _unnamed(place) for key, place in header.found.items()
    }
    titles = _titles(sheet, header)
    texts = [text for label in mapped.values() for text in (label.own, *label.parents)]
    table = Table(
        sheet=sheet.name,
        header_row=header.row + 1,
        mapping=dict(header.found),
        labels={key: label.own for key, label in mapped.items()},
        titles=titles,
        unit=unit_of(titles, texts),
        headers=header_cells(sheet, header),
        fingerprint=fingerprint(header),
        warnings=list(sheet.warnings),
    )
    used = set(header.found.values())
    table.extra = [label.own for place, label in header.labels.items() if place not in used]
    start = header.row + header.depth
    fonts = survey(
        sheet,
        start=start,
        header_font=header.font,
        header_is_unicode=any(is_unicode(label.own) for label in header.labels.values())
        and not header.font,
    )
    filled_down = _fill_merged(sheet, start, table, columns)
    read_body(sheet, start, table, columns, fonts=fonts, filled_down=filled_down)
    _say_what_was_converted(table, fonts)
    return table


def _unnamed(place: int) -> Label:
    return Label(f"Cột {column_letter(place)}", ())


def _titles(sheet: Sheet, header: Header) -> list[str]:
    above = in_unicode(sheet.rows[: header.row], header.font)
    titles = [tidy(cell) for row in above for cell in row if isinstance(cell, str)]
    return [title for title in titles if title]


def _fill_merged(sheet: Sheet, start: int, table: Table, columns: Sequence[Column]) -> dict:
    """(row, column) → value for columns that fill down; a warning for them and the others."""
    filled: dict[tuple[int, int], Cell] = {}
    spread, unfilled = [], []
    fill_down = {table.mapping.get(column.key) for column in columns if column.fill_down}
    for first_row, column, last_row, _ in sheet.merged:
        if first_row < start or first_row == last_row or column not in table.mapping.values():
            continue
        place = f"{column_letter(column)}{first_row + 1}:{last_row + 1}"
        if column not in fill_down:
            unfilled.append(place)
            continue
        spread.append(place)
        row = sheet.rows[first_row] if first_row < len(sheet.rows) else []
        value = row[column] if column < len(row) else None
        last_row = min(last_row, len(sheet.rows) - 1)
        filled.update({(r, column): value for r in range(first_row + 1, last_row + 1)})
    if spread:
        shown = ", ".join(spread[:5])
        table.warnings.append(f"Có ô gộp ({shown}): giá trị được ghi cho mọi dòng của ô gộp.")
    if unfilled:
        shown = ", ".join(unfilled[:5])
        table.warnings.append(f"Có ô gộp trong danh sách ({shown}): chỉ dòng đầu có giá trị.")
    return filled


def _say_what_was_converted(table: Table, fonts: OldFonts) -> None:
    kinds, example = set(), ("", "")
    for row in table.rows:
        for key, typed in row.typed.items():
            kind = fonts.kind_at((row.number - 1, table.mapping[key]))
            table.fonts.setdefault(key, kind)
            kinds.add(kind)
            if row.number < table.header_row + EXAMPLE_ROWS and len(typed) > len(example[0]):
                example = typed, row.cells[key]
    if kinds:
        shown = " ".join(example[0].split())[:60], " ".join(example[1].split())[:60]
        table.warnings.append(font_warning(table.sheet, kinds, shown))

"""The list in a whole workbook: on one sheet, or on several (one per hamlet) joined."""

from collections.abc import Collection, Mapping, Sequence

from config.workbooks.cells import Sheet, Workbook
from config.workbooks.errors import UnreadableFile
from config.workbooks.headers import HeaderNotUnderstood, fingerprint, likely_header
from config.workbooks.labels import Column
from config.workbooks.table import Table
from config.workbooks.tables import find_table

Layouts = Mapping[str, Mapping[str, int]]
"""Fingerprint of a header → key → 0-based column, as a person said."""


def tables_of(
    workbook: Workbook, columns: Sequence[Column], *, layouts: Layouts | None = None
) -> list[Table]:
    """The tables of all sheets that hold the list, in their order; a template without rows only
    where nothing else is there. Warnings of the workbook are not in them.

    Raises UnreadableFile when no sheet has it: why the one has not that comes nearest.
    """
    tables, refusals = [], []
    for sheet in workbook.sheets:
        try:
            tables.append(_table(sheet, columns, layouts))
        except UnreadableFile as refusal:
            refusals.append(refusal)
    filled = [table for table in tables if table.rows] or tables[:1]
    if not filled:
        raise max(refusals, key=_nearness)
    return filled


def only_table(
    workbook: Workbook, columns: Sequence[Column], *, layouts: Layouts | None = None
) -> Table:
    """The one sheet that holds such a list; its table carries the warnings of the whole file.

    Raises UnreadableFile when no sheet has it or several have.
    """
    tables = tables_of(workbook, columns, layouts=layouts)
    if len(tables) > 1:
        raise UnreadableFile(
            f"Các trang {_names(tables)} đều có danh sách: hãy để mỗi tệp một trang."
        )
    table = tables[0]
    table.warnings = _warnings(workbook, tables) + table.warnings
    return table


def joined_table(
    workbook: Workbook,
    columns: Sequence[Column],
    *,
    sheets: Collection[str] | None = None,
    layouts: Layouts | None = None,
) -> Table:
    """One table of all sheets that hold the list, or of the ones named in `sheets`.

    Its rows and totals carry their sheet, `parts` are the tables of the single sheets. Raises
    UnreadableFile when no sheet has the list, a named one is not there, or money is counted in
    different units.
    """
    chosen = workbook
    if sheets:
        chosen = Workbook(workbook.filename, [s for s in workbook.sheets if s.name in sheets])
        missing = set(sheets) - {sheet.name for sheet in chosen.sheets}
        if missing:
            raise UnreadableFile(f"Tệp không có trang “{min(missing)}”: hãy chọn lại trang.")
    tables = tables_of(chosen, columns, layouts=layouts)
    said = _warnings(workbook, tables, chosen=sheets or ())
    if len(tables) == 1:
        tables[0].warnings = said + tables[0].warnings
        return tables[0]
    return _joined(tables, said)


def _table(sheet: Sheet, columns: Sequence[Column], layouts: Layouts | None) -> Table:
    columns_at = None
    if layouts:
        columns_at = layouts.get(fingerprint(likely_header(sheet, columns)))
    return find_table(sheet, columns, columns_at=columns_at)


def _nearness(refusal: UnreadableFile) -> int:
    """A sheet of other columns is nearer than a cover; the first of equals is taken."""
    return len(refusal.mapping) if isinstance(refusal, HeaderNotUnderstood) else 0


def _warnings(
    workbook: Workbook, tables: list[Table], *, chosen: Collection[str] = ()
) -> list[str]:
    used = {table.sheet for table in tables}
    skipped = [sheet.name for sheet in workbook.sheets if sheet.name not in used]
    return workbook.warnings + [
        f"Trang “{name}” không được chọn nên bỏ qua."
        if chosen and name not in chosen
        else f"Trang “{name}” không phải danh sách này nên bỏ qua."
        for name in skipped
    ]


def _joined(tables: list[Table], said: list[str]) -> Table:
    units = {table.unit for table in tables}
    if len(units) > 1:
        raise UnreadableFile(
            f"Các trang {_names(tables)} ghi đơn vị tính khác nhau: hãy dùng một đơn vị."
        )
    first = tables[0]
    counted = ", ".join(f"“{table.sheet}” {len(table.rows)} dòng" for table in tables)
    joined = Table(
        sheet=first.sheet,
        header_row=first.header_row,
        mapping=first.mapping,
        labels=first.labels,
        titles=[title for table in tables for title in table.titles],
        unit=first.unit,
        headers=first.headers,
        fingerprint=first.fingerprint,
        parts=tables,
    )
    joined.warnings = [
        *said,
        f"Danh sách nằm ở {len(tables)} trang, đã gộp lại: {counted}. Nếu không đúng, hãy chọn "
        "một trang.",
    ]
    for table in tables:
        joined.rows += table.rows
        joined.totals += table.totals
        joined.extra += [label for label in table.extra if label not in joined.extra]
        joined.warnings += [_of_sheet(table.sheet, warning) for warning in table.warnings]
        joined.fonts |= table.fonts
    return joined


def _of_sheet(name: str, warning: str) -> str:
    return warning if f"“{name}”" in warning else f"Trang “{name}”: {warning}"


def _names(tables: list[Table]) -> str:
    return ", ".join(f"“{table.sheet}”" for table in tables)

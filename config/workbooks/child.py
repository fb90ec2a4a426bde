"""`python -m config.workbooks.child MAX_ROWS`: a workbook on stdin, its cells as JSON on stdout.

With `--kept` instead of a number: the bytes that may be stored, without macros.

The parse runs in a process of its own with little memory and time, so that a file made to
hurt kills nothing but this process. Imports no Django: it must start at once.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from config.workbooks.cell_fonts import font_runs, old_font_styles
from config.workbooks.cells import EmptyFormula
from config.workbooks.delimited import read_text
from config.workbooks.errors import UnreadableFile
from config.workbooks.kinds import damaged, kind_of, password_protected
from config.workbooks.macros import may_have_macros, without_macros
from config.workbooks.ods_xml import examine_ods
from config.workbooks.package import Package, open_package
from config.workbooks.sheet_xml import (
    MOST_BLANK_ROWS,
    MOST_COLUMNS,
    SheetFacts,
    examine,
    too_many_rows,
)

MEMORY = 1024**3
CPU_SECONDS = 30
LARGEST_ANSWER = 100 * 1024 * 1024
LONGEST_TEXT = 32_767

OLD_FORMAT_WARNING = (
    "Tệp {} kiểu cũ: ô báo lỗi hoặc công thức chưa tính được đọc là ô trống, hãy kiểm tra kỹ."
)
MACRO_WARNING = "Tệp có macro: đã bỏ qua, chỉ đọc giá trị trong ô."
STYLES = "xl/styles.xml"


def main() -> None:
    limit_resources()
    data = sys.stdin.buffer.read()
    try:
        if sys.argv[1] == "--kept":
            answer = without_macros(data)
        else:
            answer = _as_json(read(data, max_rows=int(sys.argv[1])))
        if len(answer) > LARGEST_ANSWER:
            raise too_large()
    except UnreadableFile as refusal:
        answer = _as_json({"refusal": str(refusal)})
    except MemoryError:
        answer = _as_json({"refusal": str(too_large())})
    sys.stdout.buffer.write(answer)


def _as_json(answer: dict) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode("ascii")


def limit_resources() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def too_large() -> UnreadableFile:
    return UnreadableFile("Tệp chứa quá nhiều dữ liệu: hãy chia danh sách thành nhiều tệp.")


def read(data: bytes, *, max_rows: int) -> dict:
    """Sheets and warnings, ready for JSON."""
    kind = kind_of(data)
    if kind == "text":
        return read_text(data, max_rows=max_rows)
    try:
        if kind == "xls":
            return _read_old(data, max_rows=max_rows)
        package = open_package(data)
        if package.kind == "xlsx":
            return _read_package(package, data, max_rows=max_rows)
        return _read_other(package, data, max_rows=max_rows)
    except PasswordError:
        raise password_protected() from None
    except CalamineError:
        raise damaged() from None


def _read_package(package: Package, data: bytes, *, max_rows: int) -> dict:
    facts, replaced = {}, {}
    styles = old_font_styles(package.read(STYLES)) if STYLES in package.names() else {}
    for part in package.sheets:
        if part.is_hidden:
            package.warnings.append(_hidden_sheet(part.name))
            continue
        found = facts[part.name] = examine(
            package.read(part.path), name=part.name, max_rows=max_rows
        )
        if styles:
            found.fonts = font_runs(found.xml, styles)
        if found.is_cut:
            replaced[part.path] = found.xml
        found.xml = b""
    book = _opened(package.rewritten(replaced) if replaced else data)
    sheets = [_sheet(book.get_sheet_by_name(name), found) for name, found in facts.items()]
    return {"sheets": sheets, "warnings": package.warnings}


def _read_old(data: bytes, *, max_rows: int) -> dict:
    read = _read_visible(_opened(data), {}, max_rows=max_rows)
    read["warnings"].insert(0, OLD_FORMAT_WARNING.format(".xls"))
    if may_have_macros(data):
        read["warnings"].append(MACRO_WARNING)
    return read


def _read_other(package: Package, data: bytes, *, max_rows: int) -> dict:
    """.xlsb and .ods: the same checks of the package, fewer facts."""
    is_ods, book = package.kind == "ods", _opened(data)
    facts = examine_ods(package.read("content.xml")) if is_ods else {}
    read = _read_visible(book, facts, max_rows=max_rows)
    kind = [] if is_ods else [OLD_FORMAT_WARNING.format(".xlsb").replace(" kiểu cũ", "")]
    read["warnings"] = kind + package.warnings + read["warnings"]
    return read


def _opened(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _read_visible(book: CalamineWorkbook, facts: dict[str, SheetFacts], *, max_rows: int) -> dict:
    sheets, warnings = [], []
    for described in book.sheets_metadata:
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        if described.visible != SheetVisibleEnum.Visible:
            warnings.append(_hidden_sheet(described.name))
            continue
        known = facts.get(described.name) or SheetFacts(b"")
        sheet = _sheet(book.get_sheet_by_name(described.name), known)
        if sum(map(bool, sheet["rows"])) > max_rows:
            raise too_many_rows(described.name, max_rows)
        sheets.append(sheet)
    return {"sheets": sheets, "warnings": warnings}


def _hidden_sheet(name: str) -> str:
    return f"Trang “{name}” đang ẩn nên không được đọc: hãy bỏ ẩn nếu cần nhập."


def _sheet(sheet: CalamineSheet, facts: SheetFacts) -> dict:
    rows = _until_blank(sheet.to_python(skip_empty_area=False), facts)
    written = [_row(row) for row in rows]
    for (row, column), mark in facts.marks.items():
        if row < len(written):
            cells = written[row]
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = ["f"] if isinstance(mark, EmptyFormula) else ["e", mark.text]
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
    return {
        "name": sheet.name,
        "rows": written,
        "hidden_rows": facts.hidden_rows,
        "merged": merged or facts.merged,
        "fonts": facts.fonts,
        "warnings": facts.warnings,
    }


def _until_blank(rows: list[list], facts: SheetFacts) -> list[list]:
    """Up to the last filled row before 1,000 blank ones; formula marks fill a row too."""
    marked = {row for row, _ in facts.marks}
    last = -1
    for number, row in enumerate(rows):
        if number in marked or any(cell != "" for cell in row):
            last = number
        elif number - last > MOST_BLANK_ROWS:
            break
    if marked and max(marked) > last:
        rows = rows + [[] for _ in range(max(marked) + 1 - len(rows))]
        last = max(marked)
    return rows[: last + 1]


def _row(row: list) -> list:
    cells = [_cell(cell) for cell in row[:MOST_COLUMNS]]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        if len(cell) > LONGEST_TEXT:
            raise too_large()
        return cell or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    return str(cell) if isinstance(cell, time | timedelta) else cell


if __name__ == "__main__":
    main()

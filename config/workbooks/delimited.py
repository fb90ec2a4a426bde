"""Text files with a delimiter (CSV, TXT): their cells, and what was guessed. In the child only."""

import csv
import io
import re
from collections.abc import Iterator

from config.workbooks.encodings import decode
from config.workbooks.errors import UnreadableFile
from config.workbooks.sheet_xml import MOST_BLANK_ROWS, MOST_COLUMNS, too_many_rows

SHEET = "CSV"
LONGEST_FIELD = 32_767
DELIMITERS = {
    ",": "dấu phẩy (,)",
    ";": "dấu chấm phẩy (;)",
    "\t": "dấu tab",
    "|": "dấu gạch đứng (|)",
}
SAID_FIRST = re.compile(r'\s*"?sep=([^\w"\s]|\t)"?[^\w\r\n]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
SAMPLE_LETTERS, SAMPLE_ROWS = 100_000, 200
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,8})")
END_OF_FILE = "\x1a\0"
AS_TEXT = re.compile(r'="([^"]*)"')


def read_text(data: bytes, *, max_rows: int) -> dict:
    """One sheet of texts and whole numbers, ready for JSON; raises UnreadableFile."""
    text, encoding = decode(data)
    text = text.rstrip(END_OF_FILE)
    said = SAID_FIRST.match(text)
    if said:
        text, delimiter = text[said.end() :], said.group(1)
    else:
        delimiter = _sniffed(text)
    sheet = {"name": SHEET, "rows": [], "hidden_rows": [], "merged": [], "fonts": []}
    sheet["warnings"] = []
    _fill(sheet, _records(text, delimiter), max_rows)
    shown = DELIMITERS.get(delimiter, f"“{delimiter}”")
    guess = (
        f"Tệp văn bản (CSV) được đọc theo bảng mã {encoding}, các cột cách nhau bằng {shown}: "
        "hãy xem lại chữ có dấu và các cột."
    )
    return {"sheets": [sheet], "warnings": [guess]}


def _sniffed(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells, and into many."""
    sample = text[:SAMPLE_LETTERS]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> int:
    widths: dict[int, int] = {}
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows):
            widths[len(row)] = widths.get(len(row), 0) + 1
            if number == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows as they come; quotes are taken strictly, for a stray one would swallow rows."""
    csv.field_size_limit(LONGEST_FIELD)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise UnreadableFile(
                    f"Dòng {number} có ô dài quá 32.767 ký tự, có thể do dấu nháy kép mở mà "
                    "không đóng: hãy sửa dòng này rồi nhập lại."
                ) from None
            raise UnreadableFile(
                f'Dòng {number} có dấu nháy kép (") mở mà không đóng: '
                "hãy sửa dòng này rồi nhập lại."
            ) from None


def _fill(sheet: dict, records: Iterator[list[str]], max_rows: int) -> None:
    filled, last, is_wide = 0, -1, False
    for number, record in enumerate(records):
        row = [_cell(cell) for cell in record[:MOST_COLUMNS]]
        is_wide = is_wide or any(record[MOST_COLUMNS:])
        while row and row[-1] is None:
            row.pop()
        if row:
            filled, last = filled + 1, number
        elif number - last > MOST_BLANK_ROWS:
            break
        if filled > max_rows:
            raise too_many_rows(SHEET, max_rows)
        sheet["rows"].append(row)
    del sheet["rows"][last + 1 :]
    if is_wide:
        sheet["warnings"].append(f"Chỉ đọc {MOST_COLUMNS} cột đầu, các cột sau bỏ qua.")


def _cell(text: str) -> str | int | None:
    """Whole numbers as numbers, as Excel would; one with a leading zero stays a text."""
    bare = text.strip()
    if WHOLE.fullmatch(bare):
        return int(bare)
    kept = AS_TEXT.fullmatch(bare)
    if kept:
        return kept.group(1) or None
    return text if bare else None

"""The list of 2024 of xã Mỹ Thạnh, made from its list of 2023, and the arithmetic by hand."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from demo.sample import FILES

OLD = FILES / "ho-ngheo" / "28051-my-thanh.xlsx"
FIRST = 6  # the first line below the two rows of headings
CODE, HAMLET, NAME, BORN, NUMBER, MEMBERS, POINTS_A, POINTS_B, KIND = 1, 2, 3, 5, 7, 8, 9, 10, 11
KINDS = {"Nghèo": "poor", "Cận nghèo": "near_poor", "Khó khăn": "hardship"}
ROSE = 4  # poor households that become near-poor
ABSENT = {"poor": 3, "near_poor": 2, "hardship": 1}
DECISION = ("125/QĐ-UBND", "20/12/2023")
NEW = [
    ("28051-0101", "Ấp 1", "Hồ Văn Thử Một", 1970, "099070000101", 4, 120, 40, "Nghèo"),
    ("28051-0102", "Ấp 2", "Hồ Thị Thử Hai", 1982, "099182000102", 3, 125, 30, "Nghèo"),
    ("28051-0103", "Ấp 3", "Hồ Văn Thử Ba", 1990, "099090000103", 2, 130, 20, "Cận nghèo"),
]


@dataclass(frozen=True)
class Made:
    """The file, and what was put into it: everything else is computed from this."""

    path: Path
    before: Counter  # households of 2023 by class
    after: Counter  # lines of 2024 by class
    rose: list[str]  # names
    absent: dict[str, list[str]]  # class → names
    rows: int


def make_list(folder: Path) -> Made:
    """Write the file: four rise, six are missing, three are new, everybody else stays."""
    book = openpyxl.load_workbook(OLD)
    sheet = book.active
    lines = _lines(sheet)
    before = Counter(KINDS[line[KIND].value] for line in lines)
    absent = {kind: _of(lines, kind)[-count:] for kind, count in ABSENT.items()}
    rose = _of(lines, "poor")[:ROSE]
    for line in rose:
        line[POINTS_B].value, line[KIND].value = 20, "Cận nghèo"
    gone = {line[CODE].value for lines_of in absent.values() for line in lines_of}
    names = {kind: [_name(line) for line in lines_of] for kind, lines_of in absent.items()}
    stays = [[cell.value for cell in line] for line in lines if line[CODE].value not in gone]
    rows = stays + [_new_line(sheet.max_column, *one) for one in NEW]
    _write(sheet, rows, members=sum(int(row[MEMBERS]) for row in rows))
    path = folder / "danh-sach-2024.xlsx"
    book.save(path)
    after = Counter(dict.fromkeys(KINDS.values(), 0))
    after.update(KINDS[row[KIND]] for row in rows)
    return Made(path, before, after, [_name(line) for line in rose], names, len(rows))


def _lines(sheet) -> list[tuple]:
    lines = sheet.iter_rows(min_row=FIRST, max_row=sheet.max_row)
    return [line for line in lines if isinstance(line[0].value, int)]


def _of(lines: list[tuple], kind: str) -> list[tuple]:
    return [line for line in lines if KINDS[line[KIND].value] == kind]


def _name(line: tuple) -> str:
    """As the registry writes it: some cells hold letters and marks apart."""
    return " ".join(unicodedata.normalize("NFC", line[NAME].value).split())


def _new_line(width: int, code, hamlet, name, born, number, members, a, b, kind) -> list:
    line = [None] * width
    for place, value in (
        (CODE, code), (HAMLET, hamlet), (NAME, name), (BORN, born), (NUMBER, number),
        (MEMBERS, members), (POINTS_A, a), (POINTS_B, b), (KIND, kind),
    ):  # fmt: skip
        line[place] = value
    return line


def _write(sheet, rows: list[list], *, members: int) -> None:
    """The title of the new year with its decision, the lines numbered anew, the sum below."""
    number, day = DECISION
    sheet["A2"].value = str(sheet["A2"].value).replace("2023", "2024")
    sheet["A3"].value = f"(Kèm theo Quyết định số {number} ngày {day} của UBND xã Mỹ Thạnh)"
    sheet.delete_rows(FIRST, sheet.max_row)
    for position, row in enumerate(rows):
        for column, value in enumerate([position + 1, *row[1:]], start=1):
            sheet.cell(FIRST + position, column, value)
    last = FIRST + len(rows)
    sheet.cell(last, NAME + 1, "TỔNG CỘNG")
    sheet.cell(last, MEMBERS + 1, members)

"""Household lists of any length in the form that communes send, with all its faults.

Two-row header, twelve indicators, days in three forms, lost zeros, decomposed accents, stray
spaces, total row, signatures. Invented people under the unassigned province code 099.
"""

import io
import random
import unicodedata
from datetime import date
from itertools import product

import xlsxwriter

from committees.models import Committee
from households.lists import columns
from households.lists.columns import GROUP

LABELS = [
    "STT", "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "Số CCCD",
    "Số nhân khẩu", "Điểm A", "Điểm B", "Phân loại",
]  # fmt: skip
# Of the standard 2022–2026.
INDICATOR_LABELS = {
    code: labels[0]
    for code, labels in columns.INDICATOR_LABELS.items()
    if code not in ("dich_vu_y_te", "xu_ly_chat_thai")
}
SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lý"]
MIDDLE = {
    "Nam": ["Văn", "Hữu", "Quốc", "Minh", "Đức", "Thanh"],
    "Nữ": ["Thị", "Ngọc", "Kim", "Mỹ", "Thu", "Hồng"],
}
SECOND = ["", "An", "Bảo", "Hoài", "Khánh", "Phương", "Thành", "Tường", "Uyên", "Xuân"]
GIVEN = [
    "Ánh", "Bích", "Cúc", "Diễm", "Dũng", "Đạt", "Hải", "Hạnh", "Hòa", "Huệ", "Hùng", "Khánh",
    "Lâm", "Liên", "Mai", "Phúc", "Phượng", "Quang", "Sơn", "Tâm", "Thắng", "Thủy", "Trang",
    "Tuyết", "Út", "Vinh", "Yến",
]  # fmt: skip
HAMLETS = 12


def hamlet_names() -> list[str]:
    """The hamlets that the made lists name."""
    return [f"Ấp {number}" for number in range(1, HAMLETS + 1)]


def make_list(commune: Committee, households: int, *, year: int = 2023, seed: int = 1) -> bytes:
    """An .xlsx file with this many households of ``commune``, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - invented people, no secret
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Danh sách")
    _write_head(sheet, commune, year)
    people = _people(chance)
    members = 0
    for number in range(1, households + 1):
        line = _line(chance, commune, number, next(people))
        members += line[8]
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(4 + number, column, value)
            elif value is not None:
                sheet.write(4 + number, column, value)
    sheet.write(5 + households, 3, "TỔNG CỘNG")
    sheet.write(5 + households, 8, members)
    sheet.write(7 + households, 8, "TM. BAN THƯỜNG TRỰC")
    book.close()
    return buffer.getvalue()


def _write_head(sheet, commune: Committee, year: int) -> None:
    sheet.write(0, 0, f"ỦY BAN MTTQ VIỆT NAM {commune.name.upper()}")
    sheet.write(1, 0, f"DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ CÓ HOÀN CẢNH KHÓ KHĂN NĂM {year}")
    last = len(LABELS) + len(INDICATOR_LABELS)
    for column, label in enumerate(LABELS):
        sheet.merge_range(3, column, 4, column, label)
    sheet.merge_range(3, len(LABELS), 3, last - 1, GROUP)
    for column, label in enumerate(INDICATOR_LABELS.values(), start=len(LABELS)):
        sheet.write(4, column, label)
    sheet.merge_range(3, last, 4, last, "Ghi chú")


def _people(chance: random.Random):
    """Names with their sex; past the first hundred thousand they come again."""
    while True:
        names = [
            (sex, " ".join(filter(None, (surname, middle, second, given))))
            for sex in ("Nam", "Nữ")
            for surname, middle, second, given in product(SURNAMES, MIDDLE[sex], SECOND, GIVEN)
        ]
        chance.shuffle(names)
        yield from names


def _line(chance: random.Random, commune: Committee, number: int, person: tuple) -> list:
    sex, name = person
    born = date(chance.randint(1935, 1998), chance.randint(1, 12), chance.randint(1, 28))
    ticks = [chance.random() < 0.22 for _ in INDICATOR_LABELS]
    income, deprivation = chance.randint(80, 150), 10 * sum(ticks)
    kind = "Nghèo" if deprivation >= 30 else "Cận nghèo"
    if income > 140:
        kind = "Khó khăn"
    return [
        number,
        f"{commune.code}-{number:05d}",
        f"Ấp {chance.randint(1, HAMLETS)}",
        _spoilt(chance, name),
        sex,
        chance.choice([born, f"{born:%d/%m/%Y}", born.year]),
        "Kinh",
        _number(chance, sex, born, number),
        chance.randint(1, 8),
        income,
        deprivation,
        kind,
        *("x" if tick else None for tick in ticks),
    ]


def _spoilt(chance: random.Random, name: str) -> str:
    draw = chance.random()
    if draw < 0.1:
        return unicodedata.normalize("NFD", name)
    return f"  {name} " if draw < 0.15 else name


def _number(chance: random.Random, sex: str, born: date, number: int) -> str | int | None:
    if chance.random() < 0.04:
        return None
    digits = f"099{int(sex == 'Nữ')}{born:%y}{number:06d}"
    return int(digits) if chance.random() < 0.2 else digits

"""Communes with registers, households, and household lists as spreadsheets."""

import io
import json
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import xlsxwriter

from committees.models import Committee, User
from committees.people import system_user
from config import clock
from households.actions import registering
from households.actions.hardship import Hardship, propose_hardship
from households.actions.listing import Listed
from households.identity import Identity
from households.models import HardshipCase, Household
from tests.factories.committees import make_unit

LISTS = Path("demo/thu-thua-2023/ho-ngheo")
EXPECTED = Path("tests/data/thu-thua-2023-expected.json")
LABELS = [
    "STT", "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "Số CCCD",
    "Số nhân khẩu", "Điểm A", "Điểm B", "Phân loại", "Ghi chú",
]  # fmt: skip
GOOD = {
    "Mã hộ": "H-0001", "Thôn/ấp": "Ấp 1", "Họ và tên chủ hộ": "Đặng Thị Thử", "Giới tính": "Nữ",
    "Ngày sinh": "05/03/1987", "Dân tộc": "Kinh", "Số CCCD": "099187094950", "Số nhân khẩu": 5,
    "Điểm A": 110, "Điểm B": 30, "Phân loại": "Nghèo",
}  # fmt: skip

_numbers = count(1)


def make_thu_thua() -> dict[str, Committee]:
    """The district of the sample lists with its twelve communes, by code."""
    expected = json.loads(EXPECTED.read_text())
    district = make_unit("district", "Huyện Thủ Thừa", parent=make_unit("province"), code="804")
    return {"804": district} | {
        code: make_unit("commune", commune["name"], parent=district, code=code)
        for code, commune in expected["communes"].items()
    }


def make_household(hamlet: Committee, *, by: User | None = None, year=None, **details) -> Household:
    """A household of ``hamlet``; poor on the list of ``year`` if one is given."""
    number = next(_numbers)
    identity = Identity(details.pop("number", ""))
    kind = details.pop("kind", "poor")
    details = {
        "head_name": f"Nguyễn Văn Thử {'ABCDEGHIKL'[number % 10]}",
        "area": "rural",
    } | details
    return registering.register_household(
        hamlet,
        details={"code": f"T-{number:05d}", "members_declared": 4} | details,
        number=identity,
        listed=Listed(year, kind) if year else None,
        by=by or system_user(),
    )


def make_hardship(hamlet: Committee, *, by: User | None = None, **said) -> HardshipCase:
    """A proposal of ``hamlet``, for half a year from today; ``household`` if it names one."""
    household = said.pop("household", None)
    details = {"head_name": "Lê Thị Thử", "sex": "female", "birth_year": 1960, "address": "",
               "members_declared": 2}  # fmt: skip
    said = {
        "reasons": ["illness"],
        "story": "Chủ hộ ốm dài ngày, không làm được việc.",
        "until": clock.today() + timedelta(days=180),
    } | said
    return propose_hardship(
        hamlet,
        said=Hardship(details=details | said.pop("details", {}), **said),
        household=household,
        by=by or system_user(),
    )


def national_id(number: int, *, sex: str = "male", year: int = 1970) -> str:
    """An invented CCCD under the unassigned province code 099."""
    digit = (year // 100 - 19) * 2 + (sex == "female")
    return f"099{digit}{year % 100:02d}{number:06d}"


def household_list(
    commune: Committee,
    *rows: dict,
    year: int = 2023,
    labels: list[str] = LABELS,
    titles: list[str] | None = None,
) -> bytes:
    """An .xlsx list of ``commune``; each row is ``GOOD`` with some cells changed."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Danh sách")
    titles = titles or [
        f"ỦY BAN MTTQ VIỆT NAM {commune.name.upper()}",
        f"DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {year}",
    ]
    for number, title in enumerate(titles):
        sheet.write_string(number, 0, title)
    sheet.write_row(3, 0, labels)
    for number, row in enumerate(rows, start=1):
        cells = GOOD | {"STT": number} | row
        for column, label in enumerate(labels):
            _write(sheet, 3 + number, column, cells.get(label))
    book.close()
    return buffer.getvalue()


def _write(sheet, row: int, column: int, value: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, str) and not value.startswith("="):
        sheet.write_string(row, column, value)
    else:
        sheet.write(row, column, value)

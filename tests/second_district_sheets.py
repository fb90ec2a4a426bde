"""The lists of a made-up district as spreadsheets, tidy or as people really type them."""

import random
import unicodedata
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.second_district import Commune, District, House
from tests.second_district_people import Household

INDICATORS = (
    "Việc làm", "Người phụ thuộc", "Dinh dưỡng", "BHYT", "Trình độ GD người lớn",
    "Đi học của trẻ em", "Chất lượng nhà ở", "Diện tích nhà ở", "Nguồn nước", "Nhà tiêu",
    "Dịch vụ viễn thông", "Phương tiện thông tin",
)  # fmt: skip
GROUP = "Chỉ số thiếu hụt"
SERIAL_DAY_ZERO = date(1899, 12, 30)


class Typist:
    """Types cells: always the same way when tidy, in every way that files show otherwise."""

    def __init__(self, seed: int, *, is_untidy: bool) -> None:
        self.rng = random.Random(seed)
        self.is_untidy = is_untidy

    def often(self) -> bool:
        return self.is_untidy and self.rng.random() < 0.3

    def text(self, text: str) -> str:
        if not self.often():
            return text
        return self.rng.choice(
            (unicodedata.normalize("NFD", text), f"  {text} ", text.replace(" ", "\u00a0"),
             text.replace(" ", "  "), f"{text}\u200b")
        )  # fmt: skip

    def name(self, name: str) -> str:
        return name.upper() if self.often() else self.text(name)

    def day(self, day: date | None) -> object:
        if day is None:
            return None
        ways: tuple = (day, f"{day:%d/%m/%Y}")
        if self.is_untidy:
            ways += (f"{day:%d-%m-%Y}", f"{day.day}.{day.month}.{day.year} ",
                     f"{day:%Y-%m-%d}", (day - SERIAL_DAY_ZERO).days)  # fmt: skip
        return self.rng.choice(ways)

    def money(self, amount: int) -> object:
        dots = f"{amount:,}".replace(",", ".")
        ways: tuple = (amount, dots, f"{dots} đ")
        if self.is_untidy:
            ways += (f"{dots}đ", f"{amount:,}", float(amount), f" {dots} đồng", str(amount))
        return self.rng.choice(ways)

    def hamlet(self, hamlet: str) -> str:
        """ "Thôn 1", "THÔN 01", "thôn I", "Thôn số 1"."""
        kind, _, number = hamlet.rpartition(" ")
        if not (self.often() and number.isdigit()):
            return self.text(hamlet)
        roman = ("I", "II", "III", "IV", "V")[int(number) - 1]
        ways = (f"{kind.upper()} 0{number}", f"{kind} {roman}", f"{kind} số {number}")
        return self.rng.choice(ways)

    def code(self, code: str) -> str:
        """A code joined from a number cell has lost its leading zero."""
        return code.removeprefix("0") if self.often() else self.text(code)

    def unit(self, name: str) -> str:
        if not self.often():
            return self.text(name)
        for kind, short in (("Thị trấn", "TT."), ("Phường", "P."), ("Xã", "X.")):
            name = name.replace(f"{kind} ", f"{short} ")
        return name


def write_lists(district: District, folder: Path) -> list[tuple[str, ...]]:
    """Write every file; the commands that bring the district into a database, in order."""
    variant = district.variant
    first, last = variant.window
    typist = Typist(variant.seed, is_untidy=variant.is_untidy)
    root = f"{variant.root}@{first}"
    window = ("--from", f"{first}", "--to", f"{last}")
    commands = [("open_campaign", "--year", f"{variant.year}", *window, "--root", root)]
    for unit in (district.root_unit, *district.communes):
        for account, amount, on in unit.openings:
            opening = ("--account", account, "--amount", f"{amount}", "--on", f"{on}")
            commands.append(("open_fund", "--committee", f"{unit.code}@{first}", *opening))
    lists = [
        *_household_lists(district, typist),
        *(("receipts", unit, _receipts(unit, typist)) for unit in
          (district.root_unit, *district.communes) if unit.gifts),
        *(("support", unit, _support(unit, district, typist)) for unit in district.communes
          if unit.helps),
        ("houses", district.root_unit, _houses(district, typist)),
        ("welfare", district.root_unit, _welfare(district, typist)),
    ]  # fmt: skip
    for number, (kind, unit, (titles, rows)) in enumerate(lists):
        path = folder / f"{number:02d}-{kind}-{unit.code}.xlsx"
        _write(path, titles, rows, typist, group=GROUP if kind == "households" else "")
        where = ("--committee", f"{unit.code}@{first}", "--commit")
        commands.append((f"import_{kind}", f"{path}", *where))
    return commands


def _titles(unit: Commune, rest: str, *, of_fund: bool = False) -> list[str]:
    board = ' - BAN VẬN ĐỘNG QUỸ "VÌ NGƯỜI NGHÈO"' if of_fund else ""
    return [f"ỦY BAN MTTQ VIỆT NAM {unit.name.upper()}{board}", rest]


def _household_lists(district: District, typist: Typist) -> list[tuple]:
    """The list of the year; of the first two communes also the year before, early and late."""
    year = district.variant.year
    early, late = district.communes[:2]
    order = [(commune, year) for commune in district.communes]
    if district.variant.has_old_lists:
        order = [(early, year - 1), *order, (late, year - 1)]
    return [
        ("households", commune, _households(commune, listed, district, typist))
        for commune, listed in order
    ]


def _households(commune: Commune, year: int, district: District, typist: Typist) -> tuple:
    title = f"DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ CÓ HOÀN CẢNH KHÓ KHĂN NĂM {year}"
    label = district.variant.hamlet_label
    listed = [household for household in commune.households if year in household.classes]
    rows = [_household_row(household, year, label, typist) for household in listed]
    total = {"Họ và tên chủ hộ": "TỔNG CỘNG", "Số nhân khẩu": sum(h.members for h in listed)}
    return _titles(commune, title), [*rows, total]


def _household_row(household: Household, year: int, label: str, typist: Typist) -> dict:
    number, born = household.number, household.born
    if typist.rng.random() < 0.3:
        number = int(number)  # Excel drops the leading zero
    ticks = {name: "x" if n in household.ticks else None for n, name in enumerate(INDICATORS)}
    kind = household.classes[year]
    return {
        "Mã hộ": typist.code(household.code),
        label: typist.hamlet(household.hamlet),
        "Họ và tên chủ hộ": typist.name(household.name),
        "Giới tính": household.sex,
        "Ngày sinh": born.year if typist.rng.random() < 0.3 else typist.day(born),
        "Dân tộc": household.ethnicity,
        "Số CCCD": number,
        "Số nhân khẩu": household.members,
        "Điểm A": household.points[0],
        "Điểm B": household.points[1],
        "Phân loại": f"Hộ {kind.lower()}" if typist.often() else kind,
        **ticks,
        "Ghi chú": None,
    }


def _receipts(unit: Commune, typist: Typist) -> tuple:
    rows = []
    for gift in typist.rng.sample(unit.gifts, len(unit.gifts)):
        name, measure, quantity, price = gift.goods or (None, None, None, None)
        rows.append(
            {
                "Ngày": typist.day(gift.day),
                "Đơn vị, cá nhân ủng hộ": typist.text(gift.giver),
                "Đối tượng": gift.donor_kind,
                "Hình thức": typist.text(gift.form),
                "Số tiền (đồng)": None if gift.goods else typist.money(gift.amount),
                "Hiện vật": name,
                "ĐVT": measure,
                "Số lượng": quantity,
                "Đơn giá": typist.money(price) if price else None,
            }
        )
    title = 'DANH SÁCH ỦNG HỘ QUỸ "VÌ NGƯỜI NGHÈO" NĂM'
    return _titles(unit, f"{title} {unit.gifts[0].day.year}", of_fund=True), rows


def _support(commune: Commune, district: District, typist: Typist) -> tuple:
    variant = district.variant
    rows = [
        {
            "Ngày": typist.day(given.day),
            "Mã hộ": typist.code(given.household.code),
            "Họ và tên chủ hộ": typist.name(given.household.name),
            variant.hamlet_label: typist.hamlet(given.household.hamlet),
            "Nội dung hỗ trợ": typist.text(given.kind),
            "Nguồn": typist.text(given.giver or typist.rng.choice(variant.own_fund)),
            "Giá trị (đồng)": typist.money(given.value),
        }
        for given in sorted(commune.helps, key=lambda given: given.day)
    ]
    title = f"DANH SÁCH HỘ ĐƯỢC HỖ TRỢ TRONG THÁNG CAO ĐIỂM NĂM {variant.year}"
    return _titles(commune, title), rows


def _houses(district: District, typist: Typist) -> tuple:
    rows = [_house_row(house, district, typist) for house in district.houses]
    title = f"DANH SÁCH NHÀ ĐẠI ĐOÀN KẾT NĂM {district.variant.year}"
    return _titles(district.root_unit, title), rows


def _house_row(house: House, district: District, typist: Typist) -> dict:
    variant = district.variant
    return {
        "Mã hộ": typist.code(house.household.code),
        "Họ và tên chủ hộ": typist.name(house.household.name),
        variant.commune_label: typist.unit(house.commune.name),
        variant.hamlet_label: typist.hamlet(house.household.hamlet),
        "Đối tượng": house.household.classes[variant.year],
        "Xây mới/Sửa chữa": "Xây mới" if house.is_new else "Sửa chữa",
        "Diện tích (m²)": typist.rng.choice((40, 45.5, None)),
        variant.fund_label: typist.money(house.fund) if house.fund else None,
        "Đơn vị tài trợ": house.sponsor or None,
        "Tài trợ": typist.money(house.sponsored) if house.sponsored else 0,
        "Gia đình đối ứng": house.family,
        "Ngày công": house.labour or None,
        "Ngày khởi công": typist.day(house.started),
        "Ngày hoàn thành": typist.day(house.completed),
        "Ngày bàn giao": typist.day(house.handed_over),
    }


def _welfare(district: District, typist: Typist) -> tuple:
    rows = [
        {
            "Ngày": typist.day(given.day),
            district.variant.commune_label: typist.unit(given.commune.name),
            "Đơn vị thực hiện": typist.text(given.giver),
            "Nội dung": "Tặng quà hộ khó khăn (chưa có danh sách)",
            "Số suất": given.portions,
            "Trị giá (đồng)": typist.money(given.value),
        }
        for given in district.welfare
    ]
    title = f"TỔNG HỢP AN SINH XÃ HỘI CHƯA CÓ DANH SÁCH, NĂM {district.variant.year}"
    return _titles(district.root_unit, title), rows


def _columns(rows: list[dict], typist: Typist) -> list[str]:
    """Untidy lists have another order, no running number and a column more."""
    labels = list(rows[0])
    plain = [label for label in labels if label not in INDICATORS]
    if typist.is_untidy:
        typist.rng.shuffle(plain)
        plain = [*plain, "Ký nhận"]
    else:
        plain = ["STT", *plain]
    return plain + [label for label in labels if label in INDICATORS]


def _write(path: Path, titles: list[str], rows: list[dict], typist: Typist, *, group: str) -> None:
    """Titles, an empty row, the header (of two rows under ``group``), the lines, signatures."""
    columns = _columns(rows, typist)
    book = Workbook()
    sheet = book.active
    for number, title in enumerate(titles, start=1):
        sheet.cell(number, 1, typist.text(title))
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(columns))
    _write_header(sheet, columns, typist, group=group)
    row = 6 if group else 5
    for number, cells in enumerate(rows, start=1):
        row += 1 if typist.often() else 0
        is_total = "TỔNG CỘNG" in cells.values()
        for column, label in enumerate(columns, start=1):
            is_number = label == "STT" and not is_total
            sheet.cell(row, column, number if is_number else cells.get(label))
        row += 1
    sheet.cell(row + 1, 3, "TM. BAN THƯỜNG TRỰC")
    sheet.cell(row + 2, 3, "CHỦ TỊCH")
    book.save(path)


def _write_header(sheet, columns: list[str], typist: Typist, *, group: str) -> None:
    inside = [n for n, label in enumerate(columns, start=1) if group and label in INDICATORS]
    for column, label in enumerate(columns, start=1):
        is_inside = column in inside
        sheet.cell(5 if is_inside else 4, column, typist.text(label))
        if group and not is_inside:
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    if inside:
        sheet.cell(4, inside[0], typist.text(group))
        sheet.merge_cells(start_row=4, end_row=4, start_column=inside[0], end_column=inside[-1])

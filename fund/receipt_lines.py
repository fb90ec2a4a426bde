"""One line of a "Danh sách ủng hộ": its cells read and checked into a gift."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaigns.donors import guess_kind
from campaigns.models import Donor
from committees.intake_rows import Finding, Row
from committees.models import Committee
from config.vietnamese.amounts import grouped, parse_decimal, parse_dong
from config.vietnamese.dates import format_date, parse_date
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import clean, fold
from config.workbooks import Column, Table, TableRow
from fund.models import Receipt

COLUMNS = (
    Column("date", ("Ngày", "Ngày ủng hộ", "Ngày tháng", "Ngày nộp")),
    Column(
        "name",
        ("Đơn vị, cá nhân ủng hộ", "Đơn vị, cá nhân", "Họ và tên", "Người ủng hộ", "Tên đơn vị"),
    ),
    Column("kind", ("Đối tượng", "Loại đối tượng"), required=False),
    Column("form", ("Hình thức", "Hình thức ủng hộ"), required=False),
    Column("amount", ("Số tiền", "Số tiền ủng hộ", "Thành tiền")),
    Column("goods", ("Hiện vật", "Tên hiện vật", "Mặt hàng"), required=False),
    Column("unit", ("ĐVT", "Đơn vị tính"), required=False),
    Column("quantity", ("Số lượng", "SL"), required=False),
    Column("unit_value", ("Đơn giá", "Giá trị một đơn vị"), required=False),
)
SHOWN = ("Ngày", "Đơn vị, cá nhân ủng hộ", "Đối tượng", "Hình thức", "Giá trị (đồng)", "Hiện vật")
FORMS = {
    "tien mat": Receipt.Form.CASH,
    "tm": Receipt.Form.CASH,
    "chuyen khoan": Receipt.Form.BANK,
    "ck": Receipt.Form.BANK,
    "ngan hang": Receipt.Form.BANK,
    "tien gui ngan hang": Receipt.Form.BANK,
    "kho bac": Receipt.Form.TREASURY,
    "kb": Receipt.Form.TREASURY,
    "tien gui kho bac": Receipt.Form.TREASURY,
    "hien vat": Receipt.Form.GOODS,
    "hv": Receipt.Form.GOODS,
}
KINDS = {fold(kind.label): kind for kind in Donor.Kind} | {
    "cong ty": Donor.Kind.COMPANY,
    "co quan": Donor.Kind.OFFICE,
    "don vi": Donor.Kind.OFFICE,
    "doan the": Donor.Kind.MEMBER_ORGANISATION,
    "ton giao": Donor.Kind.RELIGIOUS,
    "ho gia dinh": Donor.Kind.PERSON,
    "ap": Donor.Kind.HAMLET,
}
FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Goods:
    """Goods of one line: so many units at so many đồng each."""

    name: str
    unit: str
    quantity: Decimal
    unit_value: int


@dataclass(frozen=True)
class Gift:
    """One accepted line; ``amount`` in đồng, for goods quantity × unit value."""

    date: date
    name: str
    kind: str
    form: str
    amount: int
    goods: Goods | None = None


class RowRefused(Exception):
    """A cell of a line cannot be taken: its column's key, and the sentence."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True)
class Limits:
    """Between which days a gift to this unit's fund may be dated."""

    committee: Committee
    today: date
    locked_until: date | None

    def check(self, day: date) -> None:
        if not self.committee.exists_on(day):
            raise RowRefused(
                "date",
                f"Ngày {format_date(day)} nằm ngoài thời gian hoạt động của {self.committee}; "
                "hãy kiểm tra lại năm.",
            )
        if day > self.today + FURTHEST_AHEAD:
            raise RowRefused("date", f"Ngày {format_date(day)} còn quá xa; hãy kiểm tra lại năm.")
        if self.locked_until and day <= self.locked_until:
            raise RowRefused(
                "date",
                f"Sổ đã khóa đến hết ngày {format_date(self.locked_until)}; "
                "hãy bỏ dòng này hoặc ghi ngày sau đó.",
            )


def read_line(line: TableRow, table: Table, limits: Limits) -> Row:
    """The line as understood: its gift, or an error that names the cell."""
    row = Row(number=line.number, shown=[])
    try:
        row.record = _gift(line, table, limits, row)
        row.shown = _shown(row.record)
    except RowRefused as refusal:
        row.shown = [_text(line.cells[key]) for key in ("date", "name", "kind", "form", "amount")]
        row.shown.append(_text(line.cells["goods"]))
        note(row, table, "error", refusal.key, str(refusal))
    return row


def _gift(line: TableRow, table: Table, limits: Limits, row: Row) -> Gift:
    cells = line.cells
    for key, sentence in line.problems.items():
        raise RowRefused(key, sentence)
    day = _read("date", parse_date, cells["date"])
    limits.check(day)
    if day > limits.today:
        note(row, table, "warning", "date", f"Ngày {format_date(day)} chưa đến.")
    name = _read("name", lambda cell: clean(cell, max_length=200), cells["name"])
    if not any(character.isalnum() for character in name):
        raise RowRefused("name", "Chưa ghi đơn vị, cá nhân ủng hộ: hãy ghi tên.")
    form = _form(cells)
    goods = _goods(cells, table.unit) if form == Receipt.Form.GOODS else None
    if goods:
        amount = _value_of(goods, cells, table.unit)
    else:
        amount = _read("amount", lambda cell: parse_dong(cell, unit=table.unit), cells["amount"])
    return Gift(day, name, _kind(name, cells["kind"], row, table), form, amount, goods)


def _form(cells: dict) -> str:
    said = fold(_text(cells["form"]))
    has_goods = bool(_text(cells["goods"]))
    if not said:
        if has_goods:
            return Receipt.Form.GOODS
        raise RowRefused("form", "Chưa ghi hình thức: hãy ghi Tiền mặt, Chuyển khoản, Kho bạc.")
    form = FORMS.get(said)
    if form is None:
        raise RowRefused(
            "form",
            f"Không hiểu hình thức “{_text(cells['form'])[:40]}”: hãy ghi Tiền mặt, "
            "Chuyển khoản, Kho bạc hoặc Hiện vật.",
        )
    if has_goods and form != Receipt.Form.GOODS:
        raise RowRefused(
            "goods", f"Hình thức {form.label} mà có ghi hiện vật: hãy tách thành hai dòng."
        )
    return form


def _goods(cells: dict, unit: int) -> Goods:
    name = _read("goods", lambda cell: clean(cell, max_length=120), cells["goods"])
    measure = _read("unit", lambda cell: clean(cell, max_length=30), cells["unit"])
    if not name:
        raise RowRefused("goods", "Chưa ghi tên hiện vật: hãy ghi, ví dụ Gạo.")
    if not measure:
        raise RowRefused("unit", "Chưa ghi ĐVT của hiện vật: hãy ghi, ví dụ kg.")
    quantity = _read("quantity", parse_decimal, cells["quantity"])
    if not 0 < quantity < 10**9 or quantity != round(quantity, 3):
        raise RowRefused("quantity", "Số lượng phải lớn hơn 0, nhiều nhất ba chữ số lẻ.")
    if cells["unit_value"] is not None:
        read = _read("unit_value", lambda cell: parse_dong(cell, unit=unit), cells["unit_value"])
        return Goods(name, measure, quantity, read)
    amount = _read("amount", lambda cell: parse_dong(cell, unit=unit), cells["amount"])
    if amount % quantity:
        raise RowRefused("unit_value", "Chưa ghi đơn giá của hiện vật: hãy ghi số đồng nguyên.")
    return Goods(name, measure, quantity, int(amount / quantity))


def _value_of(goods: Goods, cells: dict, unit: int) -> int:
    value = goods.quantity * goods.unit_value
    if value != int(value):
        raise RowRefused("quantity", "Số lượng × đơn giá không ra số đồng nguyên: hãy sửa đơn giá.")
    value = _read("unit_value", parse_dong, int(value))
    if cells["amount"] is not None:
        amount = _read("amount", lambda cell: parse_dong(cell, unit=unit), cells["amount"])
        if amount != value:
            raise RowRefused(
                "amount",
                f"Số tiền {grouped(amount)} khác số lượng × đơn giá = {grouped(value)}: "
                "hãy kiểm tra lại.",
            )
    return value


def _kind(name: str, cell: object, row: Row, table: Table) -> str:
    said = _text(cell)
    if not said:
        return guess_kind(name)
    kind = KINDS.get(fold(said))
    if kind is None:
        kind = guess_kind(name)
        note(
            row,
            table,
            "warning",
            "kind",
            f"Không có đối tượng “{said[:40]}”: ghi là “{Donor.Kind(kind).label}”.",
        )
    return kind


def _read(key: str, parse: Callable, cell: object):
    try:
        return parse(cell)
    except NotUnderstood as refusal:
        raise RowRefused(key, str(refusal)) from refusal


def note(row: Row, table: Table, level: str, key: str, text: str) -> None:
    """Add a remark on one cell of a line."""
    row.findings.append(Finding(level, table.sheet, row.number, table.labels.get(key, ""), text))


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, int | float) and cell == cell and abs(cell) < 10**15 and cell == int(cell):
        return grouped(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _shown(gift: Gift) -> list[str]:
    goods = gift.goods
    measure = f"{goods.quantity.normalize():f}".replace(".", ",") if goods else ""
    return [
        format_date(gift.date),
        gift.name,
        Donor.Kind(gift.kind).label,
        Receipt.Form(gift.form).label,
        grouped(gift.amount),
        f"{goods.name}: {measure} {goods.unit} × {grouped(goods.unit_value)}" if goods else "",
    ]

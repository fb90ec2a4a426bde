"""The list "Danh sách nhà Đại đoàn kết" of who pays: houses as they were built, and their money."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from committees import intake
from committees.access import Permission
from committees.errors import FileRefused
from committees.intake_reading import Reading
from committees.intake_rows import Row, Understood
from committees.lookup import commune_named, communes_by_name
from committees.models import Committee, ImportBatch
from config import clock
from config.vietnamese.amounts import decimal_comma, grouped, parse_decimal, parse_whole
from config.vietnamese.dates import format_date
from config.vietnamese.names import fold
from config.workbooks import Column, Workbook, year_in
from fund.list_lines import (
    COMMUNE_LABELS,
    LineReader,
    hamlets_by_key,
    sheet_findings,
    total_differs,
)
from fund.support_queries import whose_fund
from households.codes import by_code
from households.lists.columns import HAMLET_LABELS
from households.models import Household
from households.queries import code_of
from housing.models import House
from housing.records import commit

COLUMNS = (
    Column("code", ("Mã hộ", "Mã số hộ")),
    Column("name", ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Chủ hộ", "Họ và tên")),
    Column("commune", (*COMMUNE_LABELS, "Đơn vị"), required=False),
    Column("hamlet", HAMLET_LABELS, required=False),
    Column("kind", ("Xây mới/Sửa chữa", "Hình thức", "Xây mới, sửa chữa")),
    Column("area", ("Diện tích", "Diện tích xây dựng"), required=False),
    Column("sponsor", ("Đơn vị tài trợ", "Nhà tài trợ"), required=False),
    Column("sponsored", ("Tài trợ", "Số tiền tài trợ"), required=False),
    Column("family", ("Gia đình đối ứng", "Gia đình", "Đối ứng"), required=False),
    Column("labour", ("Ngày công", "Số ngày công"), required=False),
    Column("started", ("Ngày khởi công", "Khởi công")),
    Column("completed", ("Ngày hoàn thành", "Hoàn thành"), required=False),
    Column("handed_over", ("Ngày bàn giao", "Bàn giao"), required=False),
)
SHOWN = (
    "Mã hộ", "Chủ hộ", "Xã, thị trấn", "Hình thức", "Quỹ (đồng)", "Tài trợ (đồng)",
    "Gia đình (đồng)", "Ngày công", "Khởi công", "Hoàn thành", "Bàn giao",
)  # fmt: skip
KINDS = {
    "xay moi": House.Kind.NEW,
    "xay": House.Kind.NEW,
    "lam moi": House.Kind.NEW,
    "sua chua": House.Kind.REPAIR,
    "sua": House.Kind.REPAIR,
}
FUND_HEADER = re.compile(r"quy\b.*")
DEEPEST_HEADER = 23


@dataclass
class Built:
    """One house of the list, understood; money in đồng, dates as far as it came."""

    household: Household | None = None
    commune: Committee | None = None
    kind: str | None = None
    area: Decimal | None = None
    fund: int = 0
    sponsor: str = ""
    sponsored: int = 0
    family: int = 0
    labour: int = 0
    dates: dict[str, date | None] = field(default_factory=dict)

    @property
    def started(self) -> date | None:
        return self.dates.get("started")


def understand(workbook: Workbook, committee: Committee, reading: Reading) -> Understood:
    """Read a house list of the level that pays; nothing is written."""
    if committee.level in (Committee.Level.HAMLET, Committee.Level.CENTRE):
        raise FileRefused("Danh sách nhà là của xã, huyện hoặc tỉnh: hãy chọn đơn vị.")
    table = reading.find(workbook, _columns(workbook, committee))
    if "commune" not in table.mapping and committee.level != Committee.Level.COMMUNE:
        raise FileRefused(f"Trang “{table.sheet}” thiếu cột “Xã, thị trấn”: hãy thêm cột này.")
    readers = [LineReader(table, line) for line in table.rows]
    communes = communes_by_name(committee)
    known = _households(committee, readers)
    hamlets = _hamlets(committee)
    rows, first_lines, today = [], {}, clock.today()
    for reader in readers:
        built = _read(reader, committee, communes, known)
        built.dates = _dates(reader, built.commune or committee, today)
        if built.commune:
            reader.hamlet(hamlets.get(built.commune.path, {}), built.household)
        _refuse_second_new(reader, built, first_lines)
        rows.append(Row(reader.line.number, _shown(reader, built), built, reader.findings))
    _check_known_houses(rows, readers)
    total = sum(row.record.fund for row in rows)
    findings = sheet_findings(table) + total_differs(table, "fund", total)
    return Understood(table.sheet, rows, findings, year=year_in(table.titles))


def _columns(workbook: Workbook, committee: Committee) -> list[Column]:
    """The wanted columns with that of the own fund: "Quỹ VNN huyện", "Quỹ “Vì người nghèo”" …"""
    labels = {
        " ".join(cell.split()): None
        for sheet in workbook.sheets
        for row in sheet.rows[:DEEPEST_HEADER]
        for cell in row
        if isinstance(cell, str) and FUND_HEADER.fullmatch(fold(cell))
    }
    own = [label for label in labels if whose_fund(label.split("(")[0], committee)]
    return [*COLUMNS, Column("fund", (*own, "Quỹ VNN", "Quỹ Vì người nghèo"))]


def _households(committee: Committee, readers: list[LineReader]) -> dict[int, dict[str, Household]]:
    codes = {code_of(str(reader.line.cells.get("code") or "")) for reader in readers}
    return by_code(Household.objects.under(committee), codes)


def _hamlets(committee: Committee) -> dict[str, dict[str, Committee]]:
    by_commune: dict[str, list[Committee]] = {}
    for hamlet in Committee.objects.under(committee).filter(level=Committee.Level.HAMLET):
        by_commune.setdefault(hamlet.parent_path, []).append(hamlet)
    return {path: hamlets_by_key(found) for path, found in by_commune.items()}


def _read(
    reader: LineReader,
    committee: Committee,
    communes: dict[str, Committee],
    known: dict[int, dict[str, Household]],
) -> Built:
    built = Built(commune=_commune(reader, committee, communes))
    code = code_of(reader.text("code", max_length=30, missing="Chưa ghi mã hộ."))
    name = reader.text("name", max_length=120, missing="Chưa ghi họ tên chủ hộ.")
    if built.commune:
        built.household = reader.household(code, known.get(built.commune.pk, {}), name=name)
    kind = reader.text("kind", max_length=40, missing="Chưa ghi xây mới hay sửa chữa.")
    built.kind = KINDS.get(fold(kind))
    if kind and built.kind is None:
        reader.error("kind", f"“{kind}” chưa rõ: hãy ghi “Xây mới” hoặc “Sửa chữa”.")
    built.fund = reader.money("fund", zero_ok=True) or 0
    built.sponsor = reader.text("sponsor", max_length=200)
    built.sponsored = reader.money("sponsored", zero_ok=True) or 0
    built.family = reader.money("family", zero_ok=True) or 0
    if built.sponsored and not built.sponsor:
        reader.error("sponsor", "Có tiền tài trợ nhưng chưa ghi đơn vị tài trợ.")
    built.area = _optional(reader, "area", parse_decimal)
    built.labour = _optional(reader, "labour", parse_whole) or 0
    return built


def _commune(
    reader: LineReader, committee: Committee, communes: dict[str, Committee]
) -> Committee | None:
    if "commune" not in reader.table.mapping:
        return committee
    name = reader.text("commune", max_length=120, missing="Chưa ghi xã, thị trấn.")
    commune = commune_named(name, communes)
    if name and commune is None:
        reader.error("commune", f"{committee.name} không có “{name}”: hãy ghi đúng tên xã.")
    return commune


def _optional(reader: LineReader, key: str, parse):
    if reader.line.cells.get(key) is None and key not in reader.line.problems:
        return None
    return reader.read(key, parse)


def _dates(reader: LineReader, commune: Committee, today: date) -> dict[str, date | None]:
    """Start, completion, hand-over: none without the one before it, none before it."""
    found: dict[str, date | None] = {}
    before: date | None = date.min
    for key in ("started", "completed", "handed_over"):
        is_written = reader.line.cells.get(key) is not None or key in reader.line.problems
        day = reader.day(key, committee=commune, today=today) if is_written else None
        if day and before is None:
            reader.error(key, "Bước trước chưa có ngày: hãy ghi đủ khởi công, hoàn thành.")
        elif day and day < before:
            reader.error(key, f"Ngày này trước bước trước ({format_date(before)}): hãy sửa ngày.")
        found[key] = before = day
    return found


def _refuse_second_new(reader: LineReader, built: Built, first_lines: dict) -> None:
    if built.household is None:
        return
    key = built.household.pk
    if key in first_lines:
        reader.error("code", f"Hộ này đã có ở dòng {first_lines[key]}: hãy xóa một dòng.")
    first_lines.setdefault(key, reader.line.number)


def _check_known_houses(rows: list[Row], readers: list[LineReader]) -> None:
    """A second new house stops; any other house the household already has is worth a look."""
    pks = [row.record.household.pk for row in rows if row.record.household]
    known: dict[int, list[House]] = {}
    for house in House.objects.live().filter(household__in=pks):
        known.setdefault(house.household_id, []).append(house)
    for row, reader in zip(rows, readers, strict=True):
        built = row.record
        for house in known.get(built.household.pk, []) if built.household else []:
            since = format_date(house.started_on or house.proposed_on)
            text = f"Hộ đã có nhà {house.get_kind_display().lower()} từ {since}"
            if built.kind == House.Kind.NEW == house.kind:
                reader.error("kind", f"{text}: không hỗ trợ xây mới lần nữa.")
            else:
                reader.warn("kind", f"{text}: hãy kiểm tra có trùng không.")


def _shown(reader: LineReader, built: Built) -> list[str]:
    cells = reader.line.cells
    area = f", {decimal_comma(built.area, 1)} m²" if built.area else ""
    kind = House.Kind(built.kind).label if built.kind else str(cells.get("kind") or "")
    days = [
        format_date(day) if day else str(cells.get(key) or "") for key, day in built.dates.items()
    ]
    return [
        str(cells.get("code") or ""),
        str(cells.get("name") or ""),
        built.commune.name if built.commune else str(cells.get("commune") or ""),
        f"{kind}{area}",
        grouped(built.fund),
        grouped(built.sponsored),
        grouped(built.family),
        grouped(built.labour),
        *days,
    ]


IMPORTER = intake.Importer(
    kind=ImportBatch.Kind.HOUSES,
    permission=Permission.HOUSE_RECORD,
    columns=SHOWN,
    understand=understand,
    commit=commit,
    pays=lambda built: built.fund > 0,
)

"""Welfare (ASXH) that reached the Front as totals without names: a list by commune."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from campaigns.donors import donors_for, guess_kind
from committees import audit, intake
from committees.access import Permission
from committees.errors import FileRefused
from committees.intake_reading import Reading
from committees.intake_rows import Finding, Row, Understood
from committees.lookup import commune_named, communes_by_name
from committees.models import Committee, ImportBatch, User
from config import clock
from config.vietnamese.amounts import grouped, parse_whole
from config.vietnamese.dates import format_date
from config.vietnamese.names import fold
from config.workbooks import Column, Workbook, year_in
from fund.list_lines import COMMUNE_LABELS, LineReader, sheet_findings, total_differs
from fund.models import WelfareTotal

COLUMNS = (
    Column("date", ("Ngày", "Ngày tháng", "Ngày thực hiện")),
    Column("place", (*COMMUNE_LABELS, "Đơn vị, địa bàn"), required=False),
    Column("giver", ("Đơn vị thực hiện", "Đơn vị, cá nhân", "Đơn vị hỗ trợ", "Nguồn")),
    Column("content", ("Nội dung", "Nội dung hỗ trợ")),
    Column("portions", ("Số suất", "Số lượng"), required=False),
    Column("value", ("Trị giá", "Giá trị", "Số tiền", "Thành tiền")),
)
SHOWN = ("Ngày", "Xã, thị trấn", "Đơn vị thực hiện", "Nội dung", "Số suất", "Trị giá (đồng)")


@dataclass
class Gift:
    """One line, understood: value in đồng, portions as counted by the giver."""

    place: Committee | None
    giver: str
    content: str
    date: date | None
    portions: int | None
    value: int | None

    @property
    def key(self) -> tuple:
        place = self.place.pk if self.place else None
        return place, self.date, fold(self.giver), fold(self.content), self.value


def understand(workbook: Workbook, committee: Committee, reading: Reading) -> Understood:
    """Read a list of welfare totals by commune, or of one commune; nothing is written."""
    if committee.level in (Committee.Level.HAMLET, Committee.Level.CENTRE):
        raise FileRefused("Danh sách an sinh xã hội là của tỉnh, huyện hoặc xã: hãy chọn đơn vị.")
    table = reading.find(workbook, COLUMNS)
    if "place" not in table.mapping and committee.level != Committee.Level.COMMUNE:
        raise FileRefused(f"Trang “{table.sheet}” thiếu cột “Xã, thị trấn”: hãy thêm cột này.")
    communes = communes_by_name(committee)
    today = clock.today()
    rows, readers = [], [LineReader(table, line) for line in table.rows]
    for reader in readers:
        gift = _read(reader, committee, communes, today=today)
        rows.append(Row(reader.line.number, _shown(reader, gift), gift, reader.findings))
    _warn_of_repeats(committee, rows, readers)
    total = sum(row.record.value or 0 for row in rows)
    findings: list[Finding] = sheet_findings(table) + total_differs(table, "value", total)
    return Understood(table.sheet, rows, findings, year=year_in(table.titles))


def commit(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Record the totals at their communes; no fund's books are touched."""
    gifts = [row.record for row in rows]
    givers = donors_for(
        batch.committee, {(gift.giver, guess_kind(gift.giver)) for gift in gifts}, by=by
    )
    totals = WelfareTotal.objects.bulk_create(
        (
            WelfareTotal(
                place=gift.place,
                giver=givers[gift.giver, guess_kind(gift.giver)],
                date=gift.date,
                content=gift.content,
                portions=gift.portions,
                value=gift.value,
                batch=batch,
                created_by=by,
            )
            for gift in gifts
        ),
        batch_size=2000,
    )
    audit.record_many(
        "welfare.recorded",
        totals,
        by=by,
        committee_of=lambda total: total.place_id,
        detail_of=lambda total: {"value": total.value},
    )
    return {"welfare": len(totals), "givers": len(givers)}


def _read(
    reader: LineReader, committee: Committee, communes: dict[str, Committee], *, today: date
) -> Gift:
    place = _place(reader, committee, communes)
    return Gift(
        place=place,
        giver=reader.text("giver", max_length=200, missing="Chưa ghi đơn vị thực hiện."),
        content=reader.text("content", max_length=200, missing="Chưa ghi nội dung."),
        date=reader.day("date", committee=place or committee, today=today),
        portions=_portions(reader),
        value=reader.money("value"),
    )


def _place(
    reader: LineReader, committee: Committee, communes: dict[str, Committee]
) -> Committee | None:
    if "place" not in reader.table.mapping:
        return committee
    name = reader.text("place", max_length=120, missing="Chưa ghi xã, thị trấn.")
    place = commune_named(name, communes)
    if name and place is None:
        reader.error("place", f"{committee.name} không có “{name}”: hãy ghi đúng tên xã.")
    return place


def _portions(reader: LineReader) -> int | None:
    if reader.line.cells.get("portions") is None and "portions" not in reader.line.problems:
        return None
    return reader.read("portions", parse_whole)


def _shown(reader: LineReader, gift: Gift) -> list[str]:
    cells = reader.line.cells
    return [
        format_date(gift.date) if gift.date else str(cells.get("date") or ""),
        gift.place.name if gift.place else str(cells.get("place") or ""),
        gift.giver,
        gift.content,
        "" if gift.portions is None else grouped(gift.portions),
        grouped(gift.value) if gift.value else str(cells.get("value") or ""),
    ]


def _warn_of_repeats(committee: Committee, rows: list[Row], readers: list[LineReader]) -> None:
    """A total that is there already, in the records or above in the file, is worth a look."""
    recorded = WelfareTotal.objects.standing().under(committee).select_related("giver")
    days = {row.record.date for row in rows if row.record.date}
    known = Counter(
        (total.place_id, total.date, total.giver.fold, fold(total.content), total.value)
        for total in recorded.filter(date__in=days)
    )
    for row, reader in zip(rows, readers, strict=True):
        if known[row.record.key] and not reader.in_error:
            reader.warn("value", "Khoản giống hệt dòng này đã có: hãy xem có ghi hai lần không.")
        known[row.record.key] += 1


IMPORTER = intake.Importer(
    kind=ImportBatch.Kind.WELFARE,
    permission=Permission.SUPPORT_PROPOSE,
    columns=SHOWN,
    understand=understand,
    commit=commit,
)

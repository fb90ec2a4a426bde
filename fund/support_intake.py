"""The list of households helped, as a commune sends it: read, checked, written, paid."""

from dataclasses import dataclass
from datetime import date

from campaigns.donors import donors_for, guess_kind
from committees import audit, intake
from committees.access import Permission
from committees.errors import FileRefused
from committees.intake_reading import Reading
from committees.intake_rows import Row, Understood
from committees.list_titles import refuse_list_of_another_unit
from committees.models import Committee, ImportBatch, User
from config import clock
from config.vietnamese.amounts import grouped
from config.vietnamese.dates import format_date
from config.vietnamese.names import clean, fold
from config.workbooks import Column, Workbook, year_in
from fund.actions import ensure_fund
from fund.errors import FundError
from fund.list_lines import LineReader, hamlets_by_key, sheet_findings, total_differs
from fund.models import Account, Fund, Support, SupportList, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind
from fund.support_queries import likeness, received_in, usual_kind, whose_fund, windows_of
from households.codes import by_code
from households.lists.columns import HAMLET_LABELS
from households.models import Household
from households.queries import code_of, hamlets_of

COLUMNS = (
    Column("date", ("Ngày", "Ngày hỗ trợ", "Ngày trao", "Ngày tháng")),
    Column("code", ("Mã hộ", "Mã số hộ")),
    Column("name", ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Chủ hộ", "Họ và tên")),
    Column("hamlet", HAMLET_LABELS, required=False),
    Column("kind", ("Nội dung hỗ trợ", "Nội dung", "Hình thức hỗ trợ")),
    Column("source", ("Nguồn", "Nguồn hỗ trợ", "Đơn vị hỗ trợ")),
    Column("value", ("Giá trị", "Số tiền", "Trị giá", "Thành tiền")),
)
SHOWN = ("Ngày", "Mã hộ", "Chủ hộ", "Thôn/ấp", "Nội dung", "Nguồn", "Giá trị (đồng)")


@dataclass
class Help:
    """One line of the list, understood: who got what, worth how many đồng, from whom."""

    household: Household | None
    kind: str
    date: date | None
    value: int | None
    source: str
    from_fund: bool


def understand(workbook: Workbook, committee: Committee, reading: Reading) -> Understood:
    """Read a support list of a commune; nothing is written."""
    if committee.level != Committee.Level.COMMUNE:
        raise FileRefused("Danh sách hỗ trợ là của xã: hãy chọn xã rồi tải tệp lên.")
    table = reading.find(workbook, COLUMNS)
    refuse_list_of_another_unit(table.titles, committee)
    readers = [LineReader(table, line) for line in table.rows]
    known = _households(committee, readers)
    hamlets = hamlets_by_key(hamlets_of(committee))
    today = clock.today()
    rows, first_lines = [], {}
    for reader in readers:
        entry = _read(reader, committee, known, today=today)
        reader.hamlet(hamlets, entry.household)
        _refuse_twice(reader, entry, first_lines)
        rows.append(Row(reader.line.number, _shown(reader, entry), entry, reader.findings))
    year = year_in(table.titles)
    _warn_of_likeness(committee, rows, readers)
    _warn_of_other_year(rows, readers, year)
    total = sum(row.record.value or 0 for row in rows)
    findings = sheet_findings(table) + total_differs(table, "value", total)
    return Understood(table.sheet, rows, findings, year=year)


def commit(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Record the help as given; what the own fund gave is paid in cash, a voucher each.

    Raises ``FileRefused`` with the books' own sentence when the money is not there.
    """
    committee = batch.committee
    lines = [row.record for row in rows]
    support_list = SupportList.objects.create(
        committee=committee,
        title=_title(batch, understood),
        state=SupportList.State.RECORDED,
        batch=batch,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    givers = donors_for(
        committee,
        {(line.source, guess_kind(line.source)) for line in lines if not line.from_fund},
        by=by,
    )
    paid = [line for line in lines if line.from_fund]
    fund, vouchers = _pay(committee, paid, batch, by=by) if paid else (None, [])
    voucher_of = {id(line): voucher for line, voucher in zip(paid, vouchers, strict=True)}
    supports = Support.objects.bulk_create(
        (
            Support(
                support_list=support_list,
                place=committee,
                household=line.household,
                recipient_name=line.household.head_name,
                kind=line.kind,
                date=line.date,
                value=line.value,
                fund=fund if line.from_fund else None,
                voucher=voucher_of.get(id(line)),
                giver=None if line.from_fund else givers[line.source, guess_kind(line.source)],
                is_given=True,
                created_by=by,
            )
            for line in lines
        ),
        batch_size=2000,
    )
    audit.record("support.list_recorded", support_list, by=by, committee=committee, rows=len(lines))
    audit.record_many(
        "support.recorded",
        supports,
        by=by,
        committee_of=lambda support: support.place_id,
        detail_of=lambda support: {"kind": support.kind, "value": support.value},
    )
    return {"supports": len(supports), "vouchers": len(vouchers), "givers": len(givers)}


def _households(committee: Committee, readers: list[LineReader]) -> dict[str, Household]:
    codes = {code_of(str(reader.line.cells.get("code") or "")) for reader in readers}
    return by_code(Household.objects.filter(commune=committee), codes).get(committee.pk, {})


def _read(
    reader: LineReader, committee: Committee, known: dict[str, Household], *, today: date
) -> Help:
    code = code_of(reader.text("code", max_length=30, missing="Chưa ghi mã hộ."))
    name = reader.text("name", max_length=120, missing="Chưa ghi họ tên chủ hộ.")
    kind = reader.text("kind", max_length=80, missing="Chưa ghi nội dung hỗ trợ.")
    source = reader.text("source", max_length=200, missing="Chưa ghi nguồn hỗ trợ.")
    own = whose_fund(source, committee)
    if own is False:
        reader.error("source", f"“{source}” là quỹ của đơn vị khác: đơn vị đó phải ghi khoản này.")
    return Help(
        household=reader.household(code, known, name=name),
        # The text of the list is the kind; only capitals and missing accents are put right.
        kind=usual_kind(kind) if kind.isupper() or kind.isascii() else kind,
        date=reader.day("date", committee=committee, today=today),
        value=reader.money("value"),
        source=source,
        from_fund=bool(own),
    )


def _shown(reader: LineReader, entry: Help) -> list[str]:
    cells = reader.line.cells
    return [
        format_date(entry.date) if entry.date else str(cells.get("date") or ""),
        str(cells.get("code") or ""),
        str(cells.get("name") or ""),
        str(cells.get("hamlet") or ""),
        entry.kind,
        entry.source,
        grouped(entry.value) if entry.value else str(cells.get("value") or ""),
    ]


def _refuse_twice(reader: LineReader, entry: Help, first_lines: dict) -> None:
    """The same household with the same kind twice in one list is a slip, never a second help."""
    if entry.household is None or not entry.kind:
        return
    key = (entry.household.pk, fold(entry.kind))
    if key in first_lines:
        reader.error(
            "code",
            f"Hộ {entry.household.code} đã có “{entry.kind}” ở dòng {first_lines[key]}: "
            "hãy xóa một dòng.",
        )
    else:
        first_lines[key] = reader.line.number


def _warn_of_likeness(committee: Committee, rows: list[Row], readers: list[LineReader]) -> None:
    """The same kind from anybody in the window of the line: shown before anything is decided."""
    whole = [
        (row.record, reader)
        for row, reader in zip(rows, readers, strict=True)
        if row.record.household and row.record.date
    ]
    windows = windows_of(committee, {entry.date for entry, _ in whole})
    for window in set(windows.values()):
        inside = [pair for pair in whole if windows[pair[0].date] == window]
        got = received_in([entry.household for entry, _ in inside], window)
        for entry, reader in inside:
            for support in got.get((entry.household.pk, fold(entry.kind)), []):
                reader.warn("kind", likeness(support))


def _warn_of_other_year(rows: list[Row], readers: list[LineReader], year: int | None) -> None:
    for row, reader in zip(rows, readers, strict=True):
        if year and row.record.date and row.record.date.year != year:
            reader.warn("date", f"Danh sách ghi năm {year} nhưng ngày này thuộc năm khác.")


def _title(batch: ImportBatch, understood: Understood) -> str:
    of_year = f" năm {understood.year}" if understood.year else ""
    return clean(f"Danh sách hỗ trợ{of_year} – {batch.file.name}"[:200])


def _pay(
    committee: Committee, lines: list[Help], batch: ImportBatch, *, by: User
) -> tuple[Fund, list[Voucher]]:
    fund = ensure_fund(committee, by=by)
    cash = accounts_by_kind(fund)[Account.Kind.CASH]
    vouchers = Voucher.objects.bulk_create(
        (
            Voucher(
                fund=fund,
                kind=Voucher.Kind.PAYMENT,
                purpose=Voucher.Purpose.SUPPORT,
                account=cash,
                date=line.date,
                amount=line.value,
                party=f"{line.household.head_name} ({line.household.code})",
                description=line.kind,
                batch=batch,
                created_by=by,
            )
            for line in lines
        ),
        batch_size=2000,
    )
    try:
        post_vouchers(vouchers, by=by)
    except FundError as refusal:
        raise FileRefused(str(refusal)) from refusal
    return fund, vouchers


IMPORTER = intake.Importer(
    kind=ImportBatch.Kind.SUPPORT,
    permission=Permission.SUPPORT_PROPOSE,
    columns=SHOWN,
    understand=understand,
    commit=commit,
    pays=lambda help_: help_.from_fund,
)

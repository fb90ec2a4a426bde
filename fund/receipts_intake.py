"""The list "Danh sách ủng hộ": each line is one gift, entered in the books in order of date."""

from collections import Counter
from datetime import date

from campaigns.donors import donors_for
from committees.access import Permission
from committees.errors import FileRefused
from committees.intake import Importer
from committees.intake_reading import Reading
from committees.intake_rows import Finding, Row, Understood
from committees.list_titles import refuse_list_of_another_unit
from committees.models import Committee, ImportBatch, User
from config import clock
from config.vietnamese.amounts import grouped, parse_dong
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import fold
from config.workbooks import Table, Workbook, year_in
from fund.actions import LEVELS_WITH_FUND, ensure_fund
from fund.errors import FundError
from fund.models import Account, Fund, GoodsLot, Receipt, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind, locked_until
from fund.receipt_lines import COLUMNS, SHOWN, Gift, Limits, note, read_line


def understand(workbook: Workbook, committee: Committee, reading: Reading) -> Understood:
    """Read and check a list of gifts to ``committee``'s fund; writes nothing."""
    if committee.level not in LEVELS_WITH_FUND:
        raise FileRefused(f"{committee} không lập quỹ; hãy nhập cho đơn vị cấp xã, huyện, tỉnh.")
    table = reading.find(workbook, COLUMNS)
    refuse_list_of_another_unit(table.titles, committee)
    fund = Fund.objects.filter(committee=committee, kind=Fund.Kind.FOR_THE_POOR).first()
    limits = Limits(committee, clock.today(), locked_until(fund) if fund else None)
    rows = [read_line(line, table, limits) for line in table.rows]
    understood = Understood(sheet=table.sheet, rows=rows, year=year_in(table.titles))
    understood.findings += [Finding("warning", table.sheet, 0, "", w) for w in table.warnings]
    _compare_with_total(table, understood)
    _warn_of_repeats(table, understood, fund)
    if fund is None:
        understood.creates["funds"] = [
            f"{Fund.Kind.FOR_THE_POOR.label} {committee.name}: các tài khoản mở với số dư 0 đ"
        ]
    return understood


def commit(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Post one voucher per line, in order of date, in the caller's transaction."""
    gifts = sorted((row.record for row in rows), key=lambda gift: gift.date)
    fund = ensure_fund(batch.committee, by=by)
    accounts = accounts_by_kind(fund)
    donors = donors_for(batch.committee, [(gift.name, gift.kind) for gift in gifts], by=by)
    vouchers = Voucher.objects.bulk_create(
        (_voucher(gift, fund, accounts[gift.form], batch, by) for gift in gifts),
        batch_size=2000,
    )
    receipts = Receipt.objects.bulk_create(
        (
            Receipt(
                voucher=voucher,
                donor=donors[gift.name, gift.kind],
                form=gift.form,
                amount=gift.amount,
            )
            for voucher, gift in zip(vouchers, gifts, strict=True)
        ),
        batch_size=2000,
    )
    GoodsLot.objects.bulk_create(
        (
            GoodsLot(receipt=receipt, **vars(gift.goods))
            for receipt, gift in zip(receipts, gifts, strict=True)
            if gift.goods
        ),
        batch_size=2000,
    )
    try:
        post_vouchers(vouchers, by=by)
    except FundError as refusal:
        raise FileRefused(str(refusal)) from refusal
    return {
        "vouchers": len(vouchers),
        "receipts": len(receipts),
        "donors": len({donor.pk for donor in donors.values()}),
        "funds": len(understood.creates.get("funds", [])),
    }


IMPORTER = Importer(
    kind=ImportBatch.Kind.RECEIPTS,
    permission=Permission.VOUCHER_POST,
    columns=SHOWN,
    understand=understand,
    commit=commit,
)


def _compare_with_total(table: Table, understood: Understood) -> None:
    """A total row of the sheet that differs from the lines above it is worth a look."""
    cell = table.total.cells.get("amount") if table.total else None
    if not isinstance(cell, int | float | str) or isinstance(cell, bool):
        return
    try:
        said = parse_dong(cell, unit=table.unit, zero_ok=True)
    except NotUnderstood:
        return
    gifts = [row.record for row in understood.rows if row.record]
    money = sum(gift.amount for gift in gifts if not gift.goods)
    if said not in {money, sum(gift.amount for gift in gifts)}:
        understood.findings.append(
            Finding(
                "warning",
                table.sheet,
                table.total.number,
                table.labels.get("amount", ""),
                f"Dòng tổng ghi {grouped(said)} nhưng các dòng cộng lại được {grouped(money)}.",
            )
        )


def _warn_of_repeats(table: Table, understood: Understood, fund: Fund | None) -> None:
    """Equal gifts on one day may be two honest ones: shown, never stopped."""
    gifts = [row for row in understood.rows if row.record]
    times = Counter(_same(row.record) for row in gifts)
    known = _known_gifts(fund, [row.record.date for row in gifts]) if fund and gifts else set()
    for row in gifts:
        key = _same(row.record)
        if key in known:
            note(row, table, "warning", "name", "Sổ đã có khoản giống hệt của người này.")
        elif times[key] > 1:
            note(row, table, "warning", "name", "Trong tệp có dòng giống hệt; hãy xem có trùng.")


def _same(gift: Gift) -> tuple:
    return gift.date, fold(gift.name), gift.form, gift.amount


def _known_gifts(fund: Fund, days: list[date]) -> set[tuple]:
    return set(
        Receipt.objects.standing()
        .filter(voucher__fund=fund, voucher__date__range=(min(days), max(days)))
        .order_by()
        .values_list("voucher__date", "donor__fold", "form", "amount")
    )


def _voucher(gift: Gift, fund: Fund, account: Account, batch: ImportBatch, by: User) -> Voucher:
    return Voucher(
        fund=fund,
        kind=Voucher.Kind.GOODS_IN if gift.goods else Voucher.Kind.RECEIPT,
        purpose=Voucher.Purpose.DONATION,
        account=account,
        date=gift.date,
        amount=gift.amount,
        party=gift.name,
        description="Ủng hộ Quỹ “Vì người nghèo”",
        batch=batch,
        created_by=by,
    )

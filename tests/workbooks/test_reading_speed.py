from io import BytesIO

from python_calamine import CalamineWorkbook

from config.workbooks import Column, only_table, read_workbook
from tests.workbooks.making import cpu_seconds, xlsx


def test_reading_ten_thousand_rows_costs_less_than_twelve_times_calamine_alone():
    labels = [f"Cột số {n}" for n in range(25)]
    rows = [[n if k % 4 == 0 else f"Ấp {n % 40} chữ {k}" for k in range(25)] for n in range(10_000)]
    data = xlsx([["DANH SÁCH NĂM 2023"], [], labels, *rows])
    columns = [Column(label, [label]) for label in labels]

    started = cpu_seconds()
    CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    alone = cpu_seconds() - started
    started = cpu_seconds()
    table = only_table(read_workbook(data, filename="x"), columns)
    spent = cpu_seconds() - started

    assert len(table.rows) == 10_000
    assert table.rows[-1].cells["Cột số 1"] == "Ấp 39 chữ 1"
    assert spent < 12 * alone, (spent, alone)

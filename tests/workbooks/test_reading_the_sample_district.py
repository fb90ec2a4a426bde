"""The lists of a district's peak month, as its communes send them, against their true figures."""

import json
from datetime import date
from pathlib import Path

import pytest

from config.vietnamese.amounts import parse_dong, parse_whole
from config.vietnamese.dates import parse_birth, parse_date
from config.vietnamese.names import clean, nfc
from config.workbooks import only_table, read_workbook, year_in
from tests.workbooks.sample_lists import HOUSEHOLDS, HOUSES, INDICATORS, RECEIPTS, SUPPORT, WELFARE

PROJECT = Path(__file__).parents[2]
DEMO = PROJECT / "demo" / "thu-thua-2023"
EXPECTED = json.loads((PROJECT / "tests" / "data" / "thu-thua-2023-expected.json").read_text())
COMMUNES = sorted(EXPECTED["communes"])
WINDOW = (date(2023, 10, 17), date(2023, 11, 18))


def table_of(pattern, columns):
    (path,) = DEMO.glob(pattern)
    return only_table(read_workbook(path.read_bytes(), filename=path.name), columns)


def in_window(row):
    return WINDOW[0] <= parse_date(row.cells["Ngày"]) <= WINDOW[1]


@pytest.mark.parametrize("commune", COMMUNES)
def test_household_lists_hold_what_the_commune_reports(commune):
    expected = EXPECTED["communes"][commune]
    table = table_of(f"ho-ngheo/{commune}-*.xlsx", HOUSEHOLDS)
    people = [parse_whole(row.cells["Số nhân khẩu"]) for row in table.rows]

    assert len(table.rows) == expected["households"]
    assert sum(people) == expected["members"] == table.total.cells["Số nhân khẩu"]
    assert (table.header_row, table.unit, year_in(table.titles)) == (4, 1, 2023)
    assert (table.extra, table.warnings) == (["STT"], [])
    classes = [row.cells["Phân loại"] for row in table.rows]
    assert classes.count("Nghèo") == expected["poor"]
    assert classes.count("Cận nghèo") == expected["near_poor"]
    assert all(parse_birth(row.cells["Ngày sinh"])[0] > 1920 for row in table.rows)
    assert {row.cells[label] for row in table.rows for label in INDICATORS} == {None, "x"}
    assert all(row.cells["Mã hộ"].startswith(commune) for row in table.rows)
    hamlets = {clean(row.cells["Thôn/ấp"]) for row in table.rows}
    assert len(hamlets) == expected["hamlets"]


@pytest.mark.parametrize("commune", [*COMMUNES, "804"])
def test_donation_lists_hold_what_the_unit_received(commune):
    expected = EXPECTED["own"]["804"] if commune == "804" else EXPECTED["communes"][commune]
    table = table_of(f"quy-thu/{commune}-*.xlsx", RECEIPTS)
    received = {"Tiền mặt": 0, "Chuyển khoản": 0, "Hiện vật": 0}
    for row in filter(in_window, table.rows):
        money = row.cells["Số tiền"]
        if money is None:
            number, price = row.cells["Số lượng"], row.cells["Đơn giá"]
            money = parse_whole(number) * parse_dong(price)
        received[row.cells["Hình thức"]] += parse_dong(money)

    assert received == {
        "Tiền mặt": expected["received_cash"],
        "Chuyển khoản": expected["received_bank"],
        "Hiện vật": expected["received_goods"],
    }
    assert sum(map(in_window, table.rows)) == expected["receipts"]
    assert table.unit == 1


@pytest.mark.parametrize("commune", COMMUNES)
def test_support_lists_hold_what_the_fund_and_others_gave(commune):
    expected = EXPECTED["communes"][commune]
    table = table_of(f"ho-tro/{commune}-*.xlsx", SUPPORT)
    fund = welfare = 0
    for row in filter(in_window, table.rows):
        amount = parse_dong(row.cells["Giá trị"])
        if nfc(row.cells["Nguồn"]).startswith("Quỹ"):
            fund += amount
        else:
            welfare += amount

    assert (fund, welfare) == (expected["spent_support"], expected["welfare_listed"])


def test_the_house_list_holds_the_money_of_every_source():
    table = table_of("nha-dai-doan-ket.xlsx", HOUSES)
    paid = [parse_dong(row.cells["Quỹ VNN huyện"], zero_ok=True) for row in table.rows]
    assert len(table.rows) == 7
    assert sum(paid) == EXPECTED["own"]["804"]["spent_houses"]
    assert table.rows[3].cells["Ngày hoàn thành"] is None


def test_the_welfare_list_holds_what_came_without_names():
    table = table_of("an-sinh-xa-hoi.xlsx", WELFARE)
    given = sum(parse_dong(row.cells["Trị giá"]) for row in table.rows)
    assert given == EXPECTED["subtree"]["804"]["welfare_unlisted"]


def test_a_list_of_another_kind_is_refused():
    with pytest.raises(ValueError, match=r"thiếu cột|không có dòng tiêu đề"):
        table_of("an-sinh-xa-hoi.xlsx", HOUSEHOLDS)

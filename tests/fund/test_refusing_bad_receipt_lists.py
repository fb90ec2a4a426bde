"""What arrives instead of a list: each refusal is one sentence, and nothing is half-written."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from committees import intake
from committees.errors import FileRefused
from committees.people import system_user
from fund.actions import ensure_fund, lock_period
from fund.models import Fund, GoodsLot, Receipt, Voucher
from tests.factories.committees import make_unit
from tests.factories.fund import make_receipt

pytestmark = pytest.mark.django_db

TITLE = ["ỦY BAN MTTQ VIỆT NAM XÃ AN THỬ - BAN VẬN ĐỘNG QUỸ “VÌ NGƯỜI NGHÈO”"]
HEADER = ["STT", "Ngày", "Đơn vị, cá nhân ủng hộ", "Đối tượng", "Hình thức", "Số tiền (đồng)",
          "Hiện vật", "ĐVT", "Số lượng", "Đơn giá"]  # fmt: skip
GOOD = [1, date(2023, 10, 20), "Bà Nguyễn Thị Thử", "Cá nhân", "Tiền mặt", 100_000]


@pytest.fixture
def commune():
    return make_unit("commune", "Xã An Thử")


def _file(*lines: list, titles=(TITLE,), header=HEADER) -> bytes:
    book = openpyxl.Workbook()
    for row in [*titles, header, *lines]:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _line(**cells) -> list:
    keys = ["stt", "date", "name", "kind", "form", "amount", "goods", "unit", "quantity", "price"]
    usual = dict(zip(keys, [*GOOD, None, None, None, None], strict=True))
    return list((usual | cells).values())


def _understand(data: bytes, commune, name="ung-ho.xlsx"):
    return intake.understand("receipts", data, name=name, committee=commune, day=None)


def _only_error(understood) -> str:
    (finding,) = [f for f in understood.all_findings if f.level == "error"]
    return f"{finding.column}: {finding.text}"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"amount": 0.5}, "không phải số đồng nguyên"),
        ({"amount": "1000,5"}, "không phải số tiền rõ ràng"),
        ({"amount": -500_000}, "không được âm"),
        ({"amount": 0}, "Số tiền là 0"),
        ({"amount": None}, "Chưa ghi số tiền"),
        ({"amount": "-"}, "Chưa ghi số tiền"),
        ({"amount": 10**14}, "lớn hơn 10.000.000.000.000 đ"),
        ({"amount": "1tr5"}, "hãy ghi đủ chữ số, có phải 1.500.000?"),
        ({"amount": "1.5"}, "không phải số tiền rõ ràng"),
        ({"amount": "USD 20"}, "không phải số tiền rõ ràng"),
        ({"amount": "=1+1"}, "Ô công thức chưa tính"),
        ({"date": None}, "Chưa ghi ngày"),
        ({"date": "17/10"}, "thiếu năm"),
        ({"date": "17/10/23"}, "năm hai chữ số"),
        ({"date": "10/25/2023"}, "Không có tháng 25"),
        ({"date": "31/11/2023"}, "Không có ngày 31/11/2023"),
        ({"date": "17/10/0206"}, "ngoài khoảng 1900–2100"),
        ({"date": "rằm tháng Giêng"}, "âm lịch"),
        ({"date": date(2007, 12, 31)}, "ngoài thời gian hoạt động"),
        ({"date": date(2025, 7, 1)}, "ngoài thời gian hoạt động"),
        ({"name": None}, "Chưa ghi đơn vị, cá nhân"),
        ({"name": "Bà Аnna"}, "không phải tiếng Việt"),
        ({"form": "Vàng"}, "Không hiểu hình thức “Vàng”"),
        ({"form": None}, "Chưa ghi hình thức"),
        ({"goods": "Gạo"}, "hãy tách thành hai dòng"),
        ({"form": "Hiện vật", "amount": None}, "Chưa ghi tên hiện vật"),
        (
            {"form": "Hiện vật", "amount": None, "goods": "Gạo", "quantity": 2, "price": 5},
            "Chưa ghi ĐVT",
        ),
        (
            {"form": "Hiện vật", "amount": None, "goods": "Gạo", "unit": "kg", "quantity": 0,
             "price": 15000},
            "Số lượng phải lớn hơn 0",
        ),
        (
            {"form": "Hiện vật", "amount": None, "goods": "Gạo", "unit": "kg", "quantity": 0.5,
             "price": 15},
            "không ra số đồng nguyên",
        ),
        (
            {"form": "Hiện vật", "amount": 7, "goods": "Gạo", "unit": "kg", "quantity": 2,
             "price": 15000},
            "khác số lượng × đơn giá = 30.000",
        ),
    ],
)  # fmt: skip
def test_a_bad_cell_is_an_error_of_its_line(cells, sentence, commune):
    understood = _understand(_file(_line(), _line(**cells)), commune)
    assert sentence in _only_error(understood)
    assert [row.in_error for row in understood.rows] == [False, True]


def test_a_list_with_an_error_is_written_only_without_its_bad_lines(commune):
    data = _file(_line(), _line(amount=0.5))
    with pytest.raises(FileRefused, match="Còn 1 dòng có lỗi"):
        intake.import_file("receipts", data, name="a.xlsx", committee=commune, by=system_user())
    assert not Fund.objects.exists()
    intake.import_file(
        "receipts", data, name="a.xlsx", committee=commune, by=system_user(), skip_errors=True
    )
    assert Voucher.objects.count() == 1


def test_a_day_more_than_a_year_ahead_is_an_error_and_a_coming_one_a_warning(clock_at):
    living = make_unit("commune", "Xã An Thử", valid=(date(2025, 7, 1), None))
    data = _file(_line(date=date(2090, 1, 1)), _line(date=date(2026, 12, 31)))
    clock_at(datetime(2026, 11, 1, tzinfo=UTC))
    understood = _understand(data, living)
    assert "còn quá xa" in _only_error(understood)
    assert [f.text for f in understood.rows[1].findings] == ["Ngày 31/12/2026 chưa đến."]


def test_a_day_in_a_closed_period_is_an_error(commune):
    lock_period(ensure_fund(commune, by=system_user()), date(2023, 10, 31), by=system_user())
    understood = _understand(_file(_line()), commune)
    assert "Sổ đã khóa đến hết ngày 31/10/2023" in _only_error(understood)


@pytest.mark.parametrize("announced", [["ĐVT: nghìn đồng"], ["Đơn vị tính: 1.000 đồng"]])
def test_a_sheet_in_thousands_is_read_in_thousands(announced, commune):
    header = [*HEADER[:5], "Số tiền", *HEADER[6:]]
    goods = _line(form="Hiện vật", amount=None, goods="Gạo", unit="kg", quantity=100, price=15)
    data = _file(_line(amount=500), goods, titles=(TITLE, announced), header=header)
    understood = _understand(data, commune)
    assert [row.record.amount for row in understood.rows] == [500_000, 1_500_000]


def test_contradicting_units_of_money_are_refused(commune):
    with pytest.raises(FileRefused, match="nhiều đơn vị tính"):
        _understand(_file(_line(), titles=(TITLE, ["ĐVT: nghìn đồng"])), commune)


@pytest.mark.parametrize(
    "title",
    [
        "ỦY BAN MTTQ VIỆT NAM XÃ BÌNH THỬ",
        "ỦY BAN MTTQ VIỆT NAM XÃ ÂN THỬ",
        "ỦY BAN MTTQ VIỆT NAM HUYỆN AN THỬ",
        "ỦY BAN MTTQ VIỆT NAM XÃ AN THỬ ĐÔNG",
        "DANH SÁCH ỦNG HỘ",
    ],
)
def test_the_list_of_another_unit_is_refused(title, commune):
    make_unit("commune", "Xã An Thử Đông")
    with pytest.raises(FileRefused, match="không ghi “Xã An Thử”"):
        _understand(_file(_line(), titles=([title],)), commune)


@pytest.mark.parametrize(
    "title",
    ["UBMTTQ VN XÃ AN THỬ", "Uy ban MTTQ xa An Thu", "MTTQ X. AN THỬ", "BAN VẬN ĐỘNG QUỸ AN THỬ"],
)
def test_the_own_unit_is_known_however_it_is_written(title, commune):
    assert _understand(_file(_line(), titles=([title],)), commune).count("error") == 0


def test_files_that_are_no_such_workbook_are_refused(commune):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    for data, sentence in [
        (b"", "Tệp trống"),
        (b"%PDF-1.7", "tệp PDF"),
        (b"<html><table></table></html>", "trang web"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "hỏng"),
        (_file(_line())[:900], "hỏng"),
        (bomb.getvalue(), "hãy"),
    ]:
        with pytest.raises(FileRefused, match=sentence):
            _understand(data, commune, name="danh-sach.xls")


def test_a_missing_column_is_named(commune):
    with pytest.raises(FileRefused, match="thiếu cột “Số tiền”"):
        _understand(_file(_line()[:5], header=HEADER[:5]), commune)


def test_a_total_that_differs_is_a_warning(commune):
    total = ["Tổng cộng", None, None, None, None, 999_999]
    understood = _understand(_file(_line(), total), commune)
    assert understood.count("error") == 0
    assert "Dòng tổng ghi 999.999" in understood.findings[-1].text


def test_equal_gifts_are_both_kept_with_a_warning(commune):
    data = _file(_line(), _line(stt=2))
    understood = _understand(data, commune)
    assert understood.count("warning") == 2
    intake.import_file("receipts", data, name="a.xlsx", committee=commune, by=system_user())
    assert Receipt.objects.count() == 2


def test_a_gift_the_books_already_hold_is_a_warning(commune):
    make_receipt(ensure_fund(commune, by=system_user()), 100_000, on=date(2023, 10, 20))
    understood = _understand(_file(_line()), commune)
    assert [f.text for f in understood.rows[0].findings] == [
        "Sổ đã có khoản giống hệt của người này."
    ]


def test_goods_without_unit_value_take_it_from_the_amount(commune):
    goods = _line(form="Hiện vật", amount=300_000, goods="Gạo", unit="kg", quantity=20)
    data = _file(goods)
    intake.import_file("receipts", data, name="a.xlsx", committee=commune, by=system_user())
    assert GoodsLot.objects.get().unit_value == 15_000


def test_a_hamlet_has_no_fund_to_import_into():
    hamlet = make_unit("hamlet", "Ấp 1", parent=make_unit("commune"))
    with pytest.raises(FileRefused, match="không lập quỹ"):
        _understand(_file(_line()), hamlet)

import unicodedata

import pytest

from config.workbooks import UnreadableFile, year_in
from config.workbooks.titles import unit_of


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["DANH SÁCH HỘ NGHÈO NĂM 2023"], 2023),
        ([unicodedata.normalize("NFD", "danh sách hộ nghèo năm 2023")], 2023),
        (["ỦY BAN", "Tháng cao điểm năm 2023 (từ 17/10 đến 18/11)"], 2023),
        (["DANH SÁCH NĂM 2023", "(lập ngày 05 tháng 01 năm 2024)"], 2023),
        (["DANH SÁCH NĂM 2023", "KẾ HOẠCH NĂM 2023"], 2023),
        (["Mỹ Thạnh, ngày 20 tháng 10 năm 2023"], None),
        (["KẾT QUẢ NĂM 2022, KẾ HOẠCH NĂM 2023"], None),
        (["GIAI ĐOẠN NĂM 2021-2025"], None),
        (["VIỆT NAM 20233"], None),
        (["NĂM 0206"], None),
        (["DANH SÁCH"], None),
        ([], None),
    ],
)
def test_the_year_is_taken_from_the_title(titles, year):
    assert year_in(titles) == year


@pytest.mark.parametrize(
    ("titles", "headers", "unit"),
    [
        ([], [], 1),
        (["DANH SÁCH ỦNG HỘ"], ["Số tiền (đồng)", "ĐVT", "Số lượng"], 1),
        (["ĐVT: đồng"], ["Số tiền"], 1),
        (["ĐVT: nghìn đồng"], [], 1_000),
        (["Đơn vị tính: ngàn đồng"], [], 1_000),
        (["(Đơn vị tính: 1.000 đồng)"], [], 1_000),
        (["ĐVT: 1000đ"], [], 1_000),
        (["Đvt: tr.đ"], [], 1_000_000),
        (["ĐVT: Triệu đồng"], [], 1_000_000),
        (["Đơn vị: tỷ đồng"], [], 1_000_000_000),
        (["(triệu đồng)"], [], 1_000_000),
        ([unicodedata.normalize("NFD", "ĐVT: nghìn đồng")], [], 1_000),
        ([], ["Số tiền (nghìn đồng)"], 1_000),
        ([], ["Số tiền (1.000đ)"], 1_000),
        ([], ["Kinh phí", "Triệu đồng"], 1_000_000),
        (["ĐVT: triệu đồng"], ["Số tiền (triệu đồng)"], 1_000_000),
        (["Hỗ trợ 500 nghìn đồng cho mỗi hộ"], ["Số tiền"], 1),
        (["Đơn vị: Xã Đồng Tâm"], [], 1),
        (["Đơn vị: Đồng Tháp"], ["Số tiền (nghìn đồng)"], 1_000),
    ],
)
def test_the_unit_of_money_is_taken_from_title_or_header(titles, headers, unit):
    assert unit_of(titles, headers) == unit


@pytest.mark.parametrize(
    ("titles", "headers"),
    [
        (["ĐVT: nghìn đồng"], ["Số tiền (đồng)"]),
        ([], ["Đơn giá (đồng)", "Thành tiền (triệu đồng)"]),
    ],
)
def test_two_units_in_one_list_are_refused(titles, headers):
    with pytest.raises(UnreadableFile, match=r"nhiều đơn vị tính .*: hãy dùng một đơn vị"):
        unit_of(titles, headers)

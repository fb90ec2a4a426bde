"""B: sheets laid out, hidden, merged and filled in ways that no form foresees."""

import re
from datetime import date

import pytest

from households.models import Household
from tests.factories.committees import make_unit
from tests.factories.households import LABELS
from tests.households.bad_files import (
    OTHER,
    errors_of,
    refusal_of,
    rows_of,
    two_lines,
    warnings_of,
)
from tests.workbooks.making import SHEET, repacked, xlsx

pytestmark = pytest.mark.django_db

STATE = [
    ["ỦY BAN MTTQ VIỆT NAM", None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["XÃ THỬ NGHIỆM", None, None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [None, None, None, None, None, "Thử Nghiệm, ngày 20 tháng 10 năm 2023"],
]

TOTAL = [None, None, None, "TỔNG CỘNG", None, None, None, None, 10]
SIGNED = [
    [], ["", "", "", "", "", "", "", "", "TM. BAN THƯỜNG TRỰC"],
    [None, None, None, "NGƯỜI LẬP BIỂU", None, None, None, None, "CHỦ TỊCH"],
    [None, None, None, "(Ký, ghi rõ họ tên)"], [],
    [None, None, None, "Nguyễn Thị Lập", None, None, None, None, "Trần Văn Ký"],
]  # fmt: skip


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def drawn(commune, draw, *lines, rows=None, **options):
    rows = rows or rows_of(commune, *(lines or ({}, OTHER)))
    return xlsx(rows, draw=draw, **options)


def two_row_header(commune):
    rows = two_lines(commune)
    above = [None, "Hộ gia đình", None, None, "Chủ hộ", None, None, None, *LABELS[8:]]
    below = [*LABELS[:8], *[None] * 5]
    return xlsx([*STATE, *rows[:3], above, below, *rows[4:]])


def merged_header(book, sheet):
    sheet.merge_range("A1:M1", "ỦY BAN MTTQ VIỆT NAM XÃ THỬ NGHIỆM")
    sheet.merge_range("A2:M2", "DANH SÁCH HỘ NGHÈO NĂM 2023")


def hidden_sheet(book, sheet):
    book.add_worksheet("Năm ngoái").write("A1", "x")
    book.worksheets()[1].hide()


def hidden_rows(book, sheet):
    sheet.set_row(5, None, None, {"hidden": True})


def filtered(book, sheet):
    sheet.autofilter("A4:M6")
    sheet.filter_column("E", "x == Nữ")
    hidden_rows(book, sheet)


def hidden_columns(book, sheet):
    sheet.set_column("H:H", None, None, {"hidden": True})


def million_blank_rows(commune):
    blank = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n)
        for n in range(7, 1_048_577)
    )
    data = xlsx(two_lines(commune))
    end = b"</sheetData>"
    return repacked(data, replace={SHEET: lambda xml: xml.replace(end, blank + end)})


def with_gaps(commune, *after, total=None):
    rows = two_lines(commune)
    return xlsx([*rows[:5], [], [None, "  "], rows[5], *([total] if total else []), *after])


def merged_hamlet(book, sheet):
    sheet.merge_range("C5:C6", "Ấp 1")


def merged_birthday(book, sheet):
    sheet.merge_range("F5:F6", 1970)


def formulas(book, sheet):
    sheet.write_formula("I5", "=2+3", None, 5)
    sheet.write_formula("A6", "=A5+1", None, 2)


def more_columns(commune):
    labels = [*reversed(LABELS), "Tôn giáo", "Hạng"]
    return xlsx(two_lines(commune, labels=labels))


def far_cell(book, sheet):
    sheet.write("XFD5", "xa")


def wide(commune):
    rows = two_lines(commune)
    rows[3] += [f"Cột {n}" for n in range(16_384 - len(LABELS))]
    rows[4] += ["x"] * (16_384 - len(rows[4]))
    return xlsx(rows)


def several_sheets(commune):
    return xlsx([["Bìa"]], rows_of(commune, {}), rows_of(commune, OTHER))


def shown_otherwise(book, sheet):
    sheet.write("F5", date(1987, 3, 5), book.add_format({"num_format": '"sinh ở đâu đó"'}))
    sheet.write("I5", 5, book.add_format({"num_format": '0" người"'}))


def remarks(book, sheet):
    bold = book.add_format({"bold": True})
    sheet.write_comment("D5", "Xem lại tên này")
    sheet.write_rich_string("D6", "Lê ", bold, "Văn ", "Đức")
    sheet.insert_textbox("D5", "che mất tên")


TAKEN = {
    "B1 title block": (lambda c: xlsx([*STATE, *two_lines(c)]), None),
    "B1 two-row header": (two_row_header, None),
    "B1 merged titles": (lambda c: drawn(c, merged_header), None),
    "B2 hidden sheet": (lambda c: drawn(c, hidden_sheet), "“Năm ngoái” đang ẩn"),
    "B2 hidden rows": (lambda c: drawn(c, hidden_rows), "1 dòng đang ẩn, vẫn được tính: dòng 6"),
    "B2 filter on": (lambda c: drawn(c, filtered), "1 dòng đang ẩn, vẫn được tính: dòng 6"),
    "B2 hidden columns": (lambda c: drawn(c, hidden_columns), "cột đang ẩn.*H"),
    "B3 formatted blank rows": (million_blank_rows, None),
    "B4 blanks in the middle": (with_gaps, None),
    "B4 total that agrees": (lambda c: with_gaps(c, total=TOTAL), None),
    "B4 total that differs": (
        lambda c: with_gaps(c, total=[*TOTAL[:-1], 11]), "tổng cộng ghi 11 nhân khẩu.*được 10",
    ),
    "B4 signatures": (lambda c: with_gaps(c, *SIGNED, total=TOTAL), None),
    "B5 merged hamlet": (lambda c: drawn(c, merged_hamlet), "ô gộp.*C5:6.*mọi dòng"),
    "B5 merged other cell": (lambda c: drawn(c, merged_birthday), "ô gộp.*F5:6.*chỉ dòng đầu"),
    "B6 stored values": (lambda c: drawn(c, formulas), "2 ô công thức"),
    "B7 other order and more": (more_columns, "Không nhập các cột: Tôn giáo, Hạng"),
    "B8 text in XFD": (lambda c: drawn(c, far_cell), "chỉ đọc 256 cột đầu"),
    "B8 16,384 columns": (wide, "chỉ đọc 256 cột đầu"),
    "B9 several sheets": (several_sheets, "nằm ở 2 trang, đã gộp lại: “Sheet2” 1 dòng"),
    "B10 other display": (lambda c: drawn(c, shown_otherwise), None),
    "B11 remarks and boxes": (lambda c: drawn(c, remarks), None),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), TAKEN.values(), ids=TAKEN)
def test_a_sheet_is_understood_however_it_is_laid_out(commune, tmp_path, make, said):
    warned = warnings_of(make(commune), commune, tmp_path)
    if said:
        assert any(re.search(said, warning) for warning in warned), warned
    else:
        assert warned == []
    assert set(Household.objects.values_list("head_name", "members_declared")) == {
        ("Đặng Thị Thử", 5), ("Lê Văn Đức", 5),
    }  # fmt: skip


def test_a_day_is_the_same_in_either_date_system(commune, tmp_path):
    """B10: workbooks of the old Mac count days from 1904."""
    rows = rows_of(commune, {"Ngày sinh": date(1987, 3, 5)}, OTHER)
    warnings_of(xlsx(rows, date_1904=True), commune, tmp_path)
    assert Household.objects.get(code="H-0001").birth_date == date(1987, 3, 5)


def test_members_below_a_merged_household_are_no_households(commune, tmp_path):
    """B5: one household over rows of its members; only the first row is a household."""
    people = [{"Họ và tên chủ hộ": name, "Số CCCD": None} for name in ("Cu Anh", "Cu Em")]
    data = drawn(commune, lambda _, sheet: sheet.merge_range("B5:B7", "H-0001"), {}, *people)
    errors = errors_of(data, commune, tmp_path)
    assert {(row, column) for row, column, _ in errors} == {(6, "Mã hộ"), (7, "Mã hộ")}


def unknown_formula(book, sheet):
    sheet.write_formula("I5", "=SUM(A1:A2)", None, "")


def broken(text):
    return lambda book, sheet: sheet.write_formula("I5", "=X", None, text)


ERRORS = {
    "B6 no stored value": (unknown_formula, "Ô công thức chưa tính"),
    "B6 #REF!": (broken("#REF!"), "Ô báo lỗi #REF!"),
    "B6 #N/A": (broken("#N/A"), "Ô báo lỗi #N/A"),
    "B6 #DIV/0!": (broken("#DIV/0!"), "Ô báo lỗi #DIV/0!"),
}


@pytest.mark.parametrize(("draw", "said"), ERRORS.values(), ids=ERRORS)
def test_a_cell_without_a_value_is_an_error_at_its_place(commune, tmp_path, draw, said):
    ((row, column, sentence),) = errors_of(drawn(commune, draw), commune, tmp_path)
    assert (row, column) == (5, "Số nhân khẩu")
    assert said in sentence


def without(label):
    return [name for name in LABELS if name != label]


REFUSED = {
    "B1 header below row 20": (lambda c: xlsx([*[["x"]] * 21, *two_lines(c)]), "dòng tiêu đề"),
    "B2 only hidden sheets": (
        lambda c: repacked(
            xlsx(two_lines(c)),
            replace={"xl/workbook.xml": lambda x: x.replace(b" r:id", b' state="hidden" r:id')},
        ),
        "không có dữ liệu ở trang nào đang hiện",
    ),
    "B7 doubled column": (
        lambda c: xlsx(two_lines(c, labels=[*LABELS, "Số nhân khẩu"])), "có ở cả I và N",
    ),
    "B7 missing column": (
        lambda c: xlsx(two_lines(c, labels=without("Phân loại"))), "thiếu cột “Phân loại”",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED)
def test_a_sheet_without_the_list_is_refused(commune, tmp_path, make, said):
    assert said in refusal_of(make(commune), commune, tmp_path)


def test_stray_spaces_and_invisible_characters_are_dropped_and_said(commune, tmp_path):
    """B12: what comes along when cells are copied from pages and other programs."""
    line = {
        "Mã hộ": " H-0001\u00a0", "Họ và tên chủ hộ": "Đặng\u00a0 Thị\u200d Thử ",
        "Số CCCD": "'099187094950", "Số nhân khẩu": "\u2009 5 ", "Phân loại": "Nghèo\u00a0",
        "Điểm A": "'110", "Giới tính": " nữ ", "Ghi chú": "\u00a0\u200b", "Thôn/ấp": "Ấp\u00a01",
    }  # fmt: skip
    warned = warnings_of(xlsx(rows_of(commune, line)), commune, tmp_path, households=1)
    assert warned == []
    household = Household.objects.get()
    assert (household.code, household.head_name, household.note) == ("H-0001", "Đặng Thị Thử", "")
    assert household.members_declared == 5
    assert household.members.get().id_tail == "950"

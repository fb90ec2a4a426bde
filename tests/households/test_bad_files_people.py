"""C: Vietnamese text as it comes; D: identity; F: days. One line each in a list."""

import re
import unicodedata
from datetime import date, datetime, time

import pytest

from committees import intake
from committees.people import system_user
from households.models import Household, Member
from tests.factories.committees import make_unit
from tests.factories.households import household_list, make_household, national_id
from tests.households.bad_files import errors_of, rows_of, two_lines, warnings_of
from tests.workbooks.making import repacked, xlsx

pytestmark = pytest.mark.django_db

NAME, NUMBER, BORN = "Họ và tên chủ hộ", "Số CCCD", "Ngày sinh"


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def remarks(commune, line):
    """(level, column, sentence) of one line, and what would be kept of it."""
    data = xlsx(rows_of(commune, line))
    found = intake.understand("households", data, name="a.xlsx", committee=commune)
    (row,) = found.rows
    return [(f.level, f.column, f.text) for f in row.findings], row.record


def named(name):
    return {NAME: name, NUMBER: None}


NFD = unicodedata.normalize("NFD", "Nguyễn Văn Đức")
HALF = "Nguyê\u0303n Va\u0306n Đư\u0301c"

# What is kept, under the name that is kept: nothing to ask, but said where it was changed.
KEPT = {
    "C1 NFD": (named(NFD), "Nguyễn Văn Đức", "changed"),
    "C2 half-composed": (named(HALF), "Nguyễn Văn Đức", "changed"),
    "C6 Eth": (named("Ðặng Văn Ðức"), "Đặng Văn Đức", "changed"),
    "C6 African D": (named("Ɖặng Thị Ba"), "Đặng Thị Ba", "changed"),
    "C7 hoà": (named("Lê Thị Hoà"), "Lê Thị Hoà", None),
    "C7 hòa": (named("Lê Thị Hòa"), "Lê Thị Hòa", None),
    "C7 thuỷ": (named("Lê Thị Thuỷ"), "Lê Thị Thuỷ", None),
    "C9 apostrophe": (named("H'Hen Niê"), "H'Hen Niê", None),
    "C9 curly": (named("H’Hen Niê"), "H’Hen Niê", None),
    "C9 modifier": (named("HʼHen Niê"), "HʼHen Niê", None),
    "C9 backtick": (named("K`Brăm Lê"), "K`Brăm Lê", None),
    "C9 Y": (named("Y Moan Êñuôl"), "Y Moan Êñuôl", None),
    "C9 Đăm San": (named("Đăm San"), "Đăm San", None),
    "C10 one word": (named("Hơn"), "Hơn", "warning"),
    "C10 eight words": (named("Công Tằng Tôn Nữ Thị Ngọc Lan Hương"),
                        "Công Tằng Tôn Nữ Thị Ngọc Lan Hương", None),
    "C10 in brackets": (named("Lê Thị Ba (vợ)"), "Lê Thị Ba", "warning"),
    "C10 bà Tư": (named("bà Tư"), "bà Tư", "warning"),
    "C11 title": (named("ÔNG NGUYỄN VĂN A"), "ÔNG NGUYỄN VĂN A", "warning"),
    "C11 capitals": (named("NGUYỄN VĂN A"), "NGUYỄN VĂN A", None),
    "C11 double spaces": (named("Nguyễn  Văn   A"), "Nguyễn Văn A", "changed"),
    "C11 trailing dot": (named("Nguyễn Văn A."), "Nguyễn Văn A", None),
    "C13 right to left": (named("Lê\u202e Văn A"), "Lê Văn A", "changed"),
    "D9 number in the name": (named("Lê Văn A 099187094950"), "Lê Văn A", "warning"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "kept", "level"), KEPT.values(), ids=KEPT)
def test_a_name_is_kept_as_it_was_meant(commune, line, kept, level):
    found, record = remarks(commune, line)
    assert record.name == kept
    assert unicodedata.is_normalized("NFC", record.name)
    levels = [said for said, column, _ in found if column == NAME]
    assert levels == ([level] if level else [])


ERRORS = {
    "C3 one name in TCVN3": (named("NguyÔn V¨n Nam"), NAME, "có phải “Nguyễn Văn Nam”"),
    "C4 one name in VNI": (named("Nguyeãn Vaên Nam"), NAME, "có phải “Nguyễn Văn Nam”"),
    "C8 Cyrillic": (named("Nguyễn Vаn A"), NAME, "lẫn chữ cái"),
    "C8 Cyrillic alone": (named("Lê Тамара"), NAME, ""),
    "C10 comma": (named("Lê Văn A, Lê Văn B"), NAME, "ký tự lạ ,"),
    "C12 script": (named("<script>alert(1)</script>"), NAME, "ký tự lạ"),
    "C12 template": (named("{{7*7}}"), NAME, "ký tự lạ"),
    "C12 expression": (named("${7*7}"), NAME, "ký tự lạ"),
    "C12 quote": (named("';-- DROP"), NAME, "ký tự lạ"),
    "C12 header": (named("a%0d%0ab"), NAME, "ký tự lạ"),
    "C12 share": (named("\\\\server\\share"), NAME, "ký tự lạ"),
    "C13 control": (named("Lê Văn\u0007 A"), NAME, "không dùng được"),
    "C13 line separator": (named("Lê Văn\u2028A"), NAME, "không dùng được"),
    "C13 tag": (named("Lê Văn A\U000e0041"), NAME, "không dùng được"),
    "C13 private": (named("Lê Văn \ue000"), NAME, "không dùng được"),
    "C14 emoji": (named("Lê Văn 😀"), NAME, "không dùng được"),
    "C14 rare CJK": (named("Lê 𠀀"), NAME, "không dùng được"),
    "C14 10,000 letters": (named("Lê " * 3_400), NAME, "tối đa 120"),
    "C14 1,000 marks": (named("Lê A" + "\u0301" * 1_000), NAME, "quá nhiều dấu"),
    "D1 scientific": ({NUMBER: "1.23457E+11"}, NUMBER, "1,23E+11"),
    "D1 scientific, comma": ({NUMBER: "1,23457E+11"}, NUMBER, "1,23E+11"),
    "D1 short and contradicting": ({NUMBER: 98765432101}, NUMBER, "11 chữ số"),
    "D3 letter O": ({NUMBER: "O99187094950"}, NUMBER, "chỉ gồm chữ số"),
    "D3 none yet": ({NUMBER: "(chưa có)"}, NUMBER, "để trống"),
    "D3 zero": ({NUMBER: "0"}, NUMBER, "1 chữ số"),
    "D3 in a row": ({NUMBER: "123456789012"}, NUMBER, "không phải số thật"),
    "D3 all the same": ({NUMBER: "111111111111"}, NUMBER, "không phải số thật"),
    "D3 half": ({NUMBER: 99187094950.5}, NUMBER, "số lẻ"),
    "D7 day 00": ({BORN: "00/13/1965"}, BORN, "00"),
    "D7 no such day": ({BORN: "31/02/1980"}, BORN, "Không có ngày 31/02/1980"),
    "D7 future": ({BORN: 2044}, BORN, "sau năm của danh sách"),
    "F1 month first": ({BORN: "10/17/1980"}, BORN, "Không có tháng 17"),
    "F1 no year": ({BORN: "17/10"}, BORN, "thiếu năm"),
    "F2 29/02/1900": ({BORN: 60}, BORN, "không phải ngày"),
    "F2 negative": ({BORN: -5}, BORN, "không phải ngày"),
    "F3 lunar": ({BORN: "15 tháng Giêng"}, BORN, "âm lịch"),
    "F4 two digits": ({BORN: "05/03/87"}, BORN, "hai chữ số"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "column", "said"), ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_taken_is_an_error_at_its_place(commune, tmp_path, line, column, said):
    errors = errors_of(xlsx(rows_of(commune, line)), commune, tmp_path)
    assert {(row, where) for row, where, _ in errors} == {(5, column)}
    assert any(said in sentence for _, _, sentence in errors), errors


def test_a_character_that_no_database_takes_is_an_error(commune, tmp_path):
    """C13: NUL in a text file; half of a pair, as Excel writes it in a sheet."""
    rows = rows_of(commune, named("Lê Văn A"))
    text = "\n".join(";".join(str(c or "") for c in row) for row in rows)
    escaped = xlsx(rows_of(commune, named("Lê _xD83D_ A")))
    for data in (text.replace("Văn", "V\x00n").encode(), escaped):
        ((_, column, said),) = errors_of(data, commune, tmp_path)
        assert column == NAME
        assert re.search("không dùng được|ký tự lạ", said)


WARNED = {
    "C15 unknown group": ({"Dân tộc": "Sao Hỏa"}, "Dân tộc", "54 dân tộc"),
    "D1 lost zero": ({NUMBER: 99187094950}, NUMBER, "thiếu số 0 ở đầu"),
    "D2 nine digits": ({NUMBER: "301234567"}, NUMBER, "CMND cũ 9 số"),
    "D4 sex": ({"Giới tính": "Nam"}, NUMBER, "không khớp giới tính"),
    "D4 year": ({BORN: 1990}, NUMBER, "ứng với năm sinh 1987"),
    "D4 province": ({NUMBER: "003187094950"}, NUMBER, "Mã nơi đăng ký khai sinh 003"),
    "D7 130 years old": ({BORN: 1901, NUMBER: None}, BORN, "tuổi"),
    "D7 a child": ({BORN: 2015, NUMBER: None}, BORN, "tuổi"),
    "D8 two numbers": ({"Điện thoại": "0901234567; 0912345678"}, "Điện thoại", "đúng dạng"),
    "D9 number in the note": ({"Ghi chú": "CCCD 099187094950"}, "Ghi chú", "đã bỏ"),
}


@pytest.mark.parametrize(("line", "column", "said"), WARNED.values(), ids=WARNED)
def test_what_is_doubtful_is_taken_with_a_warning(commune, line, column, said):
    labels = ["Điện thoại"] if "Điện thoại" in line else []
    data = xlsx(rows_of(commune, line, labels=[*STANDARD, *labels]))
    (row,) = intake.understand("households", data, name="a.xlsx", committee=commune).rows
    assert row.record is not None
    found = [(f.column, f.text) for f in row.findings if f.level == "warning"]
    assert any(where == column and said in sentence for where, sentence in found), found
    assert "099187094950" not in str([row.shown, found])


STANDARD = [
    "STT", "Mã hộ", "Thôn/ấp", NAME, "Giới tính", BORN, "Dân tộc", NUMBER, "Số nhân khẩu",
    "Điểm A", "Điểm B", "Phân loại", "Ghi chú",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kinh ", "Kinh"), ("Ê đê", "Ê-đê"), ("Êđê", "Ê-đê"), ("Ê-đê", "Ê-đê"),
        ("ê đê", "Ê-đê"), ("Khmer", "Khơ-me"), ("H’Mông", "Mông"),
    ],
    ids=["C15 space", "C15 Ê đê", "C15 Êđê", "C15 Ê-đê", "C15 small", "C15 Khmer", "C15 H’Mông"],
)  # fmt: skip
def test_an_ethnic_group_is_kept_as_the_official_list_has_it(commune, typed, kept):
    found, record = remarks(commune, {"Dân tộc": typed})
    assert record.ethnicity == kept
    assert {level for level, _, _ in found} <= {"changed"}


@pytest.mark.parametrize(
    "typed", ["099.187.094.950", "099 187 094 950", "'099187094950", "099187094950\u00a0"],
    ids=["D3 dots", "D3 spaces", "D3 apostrophe", "D3 hard space"],
)  # fmt: skip
def test_signs_between_the_digits_of_a_number_do_not_matter(commune, typed):
    found, record = remarks(commune, {NUMBER: typed})
    assert record.identity.number == "099187094950"
    assert {level for level, _, _ in found} <= {"changed"}


PHONES = {
    "D8 84": ("84901234567", "0901234567"),
    "D8 +84": ("+84 901 234 567", "0901234567"),
    "D8 lost zero": (901234567, "0901234567"),
    "D8 old prefix": ("01681234567", "01681234567"),
    "D8 dots": ("0901.234.567", "0901234567"),
}


@pytest.mark.parametrize(("typed", "kept"), PHONES.values(), ids=PHONES)
def test_a_telephone_is_kept_with_its_zero(commune, typed, kept):
    data = xlsx(rows_of(commune, {"Điện thoại": typed}, labels=[*STANDARD, "Điện thoại"]))
    (row,) = intake.understand("households", data, name="a.xlsx", committee=commune).rows
    assert row.record.phone == kept


DAYS = {
    "F1 text": "05/03/1987",
    "F1 serial": 31_841,
    "F1 ISO": "1987-03-05",
    "F1 dots": "5.3.1987",
    "F1 words": "ngày 05 tháng 3 năm 1987",
    "F1 date": date(1987, 3, 5),
    "F2 time part": datetime.combine(date(1987, 3, 5), time(23, 59, 59)),
    "F2 serial with time": 31_841.75,
    "F2 zone": "1987-03-04T20:00:00Z",
}


@pytest.mark.parametrize("typed", DAYS.values(), ids=DAYS)
def test_a_day_is_the_same_in_every_form(commune, typed):
    _, record = remarks(commune, {BORN: typed})
    assert (record.birth_date, record.birth_year) == (date(1987, 3, 5), 1987)


@pytest.mark.parametrize(
    "typed", [1987, "1987", "Năm 1987", "00/00/1987"],
    ids=["D7 year", "D7 year as text", "D7 word", "D7 zeros"],
)  # fmt: skip
def test_the_year_of_birth_alone_is_enough(commune, typed):
    _, record = remarks(commune, {BORN: typed})
    assert (record.birth_date, record.birth_year) == (None, 1987)


OLD = {
    "C3 TCVN3": (
        {
            "Mã hộ": "M· hé", "Thôn/ấp": "Th«n/Êp", NAME: "Hä vµ tªn chñ hé",
            "Giới tính": "Giíi tÝnh", BORN: "Ngµy sinh", "Dân tộc": "D©n téc", NUMBER: "Sè CCCD",
            "Số nhân khẩu": "Sè nh©n khÈu", "Điểm A": "§iÓm A", "Điểm B": "§iÓm B",
            "Phân loại": "Ph©n lo¹i",
        },
        ["x· Thö NghiÖm", "DANH S¸CH Hé NGHÌO N¡M 2023"],
        {"Thôn/ấp": "Êp 1", NAME: "§Æng ThÞ Thö", "Giới tính": "N÷", "Phân loại": "NghÌo"},
        "TCVN3 (.VnTime)",
    ),
    "C4 VNI": (
        {
            "Mã hộ": "Maõ hoä", "Thôn/ấp": "Thoân/aáp", NAME: "Hoï vaø teân chuû hoä",
            "Giới tính": "Giôùi tính", BORN: "Ngaøy sinh", "Dân tộc": "Daân toäc",
            NUMBER: "Soá CCCD", "Số nhân khẩu": "Soá nhaân khaåu", "Điểm A": "Ñieåm A",
            "Điểm B": "Ñieåm B", "Phân loại": "Phaân loaïi",
        },
        ["xaõ Thöû Nghieäm", "DANH SAÙCH HOÄ NGHEØO NAÊM 2023"],
        {"Thôn/ấp": "AÁp 1", NAME: "Ñaëng Thò Thöû", "Giới tính": "Nöõ", "Phân loại": "Ngheøo"},
        "VNI",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("labels", "titles", "line", "said"), OLD.values(), ids=OLD)
def test_a_list_in_an_old_font_goes_in_converted_and_says_so(
    commune, tmp_path, labels, titles, line, said
):
    rows = [row for row in rows_of(commune, line) if row]
    header = [labels.get(label, label) for label in rows[2][:12]]
    data = xlsx([[titles[0]], [titles[1]], header, *(row[:12] for row in rows[3:])])
    warned = warnings_of(data, commune, tmp_path, households=1)
    assert any(said in warning and "“Đặng Thị Thử”" in warning for warning in warned), warned
    household = Household.objects.select_related("hamlet").get()
    assert household.head_name == "Đặng Thị Thử"
    assert household.hamlet.name.lower() == "ấp 1"
    found = intake.understand("households", data, name="a", committee=commune)
    changed = {f.column for f in found.rows[0].findings if f.level == "changed"}
    assert NAME in changed


def test_names_pasted_in_an_old_font_are_converted_with_their_column(commune, tmp_path):
    """C3: three names give a column away; the rest of the list is Unicode."""
    names = ["NguyÔn V¨n Thö", "§Æng ThÞ Hång", "L­¬ng V¨n §øc"]
    lines = [{"Mã hộ": f"H-{n}", NAME: name, NUMBER: None} for n, name in enumerate(names)]
    warned = warnings_of(xlsx(rows_of(commune, *lines)), commune, tmp_path, households=3)
    assert any("TCVN3 (.VnTime)" in warning for warning in warned)
    assert set(Household.objects.values_list("head_name", flat=True)) == {
        "Nguyễn Văn Thử", "Đặng Thị Hồng", "Lương Văn Đức",
    }  # fmt: skip


def test_capitals_of_vntimeh_are_known_by_the_font(commune, tmp_path):
    """C5: the letters are small, the font shows capitals."""
    names = ["®Æng thÞ thö", "nguyÔn v¨n ®øc", "lª thÞ hång"]
    lines = [{"Mã hộ": f"H-{n}", NAME: name, NUMBER: None} for n, name in enumerate(names)]

    def draw(book, sheet):
        font = book.add_format({"font_name": ".VnTimeH"})
        for row, name in enumerate(names, start=4):
            sheet.write(row, 3, name, font)

    data = xlsx(rows_of(commune, *lines), draw=draw)
    warned = warnings_of(data, commune, tmp_path, households=3)
    assert any("TCVN3 (.VnTimeH)" in warning for warning in warned)
    assert set(Household.objects.values_list("head_name", flat=True)) == {
        "ĐẶNG THỊ THỬ", "NGUYỄN VĂN ĐỨC", "LÊ THỊ HỒNG",
    }  # fmt: skip


def test_wide_digits_and_roman_numerals_are_ordinary_ones(commune):
    """C8: full-width digits, Roman numerals of one character."""
    found, record = remarks(commune, {"Thôn/ấp": "Ấp Ⅲ", "Mã hộ": "H-０００１"})
    assert record.code == "H-0001"
    assert {level for level, _, _ in found} <= {"changed"}
    _, same = remarks(commune, {"Thôn/ấp": "Ấp III"})
    assert record.hamlet == same.hamlet


def test_the_same_number_twice_is_an_error_wherever_it_stands(commune, tmp_path):
    """D5: in the file, in the commune, in another commune of which only the place is said."""
    data = household_list(commune, {}, {"Mã hộ": "H-0002", NAME: "Lê Thị Hai"})
    ((row, column, said),) = errors_of(data, commune, tmp_path)
    assert (row, column) == (6, NUMBER)
    assert "dòng 5" in said
    elsewhere = make_unit("hamlet", parent=make_unit("commune", "Xã Bên Cạnh"))
    make_household(elsewhere, number="099187094950", head_name="Bí Mật", code="X-9")
    ((_, _, said),) = errors_of(household_list(commune, {}), commune, tmp_path)
    assert "Xã Bên Cạnh" in said
    assert not {"Bí Mật", "X-9"} & set(said.split())


def test_people_alike_are_two_and_said_to_be_alike(commune, tmp_path):
    """D6: twins, namesakes, another number; nothing is merged."""
    twin = {"Mã hộ": "H-0002", NUMBER: national_id(9, sex="female", year=1987)}
    warned = warnings_of(xlsx(rows_of(commune, {}, twin)), commune, tmp_path)
    assert any("Trùng họ tên" in warning for warning in warned)
    assert Member.objects.count() == 2


def test_another_head_of_a_known_household_is_said(commune, tmp_path):
    """D6: the household stays, its head is another person."""
    intake.import_file(
        "households", xlsx(rows_of(commune, {})), name="a", committee=commune, by=system_user()
    )
    heir = {NAME: "Lê Thị Con", NUMBER: None, BORN: 1999}
    found, record = remarks(commune, heir)
    assert any("Đặng Thị Thử" in said for level, _, said in found if level == "warning")
    assert record.household_id == Household.objects.get().pk


def test_text_that_is_no_text_never_reaches_the_records(commune, tmp_path):
    """C12, C13 in a column that takes any words: kept literally or refused, nothing runs."""
    note = "<script>{{7*7}} ${7*7} ';-- %0d%0a \\\\server\\share"
    warnings_of(xlsx(rows_of(commune, {"Ghi chú": note})), commune, tmp_path, households=1)
    assert Household.objects.get().note == note


def test_a_broken_part_beside_the_list_does_no_harm(commune, tmp_path):
    """B11: a drawing that is no drawing."""
    data = repacked(xlsx(two_lines(commune)), add=[("xl/drawings/drawing1.xml", "<x>")])
    warnings_of(data, commune, tmp_path)

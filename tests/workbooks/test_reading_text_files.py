import codecs
from unicodedata import normalize

import pytest

from config.workbooks import Column, UnreadableFile, only_table, read_workbook
from tests.workbooks.making import cpu_seconds

ROWS = [
    ["STT", "Họ và tên", "Ấp", "Số người", "Ghi chú"],
    ["1", "Nguyễn Thị Đượm", "Ấp Thủ Khoa", "4", ""],
    ["2", "Trần Văn Hoàng", "Ấp Mỹ Quới", "3", "ốm yếu"],
]
READ = [
    ["STT", "Họ và tên", "Ấp", "Số người", "Ghi chú"],
    [1, "Nguyễn Thị Đượm", "Ấp Thủ Khoa", 4],
    [2, "Trần Văn Hoàng", "Ấp Mỹ Quới", 3, "ốm yếu"],
]
COLUMNS = [Column("name", ["Họ và tên"]), Column("people", ["Số người"])]


def lines(rows=ROWS, delimiter=";", end="\r\n"):
    return "".join(delimiter.join(row) + end for row in rows)


def read(data):
    return read_workbook(data, filename="hộ nghèo.csv")


def half_composed(text):
    """As Vietnamese Windows keeps letters: a tone is a byte of its own after its letter."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    composed = []
    for letter in text:
        marks = normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        composed.append(normalize("NFC", "".join(m for m in marks if m not in tones)) + tone)
    return "".join(composed)


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        (lines().encode(), "UTF-8"),
        (lines().encode("utf-8-sig"), "UTF-8"),
        (lines().encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + lines().encode("utf-16-be"), "UTF-16"),
        (lines().encode("utf-16-le"), "UTF-16"),
        (lines().encode("utf-16-be"), "UTF-16"),
        (lines().encode("utf-32"), "UTF-32"),
        (half_composed(lines()).encode("cp1258"), "Windows-1258"),
    ],
    ids=["plain", "mark", "wide", "wide big", "wide, no mark", "big, no mark", "32", "cp1258"],
)
def test_letters_are_read_in_any_encoding_and_the_guess_is_said(encoded, name):
    book = read(encoded)
    assert book.sheets[0].rows == READ
    assert book.warnings == [
        f"Tệp văn bản (CSV) được đọc theo bảng mã {name}, các cột cách nhau bằng dấu chấm phẩy "
        "(;): hãy xem lại chữ có dấu và các cột."
    ]


def test_text_that_was_read_wrongly_once_is_offered_repaired():
    wrong = lines().encode().decode("latin-1").encode()
    table = only_table(read(wrong), COLUMNS)
    assert [row.cells["name"] for row in table.rows] == ["Nguyễn Thị Đượm", "Trần Văn Hoàng"]
    assert table.rows[0].typed["name"] == "Nguyễn Thị Đượm".encode().decode("latin-1")
    assert any("UTF-8 đọc nhầm" in warning for warning in table.warnings)


def test_letters_of_an_old_font_survive_the_way_through_a_text_file():
    rows = ["STT;Hä vµ tªn;Sè ng­êi", "1;NguyÔn V¨n Thö;4", "2;L­¬ng ThÞ Hång;3"]
    table = only_table(read("\n".join(rows).encode("latin-1")), COLUMNS)
    assert [row.cells["name"] for row in table.rows] == ["Nguyễn Văn Thử", "Lương Thị Hồng"]


def test_one_broken_letter_does_not_spoil_the_others():
    book = read(lines().encode() + b"3;L\xea V\xc4\x83n Th\xc3\xa0nh;\xe1\xba\xa4p 1;2;\r\n")
    assert book.sheets[0].rows[1] == READ[1]
    assert book.sheets[0].rows[3][1] == "L\ufffd Văn Thành"
    assert "có ký tự hỏng" in book.warnings[0]


@pytest.mark.parametrize(
    ("delimiter", "said"),
    [
        (",", "dấu phẩy (,)"),
        (";", "dấu chấm phẩy (;)"),
        ("\t", "dấu tab"),
        ("|", "dấu gạch đứng (|)"),
    ],
)
def test_the_delimiter_is_found_and_said(delimiter, said):
    book = read(lines(delimiter=delimiter).encode())
    assert book.sheets[0].rows == READ
    assert said in book.warnings[0]


@pytest.mark.parametrize("first", ["sep=^\r\n", '"sep=^"\r\n', "SEP=^\n", "sep=^^^^\r"])
def test_the_delimiter_may_be_said_in_the_first_line(first):
    book = read((first + lines(delimiter="^")).encode("utf-8-sig"))
    assert book.sheets[0].rows == READ
    assert "“^”" in book.warnings[0]


def test_commas_in_names_and_titles_do_not_mislead():
    text = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, NĂM 2023\n\n" + lines()
    text += "3;Lê, Văn, A, B, C, D;Ấp 1;2;a, b\n"
    assert read(text.encode()).sheets[0].rows[2:5] == READ


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
def test_lines_may_end_in_any_way(end):
    assert read(lines(end=end).encode()).sheets[0].rows == READ


def test_a_cell_in_quotes_may_hold_lines_quotes_and_delimiters():
    text = 'Họ và tên;Ghi chú\r\n"Lê Văn A";"dòng một\r\ndòng hai; ""ba"""\r\nTrần B;x\r\n'
    rows = read(text.encode()).sheets[0].rows
    assert rows[1] == ["Lê Văn A", 'dòng một\r\ndòng hai; "ba"']
    assert rows[2] == ["Trần B", "x"]


def test_figures_are_numbers_and_leading_zeros_stay():
    text = 'a;b;c;d;e;f\n5;099187094950;0;="0123";1.5;12345678901\n'
    assert read(text.encode()).sheets[0].rows[1] == [
        5, "099187094950", 0, "0123", "1.5", "12345678901",
    ]  # fmt: skip


def test_an_open_quote_that_would_swallow_lines_is_named():
    text = 'STT;Họ tên\n1;"Lê Văn A\n2;Trần B\n3;Ngô C\n'
    with pytest.raises(UnreadableFile, match=r"Dòng 2 có dấu nháy kép.*hãy sửa"):
        read(text.encode())


def test_a_line_of_five_megabytes_and_a_cell_too_long_are_refused_at_once():
    started = cpu_seconds()
    for text in ("x" * 5_000_000, "a;b\n" + "x" * 40_000 + ";1\n", 'a;"' + "x\n" * 20_000):
        with pytest.raises(UnreadableFile, match=r"32\.767 ký tự"):
            read(text.encode())
    assert cpu_seconds() - started < 5


def test_only_the_first_columns_are_read():
    book = read(("a;" * 5_000 + "\n" + "1;" * 5_000 + "\n").encode())
    assert len(book.sheets[0].rows[0]) == 256
    assert book.sheets[0].warnings == ["Chỉ đọc 256 cột đầu, các cột sau bỏ qua."]


def test_too_many_lines_are_refused_not_cut():
    text = lines() + "3;a;b;c;d\n" * 50
    with pytest.raises(UnreadableFile, match="hơn 20 dòng: hãy chia"):
        read_workbook(text.encode(), filename="x.csv", max_rows=20)


def test_blank_lines_keep_their_numbers_and_do_not_go_on_for_ever():
    text = lines()[:-2] + "\r\n" * 4 + "3;Lê A\r\n" + "\r\n" * 2_000 + "4;Lê B\r\n"
    rows = read(text.encode()).sheets[0].rows
    assert (len(rows), rows[6]) == (7, [3, "Lê A"])


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 50, b"\xff\xfe", b"   \r\n\t\r\n", b"\x1a"],
    ids=["every byte", "low bytes", "mark alone", "blanks", "end of file"],
)
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(UnreadableFile, match="hãy"):
        read(data)

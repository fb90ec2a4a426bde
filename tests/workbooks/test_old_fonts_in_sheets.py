import pytest

from config.workbooks import FONT_NAMES, Column, Sheet, find_table, only_table, read_workbook
from tests.workbooks.making import xlsx

COLUMNS = [
    Column("name", ["Họ và tên"]),
    Column("hamlet", ["Thôn/ấp"]),
    Column("people", ["Số người"]),
    Column("note", ["Ghi chú"], required=False),
]
UNICODE = [
    ["Họ và tên", "Thôn/ấp", "Số người", "Ghi chú"],
    ["Nguyễn Văn Thử", "Ấp Mỹ Đức", 4, "ốm yếu"],
    ["Lê Thị Hà", "Ấp Thủ Khoa", 3, None],
    ["Lường Văn Lò", "Ấp Mỹ Đức", 2, None],
    ["An", "Ấp Thủ Khoa", 1, None],
]
TCVN3 = [
    ["Hä vµ tªn", "Th«n/Êp", "Sè ng­êi", "Ghi chó"],
    ["NguyÔn V¨n Thö", "Êp Mü §øc", 4, "èm yÕu"],
    ["Lª ThÞ Hµ", "Êp Thñ Khoa", 3, None],
    ["L­êng V¨n Lß", "Êp Mü §øc", 2, None],
    ["An", "Êp Thñ Khoa", 1, None],
]
VNI = [
    ["Hoï vaø teân", "Thoân/aáp", "Soá ngöôøi", "Ghi chuù"],
    ["Nguyeãn Vaên Thöû", "Aáp Myõ Ñöùc", 4, "oám yeáu"],
    ["Leâ Thò Haø", "Aáp Thuû Khoa", 3, None],
    ["Löôøng Vaên Loø", "Aáp Myõ Ñöùc", 2, None],
    ["An", "Aáp Thuû Khoa", 1, None],
]
MOJIBAKE = [
    [cell.encode().decode("latin-1") if isinstance(cell, str) else cell for cell in row]
    for row in UNICODE
]


def found(rows, **parts):
    return find_table(Sheet("Danh sách", [list(row) for row in rows], **parts), COLUMNS)


def cells(table):
    return [[row.cells[column.key] for column in COLUMNS] for row in table.rows]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [(TCVN3, "tcvn3"), (VNI, "vni"), (MOJIBAKE, "mojibake")],
    ids=["TCVN3", "VNI", "mojibake"],
)
def test_a_whole_sheet_in_an_old_font_is_converted_and_says_so(rows, kind):
    """.VnTime has no capital letters with tones: "ấp" is all it can say."""
    table = found([["DANH S¸CH Hé NGHÌO N¡M 2023"], *rows] if kind == "tcvn3" else rows)
    assert [[str(c).lower() for c in row] for row in cells(table)] == [
        [str(c).lower() for c in row] for row in UNICODE[1:]
    ]
    assert table.labels["name"] == "Họ và tên"
    assert table.fonts["name"] == table.fonts["hamlet"] == kind
    assert table.rows[0].typed["name"] == rows[1][0]
    assert table.rows[3].typed.keys() == {"hamlet"}
    assert not any(row.problems for row in table.rows)
    (warning,) = table.warnings
    assert FONT_NAMES[kind] in warning
    assert "thành “Nguyễn Văn Thử”" in warning


def test_titles_and_totals_are_converted_with_their_sheet():
    rows = [["DANH S¸CH Hé NGHÌO N¡M 2023"], *TCVN3, ["Tæng céng", None, 10]]
    table = found(rows)
    assert table.titles == ["DANH SÁCH HỘ NGHÈO NĂM 2023"]
    assert table.total.cells["people"] == 10
    assert len(table.rows) == 4


def test_old_names_pasted_into_a_new_form_are_converted_column_by_column():
    rows = [UNICODE[0], *([old[0], *new[1:]] for old, new in zip(TCVN3, UNICODE, strict=True))][1:]
    table = found([UNICODE[0], *rows[1:]])
    assert cells(table) == UNICODE[1:]
    assert table.fonts == {"name": "tcvn3"}


def test_one_cell_among_unicode_is_no_guess_but_a_problem():
    rows = [*UNICODE, ["NguyÔn V¨n Ba", "Ấp Mỹ Đức", 2, None]]
    table = found(rows)
    assert cells(table)[-1][0] == "NguyÔn V¨n Ba"
    assert "“Nguyễn Văn Ba”" in table.rows[-1].problems["name"]
    assert (table.fonts, table.warnings) == ({}, [])


def test_letters_that_are_both_are_left_alone_where_the_rest_is_unicode():
    rows = [*UNICODE, ["Lê Hà", "Ấp Mỹ Đức", 2, None], ["Lã Thị Hà", "Ấp Mỹ Đức", 2, None]]
    assert cells(found(rows))[-2:] == [
        ["Lê Hà", "Ấp Mỹ Đức", 2, None],
        ["Lã Thị Hà", "Ấp Mỹ Đức", 2, None],
    ]


def test_a_few_names_typed_in_unicode_stay_as_they_are_in_an_old_list():
    rows = [TCVN3[0], *TCVN3[1:] * 10, ["Đặng Thị Mới", "Êp Mü §øc", 2, None]]
    table = found(rows)
    assert cells(table)[0][0] == UNICODE[1][0]
    assert cells(table)[-1] == ["Đặng Thị Mới", "ấp Mỹ Đức", 2, None]


def in_font(name, rows, header="Arial"):
    def draw(book, sheet):
        fonts = [book.add_format({"font_name": header}), book.add_format({"font_name": name})]
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, place, cell, fonts[number > 0])

    return xlsx([], draw=draw)


def test_the_name_of_the_font_tells_capitals_that_only_look_so():
    """In .VnTimeH "nguyÔn" is shown as NGUYỄN: the letters themselves are small."""
    small = str.maketrans("NVTLSKHA", "nvtlskha")
    rows = [TCVN3[0], *([row[0].translate(small), *row[1:]] for row in TCVN3[1:])]
    book = read_workbook(in_font(".VnTimeH", rows, header=".VnTime"), filename="x")
    assert book.sheets[0].fonts[0] == ("tcvn3", 0, 0, 0)
    table = only_table(book, COLUMNS)
    assert [row[0] for row in cells(table)] == ["NGUYỄN VĂN THỬ", "LÊ THỊ HÀ", "LƯỜNG VĂN LÒ", "AN"]
    assert "TCVN3 (.VnTimeH)" in table.warnings[-1]


def test_the_name_of_the_font_converts_names_that_letters_do_not_give_away():
    rows = [UNICODE[0], ["Hµ", "Thôn 1", 4], ["Lª", "Thôn 1", 4], ["Lò", "Thôn 1", 4]]
    plain = only_table(read_workbook(xlsx(rows), filename="x"), COLUMNS)
    named = only_table(read_workbook(in_font(".VnTime", rows), filename="x"), COLUMNS)
    assert [row.cells["name"] for row in plain.rows] == ["Hµ", "Lª", "Lò"]
    assert [row.cells["name"] for row in named.rows] == ["Hà", "Lê", "Lũ"]


def test_unicode_text_left_in_an_old_font_stays_as_it_is():
    book = read_workbook(in_font(".VnTime", UNICODE), filename="x")
    table = only_table(book, COLUMNS)
    assert cells(table) == UNICODE[1:]
    assert table.fonts == {}


def test_a_workbook_without_old_fonts_is_not_searched_for_them():
    book = read_workbook(in_font("Times New Roman", UNICODE), filename="x")
    assert book.sheets[0].fonts == []

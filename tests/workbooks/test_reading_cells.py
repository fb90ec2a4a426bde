from datetime import date, datetime
from pathlib import Path

import pytest

from config.vietnamese.dates import parse_date
from config.workbooks import CellError, EmptyFormula, column_letter, read_workbook
from config.workbooks.cells import column_index
from tests.workbooks.making import SHEET, cpu_seconds, repacked, sheet_of, xlsx

SAMPLES = Path(__file__).parents[1] / "data"


def first_sheet(data, **options):
    return read_workbook(data, filename="x.xlsx", **options).sheets[0]


def test_cells_come_as_what_they_are():
    moment = datetime(2023, 10, 17, 8, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
    cells = ["Đặng Văn Thử", 5, 5.5, True, date(2023, 10, 17), moment]
    sheet = first_sheet(xlsx([cells, [], [10**15]]))
    assert sheet.rows == [cells, [], [10**15]]
    assert type(sheet.rows[0][1]) is int
    assert (sheet.hidden_rows, sheet.merged, sheet.warnings) == ([], [], [])


def test_rows_begin_at_row_one_and_column_a_wherever_the_first_value_stands():
    sheet = first_sheet(xlsx([[], [], [None, None, "x"]]))
    assert sheet.rows == [[], [], [None, None, "x"]]


def test_a_formula_gives_its_stored_value_or_says_that_it_has_none():
    def formulas(_, sheet):
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '=""', None, "")
        sheet.write_formula("C1", '="a"', None, "a")
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E1", "=1=1", None, True)
        sheet.write_formula("A3", "=SUM(A1:A2)", None, "")

    rows = first_sheet(xlsx([[]], draw=formulas)).rows
    assert rows == [[2, EmptyFormula(), "a", CellError("#DIV/0!"), True], [], [EmptyFormula()]]
    assert "bấm Lưu" in rows[0][1].sentence
    assert "#DIV/0!" in rows[0][3].sentence


def test_an_empty_text_is_a_value_where_excel_stored_it_as_one():
    cells = b"""<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1</f><v/></c>
        <c r="C1"><f>1</f></c><c r="D1"><f t="shared" si="0"/><v>7</v></c>
        <c r="E1" t="e"><f>X</f><v>#REF!</v></c><c r="F1" t="e"><v>#N/A</v></c></row>"""
    assert first_sheet(sheet_of(cells)).rows == [
        [None, EmptyFormula(), EmptyFormula(), 7, CellError("#REF!"), CellError("#N/A")]
    ]


def test_formulas_are_found_in_sheets_that_name_neither_rows_nor_cells():
    cells = b"<row><c><v>1</v></c><c><f>A1</f></c></row><row><c t='e'><v>#N/A</v></c></row>"
    assert first_sheet(sheet_of(cells)).rows == [[1, EmptyFormula()], [CellError("#N/A")]]


def test_the_date_system_of_the_workbook_is_honoured():
    sheet = first_sheet(xlsx([[date(2023, 10, 17)]], date_1904=True))
    assert sheet.rows == [[date(2023, 10, 17)]]


def test_a_serial_without_a_date_format_is_still_a_day_to_the_reader_of_dates():
    assert parse_date(first_sheet(xlsx([[45216]])).rows[0][0]) == date(2023, 10, 17)


def test_rich_and_phonetic_text_comments_and_pictures_do_not_enter_the_value():
    cells = (
        "<row r='1'><c r='A1' t='inlineStr'><is><r><t xml:space='preserve'>Nguyễn </t></r>"
        "<r><rPr><b/></rPr><t>Văn</t></r>"
        "<rPh sb='0' eb='1'><t>xxx</t></rPh></is></c></row>"
    ).encode()
    assert first_sheet(sheet_of(cells)).rows == [["Nguyễn Văn"]]
    noted = xlsx([["An"]], draw=lambda _, sheet: sheet.write_comment("A1", "ghi chú"))
    assert first_sheet(noted).rows == [["An"]]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_not():
    def hide(book, sheet):
        book.worksheets()[1].hide()
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    book = read_workbook(xlsx([["a"], ["b"], ["c"], ["d"]], [["x"]], draw=hide), filename="x")
    assert [sheet.name for sheet in book.sheets] == ["Sheet1"]
    assert book.warnings == ["Trang “Sheet2” đang ẩn nên không được đọc: hãy bỏ ẩn nếu cần nhập."]
    assert book.sheets[0].rows == [["a"], ["b"], ["c"], ["d"]]
    assert book.sheets[0].hidden_rows == [2, 3]
    assert book.sheets[0].warnings == [
        "Trang “Sheet1” có 2 dòng đang ẩn, vẫn được tính: dòng 2, 3."
    ]


def test_every_visible_sheet_is_read():
    book = read_workbook(xlsx([["a"]], [], [["b"]]), filename="x")
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [
        ("Sheet1", [["a"]]),
        ("Sheet3", [["b"]]),
    ]


def test_merged_cells_are_reported():
    def merge(_, sheet):
        sheet.merge_range("A1:C1", "Tiêu đề")
        sheet.merge_range("A2:A4", "Ấp 1")

    sheet = first_sheet(xlsx([[]], draw=merge))
    assert sorted(sheet.merged) == [(0, 0, 0, 2), (1, 0, 3, 0)]
    assert sheet.rows == [["Tiêu đề"], ["Ấp 1"]]


def test_a_million_formatted_blank_rows_cost_nothing():
    cells = b"<row r='1'><c r='A1'><v>1</v></c></row>" + b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n)
        for n in range(2, 1_048_557)
    )
    data = sheet_of(cells, tail=b"<mergeCells><mergeCell ref='A1:B1'/></mergeCells>")
    started = cpu_seconds()
    sheet = first_sheet(data)
    assert sheet.rows == [[1]]
    assert sheet.merged == [(0, 0, 0, 1)]
    assert sheet.warnings == []
    assert cpu_seconds() - started < 2


def test_values_after_a_thousand_blank_rows_are_left_out_with_a_warning():
    rows = [["a"], *[[]] * 1_001, ["xa"]]
    sheet = first_sheet(xlsx(rows))
    assert sheet.rows == [["a"]]
    assert sheet.warnings == [
        "Trang “Sheet1”: dữ liệu sau hơn 1000 dòng trống (từ dòng 2) đã bị bỏ qua."
    ]
    assert len(first_sheet(xlsx([["a"], *[[]] * 999, ["b"]])).rows) == 1001


def test_a_stray_value_in_the_last_cell_of_the_sheet_is_harmless():
    def stray(_, sheet):
        sheet.write("XFD1", "lạc")
        sheet.write("XFD1048576", "lạc")

    sheet = first_sheet(xlsx([["a", "b"], ["c"]], draw=stray))
    assert sheet.rows == [["a", "b"], ["c"]]
    assert ["1000 dòng trống" in warning for warning in sheet.warnings] == [True, False]
    assert ["256 cột đầu" in warning for warning in sheet.warnings] == [False, True]


def test_links_macros_and_attachments_are_ignored_with_a_warning():
    data = repacked(
        xlsx([["a"]]),
        add=[
            ("xl/externalLinks/externalLink1.xml", "<a/>"),
            ("xl/connections.xml", "<a/>"),
            ("xl/embeddings/oleObject1.bin", "x"),
            ("xl/vbaProject.bin", "x"),
        ],
    )
    book = read_workbook(data, filename="x.xlsm")
    assert book.sheets[0].rows == [["a"]]
    assert [warning.split(":")[0] for warning in book.warnings] == [
        "Tệp có liên kết tới tệp khác",
        "Tệp có kết nối dữ liệu",
        "Tệp có tệp đính kèm",
        "Tệp có macro",
    ]


def test_an_old_xls_is_read_with_a_warning():
    book = read_workbook((SAMPLES / "ung-ho.xls").read_bytes(), filename="ung-ho.xls")
    assert len(book.sheets) == 1
    assert book.sheets[0].rows[3] == [1, date(2023, 10, 17), "Chùa Phước Lâm", "1.500.000 đ"]
    assert ["kiểu cũ" in warning for warning in book.warnings] == [True, False]
    assert "“Ẩn” đang ẩn" in book.warnings[1]


def test_sheets_that_prefix_their_tags_are_read_the_same():
    def prefixed(xml):
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"f"):
            for end in (b">", b" ", b"/>"):
                xml = xml.replace(b"<" + tag + end, b"<x:" + tag + end)
            xml = xml.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return xml.replace(b"xmlns=", b"xmlns:x=")

    data = sheet_of(b'<row r="1" hidden="1"><c r="A1"><v>5</v></c><c r="B1"><f>1</f></c></row>')
    sheet = first_sheet(repacked(data, replace={SHEET: prefixed}))
    assert sheet.rows == [[5, EmptyFormula()]]
    assert sheet.hidden_rows == [1]


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")]
)
def test_columns_are_named_as_on_the_screen(index, letters):
    assert column_letter(index) == letters
    assert column_index(letters) == index

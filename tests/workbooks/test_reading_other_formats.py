import io
import zipfile
from datetime import date

import pytest

from config.workbooks import (
    CellError,
    Column,
    EmptyFormula,
    UnreadableFile,
    kept_form,
    only_table,
    read_workbook,
)
from tests.workbooks.binary import xls, xlsb
from tests.workbooks.making import (
    cpu_seconds,
    ods,
    ods_cell,
    ods_of,
    ods_sheet,
    repacked,
    xlsx,
)

ROWS = [["STT", "Họ và tên", "Số người"], [1, "Nguyễn Văn Thử", 4], [2, "Trần Thị Mẫu", 3.5]]
COLUMNS = [Column("name", ["Họ và tên"]), Column("people", ["Số người"])]
PROGRAM = {"Module1": b"Sub Auto_Open " * 10, "dir": b"Sub Auto_Open " * 500, "x": b"Sub"}


def read(data):
    return read_workbook(data, filename="danh sách")


def row(*cells, attributes=""):
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def table(*rows, name="Trang1", attributes=""):
    return f'<table:table table:name="{name}"{attributes}>{"".join(rows)}</table:table>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (xls(ROWS), "Tệp .xls kiểu cũ"),
        (xlsb(ROWS), "Tệp .xlsb: ô báo lỗi"),
        (ods(ROWS), None),
        (xlsx(ROWS), None),
    ],
    ids=["xls", "xlsb", "ods", "xlsx"],
)
def test_the_same_rows_come_from_every_kind_of_workbook(data, said):
    book = read(data)
    assert book.sheets[0].rows == ROWS
    assert len(only_table(book, COLUMNS).rows) == 2
    assert bool(book.warnings) == bool(said)
    assert all(said in warning for warning in book.warnings)


def test_an_open_document_keeps_days_gaps_and_special_letters():
    rows = [["Ngày", None, "A & B <c>"], [date(1987, 3, 5), None, "099187094950"]]
    assert read(ods(rows)).sheets[0].rows == rows


def test_what_is_hidden_merged_or_not_calculated_is_known_of_an_open_document():
    text = ods_cell("x")
    wrong = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    unknown = '<table:table-cell table:formula="of:=[.A1]+1"/>'
    known = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    wide = '<table:table-cell table:number-columns-repeated="3"/>'
    merged = text.replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"', 1)
    data = ods_of(
        table(
            '<table:table-column/><table:table-column table:visibility="collapse"/>',
            row(text, wrong, unknown, known),
            row(attributes=' table:number-rows-repeated="2"'),
            row(wide, text, attributes=' table:visibility="filter"'),
            row(wide, merged),
            row(wide, "<table:covered-table-cell/>"),
            row(wide, attributes=' table:number-rows-repeated="1048000"'),
        )
    )
    (sheet,) = read(data).sheets
    assert sheet.rows[0] == ["x", CellError("#DIV/0!"), EmptyFormula(), 2]
    assert sheet.rows[3] == [None, None, None, "x"]
    assert (sheet.hidden_rows, sheet.merged) == ([4], [(4, 3, 5, 3)])
    assert sheet.warnings == [
        "Trang “Trang1” có 1 dòng đang ẩn, vẫn được tính: dòng 4.",
        "Trang “Trang1” có cột đang ẩn, vẫn được đọc: cột B.",
        "Trang “Trang1” có 1 ô công thức: lấy giá trị đã tính khi lưu tệp.",
    ]


def test_a_hidden_sheet_of_an_open_document_is_left_out():
    style = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    hidden = ods_sheet("Cũ", ROWS).replace(
        "<table:table ", '<table:table table:style-name="ta2" ', 1
    )
    book = read(ods_of(ods_sheet("Ấp 1", ROWS), hidden, styles=style))
    assert [sheet.name for sheet in book.sheets] == ["Ấp 1"]
    assert book.warnings == ["Trang “Cũ” đang ẩn nên không được đọc: hãy bỏ ẩn nếu cần nhập."]


MANY = ' table:number-rows-repeated="1000000"'
WIDE = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" '
ENCRYPTED = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ods_of(table(row(ods_cell("x"), attributes=MANY))), "hơn 20.000 dòng"),
        (ods_of(table(row(WIDE + 'office:value="1"/>', attributes=MANY))), "hãy"),
        (ods_of(table(row(ods_cell("x"))), parts=[("a.zip", b"PK\x03\x04")]), "không an toàn"),
        (ods_of(table(row(ods_cell("x"))), parts=[("../a", "x")]), "không an toàn"),
        (
            ods_of(table(row(ods_cell("x"))), parts=[("zeros", bytes(20 * 1024 * 1024))]),
            "nén quá mức",
        ),
        (ods_of("", parts=[("META-INF/manifest.xml", ENCRYPTED)]), "có mật khẩu"),
        (ods_of("", parts=[("content.xml", "<!DOCTYPE a []><a/>")]), "khai báo XML"),
        (ods_of("", parts=[("content.xml", "<office:document-content>")]), "hãy"),
        (ods_of(), "không có dữ liệu"),
        (ods(ROWS)[:-60], "bị hỏng"),
        (xlsb(ROWS)[:-60], "bị hỏng"),
        (repacked(xlsb(ROWS), replace={"xl/workbook.bin": lambda _: b"\x9c\x01\xff"}), "hãy"),
        (repacked(xlsb(ROWS), add=[("xl/zeros", bytes(20 * 1024 * 1024))]), "nén quá mức"),
        (xls(ROWS)[:3_000], "bị hỏng"),
    ],
    ids=[
        "million rows", "sixteen billion cells", "nested zip", "parent", "zip bomb", "password",
        "entity", "broken", "empty", "truncated", "truncated xlsb", "broken xlsb", "bomb xlsb",
        "truncated xls",
    ],
)  # fmt: skip
def test_other_workbooks_made_to_hurt_are_refused_at_once(data, said):
    started = cpu_seconds()
    with pytest.raises(UnreadableFile, match=said):
        read(data)
    assert cpu_seconds() - started < 8


def names_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def with_macros():
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    relation = b'<Relationship Id="rId9" Type="x/vbaProject" Target="vbaProject.bin"/>'
    return repacked(
        xlsx(ROWS),
        replace={
            "[Content_Types].xml": lambda x: x.replace(
                kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ),
            "xl/_rels/workbook.xml.rels": lambda x: x.replace(b"</Rel", relation + b"</Rel"),
        },
        add=[("xl/vbaProject.bin", b"Sub Auto_Open"), ("xl/vbaProjectSignature.bin", b"x")],
    )


def test_macros_are_not_in_the_form_that_is_kept():
    data = with_macros()
    kept = kept_form(data)
    assert {"xl/vbaProject.bin", "xl/vbaProjectSignature.bin"}.isdisjoint(names_in(kept))
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        together = b"".join(archive.read(name) for name in archive.namelist())
    assert b"vba" not in together
    assert b"macroEnabled" not in together
    assert read(kept).sheets == read(data).sheets
    for book in (read(data), read(kept)):
        assert book.warnings == ["Tệp có macro: đã bỏ qua, chỉ đọc giá trị trong ô."]
    assert kept_form(data) == kept == kept_form(kept)


def test_macros_of_an_old_workbook_are_wiped_where_they_lie():
    data = xls(ROWS, program=PROGRAM)
    kept = kept_form(data)
    assert b"Auto_Open" in data
    assert b"Auto_Open" not in kept
    assert read(kept).sheets == read(data).sheets
    assert any("macro" in warning for warning in read(data).warnings)
    assert kept_form(data) == kept == kept_form(kept)


def test_macros_that_lie_elsewhere_than_usual_are_refused():
    usual, other = ("_VBA_PROJECT_" + end for end in ("CUR", "OLD"))
    data = xls(ROWS, program=PROGRAM).replace(usual.encode("utf-16-le"), other.encode("utf-16-le"))
    with pytest.raises(UnreadableFile, match="macro không bỏ được: hãy"):
        kept_form(data)


def test_macros_of_an_open_document_are_not_kept():
    data = ods_of(ods_sheet("A", ROWS), parts=[("Basic/Standard/Module1.xml", "<x>Sub Main</x>")])
    assert not any(name.startswith("Basic/") for name in names_in(kept_form(data)))
    assert read(kept_form(data)).sheets == read(data).sheets


def test_a_file_without_macros_is_kept_as_it_is():
    for data in (xlsx(ROWS), ods(ROWS), xls(ROWS), xlsb(ROWS), b"a;b\n1;2\n"):
        assert kept_form(data) == data


@pytest.mark.parametrize("cut", [600, 1_100, 5_000])
def test_a_damaged_old_workbook_with_macros_is_refused_or_wiped(cut):
    data = xls(ROWS, program=PROGRAM)[:-cut]
    try:
        assert b"Auto_Open Sub" not in kept_form(data)
    except UnreadableFile as refusal:
        assert "hãy" in refusal.sentence  # noqa: PT017 - either is right

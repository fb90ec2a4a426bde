import re
from datetime import date

import pytest

from config.workbooks import (
    Column,
    HeaderNotUnderstood,
    Sheet,
    UnreadableFile,
    Workbook,
    find_table,
    joined_table,
    only_table,
    tables_of,
)

COLUMNS = [
    Column("name", ["Họ và tên"]),
    Column("hamlet", ["Ấp"], fill_down=True),
    Column("people", ["Số người"]),
    Column("note", ["Ghi chú"], required=False),
]
HEADER = ["STT", "Họ và tên", "Ấp", "Số người"]
BODY = [[1, "Nguyễn Văn Thử", "Ấp 1", 4], [2, "Trần Thị Mẫu", "Ấp 2", 3]]
STRANGE = ["STT", "Tên chủ nhà", "Chỗ ở", "Miệng ăn"]
PLACES = {"name": 1, "hamlet": 2, "people": 3}


def sheet(*rows, name="Danh sách", **parts):
    return Sheet(name, [list(row) for row in rows], **parts)


def book(*sheets):
    return Workbook("x", list(sheets), ["cả tệp"])


def names(table):
    return [row.cells["name"] for row in table.rows]


def refusal_of(*rows):
    with pytest.raises(HeaderNotUnderstood) as refusal:
        find_table(sheet(*rows), COLUMNS)
    return refusal.value


def test_every_labelled_column_is_there_to_be_shown_with_its_first_values():
    rows = [
        ["DANH SÁCH"],
        ["STT", "Hộ", None, "Số người", "Ngày sinh"],
        [None, "Họ và tên", "Ấp"],
        [1, " Nguyễn Văn Thử ", "Ấp 1", 4, date(1980, 1, 2)],
        [2, "Trần Thị Mẫu", "Ấp 2", 3],
        [3, "Lê A", None, 3],
        [4, "Lê B", "Ấp 2", 3],
    ]
    table = find_table(sheet(*rows), COLUMNS)
    assert [(cell.letter, cell.text, cell.parents) for cell in table.headers] == [
        ("A", "STT", ()), ("B", "Họ và tên", ("Hộ",)), ("C", "Ấp", ("Hộ",)),
        ("D", "Số người", ()), ("E", "Ngày sinh", ()),
    ]  # fmt: skip
    assert table.headers[1].examples == ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê A")
    assert table.headers[2].examples == ("Ấp 1", "Ấp 2", "Ấp 2")
    assert table.headers[4].examples == ("02/01/1980",)
    assert (table.mapping, table.header_row) == (PLACES, 2)


def test_a_layout_has_a_fingerprint_that_only_its_labels_change():
    one = find_table(sheet(HEADER, *BODY), COLUMNS).fingerprint
    assert re.fullmatch("[0-9a-f]{64}", one)
    same = [
        sheet(["DANH SÁCH XÃ KHÁC"], HEADER, [1, "Lê A", "Ấp 3", 1], name="Khác"),
        sheet([label.upper() for label in HEADER], *BODY),
        sheet(["STT", " Họ  và\ntên", "ấp:", "Số người *"], *BODY),
    ]
    assert {find_table(s, COLUMNS).fingerprint for s in same} == {one}
    others = [
        [*HEADER, "Ghi chú"], ["STT", "Ấp", "Họ và tên", "Số người"], [None, *HEADER],
        ["STT", "Họ và tên", "Ấp", "Số người", None, "X"],
    ]  # fmt: skip
    prints = {find_table(sheet(header, *BODY), COLUMNS).fingerprint for header in others}
    assert len(prints | {one}) == 5


def test_missing_columns_come_with_all_that_is_needed_to_ask():
    refusal = refusal_of(["Tiêu đề"], ["STT", "Họ và tên", "Chỗ ở", "Số người"], *BODY)
    assert "thiếu cột “Ấp”: hãy" in refusal.sentence
    assert "STT, Họ và tên, Chỗ ở, Số người" in refusal.sentence
    assert (refusal.sheet, refusal.header_row) == ("Danh sách", 2)
    assert refusal.mapping == {"name": 1, "people": 3}
    assert refusal.missing == ["Ấp"]
    assert [cell.text for cell in refusal.headers] == ["STT", "Họ và tên", "Chỗ ở", "Số người"]
    assert len(refusal.fingerprint) == 64


def test_a_header_of_unknown_labels_can_be_mapped_all_the_same():
    refusal = refusal_of(["DANH SÁCH HỘ"], [], STRANGE, *BODY)
    assert [cell.text for cell in refusal.headers] == STRANGE
    assert refusal.missing == ["Họ và tên", "Ấp", "Số người"]
    table = find_table(sheet(["DANH SÁCH HỘ"], [], STRANGE, *BODY), COLUMNS, columns_at=PLACES)
    assert names(table) == ["Nguyễn Văn Thử", "Trần Thị Mẫu"]
    assert table.fingerprint == refusal.fingerprint
    assert table.labels == {"name": "Tên chủ nhà", "hamlet": "Chỗ ở", "people": "Miệng ăn"}
    assert table.extra == ["STT"]


def test_a_doubled_column_can_be_decided():
    rows = [[*HEADER, "Số người"], [*BODY[0], 9]]
    refusal = refusal_of(*rows)
    assert "có ở cả D và E" in refusal.sentence
    assert refusal.missing == []
    table = find_table(sheet(*rows), COLUMNS, columns_at=PLACES | {"people": 4})
    assert table.rows[0].cells["people"] == 9


def test_a_mapping_that_is_chosen_is_taken_whole():
    rows = [[*HEADER, "Ghi chú"], [*BODY[0], "ốm"]]
    table = find_table(sheet(*rows), COLUMNS, columns_at=PLACES)
    assert table.rows[0].cells["note"] is None
    with pytest.raises(HeaderNotUnderstood, match="thiếu cột “Số người”"):
        find_table(sheet(*rows), COLUMNS, columns_at={"name": 1, "hamlet": 2})


def test_a_column_without_a_label_can_be_chosen():
    table = find_table(sheet(["STT", "Họ và tên", "Ấp"], *BODY), COLUMNS, columns_at=PLACES)
    assert table.rows[0].cells["people"] == 4
    assert table.labels["people"] == "Cột D"


def test_layouts_seen_before_are_applied_to_the_sheets_they_fit():
    first = refusal_of(STRANGE, *BODY)
    layouts = {first.fingerprint: PLACES}
    moved = sheet(["Ấp", "Họ và tên", "Số người"], ["Ấp 3", "Lê A", 2], name="B")
    workbook = book(sheet(STRANGE, *BODY, name="A"), moved)
    tables = tables_of(workbook, COLUMNS, layouts=layouts)
    assert [names(table) for table in tables] == [["Nguyễn Văn Thử", "Trần Thị Mẫu"], ["Lê A"]]
    assert names(joined_table(workbook, COLUMNS, layouts=layouts))[-1] == "Lê A"
    assert names(only_table(book(workbook.sheets[0]), COLUMNS, layouts=layouts))
    assert [table.sheet for table in tables_of(workbook, COLUMNS)] == ["B"]


HAMLETS = [
    sheet(["DANH SÁCH ẤP 1 NĂM 2023"], HEADER, BODY[0], ["Tổng cộng", None, None, 4], name="Ấp 1"),
    sheet(HEADER, [1, "Lê A", "Ấp 2", 2], ["Cộng", None, None, 9], name="Ấp 2"),
]


def test_sheets_of_one_list_are_joined_and_say_so():
    table = joined_table(book(sheet(["Bìa"], name="Bìa"), *HAMLETS), COLUMNS)
    assert names(table) == ["Nguyễn Văn Thử", "Lê A"]
    assert [(row.sheet, row.number) for row in table.rows] == [("Ấp 1", 3), ("Ấp 2", 2)]
    assert [(row.sheet, row.cells["people"]) for row in table.last_totals] == [
        ("Ấp 1", 4),
        ("Ấp 2", 9),
    ]
    assert table.titles == ["DANH SÁCH ẤP 1 NĂM 2023"]
    assert [part.sheet for part in table.parts] == ["Ấp 1", "Ấp 2"]
    assert table.warnings == [
        "cả tệp",
        "Trang “Bìa” không phải danh sách này nên bỏ qua.",
        "Danh sách nằm ở 2 trang, đã gộp lại: “Ấp 1” 1 dòng, “Ấp 2” 1 dòng. Nếu không đúng, hãy "
        "chọn một trang.",
    ]


def test_one_sheet_of_several_can_be_chosen():
    table = joined_table(book(*HAMLETS), COLUMNS, sheets=["Ấp 2"])
    assert (names(table), table.parts) == (["Lê A"], [])
    assert table.warnings == ["cả tệp", "Trang “Ấp 1” không được chọn nên bỏ qua."]
    with pytest.raises(UnreadableFile, match="không có trang “Ấp 9”: hãy"):
        joined_table(book(*HAMLETS), COLUMNS, sheets=["Ấp 9"])


def test_warnings_of_joined_sheets_name_their_sheet():
    merged = sheet(HEADER, *BODY, [3, "Lê B", None, 2], merged=[(2, 2, 3, 2)], name="Ấp 3")
    warnings = joined_table(book(*HAMLETS, merged), COLUMNS).warnings
    assert warnings[-1] == "Trang “Ấp 3”: Có ô gộp (C3:4): giá trị được ghi cho mọi dòng của ô gộp."


def test_sheets_that_count_money_differently_are_not_joined():
    columns = [*COLUMNS, Column("amount", ["Số tiền"], required=False)]
    sheets = [
        sheet(["ĐVT: nghìn đồng"], [*HEADER, "Số tiền"], [*BODY[0], 5], name="A"),
        sheet([*HEADER, "Số tiền"], [*BODY[1], 5], name="B"),
    ]
    with pytest.raises(UnreadableFile, match="“A”, “B” ghi đơn vị tính khác nhau: hãy"):
        joined_table(book(*sheets), columns)


def test_the_sheet_that_comes_nearest_is_the_one_complained_of():
    workbook = book(sheet(["Bìa"], name="Bìa"), sheet(HEADER[:3], *BODY, name="Ấp 1"))
    with pytest.raises(HeaderNotUnderstood, match="“Ấp 1” thiếu cột “Số người”"):
        tables_of(workbook, COLUMNS)


def test_a_list_of_one_sheet_is_not_said_to_be_joined():
    table = joined_table(book(HAMLETS[1]), COLUMNS)
    assert (table.warnings, table.parts) == (["cả tệp"], [])
    assert [row.cells["people"] for row in table.last_totals] == [9]

import random
import unicodedata
from datetime import date

import pytest

from config.workbooks import (
    CellError,
    Column,
    EmptyFormula,
    Sheet,
    UnreadableFile,
    Workbook,
    find_table,
    only_table,
)

NAME = Column("name", ["Họ và tên chủ hộ", "Họ tên chủ hộ", "Họ và tên"])
HAMLET = Column("hamlet", ["Thôn/ấp", "Ấp"])
PEOPLE = Column("people", ["Số nhân khẩu", "Nhân khẩu"])
AMOUNT = Column("amount", ["Số tiền", "Giá trị"], required=False)
COLUMNS = [NAME, HAMLET, PEOPLE, AMOUNT]
WATER = Column("water", ["Nguồn nước"], group="Chỉ số thiếu hụt")
TOILET = Column("toilet", ["Nhà tiêu"], group="Chỉ số thiếu hụt")

TITLES = [["ỦY BAN MTTQ VIỆT NAM XÃ MỸ THẠNH"], ["DANH SÁCH HỘ NGHÈO NĂM 2023"], []]
HEADER = ["STT", "Họ và tên chủ hộ", "Thôn/ấp", "Số nhân khẩu", "Số tiền (đồng)"]
BODY = [
    [1, "Nguyễn Văn Thử", "Ấp 1", 4, 500_000],
    [2, "Trần Thị Mẫu", "Ấp 2", 3, 300_000],
    [3, "Lê Văn Ví", "Ấp 2", 5, None],
]
PEOPLE_READ = [("Nguyễn Văn Thử", "Ấp 1", 4), ("Trần Thị Mẫu", "Ấp 2", 3), ("Lê Văn Ví", "Ấp 2", 5)]


def read(rows, columns=COLUMNS, **parts):
    return find_table(Sheet("Danh sách", [list(row) for row in rows], **parts), columns)


def people(table):
    return [(row.cells["name"], row.cells["hamlet"], row.cells["people"]) for row in table.rows]


def moved(order):
    return [
        [row[place] if place < len(row) else None for place in order] for row in [HEADER, *BODY]
    ]


def relabelled(**labels):
    return [[labels.get(f"c{place}", text) for place, text in enumerate(HEADER)], *BODY]


LAYOUTS = {
    "bare": [HEADER, *BODY],
    "with titles": [*TITLES, HEADER, *BODY],
    "far down": [*[["Ghi chú đầu trang"]] * 18, HEADER, *BODY],
    "state heading": [
        ["ỦY BAN MTTQ XÃ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["BAN THƯỜNG TRỰC", None, None, "Độc lập - Tự do - Hạnh phúc"],
        [None, None, None, "Mỹ Thạnh, ngày 20 tháng 10 năm 2023"],
        HEADER,
        *BODY,
    ],
    "columns moved": moved([3, 2, 0, 4, 1]),
    "columns moved and more of them": [
        [*row, "Ghi chú", "Điện thoại"] if row is HEADER else row for row in [HEADER, *BODY]
    ],
    "indented": [[None, None, *row] for row in [HEADER, *BODY]],
    "capitals": [[text.upper() for text in HEADER], *BODY],
    "without accents": relabelled(c1="Ho va ten chu ho", c2="Thon/ap", c3="So nhan khau"),
    "decomposed": [[unicodedata.normalize("NFD", text) for text in HEADER], *BODY],
    "line breaks": relabelled(c1="Họ và tên\nchủ hộ", c3="Số\nnhân\nkhẩu"),
    "odd spaces": relabelled(c1="  Họ  và\u00a0tên chủ hộ ", c3="Số nhân khẩu*"),
    "other labels": relabelled(c1="Họ tên chủ hộ", c2="Ấp", c3="Nhân khẩu"),
    "remarks in brackets": relabelled(c2="Thôn/ấp (ghi rõ)", c3="Số nhân khẩu (người)"),
    "full stops": relabelled(c2="Thôn / ấp.", c3="Số nhân khẩu:"),
    "two-row header": [
        ["STT", "Hộ gia đình", None, None, "Số tiền"],
        [None, "Họ và tên chủ hộ", "Thôn/ấp", "Số nhân khẩu", None],
        *BODY,
    ],
    "three-row header": [
        ["STT", "Thông tin", None, None, "Số tiền"],
        [None, "Hộ", None, "Số nhân khẩu", None],
        [None, "Họ và tên chủ hộ", "Thôn/ấp", None, None],
        *BODY,
    ],
    "numbered columns": [HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)"], *BODY],
    "numbered columns as numbers": [HEADER, [1, 2, 3, 4, 5], *BODY],
    "lettered and numbered columns": [HEADER, ["A", "B", 1, 2, "3=1+2"], *BODY],
    "blank rows between": [HEADER, BODY[0], [], [None, "  ", "\u00a0"], BODY[1], [], [], BODY[2]],
    "header again on the next page": [HEADER, *BODY[:2], HEADER, BODY[2]],
    "total below": [HEADER, *BODY, [None, "TỔNG CỘNG", None, 12, 800_000]],
    "total in the first column": [HEADER, *BODY, ["Tổng cộng:", None, None, 12, 800_000]],
    "total of a part": [
        HEADER,
        BODY[0],
        ["Cộng", None, None, 4],
        *BODY[1:],
        ["Tổng cộng", None, None, 12],
    ],
    "total above": [HEADER, ["Tổng số", None, None, 12], *BODY],
    "signatures": [
        HEADER,
        *BODY,
        [],
        [None, None, None, "Mỹ Thạnh, ngày 20 tháng 10 năm 2023"],
        [None, "NGƯỜI LẬP BIỂU", None, "TM. BAN THƯỜNG TRỰC"],
        [None, "(Ký, ghi rõ họ tên)", None, "CHỦ TỊCH"],
        [],
        [None, "Nguyễn Thị Lập", "x", "Trần Văn Ký", None],
    ],
    "total and signatures": [
        HEADER,
        *BODY,
        [None, "TỔNG CỘNG", None, 12],
        [None, "Bằng chữ: tám trăm nghìn đồng"],
        [None, "Kế toán", "Thủ quỹ", "Chủ tịch"],
        [None, "Nguyễn Thị Lập", "Trần Văn Giữ", "Lê Văn Ký"],
    ],
    "a closing note": [HEADER, *BODY, [], ["Danh sách này có 03 hộ."]],
    "numbers prepared for more": [HEADER, *BODY, [4], [5], [6]],
    "long rows": [HEADER, *([*row, *[None] * 200, "xa"] for row in BODY)],
}


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
def test_the_same_list_is_found_however_it_is_laid_out(rows):
    assert people(read(rows)) == PEOPLE_READ


def test_a_table_says_where_everything_stands():
    table = read([*TITLES, HEADER, *BODY])
    assert table.header_row == 4
    assert table.mapping == {"name": 1, "hamlet": 2, "people": 3, "amount": 4}
    assert table.titles == ["ỦY BAN MTTQ VIỆT NAM XÃ MỸ THẠNH", "DANH SÁCH HỘ NGHÈO NĂM 2023"]
    assert [row.number for row in table.rows] == [5, 6, 7]
    assert table.rows[2].cells["amount"] is None
    assert table.extra == ["STT"]
    assert table.place(6, "people") == "dòng 6, cột D (Số nhân khẩu)"
    assert (table.total, table.totals, table.warnings) == (None, [], [])


def test_totals_are_kept_apart():
    table = read(LAYOUTS["total of a part"])
    assert [total.cells["people"] for total in table.totals] == [4, 12]
    assert table.total.number == 6


@pytest.mark.parametrize(
    "name",
    ["Tổng công ty Điện lực", "Công an huyện", "Cộng đồng Phật tử", "Tổng đội 1", "Tống Văn Cộng"],
)
def test_givers_whose_name_begins_like_a_total_stay_in_the_list(name):
    columns = [Column("giver", ["Đơn vị"]), Column("amount", ["Số tiền"])]
    table = read([["Đơn vị", "Số tiền"], [name, 5], ["Tổng cộng", 5]], columns)
    assert [row.cells["giver"] for row in table.rows] == [name]
    assert table.total.cells["amount"] == 5


def test_records_that_mention_a_chairman_stay_in_the_list():
    columns = [Column("giver", ["Đơn vị"]), Column("amount", ["Số tiền"])]
    rows = [["Đơn vị", "Số tiền"], ["Chủ tịch UBND xã", 5], ["Kế toán xã", 6]]
    assert len(read(rows, columns).rows) == 2


def test_an_incomplete_record_is_kept_for_its_errors_to_be_shown():
    table = read([HEADER, *BODY, [4, "Phạm Văn Thiếu", None, None], [], ["Ghi chú: hết"]])
    assert [row.cells["name"] for row in table.rows][-1] == "Phạm Văn Thiếu"
    assert table.rows[-1].cells["people"] is None


def test_an_optional_column_may_be_missing_and_an_empty_list_is_a_list():
    table = read([HEADER[:4]])
    assert "amount" not in table.mapping
    assert table.rows == []
    assert table.place(1, "amount") == "dòng 1"


def test_headings_of_groups_are_skipped_with_a_warning():
    table = read([HEADER, [None, "I. Khu vực thành thị"], *BODY])
    assert people(table) == PEOPLE_READ
    assert table.warnings == ["Dòng 2 chỉ có “I. Khu vực thành thị”: coi là tiêu đề nhóm, bỏ qua."]


def test_columns_of_a_group_are_told_from_others_of_the_same_name():
    rows = [
        ["Họ tên", "Nguồn nước", "12 chỉ số thiếu hụt (đánh dấu x)", None, "Ghi chú"],
        [None, None, "Nguồn nước", "Nhà tiêu", None],
        ["Nguyễn Văn Thử", "giếng khoan", "x", None, "a"],
    ]
    columns = [Column("name", ["Họ tên"]), Column("source", ["Nguồn nước"]), WATER, TOILET]
    assert read(rows, columns).mapping == {"name": 0, "source": 1, "water": 2, "toilet": 3}


def test_a_group_may_be_left_out_of_a_flat_header():
    rows = [["Họ tên", "Nguồn nước", "Nhà tiêu"], ["Nguyễn Văn Thử", "x", None]]
    assert read(rows, [Column("name", ["Họ tên"]), WATER, TOILET]).mapping["toilet"] == 2


def test_missing_columns_are_named():
    with pytest.raises(UnreadableFile, match="thiếu cột “Thôn/ấp”, “Số nhân khẩu”: hãy"):
        read([["STT", "Họ và tên", "Số tiền"], [1, "Nguyễn Văn Thử", 5]])


def test_a_sheet_without_such_a_list_is_refused():
    for rows in ([["Thư mời họp"]], [[1, 2, 3]], [["a", "b"], ["c", "d"]], [[]]):
        with pytest.raises(UnreadableFile, match=r"không có dòng tiêu đề .* “Họ và tên chủ hộ”"):
            read(rows)


def test_a_column_that_stands_twice_is_refused_with_both_places():
    header = [*HEADER, "Số nhân khẩu"]
    with pytest.raises(UnreadableFile, match="“Số nhân khẩu” có ở cả D và F: hãy"):
        read([header, *BODY])


def test_the_preferred_label_wins_over_a_second_choice():
    rows = [["Họ và tên", "Họ và tên chủ hộ", "Ấp", "Nhân khẩu"], ["a", "b", "c", 1]]
    table = read(rows)
    assert table.mapping["name"] == 1
    assert table.extra == ["Họ và tên"]


def test_merged_cells_fill_only_the_columns_that_ask_for_it():
    rows = [HEADER, [1, "Nguyễn Văn Thử", "Ấp 1", 4, 5], [2, "Trần Thị Mẫu", None, 3, None]]
    merged = [(1, 2, 2, 2), (1, 4, 2, 4), (0, 0, 0, 4)]
    filling = [NAME, Column("hamlet", ["Thôn/ấp"], fill_down=True), PEOPLE, AMOUNT]
    table = read(rows, filling, merged=merged)
    assert [row.cells["hamlet"] for row in table.rows] == ["Ấp 1", "Ấp 1"]
    assert [row.cells["amount"] for row in table.rows] == [5, None]
    assert table.warnings == [
        "Có ô gộp (C2:3): giá trị được ghi cho mọi dòng của ô gộp.",
        "Có ô gộp trong danh sách (E2:3): chỉ dòng đầu có giá trị.",
    ]


def test_formulas_without_value_and_errors_are_problems_of_their_row():
    rows = [HEADER, [1, "Nguyễn Văn Thử", "Ấp 1", EmptyFormula(), CellError("#REF!")]]
    (row,) = read(rows).rows
    assert set(row.problems) == {"people", "amount"}
    assert "chưa tính" in row.problems["people"]
    assert "#REF!" in row.problems["amount"]


def test_text_in_an_old_font_is_a_problem_that_shows_what_it_may_mean():
    rows = [HEADER, [1, "NguyÔn V¨n Thö", "Ấp 1", 4], [2, "Nguyeãn Vaên Thöû", "Ấp 1", 4]]
    table = read([*rows, [3, "Lê Hoà", "Ấp 1", 4], [4, "Lê Hòa", "Ấp 1", 4]])
    assert ["“Nguyễn Văn Thử”" in row.problems.get("name", "") for row in table.rows] == [
        True, True, False, False,
    ]  # fmt: skip


def test_text_of_nothing_but_invisible_characters_is_empty():
    rows = [HEADER, [1, "Nguyễn Văn Thử", "Ấp 1", 4, " \u00a0\u200b"]]
    assert read(rows).rows[0].cells["amount"] is None


def test_the_right_sheet_is_chosen_and_the_others_are_named():
    book = Workbook("x", [Sheet("Bìa", [["Thư"]]), Sheet("Ấp 1", [HEADER, *BODY])], ["cả tệp"])
    table = only_table(book, COLUMNS)
    assert table.sheet == "Ấp 1"
    assert table.warnings == ["cả tệp", "Trang “Bìa” không phải danh sách này nên bỏ qua."]


def test_an_empty_template_beside_the_list_does_not_matter():
    book = Workbook("x", [Sheet("Mẫu", [HEADER]), Sheet("Ấp 1", [HEADER, *BODY])])
    assert only_table(book, COLUMNS).sheet == "Ấp 1"


def test_lists_on_several_sheets_are_refused_and_so_is_none():
    book = Workbook("x", [Sheet("Ấp 1", [HEADER, *BODY]), Sheet("Ấp 2", [HEADER, *BODY])])
    with pytest.raises(UnreadableFile, match="“Ấp 1”, “Ấp 2” đều có danh sách"):
        only_table(book, COLUMNS)
    with pytest.raises(UnreadableFile, match="“Bìa” không có dòng tiêu đề"):
        only_table(Workbook("x", [Sheet("Bìa", [["Thư"]])]), COLUMNS)


def test_any_jumble_of_cells_is_read_or_refused_but_never_fails():
    chance = random.Random(1965)
    scraps = [None, "", "x", 1, 2.5, True, date(2023, 1, 1), EmptyFormula(), CellError("#N/A"),
              "Tổng cộng", "TM. BAN", "(1)", "ĐVT: nghìn đồng", "\u200b", *HEADER]  # fmt: skip
    read_tables = 0
    for _ in range(800):
        rows = [
            [chance.choice(scraps) for _ in range(chance.randrange(8))]
            for _ in range(chance.randrange(12))
        ]
        rows.insert(chance.randrange(len(rows) + 1), chance.sample(HEADER, k=chance.randrange(6)))
        try:
            table = read(rows, COLUMNS, merged=[(1, 1, 4, 2)])
        except UnreadableFile as refusal:
            assert "hãy" in refusal.sentence  # noqa: PT017
        else:
            read_tables += 1
            keys = {column.key for column in COLUMNS}
            assert all(set(row.cells) == keys for row in table.rows)
    assert read_tables > 50

"""Nghị định 30/2020, Phụ lục I, measured on the printed page (domain.md §7.2)."""

from datetime import date

import pytest

from committees.printing import (
    Column,
    annex,
    can_cu,
    clause,
    dash,
    kinh_gui,
    paragraph,
    part,
    point,
    print_document,
    table,
)
from tests.documents import reading_pdf as ruler
from tests.documents.papers import SENTENCE, paper, unit

LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
RECIPIENTS = ["Như trên", "Ban Thường trực", "Lưu: VT"]


def printed(document=None, blocks=None, **options) -> bytes:
    blocks = [paragraph(SENTENCE * 3)] if blocks is None else blocks
    return print_document(document or paper(), blocks, recipients=RECIPIENTS, **options)


def near(value, expected, within=0.6) -> bool:
    return abs(value - expected) <= within


def middle(line) -> float:
    return (line.left + line.right) / 2


def test_margins_are_20_20_30_15_on_a4_on_every_page():
    pdf = printed(blocks=[paragraph(SENTENCE * 8)] * 8)
    assert set(ruler.page_sizes(pdf)) == {(210, 297)}
    assert len(ruler.page_sizes(pdf)) == 3
    for line in ruler.lines(pdf):
        is_page_number = line.page > 1 and line.bottom < TOP
        assert is_page_number or line.top >= TOP - 0.5
        assert line.left >= LEFT - 0.5
        assert line.right <= RIGHT + 0.6
        assert line.bottom <= BOTTOM + 0.5


def test_body_is_14_points_justified_with_an_indent_of_127_mm_and_a_gap_of_6_points():
    pdf = printed(blocks=[paragraph(SENTENCE * 4), paragraph(SENTENCE * 4)])
    starts = [line for line in ruler.lines(pdf) if near(line.left, LEFT + 12.7)]
    body = [line for line in ruler.lines(pdf) if starts[0].top <= line.top <= starts[1].top]
    assert {line.size for line in body} == {14}
    assert not any(line.is_bold or line.is_italic for line in body)
    assert len(starts) == 2
    full = [line for line in body if near(line.left, LEFT)]
    assert all(near(line.right, RIGHT) for line in [starts[0], *full[:-1]])
    step, gap = full[1].top - full[0].top, starts[1].top - full[-1].top
    assert gap - step >= 6 * ruler.POINT - 0.3


def test_nation_and_motto_are_13_and_14_bold_with_a_rule_as_long_as_the_motto():
    pdf = printed()
    nation, motto = ruler.line(pdf, "CỘNG HÒA"), ruler.line(pdf, "Độc lập")
    assert (nation.text, motto.text) == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    )
    assert (nation.size, nation.is_bold, motto.size, motto.is_bold) == (13, True, 14, True)
    assert near(middle(nation), middle(motto))
    rule = next(box for box in ruler.drawn(pdf) if near(box.left, motto.left))
    assert near(rule.width, motto.right - motto.left)


def test_issuer_is_13_with_a_rule_of_a_third_to_a_half_below():
    pdf = printed()
    above, commune, board = (
        ruler.line(pdf, text) for text in ("ỦY BAN", "XÃ MỸ THẠNH", "BAN THƯỜNG TRỰC")
    )
    assert [line.size for line in (above, commune, board)] == [13, 13, 13]
    assert [line.is_bold for line in (above, commune, board)] == [False, True, True]
    rule = next(box for box in ruler.drawn(pdf) if 0 < box.height < 1 and box.left < 70)
    assert 1 / 3 <= rule.width / (board.right - board.left) <= 1 / 2
    assert near(rule.left + rule.width / 2, middle(board))
    assert board.top < rule.top < board.bottom + 3


def test_number_stands_under_the_issuer_on_the_line_of_place_and_date():
    pdf = printed()
    number, place = ruler.line(pdf, "Số:"), ruler.line(pdf, "Mỹ Thạnh,")
    assert number.text == "Số: 07/KH-MTTQ-BTT"
    assert (number.size, number.is_italic) == (13, False)
    assert place.text == "Mỹ Thạnh, ngày 18 tháng 10 năm 2023"
    assert (place.size, place.is_italic, place.is_bold) == (14, True, False)
    assert near(number.bottom, place.bottom)
    assert near(middle(number), middle(ruler.line(pdf, "BAN THƯỜNG")))


def test_name_and_subject_are_14_bold_centred_with_a_rule_of_a_third_to_a_half():
    pdf = printed()
    name, subject = ruler.line(pdf, "KẾ HOẠCH"), ruler.line(pdf, "Tổ chức Tháng")
    for line in (name, subject):
        assert (line.size, line.is_bold) == (14, True)
        assert near(middle(line), (LEFT + RIGHT) / 2)
    rule = next(box for box in ruler.drawn(pdf) if box.top > subject.top and 0 < box.height < 1)
    assert 1 / 3 <= rule.width / (subject.right - subject.left) <= 1 / 2


def test_parts_clauses_points_and_dashes_are_numbered_and_styled_by_level():
    blocks = [
        part("Kết quả đạt được"),
        clause("Vận động Quỹ"),
        *(point(text) for text in ["tiền", "tài", "nhà", "quà", "nợ"]),
        dash("Một gạch đầu dòng"),
        clause("Hỗ trợ"),
        point("lại từ đầu"),
        part("Nhiệm vụ"),
        clause("Tiếp tục vận động.", titled=False),
    ]
    pdf = printed(blocks=blocks)
    subject = ruler.line(pdf, "Tổ chức")
    styles = {
        line.text: line.is_bold
        for line in ruler.lines(pdf)
        if line.top > subject.bottom and near(line.left, LEFT + 12.7)
    }
    assert styles == {
        "I. KẾT QUẢ ĐẠT ĐƯỢC": True,
        "1. Vận động Quỹ": True,
        "a) tiền": False,
        "b) tài": False,
        "c) nhà": False,
        "d) quà": False,
        "đ) nợ": False,
        "- Một gạch đầu dòng": False,
        "2. Hỗ trợ": True,
        "a) lại từ đầu": False,
        "II. NHIỆM VỤ": True,
        "1. Tiếp tục vận động./.": False,
    }


def test_recipients_stand_level_with_the_signature():
    pdf = printed()
    label = ruler.line(pdf, "Nơi nhận:")
    lines = [line for line in ruler.lines(pdf) if line.text.startswith("- ")]
    signature = [ruler.line(pdf, text) for text in ("TM. BAN", "CHỦ TỊCH", "Lê Thị Ký")]
    assert (label.size, label.is_bold, label.is_italic) == (12, True, True)
    assert [line.text for line in lines] == ["- Như trên;", "- Ban Thường trực;", "- Lưu: VT."]
    assert {(line.size, line.is_bold) for line in lines} == {(11, False)}
    assert near(label.left, LEFT)
    assert near(label.top, signature[0].top, 1.5)
    assert all((line.size, line.is_bold) == (14, True) for line in signature)
    assert all(near(middle(line), middle(signature[0])) for line in signature)
    assert signature[2].top - signature[1].bottom >= 20


def test_page_number_stands_top_centre_from_the_second_page():
    pdf = printed(blocks=[paragraph(SENTENCE * 8)] * 10)
    numbers = [line for line in ruler.lines(pdf) if line.bottom < TOP]
    assert [(line.page, line.text) for line in numbers] == [(2, "2"), (3, "3")]
    for line in numbers:
        assert near(middle(line), (LEFT + RIGHT) / 2, 1)
        assert (line.size, line.is_bold, line.is_italic) == (14, False, False)


def test_a_paper_of_one_page_has_no_page_number():
    pdf = printed()
    assert len(ruler.page_sizes(pdf)) == 1
    assert min(line.top for line in ruler.lines(pdf)) >= TOP - 0.5


def test_a_draft_shows_a_blank_number_and_a_blank_day():
    pdf = printed(paper(number=None), year=2023)
    assert ruler.line(pdf, "Số:").text == "Số: /KH-MTTQ-BTT"
    assert ruler.line(pdf, "Mỹ Thạnh,").text == "Mỹ Thạnh, ngày tháng năm 2023"
    assert ruler.line(pdf, "Số:").right - ruler.line(pdf, "Số:").left > 40


@pytest.mark.parametrize("paragraphs", range(5, 14))
def test_a_signature_never_stands_on_a_page_without_text(paragraphs):
    pdf = printed(blocks=[paragraph(SENTENCE * 4)] * paragraphs)
    signed = ruler.line(pdf, "TM. BAN")
    before = [
        line
        for line in ruler.lines(pdf)
        if line.page == signed.page and TOP - 1 <= line.top < signed.top - 1
    ]
    assert before
    assert ruler.line(pdf, "Nơi nhận:").page == signed.page == ruler.line(pdf, "Lê Thị").page


def test_grounds_are_italic_and_one_addressee_stands_on_the_line():
    pdf = printed(blocks=[kinh_gui("Ban Thường trực tỉnh Long An"), can_cu("Căn cứ Điều lệ;")])
    to, ground = ruler.line(pdf, "Kính gửi:"), ruler.line(pdf, "Căn cứ")
    assert to.text == "Kính gửi: Ban Thường trực tỉnh Long An."
    assert near(middle(to), (LEFT + RIGHT) / 2)
    assert ground.is_italic


def test_several_addressees_stand_in_a_list_under_the_colon():
    pdf = printed(blocks=[kinh_gui("Huyện ủy", "Ủy ban nhân dân huyện"), paragraph("Nội dung")])
    to, first, second = (ruler.line(pdf, t) for t in ("Kính gửi:", "- Huyện ủy", "- Ủy ban nhân"))
    assert (first.text, second.text) == ("- Huyện ủy;", "- Ủy ban nhân dân huyện.")
    assert near(first.left, second.left)
    assert first.left > to.left + 15


def test_a_table_repeats_its_head_and_keeps_its_rows_whole():
    columns = [Column("STT", 10, "center"), Column("Đơn vị", 55), Column("Đồng", 35, "right")]
    rows = [[str(n), "Xã Mỹ Thạnh", "1.500.000"] for n in range(1, 81)]
    pdf = printed(blocks=[table(columns, rows=rows, total=["", "Cộng", "120.000.000"])])
    heads = [line for line in ruler.lines(pdf) if line.text == "Đơn vị"]
    assert [line.page for line in heads] == [1, 2, 3]
    assert all(line.is_bold for line in heads)
    sums = [line for line in ruler.lines(pdf) if line.text == "1.500.000"]
    assert len(sums) == 80
    assert max(line.right for line in sums) - min(line.right for line in sums) < 0.5
    assert ruler.line(pdf, "./.").page == 3


def test_annexes_begin_on_their_own_page_and_count_their_own_pages():
    columns = [Column("Tên", 50), Column("Số", 50, "right")]
    rows = [["Ấp 1", "2"]] * 60
    pdf = printed(
        blocks=[
            paragraph("Trên đây là báo cáo"),
            annex("Số liệu", landscape=True),
            table(columns, rows=rows),
            annex("Danh sách"),
            paragraph("Nội dung"),
        ]
    )
    sizes = ruler.page_sizes(pdf)
    assert (sizes[0], sizes[1], sizes[-1]) == ((210, 297), (297, 210), (210, 297))
    assert ruler.line(pdf, "Phụ lục I").page == 2
    assert ruler.line(pdf, "Phụ lục II").page == len(sizes)
    assert ruler.line(pdf, "(Kèm theo").text == (
        "(Kèm theo Kế hoạch số 07/KH-MTTQ-BTT ngày 18 tháng 10 năm 2023)"
    )
    numbers = {line.page: line.text for line in ruler.lines(pdf) if line.bottom < TOP}
    assert numbers == {page: str(page - 1) for page in range(3, len(sizes))}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (paper(unit("Tỉnh Long An", "Tỉnh")), ["TỈNH LONG AN", "Long An, ngày 18"]),
        (paper(unit("Huyện Thủ Thừa", "Huyện")), ["HUYỆN THỦ THỪA", "Thủ Thừa, ngày 18"]),
        (
            paper(unit("Thành phố Hồ Chí Minh", "Thành phố")),
            ["THÀNH PHỐ HỒ CHÍ MINH", "Thành phố Hồ Chí Minh, ngày 18"],
        ),
        (paper(unit("Phường 1", "Phường")), ["PHƯỜNG 1", "Phường 1, ngày 18"]),
        (
            paper(unit("Trung ương", "Trung ương")),
            ["ỦY BAN TRUNG ƯƠNG", "MTTQ VIỆT NAM", "Số: 07/KH-MTTW-BTT", "Hà Nội,"],
        ),
        (
            paper(series="BVĐ"),
            ["BAN VẬN ĐỘNG QUỸ", "Số: 07/KH-MTTQ-BVĐ", "TM. BAN VẬN ĐỘNG", "TRƯỞNG BAN"],
        ),
        (paper(way=1), ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (paper(dated_on=date(2024, 2, 5)), ["Mỹ Thạnh, ngày 05 tháng 02"]),
        (paper(dated_on=date(2024, 3, 9)), ["Mỹ Thạnh, ngày 09 tháng 3"]),
        (paper(number=1234), ["Số: 1234/KH-MTTQ-BTT"]),
        (paper(kind="BC"), ["BÁO CÁO", "Số: 07/BC-MTTQ-BTT"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_every_kind_of_unit_names_itself_in_two_columns_that_never_touch(document, expected):
    pdf = printed(document)
    for beginning in expected:
        assert ruler.line(pdf, beginning)
    nation = ruler.line(pdf, "CỘNG HÒA")
    head = [line for line in ruler.lines(pdf) if line.bottom < ruler.line(pdf, "Số:").top]
    assert all(line.right < nation.left or line.left >= nation.left - 1 for line in head)


@pytest.mark.parametrize(
    "name",
    [
        "Xã Nguyễn Phích Khánh Bình Tây Bắc Thượng",
        "Thị trấn Nông trường Mộc Châu Phiêng Luông",
        "Đặc khu Bạch Long Vĩ",
    ],
)
def test_a_long_name_breaks_inside_its_own_column(name):
    pdf = printed(paper(unit(name, name.split()[0])))
    nation = ruler.line(pdf, "CỘNG HÒA")
    number, place = ruler.line(pdf, "Số:"), ruler.line(pdf, name.split(maxsplit=1)[1][:6])
    left = [line for line in ruler.lines(pdf) if line.top < number.top and line.left < 70]
    assert all(line.left >= LEFT - 0.5 and line.right < nation.left for line in left)
    assert number.right < place.left


def test_a_subject_of_two_lines_stays_centred_with_its_rule_below_both():
    subject = "Kết quả tổ chức Tháng cao điểm “Vì người nghèo” năm 2023 trong Ngày hội Đại đoàn kết"
    pdf = printed(paper(subject=f"{subject} toàn dân tộc ở khu dân cư"))
    name = ruler.line(pdf, "KẾ HOẠCH")
    both = [line for line in ruler.lines(pdf) if line.is_bold and name.top < line.top < 80]
    assert len(both) == 2
    assert all(near(middle(line), (LEFT + RIGHT) / 2) for line in both)
    rule = [box for box in ruler.drawn(pdf) if 0 < box.height < 1][-1]
    assert rule.top > both[1].top
    assert 1 / 3 - 0.02 <= rule.width / max(line.right - line.left for line in both) <= 1 / 2


def test_the_footnote_stands_at_the_foot_of_every_page():
    pdf = printed(blocks=[paragraph(SENTENCE * 8)] * 8, footnote="Số liệu tính đến 18/11/2023")
    notes = [line for line in ruler.lines(pdf) if line.text.startswith("Số liệu tính")]
    assert [line.page for line in notes] == [1, 2, 3]
    assert all(line.top > BOTTOM and line.size == 9 for line in notes)


def test_the_body_closes_once_with_dot_slash_dot():
    for last in ("thực hiện", "thực hiện.", "thực hiện./."):
        assert ruler.line(printed(blocks=[paragraph(last)]), "thực hiện").text == "thực hiện./."

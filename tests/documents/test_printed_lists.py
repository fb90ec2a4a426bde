"""Long lists on paper: the layout of Nghị định 30/2020, measured, for few rows and for many."""

import io
import tempfile
import time
import tracemalloc

import docx
import openpyxl
import pytest

from committees.letterhead import capacities
from committees.printed_lists import as_docx, as_pdf, as_xlsx, fonts
from committees.printed_lists.paper import Group, ListPaper, Signature, head_of
from committees.printed_lists.wrapping import wrapped
from committees.printing import Column
from tests.documents import reading_pdf as ruler
from tests.documents.papers import unit

COLUMNS = [Column("STT", 10, "center"), Column("Họ và tên", 60), Column("Số tiền", 30, "right")]
NAMES = ["Đặng Thị Thử", "Ksor H’Nhiên", "Lê Hoàng Ngọc Quỳnh Như Phương Uyên " * 3]
WIDE_WORD = "Thanhtịnh" * 20


def a_list(count: int, *, group: int = 20, **changes) -> ListPaper:
    """``count`` rows in groups; the closing sentence tells the count."""
    rows = [(number, NAMES[number % 3], f"{number}.000") for number in range(1, count + 1)]
    way = capacities()[0]
    return ListPaper(
        **{
            "head": head_of(unit(), kind="DS", year=2026),
            "titles": ["DANH SÁCH THỬ"],
            "subtitles": ["Xã Mỹ Thạnh, huyện Thủ Thừa"],
            "grounds": ["(Theo Quyết định số 1/QĐ-UBND)"],
            "columns": COLUMNS,
            "groups": (
                Group(f"Nhóm {first // group + 1}", rows[first : first + group])
                for first in range(0, count, group)
            ),
            "closing": lambda: [f"Danh sách này có {count} hộ./."],
            "signature": Signature([way.capacity], way.title, "Lê Thị Ký", "Trần Văn Lập"),
            "footer": "In lúc 14:05 ngày 22/11/2026 bởi Trần Văn Lập.",
        }
        | changes
    )


def as_bytes(paper: ListPaper, write=as_pdf.write) -> bytes:
    file = io.BytesIO()
    write(paper, file)
    return file.getvalue()


def test_the_head_stands_where_the_decree_says():
    pdf = as_bytes(a_list(5))
    nation = ruler.line(pdf, "CỘNG HÒA")
    motto = ruler.line(pdf, "Độc lập")
    issuer = ruler.line(pdf, "XÃ MỸ THẠNH")
    place = ruler.line(pdf, "Mỹ Thạnh, ngày")
    number = ruler.line(pdf, "Số:")
    assert (nation.size, motto.size, place.size, number.size) == (13, 14, 14, 13)
    assert (nation.is_bold, motto.is_bold, issuer.is_bold) == (True, True, True)
    assert place.is_italic
    assert nation.right <= 195.5
    assert issuer.left >= 29.5
    assert abs(number.bottom - place.bottom) < 2
    assert {font.split("-")[0] for font in ruler.fonts(pdf)} == {"LiberationSerif"}


@pytest.mark.parametrize("landscape", [False, True])
def test_every_page_keeps_margins_header_number_and_footer(landscape):
    pdf = as_bytes(a_list(90, landscape=landscape))
    size = (297, 210) if landscape else (210, 297)
    pages = len(ruler.page_sizes(pdf))
    lines = ruler.lines(pdf)
    assert set(ruler.page_sizes(pdf)) == {size}
    assert pages > 2
    assert all(line.left >= 29.5 and line.right <= size[0] - 14.5 for line in lines)
    everywhere = set(range(1, pages + 1))
    assert {line.page for line in lines if line.text == "Họ và tên"} == everywhere
    assert {line.page for line in lines if line.text.startswith("In lúc")} == everywhere
    numbers = {line.page: line.text for line in lines if line.bottom < 19}
    assert numbers == {page: str(page) for page in range(2, pages + 1)}


@pytest.mark.parametrize("count", range(1, 61, 3))
def test_a_signature_never_stands_without_rows(count):
    lines = ruler.lines(as_bytes(a_list(count)))
    last = [line.text for line in lines if line.page == lines[-1].page]
    assert "CHỦ TỊCH" in last
    assert f"{count}.000" in last
    assert all(line.bottom < 285 for line in lines)


@pytest.mark.parametrize("group", [1, 2, 3, 7])
def test_a_heading_never_stands_alone_at_the_foot(group):
    lines = ruler.lines(as_bytes(a_list(80, group=group)))
    for page in {line.page for line in lines}:
        texts = [line.text for line in lines if line.page == page]
        rows = [text for text in texts if text.startswith("Nhóm") or text.endswith(".000")]
        assert rows[-1].endswith(".000")


def test_a_list_of_nothing_is_still_a_paper():
    assert "Danh sách này có 0 hộ./." in ruler.text(as_bytes(a_list(0)))


def test_a_word_wider_than_its_column_is_cut():
    fonts.register()
    lines = wrapped(f"a {WIDE_WORD} b", fonts.REGULAR, 12, 100)
    assert len(lines) > 3
    assert "".join(lines).replace(" ", "") == f"a{WIDE_WORD}b"
    assert wrapped("", fonts.REGULAR, 12, 100) == [""]


def test_five_thousand_rows_are_quick_and_cost_little_memory():
    began = time.process_time()
    pdf = as_bytes(a_list(5000))
    assert time.process_time() - began < 5
    assert f"{5000}.000" in ruler.raw_text(pdf)
    tracemalloc.start()
    with tempfile.TemporaryFile() as file:
        as_pdf.write(a_list(2000), file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 2**20


def test_word_and_excel_hold_the_same_rows():
    document = docx.Document(io.BytesIO(as_bytes(a_list(30), as_docx.write)))
    sheet = openpyxl.load_workbook(io.BytesIO(as_bytes(a_list(30), as_xlsx.write))).active
    in_word = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    in_excel = [
        [str(cell) for cell in row[:3]]
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    assert in_word[0] == [column.label for column in COLUMNS]
    assert [row for row in in_word[1:] if row[0].isdigit()] == in_excel
    assert len(in_excel) == 30


@pytest.mark.parametrize("landscape", [False, True])
def test_word_and_excel_lie_as_the_paper_does(landscape):
    document = docx.Document(io.BytesIO(as_bytes(a_list(3, landscape=landscape), as_docx.write)))
    book = openpyxl.load_workbook(
        io.BytesIO(as_bytes(a_list(3, landscape=landscape), as_xlsx.write))
    )
    section = document.sections[0]
    assert (section.page_width > section.page_height) is landscape
    assert (book.active.page_setup.orientation == "landscape") is landscape


def test_characters_that_xml_and_footers_know_are_kept():
    signs = "Mục đích: <quà> & “Tết”"
    paper = a_list(1, columns=[Column("Tên", 50), Column("Ghi chú", 50)], footer=signs)
    paper = ListPaper(**vars(paper) | {"groups": [Group("", [("<b>&", "x")])]})
    document = docx.Document(io.BytesIO(as_bytes(paper, as_docx.write)))
    assert document.tables[1].rows[1].cells[0].text == "<b>&"
    assert document.sections[0].footer.paragraphs[0].text == signs
    assert signs in ruler.text(as_bytes(paper))

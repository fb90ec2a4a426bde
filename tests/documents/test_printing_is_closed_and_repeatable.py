"""What goes into a PDF and what does not: fonts, addresses, markup, the clock."""

import io

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from committees import pdf
from committees.errors import DocumentError
from committees.letterhead import letterhead, place_name, symbol
from committees.printing import Column, dash, paragraph, print_document, table
from tests.documents import reading_pdf as ruler
from tests.documents.papers import SENTENCE, paper, unit


def printed(*blocks, document=None):
    return print_document(document or paper(), blocks, recipients=["Lưu: VT"])


def test_only_liberation_serif_is_used_and_the_text_can_be_copied():
    made = printed(paragraph(SENTENCE))
    assert {name.split("-")[:2] == ["Liberation", "Serif"] for name in ruler.fonts(made)} == {True}
    assert "Quỹ “Vì người nghèo”" in ruler.raw_text(made)


def test_the_same_paper_gives_the_same_bytes():
    assert printed(paragraph(SENTENCE)) == printed(paragraph(SENTENCE))


def test_the_dates_of_the_file_are_those_of_the_paper():
    found = PdfReader(io.BytesIO(printed(paragraph(SENTENCE)))).metadata
    assert found.creation_date.date().isoformat() == "2023-10-18"
    assert found.title == "Kế hoạch Tổ chức Tháng cao điểm “Vì người nghèo” năm 2023"
    assert found.author == "ỦY BAN MTTQ VIỆT NAM XÃ MỸ THẠNH BAN THƯỜNG TRỰC"


def test_the_archive_form_is_tagged_and_says_its_language():
    root = PdfReader(io.BytesIO(printed(paragraph(SENTENCE)))).trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert "/OutputIntents" in root


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:1/x.png">',
        '<img src="file:///etc/hostname">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<p style="background: url(ftp://example.org/x)">a</p>',
    ],
)
def test_nothing_is_ever_loaded(html):
    with pytest.raises(FatalURLFetchingError):
        pdf.render(html, title="Thử", made_at=paper().created_at)


def test_markup_in_what_people_typed_is_printed_as_it_is():
    made = printed(
        dash("5 < 6 & <b>đậm</b> <img src=x>"),
        table([Column("<i>Tên</i>", 100)], rows=[["<script>1</script>"]]),
        document=paper(subject="Quà <Tết> & “xuân”"),
    )
    text = ruler.raw_text(made)
    for typed in ("<b>đậm</b> <img src=x>", "<i>Tên</i>", "<script>1</script>", "Quà <Tết> &"):
        assert typed in text


def test_a_row_of_another_length_than_the_head_is_refused():
    with pytest.raises(ValueError, match="zip"):
        printed(table([Column("Một", 50), Column("Hai", 50)], rows=[["chỉ một"]]))


def test_a_hamlet_is_never_printed_as_a_committee():
    hamlet = unit("Ấp 1", "Ấp")
    hamlet.level = "hamlet"
    for naming in (letterhead, lambda committee: symbol(committee, "KH")):
        with pytest.raises(DocumentError, match="Ban Công tác Mặt trận"):
            naming(hamlet)


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("Xã Mỹ Thạnh", "Xã", "Mỹ Thạnh"),
        ("Thị trấn Thủ Thừa", "Thị trấn", "Thủ Thừa"),
        ("Phường 12", "Phường", "Phường 12"),
        ("Thành phố Hồ Chí Minh", "Thành phố", "Thành phố Hồ Chí Minh"),
        ("Thành phố Cần Thơ", "Thành phố", "Cần Thơ"),
        ("Trung ương", "Trung ương", "Hà Nội"),
    ],
)
def test_the_place_of_a_paper_is_the_name_the_decree_wants(name, kind, place):
    assert place_name(unit(name, kind)) == place

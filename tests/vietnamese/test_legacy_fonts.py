import unicodedata
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from config.vietnamese.legacy_fonts import convert, looks_like

DEMO = Path(__file__).parents[2] / "demo" / "thu-thua-2023"


@pytest.fixture(scope="module")
def sample_texts():
    """Every distinct text of the sample district's lists."""
    texts = set()
    for path in DEMO.rglob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                texts.update(cell for cell in row if isinstance(cell, str))
    return sorted(texts)


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("NguyÔn V¨n", "tcvn3", "Nguyễn Văn"),
        ("§Æng ThÞ Hång", "tcvn3", "Đặng Thị Hồng"),
        ("§ç ThÞ DiÔm", "tcvn3", "Đỗ Thị Diễm"),
        ("L\u00ad¬ng V¨n", "tcvn3", "Lương Văn"),
        ("NGUYÔN V¡N", "tcvn3", "NGUYỄN VĂN"),
        ("DANH S¸CH Hé NGHÌO", "tcvn3", "DANH SÁCH HỘ NGHÈO"),
        ("Nguyeãn Vaên", "vni", "Nguyễn Văn"),
        ("Ñaëng Thò Hoàng", "vni", "Đặng Thị Hồng"),
        ("Thuû Thöøa", "vni", "Thủ Thừa"),
        ("TRAÀN COÂNG UÙT", "vni", "TRẦN CÔNG ÚT"),
        ("Nguyá»…n VÄƒn", "mojibake", "Nguyễn Văn"),
        ("Nguyễn Thị Đượm".encode().decode("latin-1"), "mojibake", "Nguyễn Thị Đượm"),
    ],
)
def test_text_in_an_old_font_is_recognised_and_converted(typed, kind, meant):
    assert looks_like(typed) == kind
    assert convert(typed, kind) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "An Binh",
        "Nguyễn Văn",
        unicodedata.normalize("NFD", "Nguyễn Văn"),
        unicodedata.normalize("NFD", "Lê Hòa"),
        "Lê Hoà",
        "Tô Thành Công",
        "Hà",
        "H'Hen Niê",
        "Y Moan Êñuôl",
        "Café 24h",
        "40 m² © 2023 – 5 °C",
        "Điều 3 § 2",
        "«Vì người nghèo»",
    ],
)
def test_unicode_text_is_left_alone(text):
    assert looks_like(text) is None


def test_no_name_of_the_sample_lists_is_taken_for_an_old_font(sample_texts):
    assert [text for text in sample_texts if looks_like(text)] == []


def test_names_of_the_sample_lists_survive_a_mojibake_and_back(sample_texts):
    broken = [
        text
        for text in sample_texts
        if not text.isascii() and text == unicodedata.normalize("NFC", text)
    ]
    assert len(broken) > 500
    wrong = [
        text for text in broken if convert(text.encode().decode("latin-1"), "mojibake") != text
    ]
    assert wrong == []

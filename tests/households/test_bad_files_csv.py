"""A12, A13, A14: lists as text files, in any encoding and with any delimiter."""

import codecs
import re
import unicodedata

import pytest

from households.models import Household
from tests.factories.committees import make_unit
from tests.households.bad_files import as_text, refusal_of, two_lines, warnings_of

pytestmark = pytest.mark.django_db

NAMES = {"Đặng Thị Thử", "Lê Văn Đức"}
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def half_composed(text):
    """Windows-1258: the tone is a letter of its own after the letter that bears it."""
    composed = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        bare = "".join(mark for mark in marks if mark not in TONES)
        composed.append(unicodedata.normalize("NFC", bare))
        composed += [mark for mark in marks if mark in TONES]
    return "".join(composed)


def text(commune, **options):
    return as_text(two_lines(commune), **options)


READ = {
    "A12 comma": (lambda c: text(c, delimiter=",").encode(), "dấu phẩy (,)"),
    "A12 semicolon": (lambda c: text(c).encode(), "dấu chấm phẩy (;)"),
    "A12 tab": (lambda c: text(c, delimiter="\t").encode(), "dấu tab"),
    "A12 bar": (lambda c: text(c, delimiter="|").encode(), "dấu gạch đứng (|)"),
    "A12 sep=": (lambda c: ("sep=^\r\n" + text(c, delimiter="^")).encode(), "“^”"),
    "A13 UTF-8": (lambda c: text(c).encode(), "bảng mã UTF-8,"),
    "A13 UTF-8 with a mark": (lambda c: text(c).encode("utf-8-sig"), "bảng mã UTF-8,"),
    "A13 UTF-16 LE": (lambda c: text(c).encode("utf-16"), "bảng mã UTF-16,"),
    "A13 UTF-16 BE": (
        lambda c: codecs.BOM_UTF16_BE + text(c).encode("utf-16-be"), "bảng mã UTF-16,",
    ),
    "A13 UTF-16 without a mark": (lambda c: text(c).encode("utf-16-le"), "bảng mã UTF-16,"),
    "A13 CP1258": (lambda c: half_composed(text(c)).encode("cp1258"), "bảng mã Windows-1258,"),
    "A13 mojibake": (
        lambda c: text(c).encode().decode("latin-1").encode(), "lỗi mã (UTF-8 đọc nhầm)",
    ),
    "A13 mojibake by CP1258": (
        lambda c: "".join(_of_1258(byte) for byte in text(c).encode()).encode(),
        "lỗi mã (UTF-8 đọc nhầm)",
    ),
    "A14 CR only": (lambda c: text(c, end="\r").encode(), "bảng mã UTF-8,"),
    "A14 newline in a cell": (
        lambda c: text(c).replace("Lê Văn Đức", '"Lê Văn\r\nĐức"').encode(), "bảng mã UTF-8,",
    ),
}  # fmt: skip


def _of_1258(byte):
    try:
        return bytes([byte]).decode("cp1258")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(("make", "said"), READ.values(), ids=READ)
def test_a_text_file_is_read_and_says_what_was_guessed(commune, tmp_path, make, said):
    warned = warnings_of(make(commune), commune, tmp_path, name="ho.csv")
    assert any(said in warning for warning in warned), warned
    assert set(Household.objects.values_list("head_name", flat=True)) == NAMES
    assert set(Household.objects.values_list("hamlet__name", flat=True)) == {"Ấp 1", "Ấp Mỹ Đức"}


REFUSED = {
    "A14 open quote": (lambda t: t.replace("Đặng", '"Đặng'), r"Dòng 5 có dấu nháy kép"),
    "A14 field too long": (
        lambda t: t.replace("Đặng Thị Thử", "Đ" * 33_000), r"Dòng 5 có ô dài quá 32\.767 ký tự",
    ),
    "A14 one line of 5 MB": (lambda t: "x" * 5_000_000, r"Dòng 1 có ô dài quá 32\.767 ký tự"),
    "A14 a line of 5 MB in cells": (lambda t: "x;" * 2_500_000, "không có dòng tiêu đề"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), REFUSED.values(), ids=REFUSED)
def test_a_text_file_that_would_lose_lines_is_refused(commune, tmp_path, spoil, said):
    sentence = refusal_of(spoil(text(commune)).encode(), commune, tmp_path, name="ho.csv")
    assert re.search(said, sentence), sentence


def test_leading_zeros_stay_in_a_text_file(commune, tmp_path):
    warned = warnings_of(text(commune).encode(), commune, tmp_path, name="ho.csv")
    assert not any("thiếu số 0" in warning for warning in warned)
    heads = Household.objects.filter(members__id_tail="950")
    assert heads.get().head_name == "Đặng Thị Thử"

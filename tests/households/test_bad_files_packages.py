"""A: files that are no spreadsheet, or one made to hurt, or of another form."""

import io
import re
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from committees import intake, storage
from committees.models import ImportBatch, StoredFile
from committees.people import system_user
from households.models import Household
from tests.factories.committees import make_unit
from tests.households.bad_files import as_text, refusal_of, rows_of, two_lines, warnings_of
from tests.workbooks.binary import xls, xlsb
from tests.workbooks.making import SHEET, ods, repacked, xlsx

pytestmark = pytest.mark.django_db

LOCKED = Path("tests/data/co-mat-khau.xlsx").read_bytes()
PROGRAM = {"Module1": b"Sub Auto_Open()" * 30}
MEGABYTE = 1024 * 1024
NINE = bytes(9 * MEGABYTE)


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def with_entry(commune, name, content=b"x", mode=0):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # duplicate names are what the test wants
        return repacked(xlsx(two_lines(commune)), add=[(entry, content)])


def lying(commune):
    """The directory says 5 bytes, the stream holds 30 million."""
    data = bytearray(with_entry(commune, "xl/zeros.bin", bytes(30_000_000)))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature)
        data[at + offset : at + offset + 4] = struct.pack("<I", 5)
    return bytes(data)


def locked_zip(commune):
    data = bytearray(xlsx(two_lines(commune)))
    at = -1
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def poisoned(commune, part, head):
    def poison(content):
        start, end, rest = content.partition(b"?>")
        return start + end + head + rest

    return repacked(xlsx(two_lines(commune)), replace={part: poison})


def wrong_checksum(commune):
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(two_lines(commune)))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy,
    ):
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    return target.getvalue().replace("Đặng".encode(), "Đẵng".encode())


def old_program(commune):
    return xls(two_lines(commune), program=PROGRAM)


def last_years_form(commune):
    labels = ["STT", "Mã hộ", "Ấp", "Chủ hộ", "Số khẩu", "Hạng", "Thu nhập bình quân"]
    return xlsx(rows_of(commune, {"Hạng": "A"}, labels=labels))


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '" + b"&b;" * 50 + b"'>]>"
LONG = b"<!DOCTYPE a [<!ENTITY b '" + b"x" * 50_000 + b"'>]>"

REFUSED = {
    "A1 .xls cut off": (lambda c: xls(two_lines(c))[:3_000], "bị hỏng"),
    "A2 protected workbook": (lambda c: LOCKED, "Tệp có mật khẩu"),
    "A2 protected zip": (locked_zip, "Tệp có mật khẩu"),
    "A3 HTML as .xls": (lambda c: b"<html><table><tr><td>x</td></tr></table>", "trang web"),
    "A3 HTML with a mark": (lambda c: b"\xef\xbb\xbf<!DOCTYPE html><html>", "trang web"),
    "A3 MHTML": (lambda c: b"MIME-Version: 1.0\r\nX: y\r\n", "MHTML"),
    "A3 PDF": (lambda c: b"%PDF-1.7\n%\xe2\xe3", "tệp PDF"),
    "A3 EXE": (lambda c: b"MZ\x90\x00" + bytes(200), "chương trình máy tính"),
    "A3 RTF": (lambda c: b"{\\rtf1\\ansi STT}", "văn bản RTF"),
    "A3 Word": (lambda c: repacked(xlsx([["x"]]), add=[("word/document.xml", "<a/>")],
                                   drop=["xl/workbook.xml"]), "văn bản Word"),
    "A3 Word 97": (lambda c: xls([["x"]]).replace("Workbook".encode("utf-16-le"),
                                                  "WordDocument".encode("utf-16-le")[:24]),
                   "văn bản Word"),
    "A3 picture": (lambda c: b"\x89PNG\r\n\x1a\n" + bytes(99), "ảnh"),
    "A3 RAR": (lambda c: b"Rar!\x1a\x07\x00" + bytes(99), "RAR"),
    "A3 text that is no list": (lambda c: "Kính gửi Ủy ban\r\n".encode(), "không có dòng tiêu đề"),
    "A3 nothing but bytes": (lambda c: bytes(range(256)) * 9, "không đọc được"),
    "A5 declared larger than memory": (
        lambda c: repacked(xlsx([["x"]]), add=[(f"{n}.bin", NINE) for n in range(24)]),
        "giải nén lớn hơn 200 MB",
    ),
    "A5 packed too well": (
        lambda c: repacked(xlsx([["x"]]), add=[("0.bin", bytes(150 * MEGABYTE))]), "nén quá mức",
    ),
    "A5 size that lies": (lying, "bị hỏng"),
    "A5 too many entries": (
        lambda c: repacked(xlsx([["x"]]), add=[(f"{n}.xml", "<a/>") for n in range(2_001)]),
        "hơn 2000 phần",
    ),
    "A5 bomb in .ods": (
        lambda c: repacked(ods(two_lines(c)), add=[("0.bin", bytes(150 * MEGABYTE))]),
        "nén quá mức",
    ),
    "A6 nested zip": (lambda c: with_entry(c, "xl/a.zip", b"PK\x03\x04x"), "tệp nén lồng"),
    "A6 duplicate entry": (lambda c: with_entry(c, "XL/Workbook.xml"), "trùng tên"),
    "A6 absolute entry": (lambda c: with_entry(c, "/etc/passwd"), "trỏ ra ngoài"),
    "A6 parent entry": (lambda c: with_entry(c, "xl/../../x"), "trỏ ra ngoài"),
    "A6 symlink": (lambda c: with_entry(c, "xl/a", mode=0o120777), "liên kết bên trong"),
    "A7 external entity": (lambda c: poisoned(c, SHEET, ENTITY), "khai báo XML"),
    "A7 billion laughs": (lambda c: poisoned(c, "xl/sharedStrings.xml", LAUGHS), "khai báo XML"),
    "A7 quadratic blow-up": (lambda c: poisoned(c, SHEET, LONG), "khai báo XML"),
    "A9 empty": (lambda c: b"", "Tệp trống"),
    "A9 cut off": (lambda c: xlsx(two_lines(c))[:-40], "bị hỏng"),
    "A9 wrong checksum": (wrong_checksum, "bị hỏng"),
    "A10 51 MB": (lambda c: b"PK\x03\x04" + bytes(51 * MEGABYTE), "lớn hơn 50 MB"),
    "A15 form of last year": (last_years_form, "thiếu cột “Phân loại”.*Hạng, Thu nhập bình quân"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(commune, tmp_path, make, said):
    sentence = refusal_of(make(commune), commune, tmp_path)
    assert re.search(said, sentence), sentence


def with_outside_parts(commune):
    return repacked(
        xlsx(two_lines(commune)),
        add=[
            ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
            ("xl/connections.xml", "<connections/>"),
            ("xl/embeddings/oleObject1.bin", b"PK\x03\x04"),
        ],
    )


def with_macros(commune):
    return repacked(xlsx(two_lines(commune)), add=[("xl/vbaProject.bin", b"Sub Auto_Open()")])


TAKEN = {
    "A1 .xls": (lambda c: xls(two_lines(c)), "Tệp .xls kiểu cũ"),
    "A4 .xlsm": (with_macros, "Tệp có macro: đã bỏ qua"),
    "A4 .xls with macros": (old_program, "Tệp có macro: đã bỏ qua"),
    "A4 .xlsb": (lambda c: xlsb(two_lines(c)), "Tệp .xlsb: "),
    "A4 .ods": (lambda c: ods(two_lines(c)), None),
    "A8 links": (with_outside_parts, "liên kết tới tệp khác"),
    "A8 connections": (with_outside_parts, "kết nối dữ liệu"),
    "A8 attachments": (with_outside_parts, "tệp đính kèm"),
}


@pytest.mark.parametrize(("make", "said"), TAKEN.values(), ids=TAKEN)
def test_another_form_of_workbook_is_read_by_its_values(commune, tmp_path, make, said):
    warned = warnings_of(make(commune), commune, tmp_path)
    assert said is None or any(said in warning for warning in warned), warned
    assert not any(said is None and "kiểu cũ" in warning for warning in warned)
    assert set(Household.objects.values_list("head_name", flat=True)) == {
        "Đặng Thị Thử", "Lê Văn Đức",
    }  # fmt: skip


@pytest.mark.parametrize("make", [with_macros, old_program], ids=["A4 .xlsm", "A4 .xls"])
def test_a_macro_is_never_stored(commune, tmp_path, make):
    data = make(commune)
    warnings_of(data, commune, tmp_path)
    kept = storage.read(ImportBatch.objects.get().file)
    for part in (b"Auto_Open", b"vbaProject"):
        assert part not in kept
    again = intake.kept(data)
    with pytest.raises(intake.AlreadyImported):
        intake.refuse_same_file("households", again, commune)


NAMES = {
    "A11 parent": ("../../etc/passwd.xlsx", "passwd.xlsx"),
    "A11 drive": ("C:\\Users\\x\\hộ.xlsx", "hộ.xlsx"),
    "A11 NUL": ("a\x00b.xlsx", "ab.xlsx"),
    "A11 right to left": ("a\u202excod.xlsx", "axcod.xlsx"),
    "A11 quotes": ('a";b.xlsx', 'a";b.xlsx'),
    "A11 NFD": ("ho\u0323\u0302 nghe\u0300o.xlsx", "hộ nghèo.xlsx"),
    "A11 300 letters": ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
    "A11 nothing": ("", "tệp không tên"),
}


@pytest.mark.parametrize(("name", "shown"), NAMES.values(), ids=NAMES)
def test_a_file_name_is_only_a_label(commune, name, shown):
    data = xlsx(two_lines(commune))
    batch = intake.import_file("households", data, name=name, committee=commune, by=system_user())
    assert StoredFile.objects.get(pk=batch.file_id).name == shown
    assert storage.read(batch.file) == data


def test_text_with_another_ending_is_known_by_its_bytes(commune, tmp_path):
    """A3: a CSV called .xlsx is a list all the same."""
    data = as_text(two_lines(commune)).encode("utf-8-sig")
    warned = warnings_of(data, commune, tmp_path, name="ho.xlsx")
    assert any("bảng mã UTF-8" in warning for warning in warned)

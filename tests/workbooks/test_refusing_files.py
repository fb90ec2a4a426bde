import io
import struct
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from config.workbooks import UnreadableFile, read_workbook
from tests.workbooks.making import ODS_TYPE, SHEET, cpu_seconds, repacked, sheet_of, xlsx

SAMPLES = Path(__file__).parents[1] / "data"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PLAIN = xlsx([["STT", "Họ và tên"], [1, "Nguyễn Văn Thử"]])
DANGER = "không an toàn"


def read(data):
    return read_workbook(data, filename="danh sách.xlsx")


def package(*parts, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compression) as archive:
        warnings.simplefilter("ignore")  # duplicate names are what the test wants
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "Tệp trống"),
        (b"%PDF-1.7\n...", "tệp PDF"),
        (b"MZ\x90\x00...", "chương trình máy tính"),
        (b"\x89PNG\r\n\x1a\n", "ảnh"),
        (b"\xff\xd8\xff\xe0", "ảnh"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "trang web"),
        (b"<table><tr><td>Ng\xc3\xa0y</td></tr></table>", "trang web"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:x">',
            "2003",
        ),
        (b"<?xml version='1.0'?><a/>", "tệp XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        (b"ID;PWXL;N;E\r\n", "SYLK"),
        (b"{\\rtf1}", "RTF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x00\x01\x02\x03", "không phải Excel"),
        (package(("word/document.xml", "<a/>")), "văn bản Word"),
        (package(("ppt/presentation.xml", "<a/>")), "bản trình chiếu"),
        (package(("Index/Document.iwa", "x")), "Numbers"),
        (
            package(
                ("mimetype", ODS_TYPE.replace(b"spreadsheet", b"text")), ("content.xml", "<a/>")
            ),
            "văn bản OpenDocument",
        ),
        (OLE + "WordDocument".encode("utf-16-le"), "văn bản Word"),
        (package(("danh-sach.xlsx.txt", "x")), "hãy giải nén"),
    ],
)
def test_a_file_that_is_something_else_is_told_what_it_is(data, what):
    with pytest.raises(UnreadableFile, match=what) as refusal:
        read(data)
    assert "hãy" in refusal.value.sentence


def test_a_protected_workbook_is_refused():
    with pytest.raises(UnreadableFile, match="Tệp có mật khẩu"):
        read((SAMPLES / "co-mat-khau.xlsx").read_bytes())


@pytest.mark.parametrize("length", [4, 100, len(PLAIN) // 2, len(PLAIN) - 30])
def test_a_truncated_file_is_refused(length):
    with pytest.raises(UnreadableFile, match="bị hỏng hoặc tải lên chưa hết"):
        read(PLAIN[:length])


def test_a_file_with_a_wrong_checksum_is_refused():
    stored = package(*_parts(PLAIN), compression=zipfile.ZIP_STORED)
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(stored.replace("Nguyễn".encode(), "Nguyểx".encode()))


def test_old_files_of_another_program_are_refused():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4_000
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(ole)


def test_fifty_one_megabytes_are_refused_without_reading():
    with pytest.raises(UnreadableFile, match="50 MB"):
        read(b"PK\x03\x04" + bytes(51 * 1024 * 1024))


def _parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _with_entry(name, *, content="x", mode=0):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return package(*_parts(PLAIN), (entry, content))


@pytest.mark.parametrize(
    "data",
    [
        _with_entry("../../etc/passwd"),
        _with_entry("xl/../../x"),
        _with_entry("/etc/passwd"),
        _with_entry("C:/x"),
        _with_entry("..\\x"),
        _with_entry("xl/link", mode=0o120777),
        _with_entry("xl/workbook.xml"),
        _with_entry("XL/Workbook.xml"),
        _with_entry("xl/more.zip", content=package(("x", "y"))),
        package(*_parts(PLAIN), *((f"xl/{n}.xml", "<a/>") for n in range(2_001))),
        package(*_parts(PLAIN), ("xl/zeros.bin", bytes(20 * 1024 * 1024))),
        package(*_parts(PLAIN), *((f"{n}.bin", bytes(9 * 1024 * 1024)) for n in range(24))),
    ],
    ids=[
        "parent", "inner parent", "absolute", "drive", "backslash", "symlink", "duplicate",
        "duplicate by case", "nested zip", "too many", "zip bomb", "many small bombs",
    ],
)  # fmt: skip
def test_a_package_made_to_hurt_is_refused_before_its_sheets_are_read(data):
    with pytest.raises(UnreadableFile, match=DANGER):
        read(data)


def test_a_size_that_lies_is_refused():
    """The directory says 5 bytes, the stream holds 30 million."""
    data = bytearray(package(*_parts(PLAIN), ("xl/zeros.bin", bytes(30_000_000))))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature)
        data[at + offset : at + offset + 4] = struct.pack("<I", 5)
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read(bytes(data))


LAUGHS = b"<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '" + b"&b;" * 50 + b"'>]>"
EXTERNAL = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [LAUGHS, EXTERNAL], ids=["billion laughs", "external entity"])
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"])
def test_xml_entities_are_refused_wherever_they_stand(head, part):
    def poison(content):
        start, end, rest = content.partition(b"?>")
        return start + end + head + rest

    with pytest.raises(UnreadableFile, match="khai báo XML"):
        read(repacked(PLAIN, replace={part: poison}))


def test_xml_in_a_wide_encoding_cannot_hide_an_entity():
    wide = ("<?xml version='1.0' encoding='UTF-16'?>" + EXTERNAL.decode() + "<a/>").encode("utf-16")
    with pytest.raises(UnreadableFile, match="khai báo XML"):
        read(repacked(PLAIN, replace={SHEET: lambda _: wide}))


@pytest.mark.parametrize(
    "broken", [b"", b"not xml", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</c>"]
)
def test_broken_xml_is_refused(broken):
    for part in (SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        with pytest.raises(UnreadableFile):
            read(repacked(PLAIN, replace={part: lambda _: broken}))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_package_without_its_main_parts_is_refused(part):
    with pytest.raises(UnreadableFile):
        read(repacked(PLAIN, drop=(part,)))


def test_an_empty_workbook_and_one_with_only_hidden_sheets_are_refused():
    with pytest.raises(UnreadableFile, match="không có dữ liệu"):
        read(xlsx([]))
    with pytest.raises(UnreadableFile, match="không có dữ liệu"):
        read(
            repacked(
                PLAIN,
                replace={"xl/workbook.xml": lambda x: x.replace(b" r:id", b' state="hidden" r:id')},
            )
        )


def test_more_rows_than_allowed_are_refused_not_cut():
    rows = [["STT"], *([n] for n in range(30))]
    assert len(read_workbook(xlsx(rows), filename="x", max_rows=31).sheets[0].rows) == 31
    with pytest.raises(UnreadableFile, match="hơn 30 dòng: hãy chia"):
        read_workbook(xlsx(rows), filename="x", max_rows=30)


def test_a_file_that_wants_too_much_memory_kills_only_its_own_process():
    row = b"<row>" + b"<c t='inlineStr'><is><t>x</t></is></c>" * 60_000 + b"</row>"
    with pytest.raises(UnreadableFile):
        read(sheet_of(row * 40))


def test_a_text_longer_than_excel_allows_is_refused():
    text = b"<row r='1'><c r='A1' t='inlineStr'><is><t>" + b"a" * 40_000 + b"</t></is></c></row>"
    with pytest.raises(UnreadableFile, match="quá nhiều dữ liệu"):
        read(sheet_of(text))


def test_a_refusal_comes_at_once():
    started = cpu_seconds()
    with pytest.raises(UnreadableFile):
        read(package(*_parts(PLAIN), ("xl/zeros.bin", bytes(150 * 1024 * 1024))))
    assert cpu_seconds() - started < 3


def test_the_reading_process_starts_without_django():
    script = (
        "import sys; sys.argv = ['x', '5'];"
        "import config.workbooks.child;"
        "assert not [m for m in sys.modules if m.split('.')[0] in {'django', 'celery'}]"
    )
    project = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=project, check=True)

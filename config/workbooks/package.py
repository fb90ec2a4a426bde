"""The zip an .xlsx is, checked before anything in it is believed. Runs in the child only."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from config.workbooks.errors import UnreadableFile
from config.workbooks.kinds import SAVE_AS_XLSX, ZIP, damaged, password_protected

MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 100
RATIO_MATTERS_FROM = 10 * 1024 * 1024
CENTRAL_ENTRY = b"PK\x01\x02"
HIDDEN_STATES = {"hidden", "veryHidden"}
SYMLINK, FILE_TYPE = 0o120000, 0o170000
STORED_OR_DEFLATED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

OUTSIDE_PARTS = {
    "xl/externalLinks/": "liên kết tới tệp khác",
    "xl/connections.xml": "kết nối dữ liệu",
    "xl/embeddings/": "tệp đính kèm",
    "xl/vbaProject.bin": "macro",
}


@dataclass(frozen=True)
class SheetPart:
    name: str
    path: str
    is_hidden: bool


@dataclass
class Package:
    archive: zipfile.ZipFile
    sheets: list[SheetPart]
    warnings: list[str]

    def read(self, path: str) -> bytes:
        return self.archive.read(path)

    def rewritten(self, replaced: dict[str, bytes]) -> bytes:
        """The same package with some parts replaced."""
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            for path in self.archive.namelist():
                if path.startswith(("xl/media/", "xl/embeddings/")):
                    continue
                target.writestr(path, replaced.get(path) or self.archive.read(path))
        return copy.getvalue()


def open_package(data: bytes) -> Package:
    """Every entry is unpacked once, so that sizes, checksums and XML are known to be honest."""
    if data.count(CENTRAL_ENTRY) > MOST_ENTRIES:
        raise _suspicious(f"có hơn {MOST_ENTRIES} phần bên trong")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_entries(archive.infolist())
        _check_type(archive)
        for entry in archive.infolist():
            _check_content(entry.filename, archive.read(entry))
        return Package(archive, list(_sheets(archive)), list(_outside(archive.namelist())))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ParseError):
        raise damaged() from None
    except DefusedXmlException:
        raise _suspicious("có khai báo XML không được phép") from None


def _suspicious(why: str) -> UnreadableFile:
    return UnreadableFile(f"Tệp không an toàn ({why}): {SAVE_AS_XLSX}.")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for entry in entries:
        _check_name(entry, seen)
        if entry.flag_bits & 0x1:
            raise password_protected()
        if entry.compress_type not in STORED_OR_DEFLATED:
            raise damaged()
        is_large = entry.file_size > RATIO_MATTERS_FROM
        if is_large and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
            raise _suspicious("nén quá mức")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise _suspicious("giải nén lớn hơn 200 MB")


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    # zipfile cuts a name at NUL; orig_filename still holds what was written.
    if ".." in parts or parts[0] == "" or ":" in parts[0] or "\x00" in entry.orig_filename:
        raise _suspicious("tên bên trong trỏ ra ngoài")
    if name.lower() in seen:
        raise _suspicious("có hai phần trùng tên")
    if (entry.external_attr >> 16) & FILE_TYPE == SYMLINK:
        raise _suspicious("có liên kết bên trong")
    seen.add(name.lower())


def _check_type(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return
    for marker, what in (
        ("xl/workbook.bin", "bảng tính .xlsb"),
        ("word/document.xml", "văn bản Word"),
        ("ppt/presentation.xml", "bản trình chiếu"),
        ("content.xml", "tệp OpenDocument (.ods)"),
    ):
        if marker in names:
            raise UnreadableFile(f"Tệp này thật ra là {what}: {SAVE_AS_XLSX}.")
    raise UnreadableFile(
        "Tệp nén (.zip) không phải bảng tính: hãy giải nén rồi nhập từng tệp .xlsx."
    )


def _check_content(name: str, content: bytes) -> None:
    if content.startswith(ZIP) and not name.startswith("xl/embeddings/"):
        raise _suspicious("có tệp nén lồng bên trong")
    if name.lower().endswith((".xml", ".rels", ".vml")):
        is_wide = b"\x00" in content[:256]
        if is_wide or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _suspicious("có khai báo XML không được phép")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheets(archive: zipfile.ZipFile) -> Iterator[SheetPart]:
    targets = {}
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[relation.get("Id")] = path
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(element.tag) != "sheet":
            continue
        ids = [value for key, value in element.attrib.items() if _local(key) == "id"]
        path = targets.get(ids[0] if ids else None)
        if path:
            archive.getinfo(path)
            yield SheetPart(element.get("name", ""), path, element.get("state") in HIDDEN_STATES)


def _outside(names: list[str]) -> Iterator[str]:
    for start, what in OUTSIDE_PARTS.items():
        if any(name.startswith(start) for name in names):
            yield f"Tệp có {what}: đã bỏ qua, chỉ đọc giá trị trong ô."

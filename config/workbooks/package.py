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
KINDS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
STORED_OR_DEFLATED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

MACRO_PARTS = ("xl/vbaProject", "xl/vbaData", "xl/macrosheets/", "Basic/", "Scripts/")
"""Beginnings of names: Excel's and OpenDocument's programs, which are neither read nor kept."""
MACROS_REMOVED = b"macros removed"
"""The comment of a package that lost them, so that whoever reads it later still says so."""

OUTSIDE_PARTS = {
    "xl/externalLinks/": "liên kết tới tệp khác",
    "xl/connections.": "kết nối dữ liệu",
    "xl/embeddings/": "tệp đính kèm",
    **dict.fromkeys(MACRO_PARTS, "macro"),
}


@dataclass(frozen=True)
class SheetPart:
    name: str
    path: str
    is_hidden: bool


@dataclass
class Package:
    """`kind` is "xlsx" (.xlsm too), "xlsb" or "ods"; only an .xlsx says its sheets here."""

    kind: str
    archive: zipfile.ZipFile
    sheets: list[SheetPart]
    warnings: list[str]

    def names(self) -> list[str]:
        return self.archive.namelist()

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
        kind = _kind(archive)
        for entry in archive.infolist():
            _check_content(entry.filename, archive.read(entry))
        sheets = list(_sheets(archive)) if kind == "xlsx" else []
        return Package(kind, archive, sheets, list(_outside(archive)))
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


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    for marker, kind in KINDS.items():
        if marker in names:
            if kind == "ods":
                _check_document(archive)
            return kind
    for marker, what in (
        ("word/document.xml", "văn bản Word"),
        ("ppt/presentation.xml", "bản trình chiếu"),
        ("Index/Document.iwa", "bảng tính Numbers"),
        ("AndroidManifest.xml", "ứng dụng điện thoại"),
    ):
        if marker in names:
            raise UnreadableFile(f"Tệp này thật ra là {what}: {SAVE_AS_XLSX}.")
    raise UnreadableFile(
        "Tệp nén (.zip) không phải bảng tính: hãy giải nén rồi nhập từng tệp .xlsx."
    )


def _check_document(archive: zipfile.ZipFile) -> None:
    if "mimetype" not in archive.namelist():
        raise damaged()
    kind = archive.read("mimetype").strip()
    if not kind.startswith(ODS_TYPE):
        raise UnreadableFile(f"Tệp này thật ra là {_document_kind(kind)}: {SAVE_AS_XLSX}.")
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_protected()


def _document_kind(kind: bytes) -> str:
    return "văn bản OpenDocument" if b"text" in kind else "tệp OpenDocument"


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


def _outside(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    found = [w for start, w in OUTSIDE_PARTS.items() if any(n.startswith(start) for n in names)]
    found += ["macro"] if archive.comment == MACROS_REMOVED else []
    for what in dict.fromkeys(found):
        yield f"Tệp có {what}: đã bỏ qua, chỉ đọc giá trị trong ô."

"""The form in which a workbook may be kept: without its macros. The removal runs in the child."""

import io
import re
import zipfile

from config.workbooks.compound import without_project
from config.workbooks.kinds import OLE, ZIP
from config.workbooks.package import MACRO_PARTS, MACROS_REMOVED, open_package

WITHIN = tuple(part.encode() for part in MACRO_PARTS)
OLE_PROJECT = "_VBA_PROJECT".encode("utf-16-le")
PROJECT = re.compile(
    rb"<Relationship\b[^>]*\bTarget=[\"'][^\"']*(?:vbaProject|macrosheets/)[^>]*/>"
)
PROJECT_TYPE = re.compile(rb"<Override\b[^>]*\bPartName=[\"']/xl/(?:vba|macrosheets/)[^>]*/>")
IN_MANIFEST = re.compile(
    rb"<manifest:file-entry\b[^>]*\bmanifest:full-path=[\"'](?:Basic|Scripts)/[^>]*/>"
)
WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
WITHOUT = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def may_have_macros(data: bytes) -> bool:
    """Names stand open in a package and in an OLE file: no program, no such name."""
    if data.startswith(ZIP):
        return any(part in data for part in WITHIN)
    return data.startswith(OLE) and OLE_PROJECT in data


def without_macros(data: bytes) -> bytes:
    """The same workbook without its programs; the same bytes for the same file every time."""
    if data.startswith(OLE):
        return without_project(data)
    package = open_package(data)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.archive.infolist():
            if entry.filename.startswith(MACRO_PARTS):
                continue
            target.writestr(entry, _unlinked(entry.filename, package.archive.read(entry)))
        target.comment = MACROS_REMOVED
    return copy.getvalue()


def _unlinked(name: str, content: bytes) -> bytes:
    if name.endswith(".rels"):
        return PROJECT.sub(b"", content)
    if name == "[Content_Types].xml":
        content = content.replace(WITH_MACROS, WITHOUT)
        return PROJECT_TYPE.sub(b"", content)
    return IN_MANIFEST.sub(b"", content) if name == "META-INF/manifest.xml" else content

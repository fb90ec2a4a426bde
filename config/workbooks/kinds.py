"""What a file really is, by its first bytes: names and endings are only claims."""

from config.workbooks.errors import UnreadableFile

LARGEST_FILE = 50 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

SAVE_AS_XLSX = (
    "hãy mở bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (.xlsx), rồi nhập lại"
)

BINARY_KINDS = (
    (b"%PDF", "tệp PDF"),
    (b"MZ", "chương trình máy tính"),
    (b"\x7fELF", "chương trình máy tính"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"{\\rtf", "văn bản RTF"),
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")


def kind_of(data: bytes) -> str:
    """ "xlsx" (any zip) or "xls" (any OLE file); raises UnreadableFile naming what else it is."""
    if not data:
        raise UnreadableFile("Tệp trống (0 byte): hãy chọn lại tệp danh sách.")
    if len(data) > LARGEST_FILE:
        raise UnreadableFile("Tệp lớn hơn 50 MB: hãy xóa ảnh trong tệp hoặc chia thành nhiều tệp.")
    if data.startswith(OLE):
        if ENCRYPTED_STREAM in data:
            raise password_protected()
        return "xls"
    if data.startswith(ZIP):
        return "xlsx"
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise damaged()
    kind = _other_kind(data)
    if not kind:
        raise UnreadableFile(
            "Tệp này không phải Excel và không đọc được: hãy chọn lại đúng tệp danh sách (.xlsx)."
        )
    raise UnreadableFile(f"Tệp này thật ra là {kind}, không phải Excel: {SAVE_AS_XLSX}.")


def damaged() -> UnreadableFile:
    return UnreadableFile(
        "Tệp bị hỏng hoặc tải lên chưa hết: hãy mở bằng Excel, lưu lại rồi tải lên lần nữa."
    )


def password_protected() -> UnreadableFile:
    return UnreadableFile("Tệp có mật khẩu: hãy bỏ mật khẩu trong Excel, lưu lại rồi nhập lại.")


def _other_kind(data: bytes) -> str:
    for magic, name in BINARY_KINDS:
        if data.startswith(magic):
            return name
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<?xml", b"<workbook")) and b"schemas-microsoft-com" in start:
        return "bảng tính XML kiểu Excel 2003"
    if start.startswith(MARKUP) or (start.startswith(b"<?xml") and b"<html" in start):
        return "trang web (HTML)"
    if start.startswith(b"<?xml"):
        return "tệp XML"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in data[:2048]:
        return "tệp văn bản (CSV)"
    return ""

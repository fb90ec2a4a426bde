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
    (b"%!PS", "tệp in PostScript"),
    (b"MZ", "chương trình máy tính"),
    (b"\x7fELF", "chương trình máy tính"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"II*\x00", "ảnh"),
    (b"MM\x00*", "ảnh"),
    (b"RIFF", "ảnh hoặc phim"),
    (b"ID3", "tệp âm thanh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"{\\rtf", "văn bản RTF"),
    (b"MIME-Version:", "trang web đóng gói (MHTML)"),
    (b"ID;P", "bảng tính SYLK"),
    (b"SQLite format 3", "cơ sở dữ liệu"),
)
OLE_KINDS = (("WordDocument", "văn bản Word"), ("PowerPoint Document", "bản trình chiếu"),
             ("__substg1.0_", "thư Outlook"))  # fmt: skip
MARKUP = (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAMPLE, SHORTEST_WIDE = 4096, 16
USUAL_CONTROLS = b"\x00\t\n\r\f\x1a"
WIDE_HALVES = b"\x01\x03\x1e"  # of Vietnamese letters in UTF-16
MOST_CONTROLS = 0.01  # of the first bytes; a text has next to none


def kind_of(data: bytes) -> str:
    """ "package" (any zip), "xls" (an OLE file) or "text"; UnreadableFile names the rest."""
    if not data:
        raise UnreadableFile("Tệp trống (0 byte): hãy chọn lại tệp danh sách.")
    if len(data) > LARGEST_FILE:
        raise UnreadableFile("Tệp lớn hơn 50 MB: hãy xóa ảnh trong tệp hoặc chia thành nhiều tệp.")
    if data.startswith(OLE):
        _refuse_other_ole(data)
        return "xls"
    if data.startswith(ZIP):
        return "package"
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise damaged()
    kind = _other_kind(data)
    if kind:
        raise UnreadableFile(f"Tệp này thật ra là {kind}, không phải Excel: {SAVE_AS_XLSX}.")
    if is_text(data):
        return "text"
    raise UnreadableFile(
        "Tệp này không phải Excel và không đọc được: hãy chọn lại đúng tệp danh sách (.xlsx)."
    )


def is_wide(data: bytes) -> bool:
    """Two bytes to a letter, with or without the mark at the start."""
    start = data[:SAMPLE]
    if start.startswith(WIDE_MARKS):
        return True
    zeros = sorted((start[::2].count(0), start[1::2].count(0)))
    is_sure = len(start) >= SHORTEST_WIDE and zeros[1] * 8 > len(start) > zeros[0] * 20
    return is_sure and _controls(start, WIDE_HALVES) <= MOST_CONTROLS * len(start)


def is_text(data: bytes) -> bool:
    """Letters, not the bytes of a program: next to no control characters."""
    start = data[:SAMPLE]
    few = max(2, MOST_CONTROLS * len(start))
    return is_wide(data) or (_controls(start) <= few and start.count(0) <= 2)


def _controls(start: bytes, besides: bytes = b"") -> int:
    return sum(byte < 32 and byte not in USUAL_CONTROLS + besides for byte in start)


def _refuse_other_ole(data: bytes) -> None:
    if ENCRYPTED_STREAM in data:
        raise password_protected()
    for stream, kind in OLE_KINDS:
        if stream.encode("utf-16-le") in data:
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
    return "tệp XML" if start.startswith(b"<?xml") else ""

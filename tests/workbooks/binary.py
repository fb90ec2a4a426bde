"""Workbooks of Excel's own binary forms, made for the tests: .xls (in an OLE file) and .xlsb."""

import io
import struct
import zipfile

SECTOR, MINI, SMALL = 512, 64, 4096
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def xls(rows, *, program=None):
    """A BIFF8 workbook of texts and numbers; `program` {name: bytes} becomes its VBA project."""
    cells = b"".join(
        _biff_cell(number, place, value)
        for number, row in enumerate(rows)
        for place, value in enumerate(row)
        if value is not None
    )
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _biff(0x0A)
    start = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = "Danh sách".encode("utf-16-le")
    at = len(start) + 4 + 8 + len(name) + 4
    bound = _biff(0x0085, struct.pack("<IHBB", at, 0, len(name) // 2, 1) + name)
    stream = start + bound + _biff(0x0A) + sheet
    return ole({"Workbook": stream.ljust(SMALL, b"\0")}, program or {})


def _biff(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def _biff_cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return _biff(0x0203, place + struct.pack("<d", value))
    text = str(value).encode("utf-16-le")
    return _biff(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)


def ole(streams, program):
    """An OLE file of streams, and a folder of programs if there are any (MS-CFB §2)."""
    entries = [("Root Entry", 5, b"")]
    entries += [(name, 2, content) for name, content in streams.items()]
    if program:
        entries += [("_VBA_PROJECT_CUR", 1, b""), ("VBA", 1, b"")]
        entries += [(name, 2, content) for name, content in program.items()]
    mini_stream, mini_fat = _mini([e[2] for e in entries if 0 < len(e[2]) < SMALL])
    big = [e[2] for e in entries if len(e[2]) >= SMALL]
    blocks = [mini_stream, struct.pack(f"<{len(mini_fat)}I", *mini_fat), *big]
    directory_sectors = -(-len(entries) * 128 // SECTOR)
    fat, starts = _chains([directory_sectors] + [-(-len(block) // SECTOR) for block in blocks])
    at = {"mini": 0, "big": 3}
    directory = b"".join(
        _entry(entry, number, entries, starts, at, len(mini_stream))
        for number, entry in enumerate(entries)
    )
    body = [directory.ljust(directory_sectors * SECTOR, b"\0"), *map(_padded, blocks)]
    fat = fat + [FREE] * (-len(fat) % 128)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, len(fat) // 128,
                          starts[0], 0, SMALL, starts[2], -(-len(mini_fat) * 4 // SECTOR),
                          END, 0)  # fmt: skip
    difat = list(range(len(fat) // 128))
    header += struct.pack("<109I", *difat, *[FREE] * (109 - len(difat)))
    return header + struct.pack(f"<{len(fat)}I", *fat) + b"".join(body)


def _mini(contents):
    """Small streams one after the other, each with its chain; at least one sector of them."""
    stream, chain = b"", []
    for content in contents:
        count = -(-len(content) // MINI)
        chain += [*range(len(chain) + 1, len(chain) + count), END]
        stream += content.ljust(count * MINI, b"\0")
    return stream or bytes(MINI), chain or [END]


def _chains(counts):
    """The FAT (itself first) for blocks of so many sectors, and where each block starts."""
    fat_sectors = -(-(sum(counts) + 4) // 128)
    fat, starts = [FAT_SECTOR] * fat_sectors, []
    for count in counts:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), END] if count else []
    return fat, starts


def _entry(entry, number, entries, starts, at, mini_length):
    name, kind, content = entry
    left = right = child = NONE
    start, size = 0, len(content)
    last_stream = max((n for n, e in enumerate(entries) if e[0] == "_VBA_PROJECT_CUR"),
                      default=len(entries) - 1)  # fmt: skip
    if kind == 5:
        child, start, size = 1, starts[1], mini_length
    elif name in {"_VBA_PROJECT_CUR", "VBA"}:
        child = number + 1
    elif number < last_stream or (number > last_stream and number < len(entries) - 1):
        right = number + 1
    if kind == 2 and size >= SMALL:
        start, at["big"] = starts[at["big"]], at["big"] + 1
    elif kind == 2:
        start, at["mini"] = at["mini"], at["mini"] + -(-size // MINI)
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, left, right, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def _padded(block):
    return block.ljust(-(-len(block) // SECTOR) * SECTOR, b"\0")


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsb(rows):
    """A binary package of one sheet of texts and numbers (MS-XLSB §2)."""
    cells = b"".join(_xlsb_row(number, row) for number, row in enumerate(rows))
    width = max(map(len, rows))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)
    sheet = _brt(0x0094, size) + _brt(0x0091) + cells + _brt(0x0092)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Danh sách")
    book = _brt(0x008F) + _brt(0x009C, bundle) + _brt(0x0090) + _brt(0x009D) + _brt(0x0084)
    relations = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return target.getvalue()


def _xlsb_row(number, row):
    head = _brt(0x0000, struct.pack("<IIHHBI", number, 0, 0, 0, 0, 0))
    return head + b"".join(_xlsb_cell(place, value) for place, value in enumerate(row))


def _xlsb_cell(place, value):
    if value is None:
        return b""
    start = struct.pack("<II", place, 0)
    if isinstance(value, int | float):
        return _brt(0x0005, start + struct.pack("<d", value))
    return _brt(0x0006, start + _wide(str(value)))


def _brt(kind, content=b""):
    numbers = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, sizes = len(content), b""
    while True:
        length, rest = length >> 7, length & 0x7F
        sizes += bytes([rest | (0x80 if length else 0)])
        if not length:
            return numbers + sizes + content


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

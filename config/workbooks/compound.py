"""An old .xls without its macros: its streams of programs are zeroed where they lie.

The file is an OLE compound file (MS-CFB §2): sectors chained by a table, a directory of entries
of 128 bytes. Nothing is moved, so that everything else stays as it was.
"""

import struct
from collections.abc import Iterator

from config.workbooks.errors import UnreadableFile
from config.workbooks.kinds import SAVE_AS_XLSX, damaged

PROJECT_FOLDER = "_VBA_PROJECT_CUR"
NO_SECTOR, LAST_SECTOR = 0xFFFFFFFF, 0xFFFFFFFA
SMALLEST_OWN = 4096  # shorter streams lie together in the mini stream
ENTRY = 128


def without_project(data: bytes) -> bytes:
    """The same file, its folder of programs empty. Raises UnreadableFile where it has none."""
    try:
        file = _Compound(data)
        is_empty = file.empty(PROJECT_FOLDER)
    except (struct.error, IndexError, OverflowError):
        raise damaged() from None
    if not is_empty:
        raise UnreadableFile(f"Tệp có macro không bỏ được: {SAVE_AS_XLSX}.")
    return bytes(file.data)


class _Compound:
    """An OLE file as far as needed: its chains of sectors and its directory (MS-CFB §2)."""

    def __init__(self, data: bytes):
        self.data = bytearray(data)
        self.sector = 1 << struct.unpack_from("<H", data, 30)[0]
        self.mini = 1 << struct.unpack_from("<H", data, 32)[0]
        (directory,) = self._numbers_at(48, 1)
        if not (9 <= self.sector.bit_length() - 1 <= 12 and self.mini == 64):
            raise damaged()
        self.fat = [n for at in self._fat_sectors() for n in self._numbers(at)]
        self.entries = [
            at + offset for at in self._chain(directory) for offset in range(0, self.sector, ENTRY)
        ]
        root, small = self._numbers_at(self.entries[0] + 116, 1)[0], self._numbers_at(60, 1)[0]
        self.mini_sectors = [
            at + offset for at in self._chain(root) for offset in range(0, self.sector, self.mini)
        ]
        self.mini_fat = [n for at in self._chain(small) for n in self._numbers(at)]

    def empty(self, folder: str) -> bool:
        """Forget what lies in the folder of this name, and zero its bytes; whether it is there."""
        named = [entry for entry in self.entries if self._name(entry) == folder]
        for entry in named:
            (child,) = self._numbers_at(entry + 76, 1)
            struct.pack_into("<I", self.data, entry + 76, NO_SECTOR)
            for below in list(self._tree(child)):
                self._erase(below)
        return bool(named)

    def _at(self, sector: int) -> int:
        return (sector + 1) * self.sector

    def _numbers_at(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{count}I", self.data, at)

    def _numbers(self, at: int) -> tuple[int, ...]:
        return self._numbers_at(at, self.sector // 4)

    def _fat_sectors(self) -> Iterator[int]:
        numbers = list(self._numbers_at(76, 109))
        following, seen = self._numbers_at(68, 1)[0], set()
        while following < LAST_SECTOR and following not in seen:
            seen.add(following)
            *more, following = self._numbers(self._at(following))
            numbers += more
        return (self._at(number) for number in numbers if number < LAST_SECTOR)

    def _chain(self, sector: int) -> Iterator[int]:
        seen = set()
        while sector < len(self.fat) and sector not in seen:
            seen.add(sector)
            yield self._at(sector)
            sector = self.fat[sector]

    def _name(self, entry: int) -> str:
        length = struct.unpack_from("<H", self.data, entry + 64)[0]
        return self.data[entry : entry + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")

    def _tree(self, number: int) -> Iterator[int]:
        """Entries at and below a number: its siblings to both sides and its children."""
        waiting, seen = [number], set()
        while waiting:
            number = waiting.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            waiting += self._numbers_at(self.entries[number] + 68, 3)
            yield self.entries[number]

    def _erase(self, entry: int) -> None:
        start, size = self._numbers_at(entry + 116, 2)
        is_stream = self.data[entry + 66] == 2
        if is_stream and size >= SMALLEST_OWN:
            for at in self._chain(start):
                self._zero(at, self.sector)
        elif is_stream:
            seen = set()
            while start < len(self.mini_fat) and start not in seen:
                seen.add(start)
                self._zero(self.mini_sectors[start], self.mini)
                start = self.mini_fat[start]
        self._zero(entry, ENTRY)
        struct.pack_into("<3I", self.data, entry + 68, NO_SECTOR, NO_SECTOR, NO_SECTOR)

    def _zero(self, at: int, length: int) -> None:
        length = max(min(length, len(self.data) - at), 0)
        self.data[at : at + length] = bytes(length)

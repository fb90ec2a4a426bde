"""What the texts above a table say about all of it: the year, the unit of money."""

import re
from collections.abc import Iterable

from config.vietnamese.names import fold
from config.workbooks.errors import UnreadableFile

FACTORS = {
    "": 1,
    "nghin": 1_000, "ngan": 1_000, "1000": 1_000, "1.000": 1_000,
    "trieu": 1_000_000, "tr": 1_000_000,
    "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
UNIT_WORDS = {
    1: "đồng",
    1_000: "nghìn đồng",
    1_000_000: "triệu đồng",
    1_000_000_000: "tỷ đồng",
}

MONEY = r"(nghin|ngan|1\.?000|trieu|tr|ty|ti)?\s*\.?\s*(?:dong|d|vnd)(?=\s*(?:[).,;/]|$))"
ANNOUNCED = re.compile(rf"\b(?:dvt|don vi tinh|don vi|tinh bang)\s*[:(]?\s*{MONEY}")
IN_BRACKETS = re.compile(rf"\(\s*{MONEY}\.?\s*\)")
IN_HEADER = re.compile(r"\b(nghin|ngan|1\.?000|trieu|ty)\s*(?:dong|d|vnd)\b")
YEAR = re.compile(r"\bnam\s+(\d{4})(?!\d|\s+\d{4}\b)")
DATE_LINE = re.compile(r"thang\s+\d{1,2}\s+nam\s+\d{4}")


def year_in(titles: Iterable[str]) -> int | None:
    """The year of "… NĂM 2023"; None when there is none or several. Date lines do not count."""
    years = set()
    for title in titles:
        years.update(int(year) for year in YEAR.findall(DATE_LINE.sub(" ", fold(title))))
    return years.pop() if len(years) == 1 and 1990 <= min(years) <= 2100 else None


def unit_of(titles: Iterable[str], headers: Iterable[str]) -> int:
    """How many đồng the figures of the table count in: 1 unless a title or header says otherwise.

    Raises UnreadableFile when they name different units: nobody guesses a factor of 1000.
    """
    said = {_announced(title) for title in titles} | {_in_header(header) for header in headers}
    said.discard(None)
    if len(said) > 1:
        words = " và ".join(UNIT_WORDS[unit] for unit in sorted(said))
        raise UnreadableFile(f"Danh sách ghi nhiều đơn vị tính ({words}): hãy dùng một đơn vị.")
    return said.pop() if said else 1


def _announced(text: str) -> int | None:
    found = ANNOUNCED.search(fold(text)) or IN_BRACKETS.search(fold(text))
    return FACTORS[(found.group(1) or "")] if found else None


def _in_header(text: str) -> int | None:
    found = IN_HEADER.search(fold(text))
    return FACTORS[found.group(1)] if found else _announced(text)

"""Reading one line of a support, welfare or house list: its cells, and what is wrong in them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from committees.intake_rows import Finding
from committees.models import Committee
from config.vietnamese.amounts import dong, parse_dong
from config.vietnamese.dates import format_date, parse_date
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import clean, fold, strip_unit_kind, unit_key
from config.workbooks import Table, TableRow
from households.models import Household

# What the column with the commune is called, by the kinds of communes a unit has.
COMMUNE_LABELS = (
    "Xã, thị trấn", "Xã, phường", "Phường, xã", "Xã, phường, thị trấn", "Phường, xã, thị trấn",
    "Thị trấn, xã", "Xã, phường, đặc khu", "Phường, xã, đặc khu", "Xã", "Phường", "Cấp xã",
    "Đơn vị cấp xã", "Tên xã", "Địa bàn",
)  # fmt: skip
# Two spellings of one person's name differ by a letter or two; other people differ by more.
SAME_NAME = 85


class LineReader:
    """The cells of one line by key; everything unreadable becomes a finding of the line."""

    def __init__(self, table: Table, line: TableRow) -> None:
        self.table = table
        self.line = line
        self.findings: list[Finding] = []

    @property
    def in_error(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    def note(self, level: str, key: str, text: str) -> None:
        """Remember a remark on a cell; ``level`` is error, warning or changed."""
        label = self.table.labels.get(key, "")
        self.findings.append(Finding(level, self.table.sheet, self.line.number, label, text))

    def error(self, key: str, text: str) -> None:
        self.note("error", key, text)

    def warn(self, key: str, text: str) -> None:
        self.note("warning", key, text)

    def read(self, key: str, parse: Callable[[object], Any]) -> Any:
        """The cell as ``parse`` understands it; None, with an error noted, when it does not."""
        if key in self.line.problems:
            self.error(key, self.line.problems[key])
            return None
        try:
            return parse(self.line.cells.get(key))
        except NotUnderstood as refusal:
            self.error(key, str(refusal))
            return None

    def text(self, key: str, *, max_length: int, missing: str = "") -> str:
        """Clean text; an empty cell is an error when ``missing`` says what to write."""
        found = self.read(key, lambda cell: clean(cell, max_length=max_length)) or ""
        if not found and missing and key not in self.line.problems:
            self.error(key, missing)
        return found

    def day(self, key: str, *, committee: Committee, today: date) -> date | None:
        """A day on which the unit existed, not later than ``today``."""
        day = self.read(key, parse_date)
        if day is None:
            return None
        if not committee.exists_on(day):
            self.error(key, f"Ngày {format_date(day)} nằm ngoài thời gian hoạt động của đơn vị.")
        elif day > today:
            self.error(key, f"Ngày {format_date(day)} chưa đến: hãy kiểm tra lại ngày.")
        return day

    def money(self, key: str, *, zero_ok: bool = False) -> int | None:
        """Whole đồng in the unit that the sheet announces; an empty cell is 0 if that is fine."""
        if zero_ok and self.line.cells.get(key) is None and key not in self.line.problems:
            return 0
        return self.read(key, lambda cell: parse_dong(cell, unit=self.table.unit, zero_ok=zero_ok))

    def household(self, code: str, known: dict[str, Household], *, name: str) -> Household | None:
        """The living household of this code; a name unlike the registered one warns."""
        household = known.get(code)
        if not code:
            return None
        if household is None:
            self.error("code", f"Không có hộ mã {code} trong sổ hộ của xã: hãy kiểm tra lại mã.")
            return None
        if household.state != Household.State.ACTIVE:
            self.error(
                "code", f"Hộ {code} {household.get_state_display().lower()}: không hỗ trợ được."
            )
        elif not is_same_name(name, household.head_name):
            self.warn("name", f"Sổ hộ ghi chủ hộ mã {code} là {household.head_name}.")
        return household

    def hamlet(self, hamlets: dict[str, Committee], household: Household | None) -> None:
        """The hamlet must be one of the commune; another one than the registry's warns."""
        name = self.text("hamlet", max_length=120)
        if not name:
            return
        hamlet = next((hamlets[key] for key in _hamlet_keys(name) if key in hamlets), None)
        if hamlet is None:
            self.error("hamlet", f"Xã không có “{name}”: hãy ghi đúng tên thôn, ấp.")
        elif household and household.hamlet_id != hamlet.pk:
            self.warn("hamlet", f"Sổ hộ ghi hộ này ở {household.hamlet.name}.")


def is_same_name(one: str, other: str) -> bool:
    """Whether two texts can be one person's name: accents and a slip of the pen aside."""
    return fuzz.ratio(fold(one), fold(other)) >= SAME_NAME


def sheet_findings(table: Table) -> list[Finding]:
    """What the reader of the sheet remarked, as findings on the file as a whole."""
    return [Finding("warning", table.sheet, 0, "", text) for text in table.warnings]


def total_differs(table: Table, key: str, total: int) -> list[Finding]:
    """A warning when the list's own total row says another sum than its lines."""
    if table.total is None:
        return []
    try:
        written = parse_dong(table.total.cells.get(key), unit=table.unit, zero_ok=True)
    except NotUnderstood:
        return []
    if written == total:
        return []
    text = f"Dòng cộng ghi {dong(written)}, cộng các dòng được {dong(total)}."
    label = table.labels.get(key, "")
    return [Finding("warning", table.sheet, table.total.number, label, text)]


def hamlets_by_key(hamlets: Iterable[Committee]) -> dict[str, Committee]:
    """Hamlets by the ways of writing them: "Ấp 1", "ấp 01", "1" where numbers alone tell.

    Without accents or kind only what can mean one hamlet alone is found.
    """
    exact, loose = {}, {}
    for hamlet in hamlets:
        first, *others = _hamlet_keys(hamlet.name)
        exact[first] = hamlet
        for key in set(others):
            loose[key] = None if key in loose else hamlet
    return {key: hamlet for key, hamlet in loose.items() if hamlet} | exact


def _hamlet_keys(name: str) -> list[str]:
    """With accents and kind first, then less and less of both."""
    names = (name, strip_unit_kind(name)[1])
    return [unit_key(text, accents=accents) for text in names for accents in (True, False)]

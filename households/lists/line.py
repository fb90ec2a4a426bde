"""A line of a household list while it is read: its cells, its entry, the remarks made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from committees.intake_rows import Finding, hide_numbers
from committees.models import Committee
from config.vietnamese.amounts import parse_whole
from config.vietnamese.dates import format_date
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import clean, fold, fold_compact, nfc
from config.workbooks import Table, TableRow
from households.identity import Identity
from households.lists.columns import FLAGS, INDICATORS, OTHERS
from households.models import PovertyStandard
from households.standards import Checked, check_class

NO_IDENTITY = Identity()


@dataclass(slots=True)
class Entry:
    """What a good line says, ready to be matched and written."""

    row: int
    code: str = ""
    hamlet: str = ""  # unit_key of its name
    name: str = ""
    name_fold: str = ""
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    ethnicity: str = ""
    identity: Identity = NO_IDENTITY
    id_index: bytes | None = None
    members: int | None = None
    income: int | None = None
    deprivation: int | None = None
    deprivations: list[str] = field(default_factory=list)
    has_indicators: bool = False  # the list has columns of them: none ticked says none
    flags: list[str] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    kind: str = ""
    review: str = ""  # what the list says came of the household since last year
    phone: str = ""
    address: str = ""
    current_address: str = ""
    area: str = ""
    issued_on: date | None = None
    floor_area: Decimal | None = None
    water: str = ""
    latrine: str = ""
    note: str = ""
    sheet: str = ""
    household_id: int | None = None  # the household of the registry this line means
    is_changed: bool = False  # of a known household: something is to be written
    is_duplicate: bool = False


@dataclass
class ListContext:
    """What is the same for every line of one file."""

    table: Table
    commune: Committee
    year: int
    today: date
    standard: PovertyStandard
    hamlets: dict[str, str]  # unit_key → name, of the commune; new ones are added while reading
    known_hamlets: frozenset[str]
    area: str

    def __post_init__(self) -> None:
        self.points = {i.code: i.points for i in self.standard.indicators.all()}
        self.labels = {i.code: i.label for i in self.standard.indicators.all()}
        self.ticked = [c.key for c in INDICATORS if c.key in self.table.mapping]
        self.flagged = [c.key for c in FLAGS if c.key in self.table.mapping]
        self.others = [c.key for c in OTHERS if c.key in self.table.mapping]
        self.aliases: dict[str, str | None] = {}  # hamlet as typed → unit_key
        self._checked: dict[tuple, Checked] = {}

    def check_class(self, entry: Entry) -> Checked:
        """The class that the points of a line give; the same points are worked out once."""
        scores = entry.area, entry.income, entry.deprivation
        if scores not in self._checked:
            area, income, deprivation = scores
            self._checked[scores] = check_class(
                self.standard,
                area=area,
                place=self.commune,
                income=income,
                deprivation=deprivation,
            )
        return self._checked[scores]


class LineReader:
    """One line while it is read: its cells, and the remarks made so far."""

    def __init__(self, context: ListContext, row: TableRow):
        self.context = context
        self.cells = row.cells
        self.problems = row.problems
        self.number = row.number
        self.sheet = getattr(row, "sheet", "") or context.table.sheet
        self.findings: list[Finding] = []
        for key, typed in row.typed.items():
            self.remark("changed", key, f"Đã chuyển từ chữ kiểu cũ “{typed.strip()[:60]}”.")

    def hamlet_fold(self, entry: "Entry") -> str:
        """The hamlet as ``Committee.fold`` has it."""
        return _fold(self.context.hamlets.get(entry.hamlet, ""))

    def remark(self, level: str, key: str, text: str) -> None:
        table = self.context.table
        label = table.labels.get(key, "")
        self.findings.append(Finding(level, self.sheet, self.number, label, text))

    def error(self, key: str, text: str) -> None:
        self.remark("error", key, text)

    def warn(self, key: str, text: str) -> None:
        self.remark("warning", key, text)

    @property
    def in_error(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    def read(self, key: str, reader: Callable) -> object:
        """``reader(cell)``, or None with an error where the cell cannot be read."""
        if key in self.problems:
            self.error(key, self.problems[key])
            return None
        try:
            return reader(self.cells[key])
        except NotUnderstood as refusal:
            self.error(key, str(refusal))
            return None

    def text(self, key: str, *, most: int) -> str:
        """A text cell as it is stored; says so when it had to be changed."""
        raw = cell_text(self.cells[key])
        if not raw or key in self.problems:
            if key in self.problems:
                self.error(key, self.problems[key])
            return ""
        try:
            kept = _clean(raw, most)
        except NotUnderstood as refusal:
            self.error(key, str(refusal))
            return ""
        if kept != raw:
            said = "Đã ghép lại dấu." if nfc(raw) == kept else "Đã bỏ khoảng trắng, ký tự thừa."
            self.remark("changed", key, said)
        return kept


_fold = lru_cache(maxsize=1000)(fold)


@lru_cache(maxsize=1000)
def _clean(text: str, most: int) -> str:
    return clean(text, max_length=most)


def cell_text(cell: object) -> str:
    """What a cell shows: whole numbers without decimals, days as dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def choice(line: LineReader, key: str, choices: dict, wrong: str) -> str | None:
    cell = line.cells[key]
    if key in line.problems:
        line.error(key, line.problems[key])
    elif cell is not None:
        chosen = choices.get(_choice_key(cell_text(cell)))
        if chosen is None:
            line.error(key, f"“{hide_numbers(cell_text(cell))[:30]}”: {wrong}")
        return chosen
    return None


_choice_key = lru_cache(maxsize=2000)(fold_compact)


def whole(line: LineReader, key: str, least: int, most: int) -> int | None:
    cell = line.cells[key]
    if cell is None:
        return None
    if type(cell) is int and least <= cell <= most:
        return cell
    number = line.read(key, parse_whole)
    if number is not None and not least <= number <= most:
        line.error(key, f"Phải là số từ {least} đến {most}.")
        return None
    return number

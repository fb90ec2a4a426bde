"""A list as it was found in a sheet."""

from dataclasses import dataclass, field

from config.workbooks.cells import Cell, column_letter
from config.workbooks.headers import HeaderCell


@dataclass(slots=True)
class TableRow:
    """`number` is the row of the sheet, from 1; `cells` has every key, None where empty.

    `problems` names the cells that must not be kept: an error, a formula without value, a text
    in a font of before Unicode; key → sentence. `typed` holds the original of each text that
    was converted from such a font; `cells` has it in Unicode.
    """

    number: int
    cells: dict[str, Cell]
    problems: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    typed: dict[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """A list as found. `header_row` counts from 1; `mapping` gives 0-based columns.

    `unit` is what 1 in a money column is worth in đồng. `total` is the last total row, `totals`
    all of them; neither is in `rows`. `extra` are labels of the sheet nobody asked for.
    `warnings` are sentences to show before anything is kept.

    `headers` are all labelled columns, `fingerprint` stands for their labels. `fonts` says which
    columns were converted to Unicode: key → kind. `parts` are the tables of the single sheets
    where several were joined; then mapping, labels and headers are those of the first.
    """

    sheet: str
    header_row: int
    mapping: dict[str, int]
    labels: dict[str, str]
    titles: list[str]
    unit: int
    headers: list[HeaderCell] = field(default_factory=list)
    fingerprint: str = ""
    rows: list[TableRow] = field(default_factory=list)
    totals: list[TableRow] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=dict)
    parts: list["Table"] = field(default_factory=list)

    @property
    def total(self) -> TableRow | None:
        return self.totals[-1] if self.totals else None

    @property
    def last_totals(self) -> list[TableRow]:
        """The last total row of each sheet that has one."""
        return [part.totals[-1] for part in self.parts or [self] if part.totals]

    def place(self, number: int, key: str) -> str:
        """ "dòng 12, cột F (Ngày sinh)"."""
        if key not in self.mapping:
            return f"dòng {number}"
        return f"dòng {number}, cột {column_letter(self.mapping[key])} ({self.labels[key]})"

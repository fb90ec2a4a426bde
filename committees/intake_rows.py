"""What was understood of a list: its rows, what each is to the records, the remarks made."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

# Nine digits in a row and more, or a citizen's number in groups: it begins with 0, sums do not.
LONG_RUN = re.compile(
    r"\d{6,}(?=\d{3})|(?<!\d)(?<!\d[ .])0(?:[ .]?\d){8}(?=[ .]?\d[ .]?\d[ .]?\d(?!\d))"
)
SHORTEST_RUN = 9


class Verdict(models.TextChoices):
    """What a row is to the records as they stand."""

    NEW = "new", "Mới"
    CHANGED = "changed", "Đổi"
    SAME = "same", "Như cũ"
    DUPLICATE = "duplicate", "Trùng"
    ERROR = "error", "Lỗi"


def hide_numbers(text: str) -> str:
    """Long numbers keep their last three digits: in whatever column a citizen's number was typed,
    it is shown and kept nowhere."""
    if len(text) < SHORTEST_RUN:
        return text
    return LONG_RUN.sub(lambda run: "•" * len(run.group()), text)


@dataclass
class Finding:
    """A remark on one cell: what is wrong or was changed, in a sentence for the officer."""

    level: str  # "error" | "warning" | "changed"
    sheet: str
    row: int  # as the spreadsheet numbers it; 0 for the whole sheet
    column: str  # the header's label
    text: str

    def __post_init__(self) -> None:
        self.text = hide_numbers(self.text)


class Change(NamedTuple):
    """A field that a row changes in the records: its name, what stands there, what will."""

    label: str
    before: str
    after: str


@dataclass
class Row:
    """One line of the list: what a person sees in the preview, and what will be written.

    ``outcome`` is what becomes of a row without errors: new, changed or same.
    """

    number: int
    shown: list[str]  # one text per column of the importer; identity numbers masked
    record: Any = None  # for ``commit``; None when the row is in error
    findings: list[Finding] = field(default_factory=list)
    sheet: str = ""
    outcome: Verdict = Verdict.NEW
    changes: list[Change] = field(default_factory=list)
    is_duplicate: bool = False  # its error is that it, or its number, is there already

    def __post_init__(self) -> None:
        self.shown = [hide_numbers(text) for text in self.shown]
        self.changes = [Change(*map(hide_numbers, change)) for change in self.changes]

    @property
    def in_error(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)

    @property
    def verdict(self) -> Verdict:
        if self.is_duplicate:
            return Verdict.DUPLICATE
        return Verdict.ERROR if self.in_error else self.outcome


@dataclass
class Understood:
    """A whole file as understood: rows, remarks on the sheet, what would be created."""

    sheet: str
    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)  # on the file as a whole
    year: int | None = None
    creates: dict[str, list[str]] = field(default_factory=dict)  # {"hamlets": ["Ấp 1", …]}
    # What the file or a person says of the list as a whole: {"decision_number": "123/QĐ-UBND"}.
    answers: dict[str, str] = field(default_factory=dict)
    # Rows whose person is on record at another unit: whoever asks is written down.
    elsewhere: list[int] = field(default_factory=list)

    @property
    def all_findings(self) -> list[Finding]:
        return self.findings + [finding for row in self.rows for finding in row.findings]

    @property
    def accepted(self) -> int:
        return sum(not row.in_error for row in self.rows)

    def count(self, level: str) -> int:
        """Rows (and sheet-wide remarks) with at least one finding of this level."""
        rows = sum(any(f.level == level for f in row.findings) for row in self.rows)
        return rows + sum(f.level == level for f in self.findings)

    def verdicts(self) -> dict[str, int]:
        """How many rows are new, changed, same, duplicate, in error; all five keys."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict.value: counted[verdict] for verdict in Verdict}

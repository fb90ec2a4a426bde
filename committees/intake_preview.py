"""What the preview page shows of an upload: made by reading the file; long lists kept a while.

A list of tens of thousands of lines takes long to read. What was understood of it is stashed
encrypted, masked as it is shown, and read from there for some minutes; confirming reads anew.
"""

import json
import zlib
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from committees import intake, storage
from committees.errors import FileRefused
from committees.intake_reading import Heading, LayoutNotUnderstood, Reading, reading_of
from committees.intake_rows import Change, Finding, Understood, Verdict, hide_numbers
from committees.models import ImportBatch
from config import clock

LONG = 2_000  # lines from which on a preview is kept
KEPT_FOR = timedelta(minutes=15)
LEVELS = {"canh-bao": "warning", "da-sua": "changed"}
VERDICTS = {
    "moi": Verdict.NEW,
    "doi": Verdict.CHANGED,
    "nhu-cu": Verdict.SAME,
    "trung": Verdict.DUPLICATE,
    "loi": Verdict.ERROR,
}


@dataclass
class Line:
    """One row as the page prints it."""

    number: int
    sheet: str
    verdict: str
    shown: list[str]
    changes: list[Change]
    findings: list[Finding]

    @property
    def in_error(self) -> bool:
        return self.verdict in (Verdict.DUPLICATE, Verdict.ERROR)


@dataclass
class Field:
    """A column of the file beside what it is read as."""

    place: int
    letter: str
    label: str
    parents: str
    examples: str
    key: str


@dataclass
class Question:
    """One header of the file: its columns, what they are read as, what is missing."""

    fingerprint: str
    sheets: list[str]
    fields: list[Field]
    missing: list[str]


@dataclass
class Preview:
    """A file as its preview shows it; ``refusal`` says why there is nothing to show."""

    refusal: str = ""
    sheet: str = ""
    year: int | None = None
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    creates: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    warnings: int = 0
    changed: int = 0
    pays: bool = False
    sheet_names: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)  # those read
    questions: list[Question] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)  # key, name of a column
    kept_at: str = ""  # when a long list was read

    @property
    def accepted(self) -> int:
        return len(self.lines) - self.refused

    @property
    def refused(self) -> int:
        return sum(self.verdicts.get(verdict, 0) for verdict in (Verdict.DUPLICATE, Verdict.ERROR))

    @property
    def read_at(self) -> datetime | None:
        return datetime.fromisoformat(self.kept_at) if self.kept_at else None

    def only(self, chosen: str) -> list[Line]:
        """The lines of one filter of the page; all of them for an unknown one."""
        if chosen in VERDICTS:
            return [line for line in self.lines if line.verdict == VERDICTS[chosen]]
        if chosen in LEVELS:
            level = LEVELS[chosen]
            return [line for line in self.lines if any(f.level == level for f in line.findings)]
        return self.lines


def preview_of(batch: ImportBatch) -> Preview:
    """What the file says today; of a long list what it said a few minutes ago."""
    kept = _kept(batch)
    if kept:
        return kept
    reading = reading_of(batch)
    try:
        understood = intake.understand_batch(batch, reading)
    except LayoutNotUnderstood as refusal:
        return _asked(Preview(refusal=str(refusal)), reading)
    except FileRefused as refusal:
        return _asked(Preview(refusal=str(refusal)), reading)
    return made(batch, understood, reading)


def made(batch: ImportBatch, understood: Understood, reading: Reading) -> Preview:
    """The preview of what was just understood; kept when it is long."""
    pays = intake.IMPORTERS[batch.kind].pays
    preview = Preview(
        sheet=understood.sheet,
        year=understood.year,
        lines=[_line(row) for row in understood.rows],
        findings=understood.findings,
        creates=understood.creates,
        answers=understood.answers,
        verdicts=understood.verdicts(),
        warnings=understood.count("warning"),
        changed=understood.count("changed"),
        pays=bool(pays) and any(pays(row.record) for row in understood.rows if not row.in_error),
    )
    _asked(preview, reading)
    if len(preview.lines) >= LONG:
        preview.kept_at = clock.now().isoformat()
        text = json.dumps(asdict(preview), ensure_ascii=False, default=str)
        storage.stash(_name(batch), zlib.compress(text.encode(), 1))
    return preview


def forget(batch: ImportBatch) -> None:
    """Read the file anew the next time."""
    storage.unstash(_name(batch))


def _name(batch: ImportBatch) -> str:
    return f"batch-{batch.pk}"


def _kept(batch: ImportBatch) -> Preview | None:
    data = storage.stashed(_name(batch))
    if data is None:
        return None
    kept: dict[str, Any] = json.loads(zlib.decompress(data))
    preview = Preview(**kept)
    if clock.now() - preview.read_at > KEPT_FOR:
        forget(batch)
        return None
    preview.lines = [_line_again(line) for line in kept["lines"]]
    preview.findings = [Finding(**finding) for finding in kept["findings"]]
    preview.questions = [
        Question(**question | {"fields": [Field(**one) for one in question["fields"]]})
        for question in kept["questions"]
    ]
    preview.choices = [tuple(choice) for choice in kept["choices"]]
    return preview


def _line(row) -> Line:
    verdict = row.verdict.value
    return Line(row.number, row.sheet, verdict, row.shown, row.changes, row.findings)


def _line_again(line: dict) -> Line:
    line["changes"] = [Change(*change) for change in line["changes"]]
    line["findings"] = [Finding(**finding) for finding in line["findings"]]
    return Line(**line)


def _asked(preview: Preview, reading: Reading) -> Preview:
    """With the questions of sheets and columns that a person may answer."""
    preview.sheet_names = reading.sheet_names
    preview.sheets = [name for heading in reading.headings for name in heading.sheets]
    preview.questions = [_question(heading) for heading in reading.headings]
    preview.choices = [
        (column.key, f"{column.group}: {column.labels[0]}" if column.group else column.labels[0])
        for column in reading.columns
    ]
    return preview


def _question(heading: Heading) -> Question:
    key_at = {place: key for key, place in heading.mapping.items()}
    fields = [
        Field(
            cell.place,
            cell.letter,
            cell.text,
            " / ".join(cell.parents),
            hide_numbers("; ".join(cell.examples)),
            key_at.get(cell.place, ""),
        )
        for cell in heading.headers
    ]
    return Question(heading.fingerprint, heading.sheets, fields, heading.missing)

"""What the preview page shows of an upload: made by reading the file; long lists kept a while.

A list of tens of thousands of lines takes long to read. What was understood of it is stashed
encrypted, masked as it is shown, and read from there for some minutes; confirming reads anew.
"""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from committees import intake, storage
from committees.errors import FileRefused
from committees.intake_reading import Heading, LayoutNotUnderstood, Reading, reading_of
from committees.intake_rows import Change, Finding, Row, Understood, Verdict, hide_numbers
from committees.models import ImportBatch
from config import clock
from config.workbooks import Column

LONG = 2_000  # lines from which on a preview is kept
PART = 500  # lines kept together
KEPT_FOR = timedelta(minutes=15)
LEVELS = {"canh-bao": "warning", "da-sua": "mended"}
NAMED = {"changed": "mended", "error": "wrong"}  # levels that are called as verdicts are
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

    @property
    def mark(self) -> str:
        """Its verdict and the levels of its remarks, by which lines are chosen."""
        return " ".join(
            [self.verdict, *sorted({NAMED.get(f.level, f.level) for f in self.findings})]
        )


class Lines(Sequence):
    """Lines at some places of a list, each made when it is asked for."""

    def __init__(self, places: Sequence[int], line_at: Callable[[int], Line]):
        self.places, self.line_at = places, line_at

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [self.line_at(number) for number in self.places[place]]
        return self.line_at(self.places[place])


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
    marks: list[str] = field(default_factory=list)  # of each line
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

    def __post_init__(self) -> None:
        self.line_at: Callable[[int], Line] = [].__getitem__

    @property
    def lines(self) -> Lines:
        return Lines(range(len(self.marks)), self.line_at)

    @property
    def accepted(self) -> int:
        return len(self.marks) - self.refused

    @property
    def refused(self) -> int:
        return sum(self.verdicts.get(verdict, 0) for verdict in (Verdict.DUPLICATE, Verdict.ERROR))

    @property
    def read_at(self) -> datetime | None:
        return datetime.fromisoformat(self.kept_at) if self.kept_at else None

    def only(self, chosen: str) -> Lines:
        """The lines of one filter of the page; all of them for an unknown one."""
        wanted = VERDICTS.get(chosen) or LEVELS.get(chosen)
        if not wanted:
            return self.lines
        places = [number for number, mark in enumerate(self.marks) if wanted in mark.split()]
        return Lines(places, self.line_at)


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
    lines = [_line(row) for row in understood.rows]
    preview = Preview(
        sheet=understood.sheet,
        year=understood.year,
        marks=[line.mark for line in lines],
        findings=understood.findings,
        creates=understood.creates,
        answers=understood.answers,
        verdicts=understood.verdicts(),
        warnings=understood.count("warning"),
        changed=understood.count("changed"),
        pays=bool(pays) and any(pays(row.record) for row in understood.rows if not row.in_error),
    )
    preview.line_at = lines.__getitem__
    _asked(preview, reading)
    if len(lines) >= LONG:
        preview.kept_at = clock.now().isoformat()
        _keep(batch, preview, lines)
    return preview


def forget(batch: ImportBatch) -> None:
    """Read the file anew the next time."""
    storage.unstash(_name(batch))


def _name(batch: ImportBatch) -> str:
    return f"batch-{batch.pk}"


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 1)


def _keep(batch: ImportBatch, preview: Preview, lines: list[Line]) -> None:
    """The sizes of the parts, the page without its lines, the lines in parts of ``PART``."""
    parts = [_packed(asdict(preview))]
    for start in range(0, len(lines), PART):
        parts.append(_packed([vars(line) | {"findings": [vars(f) for f in line.findings]}
                              for line in lines[start : start + PART]]))  # fmt: skip
    sizes = json.dumps([len(part) for part in parts]).encode()
    storage.stash(_name(batch), b"\n".join([sizes, b"".join(parts)]))


def _kept(batch: ImportBatch) -> Preview | None:
    data = storage.stashed(_name(batch))
    if data is None:
        return None
    sizes, _, rest = data.partition(b"\n")
    ends = list(accumulate(json.loads(sizes)))
    kept = json.loads(zlib.decompress(rest[: ends[0]]))
    preview = Preview(**kept)
    if clock.now() - preview.read_at > KEPT_FOR:
        forget(batch)
        return None
    preview.findings = [Finding(**finding) for finding in kept["findings"]]
    preview.questions = [
        Question(**question | {"fields": [Field(**one) for one in question["fields"]]})
        for question in kept["questions"]
    ]
    preview.choices = [tuple(choice) for choice in kept["choices"]]

    @lru_cache(maxsize=4)
    def part(number: int) -> list[dict]:
        return json.loads(zlib.decompress(rest[ends[number] : ends[number + 1]]))

    preview.line_at = lambda place: _line_again(part(place // PART)[place % PART])
    return preview


def _line(row: Row) -> Line:
    verdict = row.verdict.value
    return Line(row.number, row.sheet, verdict, row.shown, row.changes, row.findings)


def _line_again(kept: dict) -> Line:
    line = Line(**kept)
    line.changes = [Change(*change) for change in kept["changes"]]
    line.findings = [Finding(**finding) for finding in kept["findings"]]
    return line


def _asked(preview: Preview, reading: Reading) -> Preview:
    """With the questions of sheets and columns that a person may answer."""
    preview.sheet_names = reading.sheet_names
    preview.sheets = [name for heading in reading.headings for name in heading.sheets]
    preview.questions = [_question(heading) for heading in reading.headings]
    preview.choices = [(column.key, _named(column)) for column in reading.columns]
    return preview


def _named(column: Column) -> str:
    """ "Nguồn nước (chỉ số thiếu hụt)"."""
    label = column.labels[0]
    return f"{label} ({column.group.lower()})" if column.group else label


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

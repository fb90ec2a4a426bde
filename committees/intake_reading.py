"""How a file is read: the sheets and columns found in it, or said by a person, now or before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from committees.errors import FileRefused
from committees.models import Committee, ImportBatch, ListLayout, User
from config.workbooks import (
    Column,
    HeaderNotUnderstood,
    Table,
    Workbook,
    joined_table,
    only_table,
)

GUIDE_SHEET = "Hướng dẫn"  # of our own templates: explanations, no list
LIKE_IT = 2  # columns understood: a person may say the others
Mapping = dict[str, int]  # key of a column → its place in the sheet, from 0


@dataclass
class Heading:
    """One header of the file (sheets with the same header share it) and how it is read."""

    fingerprint: str
    sheets: list[str]
    headers: list  # of config.workbooks.HeaderCell
    mapping: Mapping
    missing: list[str] = field(default_factory=list)


class LayoutNotUnderstood(FileRefused):
    """The columns are not those of this list; with ``reading``, so that a person can say them."""

    def __init__(self, sentence: str, reading: "Reading"):
        super().__init__(sentence)
        self.reading = reading


@dataclass
class Reading:
    """What is known before a file is read, and, after ``find``, what was found in it.

    ``day`` is that of CODE@DATE on a command line. ``layouts`` {fingerprint: {key: place}} are
    mappings a person chose; ``answers`` what the person said of the list as a whole.
    """

    day: date | None = None
    sheets: list[str] = field(default_factory=list)
    layouts: dict[str, Mapping] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    columns: Sequence[Column] = ()
    sheet_names: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    table: Table | None = None

    def find(
        self, workbook: Workbook, columns: Sequence[Column], *, joins_sheets: bool = False
    ) -> Table:
        """The list in the workbook; of several sheets with one, all (``joins_sheets``) or none.

        Raises ``LayoutNotUnderstood`` when a person could say which column is which,
        ``UnreadableFile`` otherwise.
        """
        workbook = _without(workbook, GUIDE_SHEET)
        self.columns, self.sheet_names = columns, [sheet.name for sheet in workbook.sheets]
        try:
            if joins_sheets:
                chosen = [name for name in self.sheets if name in self.sheet_names]
                table = joined_table(workbook, columns, sheets=chosen or None, layouts=self.layouts)
            else:
                table = only_table(self._narrowed(workbook), columns, layouts=self.layouts)
        except HeaderNotUnderstood as refusal:
            self.headings = [_heading_of(refusal)]
            is_like_it = len(refusal.mapping) >= LIKE_IT or refusal.fingerprint in self.layouts
            if not is_like_it:
                raise
            raise LayoutNotUnderstood(str(refusal), self) from refusal
        self.headings, self.table = _headings(table), table
        return table

    def _narrowed(self, workbook: Workbook) -> Workbook:
        kept = [sheet for sheet in workbook.sheets if sheet.name in self.sheets]
        if not kept or len(kept) == len(workbook.sheets):
            return workbook
        return Workbook(workbook.filename, kept, workbook.warnings)

    def answered(self, answers: dict[str, str]) -> "Reading":
        """The same with what a person says of the list as a whole."""
        return Reading(sheets=self.sheets, layouts=self.layouts, answers=answers)

    def as_json(self) -> dict:
        """What a batch keeps of it."""
        return {"sheets": self.sheets, "layouts": self.layouts, "answers": self.answers}


def reading_of(batch: ImportBatch) -> Reading:
    """How this batch is to be read: what was said of it, over what the unit said before."""
    reading = said_of(batch)
    reading.layouts = known_layouts(batch.kind, batch.committee) | reading.layouts
    return reading


def said_of(batch: ImportBatch) -> Reading:
    """What was said of this very upload, without what its unit said before."""
    said = batch.reading
    return Reading(
        sheets=said.get("sheets", []),
        layouts=said.get("layouts", {}),
        answers=said.get("answers", {}),
    )


def known_layouts(kind: str, committee: Committee) -> dict[str, Mapping]:
    """The mappings that a unit used for earlier files of this kind."""
    kept = ListLayout.objects.filter(kind=kind, committee=committee)
    return dict(kept.order_by().values_list("header", "columns"))


def remember_layouts(batch: ImportBatch, *, by: User) -> None:
    """Keep what a person said of the columns, for the unit's next file with the same header."""
    for fingerprint, mapping in batch.reading.get("layouts", {}).items():
        ListLayout.objects.update_or_create(
            committee=batch.committee,
            kind=batch.kind,
            header=fingerprint,
            defaults={"columns": mapping, "saved_by": by},
        )


def _without(workbook: Workbook, name: str) -> Workbook:
    kept = [sheet for sheet in workbook.sheets if sheet.name != name]
    if not kept or len(kept) == len(workbook.sheets):
        return workbook
    return Workbook(workbook.filename, kept, workbook.warnings)


def _headings(table: Table) -> list[Heading]:
    found: dict[str, Heading] = {}
    for part in table.parts or [table]:
        heading = found.setdefault(
            part.fingerprint, Heading(part.fingerprint, [], part.headers, dict(part.mapping))
        )
        heading.sheets.append(part.sheet)
    return list(found.values())


def _heading_of(refusal: HeaderNotUnderstood) -> Heading:
    return Heading(
        refusal.fingerprint,
        [refusal.sheet],
        refusal.headers,
        dict(refusal.mapping),
        list(refusal.missing),
    )

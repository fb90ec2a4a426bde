"""Taking in lists from spreadsheets: read → understood row by row → confirmed → one transaction.

An app registers an ``Importer`` for its kind of list; everything around it (storing the file,
refusing the same bytes twice, the preview, the report of findings, the lock, the audit event)
is here once, for the browser and for the commands alike.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from committees import audit, storage
from committees.access import Permission
from committees.errors import AlreadyImported, FileRefused
from committees.models import Committee, ImportBatch, User
from config import clock
from config.workbooks import UnreadableFile, Workbook, read_workbook

MOST_ROWS = 25_000  # the longest list of one unit, with its titles
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nine digits in a row and more, or a citizen's number in groups: it begins with 0, sums do not.
LONG_RUN = re.compile(
    r"\d{6,}(?=\d{3})|(?<!\d)(?<!\d[ .])0(?:[ .]?\d){8}(?=[ .]?\d[ .]?\d[ .]?\d(?!\d))"
)


def hide_numbers(text: str) -> str:
    """Long numbers keep their last three digits: in whatever column a citizen's number was typed,
    it is shown and kept nowhere."""
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


@dataclass
class Row:
    """One line of the list: what a person sees in the preview, and what will be written."""

    number: int
    shown: list[str]  # one text per column of the importer; identity numbers masked
    record: Any = None  # for ``commit``; None when the row is in error
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shown = [hide_numbers(text) for text in self.shown]

    @property
    def in_error(self) -> bool:
        return any(finding.level == "error" for finding in self.findings)


@dataclass
class Understood:
    """A whole file as understood: rows, remarks on the sheet, what would be created."""

    sheet: str
    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)  # on the file as a whole
    year: int | None = None
    creates: dict[str, list[str]] = field(default_factory=dict)  # {"hamlets": ["Ấp 1", …]}

    @property
    def all_findings(self) -> list[Finding]:
        return self.findings + [finding for row in self.rows for finding in row.findings]

    def count(self, level: str) -> int:
        """Rows (and sheet-wide remarks) with at least one finding of this level."""
        rows = sum(any(f.level == level for f in row.findings) for row in self.rows)
        return rows + sum(f.level == level for f in self.findings)


@dataclass(frozen=True)
class Upload:
    """A file as it came: which kind of list, its bytes and name, whose, from whom."""

    kind: str
    data: bytes
    name: str
    committee: Committee
    by: User


@dataclass(frozen=True)
class Importer:
    """How one kind of list is understood and written.

    ``understand(workbook, committee, day)`` reads and checks, writing nothing; it raises
    ``FileRefused`` or ``UnreadableFile`` for a file that is no such list. ``commit(rows,
    understood, batch, by)`` writes the accepted rows inside the caller's transaction and
    returns what it created, as counts for people: {"households": 34, "hamlets": 7}.
    ``pays(record)`` says that a row takes money from a fund: in the browser such a list is
    confirmed by who may enter vouchers in the books, whoever uploaded it.
    """

    kind: str
    permission: Permission
    columns: tuple[str, ...]
    understand: Callable[[Workbook, Committee, date | None], Understood]
    commit: Callable[[list[Row], Understood, ImportBatch, User], dict]
    levels: tuple[str, ...] = ("province", "district", "commune")  # of units with such lists
    pays: Callable[[Any], bool] | None = None


IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Called by an app's ``ready()``; the last of a kind stays."""
    IMPORTERS[importer.kind] = importer


def understand(kind: str, data: bytes, *, name: str, committee: Committee, day: date | None):
    """Read a file and say what it holds; writes nothing. Raises ``FileRefused``."""
    try:
        workbook = read_workbook(data, filename=name, max_rows=MOST_ROWS)
        return IMPORTERS[kind].understand(workbook, committee, day)
    except UnreadableFile as refusal:
        raise FileRefused(str(refusal)) from refusal


@transaction.atomic
def preview(kind: str, data: bytes, *, name: str, committee: Committee, by: User) -> ImportBatch:
    """Keep an uploaded file and what was understood of it; nothing enters the records yet."""
    refuse_same_file(kind, data, committee)
    understood = understand(kind, data, name=name, committee=committee, day=None)
    return _batch(Upload(kind, data, name, committee, by), understood)


def commit(batch: ImportBatch, *, by: User, skip_errors: bool = False) -> ImportBatch:
    """Write a previewed list into the records: all of it or nothing.

    The file is read again, for the records may have moved on since the preview. Raises
    ``FileRefused`` while rows are in error or when the list pays from a fund and ``by`` may
    not enter vouchers in its books, ``AlreadyImported`` when it went in meanwhile.
    """
    data = storage.read(batch.file)
    understood = understand(
        batch.kind, data, name=batch.file.name, committee=batch.committee, day=None
    )
    if waits_for_accountant(batch, understood, by=by):
        raise FileRefused(
            f"Danh sách có khoản chi từ Quỹ: kế toán của {batch.committee} xác nhận để ghi sổ."
        )
    return _write(batch, understood, by=by, skip_errors=skip_errors)


def waits_for_accountant(batch: ImportBatch, understood: Understood, *, by: User) -> bool:
    """Whether the list takes money from a fund and ``by`` may not enter it in the books."""
    pays = IMPORTERS[batch.kind].pays
    paying = pays and any(pays(row.record) for row in understood.rows if not row.in_error)
    return bool(paying) and not by.may(Permission.VOUCHER_POST, batch.committee)


def import_file(  # noqa: PLR0913, what a command line says
    kind: str,
    data: bytes,
    *,
    name: str,
    committee: Committee,
    by: User,
    day: date | None = None,
    skip_errors: bool = False,
) -> ImportBatch:
    """Preview and commit in one step. Raises as both do."""
    refuse_same_file(kind, data, committee)
    understood = understand(kind, data, name=name, committee=committee, day=day)
    return write(Upload(kind, data, name, committee, by), understood, skip_errors=skip_errors)


@transaction.atomic
def write(upload: Upload, understood: Understood, *, skip_errors: bool = False) -> ImportBatch:
    """Keep a file and write what was just understood of it: all of it or nothing."""
    batch = _batch(upload, understood)
    return _write(batch, understood, by=upload.by, skip_errors=skip_errors)


def drop(batch: ImportBatch, *, by: User) -> None:
    """Forget a previewed list without writing it."""
    with transaction.atomic():
        changed = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEWED)
        if changed.update(state=ImportBatch.State.DROPPED):
            audit.record("import.dropped", batch, by=by, committee=batch.committee)


def refuse_same_file(kind: str, data: bytes, committee: Committee) -> None:
    """Raise ``AlreadyImported`` if these bytes already went in as this kind of list here."""
    earlier = ImportBatch.objects.filter(
        kind=kind,
        committee=committee,
        sha256=hashlib.sha256(data).hexdigest(),
        state=ImportBatch.State.COMMITTED,
    ).first()
    if earlier:
        raise AlreadyImported(
            f"Tệp này đã nhập ngày {earlier.committed_at:%d/%m/%Y}; không cần nhập lại."
        )


@transaction.atomic
def _write(batch: ImportBatch, understood: Understood, *, by: User, skip_errors: bool):
    # One import at a time per committee: two tabs must not both pass the check below.
    Committee.objects.select_for_update(no_key=True).get(pk=batch.committee_id)
    batch.refresh_from_db()
    if batch.state != ImportBatch.State.PREVIEWED:
        raise AlreadyImported("Danh sách này đã được xử lý; hãy tải lại trang.")
    if understood.count("error") and not skip_errors:
        raise FileRefused(
            f"Còn {understood.count('error')} dòng có lỗi; hãy sửa trong tệp rồi tải lên lại."
        )
    accepted = [row for row in understood.rows if not row.in_error]
    if not accepted:
        raise FileRefused("Tệp không có dòng nào nhập được; hãy kiểm tra lại danh sách.")
    _fill(batch, understood)
    batch.state = ImportBatch.State.COMMITTED
    batch.committed_at = clock.now()
    batch.committed_by = by
    batch.save()
    batch.summary |= {
        "created": IMPORTERS[batch.kind].commit(accepted, understood, batch, by),
        "creates": understood.creates,
    }
    batch.save(update_fields=["summary"])
    audit.record(
        "import.committed",
        batch,
        by=by,
        committee=batch.committee,
        sha256=batch.sha256,
        rows=len(accepted),
        created=batch.summary["created"],
    )
    return batch


def _batch(upload: Upload, understood: Understood) -> ImportBatch:
    file = storage.keep(
        upload.data,
        name=upload.name,
        content_type=XLSX,
        committee=upload.committee,
        by=upload.by,
    )
    batch = ImportBatch(
        committee=upload.committee,
        kind=upload.kind,
        file=file,
        sha256=file.sha256,
        uploaded_by=upload.by,
    )
    _fill(batch, understood)
    batch.summary = {"creates": understood.creates}
    batch.save()
    return batch


def _fill(batch: ImportBatch, understood: Understood) -> None:
    batch.year = understood.year
    batch.rows = len(understood.rows)
    batch.accepted = sum(not row.in_error for row in understood.rows)
    batch.warnings = understood.count("warning")
    batch.errors = understood.count("error")
    batch.findings = [asdict(finding) for finding in understood.all_findings]

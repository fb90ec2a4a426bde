"""Taking in lists from spreadsheets: read → understood row by row → confirmed → one transaction.

An app registers an ``Importer`` for its kind of list; everything around it (storing the file,
refusing the same bytes twice, the preview, the report of findings, the lock, the audit event)
is here once, for the browser and for the commands alike.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from psycopg2.errors import UniqueViolation

from committees import audit, storage
from committees.access import Permission
from committees.errors import AlreadyImported, FileRefused
from committees.history import current_transaction
from committees.intake_reading import LayoutNotUnderstood, Reading, reading_of, remember_layouts
from committees.intake_rows import Row, Understood
from committees.models import AuditEvent, Committee, ImportBatch, User
from config import clock
from config.workbooks import UnreadableFile, Workbook, kept_form, read_workbook

MOST_ROWS = 60_000  # the longest list of one unit, with its titles
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_NOTED = 200  # rows named in one audit event
MOST_TOLD = 100  # numbers on file elsewhere, in one person's uploads of an hour
ELSEWHERE = "import.number_elsewhere"
MOST_FINDINGS = 1_000  # kept with an upload; the lines in error may be had as a file
LEVELS = ("error", "warning", "changed")  # the gravest first
OTHER_FILE = "application/octet-stream"


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

    ``understand(workbook, committee, reading)`` reads and checks, writing nothing; it finds its
    table by ``reading.find`` and raises ``FileRefused`` or ``UnreadableFile`` for a file that is
    no such list. ``commit(rows, understood, batch, by)`` writes the accepted rows inside the
    caller's transaction and returns what it created, as counts for people:
    {"households": 34, "hamlets": 7}. ``pays(record)`` says that a row takes money from a fund:
    in the browser such a list is confirmed by who may enter vouchers in the books, whoever
    uploaded it. ``undo(batch, by)`` takes a committed list back inside the caller's transaction,
    counts of what was removed and restored as its answer, or raises ``FileRefused``.
    ``asks`` is a form of what the person is asked about the list as a whole; ``template(unit)``
    makes the empty .xlsx to fill in; ``numbers`` are the keys of columns of citizens' numbers and
    telephones, which the file of lines in error gives back as typed. ``next_steps(batch)``:
    (address, text) of where to go on from a committed list.
    """

    kind: str
    permission: Permission
    columns: tuple[str, ...]
    understand: Callable[[Workbook, Committee, Reading], Understood]
    commit: Callable[[list[Row], Understood, ImportBatch, User], dict]
    levels: tuple[str, ...] = ("province", "district", "commune")  # of units with such lists
    pays: Callable[[Any], bool] | None = None
    undo: Callable[[ImportBatch, User], dict] | None = None
    asks: type[forms.Form] | None = None
    template: Callable[[Committee], bytes] | None = None
    numbers: tuple[str, ...] = ()
    next_steps: Callable[[ImportBatch], list[tuple[str, str]]] | None = None


IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Called by an app's ``ready()``; the last of a kind stays."""
    IMPORTERS[importer.kind] = importer


def understand(
    kind: str,
    data: bytes,
    *,
    name: str,
    committee: Committee,
    day: date | None = None,
    reading: Reading | None = None,
) -> Understood:
    """Read a file and say what it holds; writes nothing. Raises ``FileRefused``.

    ``reading`` says how to read it and afterwards how it was read; without one the file alone
    decides.
    """
    reading = reading or Reading()
    reading.day = day or reading.day
    try:
        workbook = read_workbook(data, filename=name, max_rows=MOST_ROWS)
        return IMPORTERS[kind].understand(workbook, committee, reading)
    except UnreadableFile as refusal:
        raise FileRefused(str(refusal)) from refusal


def understand_batch(batch: ImportBatch, reading: Reading | None = None) -> Understood:
    """What the stored file of an upload says today, read as its unit said. As ``understand``."""
    return understand(
        batch.kind,
        storage.read(batch.file),
        name=batch.file.name,
        committee=batch.committee,
        reading=reading or reading_of(batch),
    )


def preview(kind: str, data: bytes, *, name: str, committee: Committee, by: User) -> ImportBatch:
    """Keep an uploaded file and what was understood of it; nothing enters the records yet."""
    return take_in(Upload(kind, data, name, committee, by))[0]


@transaction.atomic
def take_in(upload: Upload) -> tuple[ImportBatch, Understood | None, Reading]:
    """The same with what was understood, and how it was read.

    A file whose columns are not understood is kept too: the person can say which is which.
    Raises ``FileRefused``, ``AlreadyImported``.
    """
    upload = replace(upload, data=kept(upload.data))
    kind, committee = upload.kind, upload.committee
    refuse_same_file(kind, upload.data, committee)
    reading = reading_of(ImportBatch(kind=kind, committee=committee))
    try:
        understood = understand(
            kind, upload.data, name=upload.name, committee=committee, reading=reading
        )
    except LayoutNotUnderstood:
        understood = None
    found = understood.elsewhere if understood else []
    if found:
        _refuse_fishing(upload.by)
    batch = _batch(upload, understood)
    if found:
        told = {"count": len(found), "rows": found[:MOST_NOTED]}
        audit.record(ELSEWHERE, batch, by=upload.by, committee=committee, **told)
    return batch, understood, reading


def _refuse_fishing(by: User) -> None:
    """A list of guessed numbers must not tell, upload after upload, who is on file elsewhere."""
    lately = AuditEvent.objects.filter(
        actor=by, action=ELSEWHERE, at__gt=Now() - timedelta(hours=1)
    )
    if sum(event.detail["count"] for event in lately) >= MOST_TOLD:
        raise FileRefused(
            f"Trong một giờ, các danh sách bạn tải lên đã có hơn {MOST_TOLD} số CCCD đã ghi ở xã"
            " khác: hãy sửa các dòng đó trong tệp, một giờ sau tải lên lại."
        )


def read_differently(batch: ImportBatch, reading: Reading) -> None:
    """Keep what a person says of sheets, columns and the list as a whole; nothing else changes."""
    kept_reading = reading.as_json()
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEWED)
    waiting.update(reading=kept_reading)
    batch.reading = kept_reading
    storage.unstash(f"batch-{batch.pk}")


def commit(batch: ImportBatch, *, by: User, skip_errors: bool = False) -> ImportBatch:
    """Write a previewed list into the records: all of it or nothing.

    The file is read again, for the records may have moved on since the preview. Raises
    ``FileRefused`` while rows are in error or when the list pays from a fund and ``by`` may
    not enter vouchers in its books, ``AlreadyImported`` when it went in meanwhile.
    """
    understood = understand_batch(batch)
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
    data = kept(data)
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
    storage.unstash(f"batch-{batch.pk}")


def kept(data: bytes) -> bytes:
    """The bytes of an upload as they may be stored: without macros. Raises ``FileRefused``."""
    try:
        return kept_form(data)
    except UnreadableFile as refusal:
        raise FileRefused(str(refusal)) from refusal


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


def _write(batch: ImportBatch, understood: Understood, *, by: User, skip_errors: bool):
    """All of it or nothing; what somebody entered at the same moment is a refusal in words."""
    try:
        return _written(batch, understood, by=by, skip_errors=skip_errors)
    except IntegrityError as refusal:
        if not isinstance(refusal.__cause__, UniqueViolation):
            raise
        raise FileRefused(
            "Trong lúc ghi, có người vừa ghi trùng với danh sách này: hãy tải lại trang, xem lại"
            " rồi xác nhận."
        ) from refusal


@transaction.atomic
def _written(batch: ImportBatch, understood: Understood, *, by: User, skip_errors: bool):
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
    batch.transaction = current_transaction()
    batch.save()
    remember_layouts(batch, by=by)
    batch.summary |= {
        "created": IMPORTERS[batch.kind].commit(accepted, understood, batch, by),
        "creates": understood.creates,
    }
    batch.save(update_fields=["summary"])
    storage.unstash(f"batch-{batch.pk}")
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


def _batch(upload: Upload, understood: Understood | None) -> ImportBatch:
    file = storage.keep(
        upload.data,
        name=upload.name,
        content_type=XLSX if upload.name.lower().endswith(".xlsx") else OTHER_FILE,
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
    if understood:
        _fill(batch, understood)
        batch.summary |= {"creates": understood.creates}
    batch.save()
    return batch


def _fill(batch: ImportBatch, understood: Understood) -> None:
    batch.year = understood.year
    batch.rows = len(understood.rows)
    batch.accepted = understood.accepted
    batch.warnings = understood.count("warning")
    batch.errors = understood.count("error")
    found = understood.all_findings
    if len(found) > MOST_FINDINGS:
        found.sort(key=lambda finding: LEVELS.index(finding.level))
    batch.findings = [asdict(finding) for finding in found[:MOST_FINDINGS]]
    batch.summary |= {"verdicts": understood.verdicts(), "findings": len(found)}

"""Uploaded lists: who may see them, what to call what they make, their lines in error."""

import io

import xlsxwriter
from django.db.models import Q, QuerySet
from django.urls import reverse

from committees import intake, storage
from committees.access import GRANTS, Permission, Role
from committees.errors import FileRefused
from committees.intake_rows import Row, Understood
from committees.models import Committee, ImportBatch, User
from committees.todo import Todo

# What importers say they made or will make, in words.
MADE = {
    "households": "hộ mới",
    "updated": "hộ đã có, được cập nhật",
    "classifications": "lượt phân loại",
    "corrected": "phân loại được sửa",
    "hamlets": "thôn, ấp mới",
    "donors": "đơn vị, cá nhân ủng hộ mới",
    "givers": "đơn vị, cá nhân hỗ trợ mới",
    "funds": "quỹ mới",
    "receipts": "khoản ủng hộ",
    "vouchers": "chứng từ đã ghi sổ",
    "supports": "khoản hỗ trợ",
    "welfare": "khoản an sinh xã hội",
    "houses": "nhà Đại đoàn kết",
}


def batches_of(user: User) -> QuerySet[ImportBatch]:
    """The uploaded lists that ``user`` may see and confirm: by kind, where it may be imported."""
    reach = Q(pk__in=[])
    for kind, importer in intake.IMPORTERS.items():
        reach |= Q(kind=kind) & user.reach(importer.permission, "committee")
        if importer.pays:  # the accountant confirms what an officer uploaded
            reach |= Q(kind=kind) & user.reach(Permission.VOUCHER_POST, "committee")
    return ImportBatch.objects.filter(reach)


def may_import(user: User) -> bool:
    """Whether the person may import any kind of list anywhere."""
    return any(user.holds(importer.permission) for importer in intake.IMPORTERS.values())


def places_of(user: User) -> dict[str, list[Committee]]:
    """Kind of list → the units of the person's seats at which it may be imported."""
    return {
        kind: units
        for kind, importer in intake.IMPORTERS.items()
        if (units := _units(user, importer))
    }


def _units(user: User, importer: intake.Importer) -> list[Committee]:
    seated = {
        seat.committee.pk: seat.committee
        for seat in user.live_seats
        if importer.permission in GRANTS[Role(seat.role)]
        and seat.committee.level in importer.levels
    }
    return list(seated.values())


def read_again(batch: ImportBatch) -> tuple[Understood | None, str]:
    """What the stored file says today, or None and the sentence why it is refused now."""
    try:
        understood = intake.understand(
            batch.kind,
            storage.read(batch.file),
            name=batch.file.name,
            committee=batch.committee,
            day=None,
        )
    except FileRefused as refusal:
        return None, str(refusal)
    return understood, ""


def waiting(user: User) -> list[Todo]:
    """The line of the home page: lists that somebody uploaded and nobody confirmed."""
    count = batches_of(user).filter(state=ImportBatch.State.PREVIEWED).count()
    address = f"{reverse('intake:batch-list')}?tinh-trang={ImportBatch.State.PREVIEWED}"
    return [Todo("danh sách tải lên chờ xác nhận", count, address, Permission.HOME)]


def errors_workbook(understood: Understood, columns: tuple[str, ...]) -> bytes:
    """The lines in error with what is wrong in a last column "Lỗi"; every cell is plain text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Dòng lỗi")
    lines = [("Dòng", *columns, "Lỗi")]
    lines += [
        (str(row.number), *row.shown, _errors_of(row)) for row in understood.rows if row.in_error
    ]
    for number, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(number, column, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _errors_of(row: Row) -> str:
    return "; ".join(f"{f.column}: {f.text}" for f in row.findings if f.level == "error")

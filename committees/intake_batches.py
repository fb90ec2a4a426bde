"""Uploaded lists: who may see them, what to call what they make, templates for the next."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from committees import intake
from committees.access import GRANTS, Permission, Role
from committees.models import Committee, ImportBatch, User
from committees.todo import Todo

# What importers say they made or will make, in words.
MADE = {
    "households": "hộ mới",
    "updated": "hộ đã có, được cập nhật",
    "same": "hộ như cũ, không đổi",
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
UNDONE = {
    "removed": "hộ mới đã gỡ",
    "restored": "hộ trở lại như trước khi nhập",
    "unlisted": "lượt phân loại đã gỡ",
    "lists": "danh sách của năm đã gỡ",
    "hamlets": "thôn, ấp đã gỡ",
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


def templates_for(user: User) -> list[tuple[str, str]]:
    """(address, text) of the empty lists that the person may fill in."""
    found = []
    for kind, units in places_of(user).items():
        if intake.IMPORTERS[kind].template is None:
            continue
        for unit in units:
            query = urlencode({"loai": kind, "don-vi": unit.pk})
            label = f"{ImportBatch.Kind(kind).label}, {unit.name}"
            found.append((f"{reverse('intake:batch-template')}?{query}", label))
    return found


def waiting(user: User) -> list[Todo]:
    """The line of the home page: lists that somebody uploaded and nobody confirmed."""
    count = batches_of(user).filter(state=ImportBatch.State.PREVIEWED).count()
    address = f"{reverse('intake:batch-list')}?tinh-trang={ImportBatch.State.PREVIEWED}"
    return [Todo("danh sách tải lên chờ xác nhận", count, address, Permission.HOME)]

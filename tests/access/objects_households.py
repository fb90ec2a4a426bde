"""Households and uploaded lists, made for the walk of all addresses."""

from datetime import date

from committees import intake, storage
from committees.access import Role
from committees.intake import XLSX
from committees.models import Committee, ImportBatch, User
from committees.people import system_user
from households.actions.members import add_member
from households.actions.merging import merge_households
from households.actions.moving import send_move
from households.models import Household, Likeness
from households.privacy.export_job import queue_export
from households.privacy.exporting import Order
from tests.factories.committees import make_unit, make_user
from tests.factories.households import household_list, make_hardship, make_household


def _make_household(committee: Committee) -> int | None:
    if committee.level == Committee.Level.HAMLET:
        return make_household(committee, year=2023).pk
    if committee.level != Committee.Level.COMMUNE:
        return None
    hamlet = make_unit("hamlet", parent=committee)
    return make_household(hamlet, year=2023, head_name="Nguyễn Thị Thử").pk


def _make_batch(committee: Committee) -> int | None:
    """A household list of a commune, a house list of a unit above; hamlets send none."""
    if committee.level == Committee.Level.HAMLET:
        return None
    by = system_user()
    data = household_list(committee, {"Số CCCD": None})
    if committee.level == Committee.Level.COMMUNE:
        return intake.preview("households", data, name="ho.xlsx", committee=committee, by=by).pk
    file = storage.keep(data, name="nha.xlsx", content_type=XLSX, committee=committee, by=by)
    return ImportBatch.objects.create(
        committee=committee, kind="houses", file=file, sha256=file.sha256, uploaded_by=by
    ).pk


def _make_hardship(committee: Committee) -> int | None:
    """A proposal of a hamlet, or of a hamlet of the commune."""
    if committee.level == Committee.Level.COMMUNE:
        committee = make_unit("hamlet", parent=committee)
    if committee.level != Committee.Level.HAMLET:
        return None
    return make_hardship(committee).pk


def _make_pair(committee: Committee) -> int | None:
    """Two alike households of a commune."""
    if committee.level != Committee.Level.COMMUNE:
        return None
    hamlet = make_unit("hamlet", parent=committee)
    first, second = (make_household(hamlet, head_name="Nguyễn Thị Thử") for _ in range(2))
    return Likeness.objects.create(
        commune=committee, first=first, second=second, score=90, reasons=["name"]
    ).pk


def _make_merge(committee: Committee) -> int | None:
    if committee.level == Committee.Level.COMMUNE:
        committee = make_unit("hamlet", parent=committee)
    if committee.level != Committee.Level.HAMLET:
        return None
    kept, gone = (make_household(committee, head_name="Nguyễn Thị Thử") for _ in range(2))
    return merge_households(kept, gone, reason="Ghi hai lần", by=system_user()).pk


def _make_export(committee: Committee) -> int:
    """A long list that the officer of the unit waits for."""
    seated = User.objects.filter(seats__committee=committee, seats__role=Role.OFFICER)
    officer = seated.first() or make_user((Role.OFFICER, committee))
    order = Order(query="", columns=(), format_="csv", purpose="Đi qua mọi địa chỉ")
    return queue_export(order, by=officer, token=str(committee.pk)).pk


def _make_member(committee: Committee) -> int | None:
    """A person who is not the head, so that she may leave."""
    pk = _make_household(committee)
    if pk is None:
        return None
    household = Household.objects.get(pk=pk)
    return add_member(household, details={"name": "Nguyễn Thị Thử"}, by=system_user()).pk


def _make_arriving(committee: Committee) -> int | None:
    """A household on its way to a commune."""
    if committee.level != Committee.Level.COMMUNE:
        return None
    district = Committee.objects.get(path=committee.parent_path)
    return _send(make_unit("commune", parent=district), committee)


def _make_leaving(committee: Committee) -> int | None:
    """A household on its way from a commune."""
    if committee.level != Committee.Level.COMMUNE:
        return None
    district = Committee.objects.get(path=committee.parent_path)
    return _send(committee, make_unit("commune", parent=district))


def _send(origin: Committee, to: Committee) -> int:
    household = make_household(make_unit("hamlet", parent=origin))
    day = date(2024, 5, 1)
    return send_move(household, version=1, to=to, on=day, note="", by=system_user()).pk


def _edited(committee: Committee, pk: int) -> dict:
    return {"version": 1, "head_name": "Nguyễn Văn Sửa", "code": "T-1", "area": "rural"}


def _told(pk: int, **said) -> dict:
    version = Household.objects.get(pk=pk).version
    return {"version": version, "reason": "Đi qua mọi địa chỉ"} | said


MAKERS = {
    "household_pk": _make_household,
    "batch_pk": _make_batch,
    "hardship_pk": _make_hardship,
    "likeness_pk": _make_pair,
    "merge_pk": _make_merge,
    "person_pk": _make_member,
    "move_pk": _make_arriving,
    "sent_pk": _make_leaving,
    "export_pk": _make_export,
}
PAYLOADS = {
    "households:household-edit": _edited,
    "households:household-classify": lambda committee, pk: {"year": 2024, "kind": "poor"},
    "households:member-new": lambda committee, pk: {"name": "Nguyễn Thị Thêm"},
    "households:change-end": lambda committee, pk: _told(pk, on="01/05/2024", confirmed="1"),
    "households:change-code": lambda committee, pk: _told(pk, code="M-1"),
    "households:move-return": lambda committee, pk: {"reason": "Không đến xã này"},
    "households:move-withdraw": lambda committee, pk: {"reason": "Ghi nhầm"},
}

"""Households and uploaded lists, made for the walk of all addresses."""

from committees import intake, storage
from committees.intake import XLSX
from committees.models import Committee, ImportBatch
from committees.people import system_user
from tests.factories.committees import make_unit
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


def _edited(committee: Committee, pk: int) -> dict:
    return {"version": 1, "head_name": "Nguyễn Văn Sửa", "code": "T-1", "area": "rural"}


MAKERS = {"household_pk": _make_household, "batch_pk": _make_batch, "hardship_pk": _make_hardship}
PAYLOADS = {
    "households:household-edit": _edited,
    "households:household-classify": lambda committee, pk: {"year": 2024, "kind": "poor"},
}

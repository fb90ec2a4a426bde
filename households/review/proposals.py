"""Remarks that the rows themselves suggest: a class beside its points, a pair, somebody gone."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.vietnamese.dates import format_date
from households.models import Classification, Household, Likeness, ListRemark, PovertyList
from households.standards import check_class, standards

Kind = ListRemark.Kind


@dataclass(frozen=True)
class Proposal:
    """A remark that the officer may take over."""

    kind: ListRemark.Kind
    household: Household
    text: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.household.pk}"


def proposed_remarks(poverty_list: PovertyList) -> list[Proposal]:
    """What the system would ask about a list, without what is a remark already; four queries."""
    known = set(
        ListRemark.objects.filter(poverty_list=poverty_list).values_list("kind", "household_id")
    )
    listed = list(
        Classification.objects.filter(poverty_list=poverty_list)
        .select_related("household__hamlet", "household__commune")
        .order_by("hamlet__path", "household__head_sort_key", "pk")
    )
    found = [*_unlike_points(poverty_list, listed), *_gone(listed), *_twice(listed)]
    return [one for one in found if (one.kind, one.household.pk) not in known]


def _unlike_points(poverty_list: PovertyList, listed: list[Classification]) -> Iterator[Proposal]:
    standard = standards().get(pk=poverty_list.standard_id)
    for row in listed:
        checked = check_class(
            standard,
            area=row.household.area,
            place=row.household.commune,
            income=row.income_score,
            deprivation=row.deprivation_score,
        )
        if checked.agrees_with(row.kind):
            continue
        if row.kind == Classification.Kind.HARDSHIP:
            text = f"Không có trong danh sách, nhưng {checked.reason}; đề nghị rà soát, bổ sung."
            yield Proposal(Kind.OMITTED, row.household, text)
        else:
            label = row.get_kind_display().lower()
            text = f"Danh sách ghi {label}, nhưng {checked.reason}; đề nghị kiểm tra lại."
            yield Proposal(Kind.CLASS, row.household, text)


def _gone(listed: list[Classification]) -> Iterator[Proposal]:
    for row in listed:
        household = row.household
        if household.state == Household.State.ACTIVE or row.kind == Classification.Kind.HARDSHIP:
            continue
        since = f" từ ngày {format_date(household.state_on)}" if household.state_on else ""
        said = household.get_state_display().lower()
        yield Proposal(
            Kind.GONE, household, f"Hộ {said}{since} mà vẫn có tên; đề nghị kiểm tra lại."
        )


def _twice(listed: list[Classification]) -> Iterator[Proposal]:
    households = {row.household_id: row.household for row in listed}
    pairs = Likeness.objects.filter(
        first__in=households, second__in=households, state=Likeness.State.OPEN
    )
    for pair in pairs.order_by("-score", "pk"):
        first, second = households[pair.first_id], households[pair.second_id]
        text = (
            f"Có dấu hiệu trùng với hộ {second.head_name} (mã {second.code}, {second.hamlet});"
            " đề nghị kiểm tra lại."
        )
        yield Proposal(Kind.TWICE, first, text)

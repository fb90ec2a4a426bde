"""Lists of a year, their transitions and remarks, made for the walk of all addresses."""

from committees.models import Committee
from committees.people import system_user
from households.actions.listing import poverty_list_of
from households.models import PovertyList, Transition
from households.review.remarks import add_remark
from households.review.transitions import derive
from tests.factories.committees import make_unit
from tests.factories.households import make_household


def _make_list(committee: Committee) -> int | None:
    """The list of 2022 of a commune, with a household; 2023 is other makers' year."""
    if committee.level != Committee.Level.COMMUNE:
        return None
    make_household(make_unit("hamlet", parent=committee), year=2022)
    return PovertyList.objects.get(commune=committee, year=2022).pk


def _make_transition(committee: Committee) -> int | None:
    """A household of a hamlet, or of a hamlet of the commune, that came to the list of 2024."""
    if committee.level == Committee.Level.COMMUNE:
        committee = make_unit("hamlet", parent=committee)
    if committee.level != Committee.Level.HAMLET:
        return None
    commune = Committee.objects.get(path=committee.parent_path)
    _list_of(commune)
    household = make_household(committee, year=2024)
    return Transition.objects.get(household=household, poverty_list__year=2024).pk


def _make_remark(committee: Committee) -> int | None:
    if committee.level != Committee.Level.COMMUNE:
        return None
    found, by = _list_of(committee), system_user()
    return add_remark(found, kind="other", text="Đề nghị niêm yết danh sách.", by=by).pk


def _list_of(commune: Committee) -> PovertyList:
    by = system_user()
    poverty_list_of(commune, 2023, by=by)
    found = poverty_list_of(commune, 2024, by=by)
    derive(found)
    return found


MAKERS = {
    "list_pk": _make_list,
    "transition_pk": _make_transition,
    "remark_pk": _make_remark,
}

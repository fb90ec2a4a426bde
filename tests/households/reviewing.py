"""Two years' lists of one commune, for the tests of reviews."""

from households.actions.classifying import classify_household
from households.actions.listing import Listed, poverty_list_of
from households.models import Household, PovertyList, Transition
from households.review.transitions import derive
from tests.factories.households import make_household


def lists_of(
    units, officer, before: dict[str, str], after: dict[str, str]
) -> tuple[PovertyList, dict[str, Household]]:
    """Households by the last word of their name, with their class in 2023 and in 2024: the list
    of 2024 and the households."""
    households = {
        name: make_household(units["hamlet1_1"], by=officer, head_name=f"Trần Thị Thử {name}")
        for name in sorted({*before, *after})
    }
    for year, kinds in ((2023, before), (2024, after)):
        poverty_list_of(units["commune1"], year, by=officer)
        for name, kind in kinds.items():
            classify_household(households[name], listed=Listed(year, kind), by=officer)
    listed = PovertyList.objects.get(year=2024, commune=units["commune1"])
    derive(listed)
    return listed, households


def codes(listed: PovertyList) -> dict[str, str]:
    """The annual code of each household by the last word of its name."""
    return {
        change.household.head_name.rpartition(" ")[2]: change.code
        for change in Transition.objects.filter(poverty_list=listed, origin="annual")
    }


def change_of(listed: PovertyList, household: Household) -> Transition:
    """The annual transition of a household."""
    return Transition.objects.get(poverty_list=listed, household=household, origin="annual")

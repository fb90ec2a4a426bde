"""Made-up communes whose figures the tests know by heart."""

from committees.models import Committee
from config import clock
from households.actions.classifying import classify_household
from households.actions.counting import Counted, count_households
from households.actions.listing import Listed, poverty_list_of
from households.models import Household, Transition
from tests.factories.committees import make_unit, make_user
from tests.factories.households import make_household

# Household: hamlet, ethnicity, class on the list of 2023, on the list of 2024 ("" on none).
VILLAGE = {
    "A": ("1", "Khmer", "poor", "poor"),
    "B": ("1", "Kinh", "poor", "near_poor"),
    "C": ("1", "Kinh", "poor", ""),
    "D": ("1", "Kinh", "near_poor", "poor"),
    "E": ("1", "Khmer", "", "poor"),
    "F": ("2", "Kinh", "poor", ""),
    "G": ("2", "Kinh", "near_poor", "near_poor"),
    "H": ("2", "Khmer", "", "near_poor"),
    "I": ("2", "Kinh", "near_poor", ""),
}


def make_village(units, number: int = 1) -> dict[str, Household]:
    """Commune ``number`` with the lists of 2023 and 2024 of ``VILLAGE``, by letter.

    C escaped by an answer of the review, F moved away, I escaped near-poverty.
    """
    commune = units[f"commune{number}"]
    officer = make_user(("officer", commune))
    households = {}
    for year in (2023, 2024):
        poverty_list_of(commune, year, by=officer)
    for letter, (hamlet, ethnicity, before, after) in VILLAGE.items():
        household = households[letter] = make_household(
            units[f"hamlet{number}_{hamlet}"],
            by=officer,
            head_name=f"Trần Thị Thử {letter}",
            ethnicity=ethnicity,
        )
        for year, kind in ((2023, before), (2024, after)):
            if kind:
                classify_household(household, listed=Listed(year, kind), by=officer)
    for letter, code in {
        "C": "thoat_ngheo_vuot_chuan", "F": "chuyen_di", "I": "thoat_can_ngheo",
    }.items():  # fmt: skip
        changes = Transition.objects.filter(household=households[letter])
        answer = {"code": code, "answered_by": officer, "answered_at": clock.now()}
        assert changes.update(**answer) == 1
    return households


def count(place: Committee, year: int, households: int, minority: int | None = None) -> None:
    """Write the total of one commune or hamlet down."""
    commune = place if not place.is_hamlet else Committee.objects.get(path=place.parent_path)
    officer = make_user(("officer", commune))
    count_households(commune, year, counted={place: Counted(households, minority)}, by=officer)


def make_town(units, number: int) -> None:
    """Another commune of the district: a town (thị trấn) with two hamlets."""
    town = make_unit("commune", "Thị trấn Thử", parent=units["district"])
    units[f"commune{number}"] = town
    for hamlet in (1, 2):
        units[f"hamlet{number}_{hamlet}"] = make_unit("hamlet", f"Khu phố {hamlet}", parent=town)


def figures(table) -> dict[str, dict[str, str]]:
    """The lines of a table by their name, each as texts by the full label of the column."""
    return {
        line.row.label: {
            column.full_label: f"{cell.text} {cell.share_text}".strip()
            for column, cell in line.cells
        }
        for line in table.lines
    }

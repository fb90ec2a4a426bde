"""A commune's list of one year, and what a household's line on it says."""

from dataclasses import dataclass, field

from committees import audit
from committees.models import Committee, User
from households.models import PovertyList
from households.standards import standard_in


@dataclass(frozen=True)
class Listed:
    """A household's place on the list of one year, as the People's Committee decided it."""

    year: int
    kind: str
    income_score: int | None = None
    deprivation_score: int | None = None
    deprivations: list[str] = field(default_factory=list)


def poverty_list_of(commune: Committee, year: int, *, by: User) -> PovertyList:
    """The commune's list of a year, begun if there is none yet. Raises ``NoStandard``."""
    poverty_list = PovertyList.objects.filter(commune=commune, year=year).first()
    if poverty_list is None:
        poverty_list, created = PovertyList.objects.get_or_create(
            commune=commune,
            year=year,
            defaults={"standard": standard_in(year), "created_by": by},
        )
        if created:
            audit.record("poverty_list.begun", poverty_list, by=by, committee=commune, year=year)
    return poverty_list

"""Which households somebody asked for: the filters of an address, for list, export and print."""

from dataclasses import dataclass

from django.http import QueryDict

from committees.access import Permission
from committees.models import Committee, User
from households import queries
from households.finding.ranking import matching
from households.forms.finding import HouseholdFilter
from households.models import Household
from households.models.household import HouseholdQuerySet


@dataclass(frozen=True)
class Chosen:
    """The filters as a form, the rows they leave, and the year whose class is to be shown."""

    filters: HouseholdFilter
    among: HouseholdQuerySet  # what the other filters leave
    text: str  # what is searched for among them
    year: int | None
    places: frozenset[str] = frozenset()  # the paths below which all of ``among`` lies

    @property
    def rows(self) -> HouseholdQuerySet:
        return matching(self.among, self.text)


def chosen_by(parameters: QueryDict, user: User) -> Chosen:
    """What these parameters leave of the households that ``user`` sees; nonsense leaves none."""
    rows = Household.objects.allowed(user, Permission.HOUSEHOLD_VIEW)
    communes = Committee.objects.allowed(user, Permission.HOUSEHOLD_VIEW)
    years = queries.years_of_lists(communes)
    filters = HouseholdFilter(parameters, user=user, years=years)
    if not filters.is_valid():
        return Chosen(filters, rows.none(), "", None)
    chosen = filters.cleaned_data
    if chosen["noi"]:
        rows = rows.under(chosen["noi"])
    if chosen["tinh_trang"]:
        rows = rows.filter(state=chosen["tinh_trang"])
    if chosen["nam"] or chosen["loai"]:
        rows = queries.listed_in(rows, chosen["nam"] or max(years, default=0), chosen["loai"])
    places = {chosen["noi"].path} if chosen["noi"] else places_of(user)
    return Chosen(filters, rows, chosen["q"], chosen["nam"], frozenset(places))


def places_of(user: User) -> frozenset[str]:
    """The paths of the committees at which ``user`` has a seat: all that is seen lies there."""
    return frozenset(seat.committee.path for seat in user.live_seats)

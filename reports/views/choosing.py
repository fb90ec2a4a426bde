"""Which unit and which year a page is about, out of its address."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.models import Campaign
from committees.access import Permission
from committees.models import Committee
from reports import queries
from reports.forms import YearFilter


@dataclass(frozen=True)
class Chosen:
    """The unit and year of a page; ``campaign`` is None where none runs for the unit."""

    unit: Committee
    own_units: list[Committee]
    upper: Committee | None  # the unit above, where the person may look at it
    year: int | None
    campaign: Campaign | None
    filters: YearFilter | None


def chosen(request: HttpRequest) -> Chosen:
    """The unit asked for, else the highest of the person's own; the year, else the newest."""
    own = queries.units_of(request.user)
    reach = Committee.objects.allowed(request.user, Permission.REPORT_VIEW)
    reach = reach.exclude(level=Committee.Level.HAMLET)
    asked = request.GET.get("unit", "")
    if asked:
        unit = get_object_or_404(reach, pk=asked if asked.isdecimal() else 0)
    elif own:
        unit = own[0]
    else:
        raise Http404
    years = queries.years_of(unit)
    filters = YearFilter(request.GET or None, years=years)
    year = filters.cleaned_data["year"] if filters.is_bound and filters.is_valid() else None
    year = year or (years[0] if years else None)
    choice = YearFilter({"year": year, "unit": unit.pk}, years=years) if len(years) > 1 else None
    return Chosen(
        unit=unit,
        own_units=own,
        upper=reach.filter(path=unit.parent_path).first(),
        year=year,
        campaign=queries.campaign_of(unit, year),
        filters=choice,
    )

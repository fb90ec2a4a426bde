from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from committees.access import Permission, requires
from committees.models import Committee
from config import clock
from households import queries
from households.actions.counting import (
    count_households,
    disagreements,
    listed_by_place,
    totals_of,
)
from households.errors import TotalRefused
from households.forms.totals import TotalForm
from households.places import marks_of

FIRST_YEAR = 2016  # of the oldest standard


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def total_edit(request, commune_pk):
    """All households of a commune and of each hamlet in a year, in one form."""
    communes = Committee.objects.filter(level=Committee.Level.COMMUNE)
    commune = get_object_or_404(
        communes.allowed(request.user, Permission.HOUSEHOLD_EDIT), pk=commune_pk
    )
    year, years = _years(request, commune)
    forms = _forms(request, commune, year)
    refused = ""
    are_valid = [form.is_valid() for form in forms]  # of each, so that every error is shown
    if request.method == "POST" and all(are_valid):
        try:
            warnings = count_households(
                commune,
                year,
                counted={form.place: form.counted for form in forms},
                by=request.user,
            )
        except TotalRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Đã lưu tổng số hộ năm {year}.")
            for warning in warnings:
                messages.warning(request, warning)
            return redirect(f"{reverse('households:total-edit', args=[commune.pk])}?nam={year}")
    marks = marks_of([form.place.pk for form in forms], year)
    for form in forms:
        form.marks = marks.get(form.place.pk, [])
    is_wrong = refused or any(form.errors for form in forms)
    context = {
        "commune": commune,
        "year": year,
        "years": years,
        "forms": forms,
        "refused": refused,
        "warnings": [] if request.method == "POST" else disagreements(commune, year),
        "back": f"{reverse('households:summary')}?noi={commune.pk}&nam={year}",
    }
    return render(request, "households/total_form.html", context, status=422 if is_wrong else 200)


def _years(request, commune):
    """The year asked for, and those to choose from: of the lists, and this year."""
    years = set(queries.years_of_lists([commune.pk])) | {_last_year(commune)}
    asked = request.GET.get("nam", "")
    typed = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    if FIRST_YEAR <= typed <= clock.today().year + 1:
        years.add(typed)
        return typed, sorted(years, reverse=True)
    return max(years), sorted(years, reverse=True)


def _last_year(commune):
    """This year, or the last one in which the commune existed."""
    this_year = clock.today().year
    return min(this_year, commune.valid_to.year) if commune.valid_to else this_year


def _forms(request, commune, year):
    """One for the commune, then one for each of its hamlets, with what is on file."""
    hamlets = Committee.objects.under(commune).filter(level=Committee.Level.HAMLET)
    known = {total.committee_id: total for total in totals_of(commune, year)}
    listed = listed_by_place(commune, year)
    forms = []
    for place in [commune, *hamlets]:
        total = known.get(place.pk)
        initial = {
            "households": total and total.households,
            "minority": total and total.minority_households,
        }
        forms.append(
            TotalForm(
                request.POST or None,
                prefix=f"noi-{place.pk}",
                initial=initial,
                place=place,
                listed=listed[place.pk],
            )
        )
    return forms

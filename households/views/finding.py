from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Func, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from households.actions.looking_up import look_up_number
from households.errors import HouseholdError
from households.filtering import chosen_by, places_of
from households.finding.ranking import ranks_of
from households.finding.reading import read
from households.finding.screens import first_of, screen_of
from households.models import Classification, Household, PoorPlace

FINDS = 20


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_list(request):
    wanted = read(request.GET.get("q", "").replace("\0", ""))
    if wanted.number:
        return _look_up(request, wanted.number)
    chosen = chosen_by(request.GET, request.user)
    screen = screen_of(
        ranks_of(chosen.among, chosen.text, places=chosen.places),
        shown=_shown(chosen.year),
        among=Household.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW),
        after=request.GET.get("sau", ""),
    )
    kinds, marks = dict(Classification.Kind.choices), dict(PoorPlace.Mark.choices)
    for household in screen.rows:
        household.listed_as = household.listed and kinds[household.listed["kind"]]
        household.place_marks = [marks[mark] for mark in household.marks]
    return render(
        request,
        "households/household_list.html",
        {
            "filters": chosen.filters,
            "screen": screen,
            "text": chosen.text,
            "notice": wanted.notice,
            "may_edit": request.user.holds(Permission.HOUSEHOLD_EDIT),
        },
    )


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_search(request):
    """What a household picker asks for: at most 20 finds for ?q=, the likeliest first."""
    text = request.GET.get("q", "").replace("\0", "")[:100].strip()
    rows = Household.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW).living()
    shown = Household.objects.select_related("hamlet", "commune")
    ranks = ranks_of(rows, text, places=places_of(request.user)) if text else []
    found = first_of(ranks, shown=shown, most=FINDS)
    return render(request, "parts/picker_finds.html", {"finds": [_find(row) for row in found]})


def _find(household):
    hint = [f"{household.hamlet}, {household.commune}", household.why]
    return {
        "key": household.pk,
        "label": f"{household.head_name} ({household.code})",
        "hint": ". ".join(filter(None, hint)),
    }


def _look_up(request, number):
    """The household's page, or a sentence; the number does not stay in the address."""
    address = reverse("households:household-list")
    try:
        found = look_up_number(number, by=request.user)
    except HouseholdError as refusal:
        messages.warning(request, str(refusal))
    else:
        if found.household:
            address = reverse("households:household-detail", args=[found.household.pk])
        elif found.elsewhere:
            messages.info(request, f"Số CCCD này đã có ở {found.elsewhere}.")
        else:
            messages.info(request, "Chưa có hộ nào trong sổ có số CCCD này.")
    if request.htmx:  # the form swaps its results only; a whole page must come
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _shown(year):
    """A line of the list, with the class of ``year`` or else the latest."""
    classes = Classification.objects.filter(household=OuterRef("pk"))
    if year:
        classes = classes.filter(poverty_list__year=year)
    latest = classes.order_by("-poverty_list__year").values(
        told=JSONObject(kind="kind", year="poverty_list__year")
    )
    today = Func(function="business_today", output_field=DateField())
    marks = PoorPlace.objects.filter(
        Q(committee=OuterRef("hamlet")) | Q(committee=OuterRef("commune")),
        Q(valid_to=None) | Q(valid_to__gte=today),
        valid_from__lte=today,
    )
    rows = Household.objects.select_related("commune", "hamlet", "merged_into")
    return rows.annotate(
        listed=Subquery(latest[:1]), marks=ArraySubquery(marks.order_by("mark").values("mark"))
    ).defer("words")

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from committees.models import Committee
from config import clock
from households.actions.standards import draw_line, remove_line
from households.errors import LineRefused
from households.forms.standards import LineForm
from households.models import Household, PovertyLine
from households.standards import changes_between, standards


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def line_list(request):
    every = list(standards())
    provinces = _provinces(request)
    manages = set(provinces.values_list("pk", flat=True))
    seen = _provinces_in_sight(request)
    return render(
        request,
        "households/line_list.html",
        {
            "standards": [_shown(standard, seen, manages) for standard in every],
            "changes": list(zip(every[1:], changes_between(every), strict=True)),
            "indicators": _indicators(every),
            "provinces": provinces,
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.STANDARD_MANAGE)
def line_edit(request, province_pk):
    """Draw or replace the line of one province for a standard and an area."""
    province = get_object_or_404(_provinces(request), pk=province_pk)
    form = LineForm(request.POST or None, initial=_initial(request, province))
    if request.method == "POST" and form.is_valid():
        try:
            draw_line(
                form.cleaned_data["standard"],
                place=province,
                area=form.cleaned_data["area"],
                facts=form.facts(),
                by=request.user,
            )
        except LineRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lưu chuẩn riêng của {province}.")
            return redirect("households:line-list")
    context = {"form": form, "province": province}
    status = 422 if form.errors else 200
    return render(request, "households/line_form.html", context, status=status)


@require_POST
@requires(Permission.STANDARD_MANAGE)
def line_remove(request, line_pk):
    lines = PovertyLine.objects.select_related("place", "standard")
    line = get_object_or_404(lines.filter(place__in=_provinces(request)), pk=line_pk)
    remove_line(line, by=request.user)
    messages.success(request, f"Đã bỏ chuẩn riêng của {line.place}; áp dụng chuẩn quốc gia.")
    return redirect("households:line-list")


def _provinces(request):
    units = Committee.objects.allowed(request.user, Permission.STANDARD_MANAGE)
    return units.filter(level=Committee.Level.PROVINCE)


def _provinces_in_sight(request):
    """The keys of the provinces that the person's units lie in or stand above."""
    every = Committee.objects.filter(pk__in=PovertyLine.objects.exclude(place=None).values("place"))
    seats = [seat.committee.path for seat in request.user.live_seats]
    return {
        unit.pk
        for unit in every
        if any(path.startswith(unit.path) or unit.path.startswith(path) for path in seats)
    }


def _shown(standard, seen, manages):
    own = [line for line in standard.lines.all() if line.place_id in seen]
    for line in own:
        line.is_mine = line.place_id in manages
    return {
        "standard": standard,
        "lines": [line for line in standard.lines.all() if line.place_id is None],
        "own": own,
        "is_mine": any(line.is_mine for line in own),
        "has_lower": any(line.lower_income for line in standard.lines.all()),
    }


def _indicators(every):
    """A row for each indicator that any standard has: its label, and whether each has it."""
    labels = {}
    for standard in every:
        for indicator in standard.indicators.all():
            labels[indicator.code] = indicator.label
    has = [({i.code for i in s.indicators.all()}, s.code) for s in every]
    return [
        (label, [(code in codes, name) for codes, name in has]) for code, label in labels.items()
    ]


def _initial(request, province):
    """The line on file of ?chuan= and ?khu-vuc=, to be replaced; else the standard in force."""
    code, area = request.GET.get("chuan", ""), request.GET.get("khu-vuc", "")
    every = {standard.code: standard for standard in standards()}
    begun = [each for each in every.values() if each.valid_from <= clock.today()]
    standard = every.get(code, begun[-1])
    initial = {
        "standard": standard.pk,
        "area": area if area in Household.Area.values else Household.Area.RURAL,
    }
    for line in standard.lines.all():
        if line.place_id == province.pk and line.area == area:
            names = ("income", "lower_income", "points", "legal_text")
            initial |= {name: getattr(line, name) for name in names}
    return initial

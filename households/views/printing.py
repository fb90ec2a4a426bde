"""Printed lists: of the registry as filtered, of one year's list; whole, or to be posted up."""

import tempfile

from django.db import transaction
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from committees import audit
from committees.access import Permission, requires
from committees.intake import XLSX as XLSX_TYPE
from committees.letterhead import capacities
from committees.models import Committee
from committees.printed_lists import as_docx, as_pdf, as_xlsx
from config import clock
from households.filtering import chosen_by
from households.forms.printing import DOCX, PDF, POSTED, XLSX, PrintForm, YearPrintForm
from households.models import Classification, PovertyList, Sighting
from households.printing import entries, papers
from households.printing.papers import Signing
from households.printing.wording import (
    own_units,
    said,
    wording_of_list,
    wording_of_registry,
)
from households.privacy.sightings import saw_many

MOST_PRINTED = 20_000
WRITERS = {
    PDF: (as_pdf.write, "application/pdf"),
    DOCX: (
        as_docx.write,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    XLSX: (as_xlsx.write, XLSX_TYPE),
}


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_VIEW)
def list_print(request):
    """Print what the filters of the list page leave; they stay in the address."""
    chosen = chosen_by(request.GET, request.user)
    count = chosen.rows.order_by()[: MOST_PRINTED + 1].count()
    form = PrintForm(request.POST or None, units=_issuers(request.user), count=count)
    if request.method == "POST" and form.is_valid() and 0 < count <= MOST_PRINTED:
        wording = wording_of_registry(chosen, request.user)
        return _file(request, form, entries.of_registry(chosen.rows, chosen.year), wording)
    context = {
        "back": f"{reverse('households:household-list')}?{request.GET.urlencode()}",
        "back_to": "Hộ",
        "tab": "so-ho",
        "what": said(chosen.filters),
    }
    return _page(request, form, count, context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_VIEW)
def list_print_year(request, list_pk):
    """Print the list of a year as the People's Committee decided it."""
    seen = PovertyList.objects.filter(request.user.reach(Permission.HOUSEHOLD_VIEW, "commune"))
    poverty_list = get_object_or_404(seen.select_related("commune"), pk=list_pk)
    rows = Classification.objects.filter(poverty_list=poverty_list)
    count = rows.order_by().count()
    form = YearPrintForm(
        request.POST or None,
        units=_issuers(request.user),
        hamlets=Committee.objects.filter(pk__in=rows.order_by().values("hamlet")),
        count=count,
    )
    if request.method == "POST" and form.is_valid() and count:
        hamlet, kind = form.cleaned_data["hamlet"], form.cleaned_data["kind"]
        rows = rows.filter(hamlet=hamlet) if hamlet else rows
        rows = rows.filter(kind=kind) if kind else rows
        wording = wording_of_list(poverty_list, hamlet, kind)
        return _file(request, form, entries.of_list(rows), wording)
    context = {
        "back": reverse("households:review-detail", args=[poverty_list.pk]),
        "back_to": str(poverty_list),
        "tab": "danh-sach",
        "what": [str(poverty_list)],
    }
    return _page(request, form, count, context)


def _page(request, form, count, context):
    context |= {
        "form": form,
        "count": min(count, MOST_PRINTED),
        "is_too_many": count > MOST_PRINTED,
    }
    status = 422 if form.errors else 200
    return render(request, "households/list_print.html", context, status=status)


@transaction.atomic
def _file(request, form, lines, wording):
    """The file; whom it shows and what for is written down before it leaves."""
    asked = form.cleaned_data
    is_posted = asked["what"] == POSTED
    printed = papers.list_paper(
        lines,
        wording=wording,
        signing=Signing(
            issuer=asked["issuer"],
            capacity=capacities()[asked["capacity"]],
            signer=asked["signer"],
            drawn_up_by="" if is_posted else request.user.full_name,
        ),
        is_posted=is_posted,
        today=clock.today(),
        footer=_footer(request.user, asked["purpose"], is_posted=is_posted),
    )
    write, content_type = WRITERS[asked["kind_of_file"]]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(printed.paper, file)
    file.seek(0)
    _write_down(request.user, printed.keys, asked, is_posted=is_posted)
    name = "niem-yet" if is_posted else "danh-sach-ho"
    return FileResponse(
        file,
        as_attachment=asked["kind_of_file"] != PDF,
        filename=f"{name}.{asked['kind_of_file']}",
        content_type=content_type,
    )


def _write_down(user, keys, asked, *, is_posted):
    purpose = asked["purpose"] or "Niêm yết"
    saw_many(keys, user, Sighting.How.PRINT, purpose)
    for unit in own_units(user):  # each one's log tells it
        audit.record(
            "household.list_posted" if is_posted else "household.list_printed",
            None,
            by=user,
            committee=unit,
            rows=len(keys),
            file=asked["kind_of_file"],
            purpose=purpose,
        )


def _footer(user, purpose, *, is_posted):
    at = timezone.localtime(clock.now())
    if is_posted:
        return f"Bản niêm yết, in lúc {at:%H:%M ngày %d/%m/%Y}."
    return f"In lúc {at:%H:%M ngày %d/%m/%Y} bởi {user.full_name}. Mục đích: {purpose.rstrip('.')}."


def _issuers(user):
    """The units in whose name this person prints: the own ones, for a hamlet its commune."""
    paths = [unit.parent_path if unit.is_hamlet else unit.path for unit in own_units(user)]
    return Committee.objects.filter(path__in=paths)

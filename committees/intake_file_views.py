"""The files beside an upload: how it is read, its lines in error, the empty list to fill in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from committees import audit, intake
from committees.errors import FileRefused
from committees.intake_batches import places_of
from committees.intake_errors import errors_workbook
from committees.intake_preview import Question, preview_of
from committees.intake_reading import reading_of, said_of
from committees.intake_views import answers_in, batch_for, render_preview, requires_import
from committees.models import ImportBatch


@require_POST
@requires_import
def batch_read(request, batch_pk):
    """What the person says of sheets, columns and the list as a whole; the file is read again."""
    batch = batch_for(request, batch_pk)
    if batch.state != ImportBatch.State.PREVIEWED:
        messages.error(request, "Danh sách này đã được xử lý.")
        return redirect("intake:batch-detail", batch.pk)
    if "answers" in request.POST:
        return _answer(request, batch)
    reading, preview = said_of(batch), preview_of(batch)
    chosen = [name for name in request.POST.getlist("sheet") if name in preview.sheet_names]
    reading.sheets = chosen or reading.sheets
    for number, question in enumerate(preview.questions):
        mapping, twice = _mapping(request.POST, number, question, dict(preview.choices))
        if twice:
            messages.error(request, f"Mục “{twice}” được chọn cho hai cột: hãy chọn lại.")
            return redirect("intake:batch-detail", batch.pk)
        if "columns" in request.POST:
            reading.layouts[question.fingerprint] = mapping
    intake.read_differently(batch, reading)
    messages.success(request, "Đã đọc lại tệp theo cách đã chọn.")
    return redirect("intake:batch-detail", batch.pk)


def _answer(request, batch: ImportBatch):
    form = answers_in(request, batch)
    if form is None:
        raise Http404
    if not form.is_valid():
        return render_preview(request, batch, preview_of(batch), asks=form, status=422)
    messages.success(request, "Đã lưu.")
    return redirect("intake:batch-detail", batch.pk)


def _mapping(posted, number: int, question: Question, choices: dict) -> tuple[dict, str]:
    """{key: place} as chosen, and the name of what was chosen for two columns."""
    mapping: dict[str, int] = {}
    for field in question.fields:
        key = posted.get(f"cot-{number}-{field.place}", "")
        if key in mapping:
            return {}, choices[key]
        if key in choices:
            mapping[key] = field.place
    return mapping, ""


@require_GET
@requires_import
def batch_errors(request, batch_pk):
    """The lines in error as a file to mend and upload again."""
    batch = batch_for(request, batch_pk)
    reading = reading_of(batch)
    try:
        understood = intake.understand_batch(batch, reading)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:batch-detail", batch.pk)
    audit.record("import.errors_downloaded", batch, by=request.user, committee=batch.committee)
    workbook = errors_workbook(understood, reading, intake.IMPORTERS[batch.kind].numbers)
    return _download(workbook, f"dong-loi-{batch.pk}.xlsx")


@require_GET
@requires_import
def batch_template(request):
    """The empty list of one kind for one of the person's units."""
    kind, unit = request.GET.get("loai", ""), request.GET.get("don-vi", "")
    importer = intake.IMPORTERS.get(kind)
    if not kind or importer is None or importer.template is None:
        return redirect("intake:batch-new")
    units = places_of(request.user).get(kind, [])
    chosen = next((place for place in units if str(place.pk) == unit), None)
    if chosen is None:
        raise Http404
    return _download(importer.template(chosen), f"mau-{kind}-{chosen.code}.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=intake.XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

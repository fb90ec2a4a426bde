"""Taking in lists in the browser: upload → look at every line → confirm, once."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees import audit, intake
from committees.errors import CommitteeError
from committees.intake_batches import (
    MADE,
    batches_of,
    errors_workbook,
    may_import,
    places_of,
    read_again,
)
from committees.intake_forms import BatchFilter, UploadForm
from committees.models import ImportBatch

PAGE = 50
SHOWN = {"loi": "error", "canh-bao": "warning", "da-sua": "changed"}


def requires_import(view: Callable) -> Callable:
    """Close a view to people who may import no kind of list anywhere (403)."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.required_permission = "any importer's"
    return guarded


@require_GET
@requires_import
def batch_list(request):
    filters = BatchFilter(request.GET)
    batches = batches_of(request.user).select_related("committee", "file", "uploaded_by")
    chosen = filters.cleaned_data if filters.is_valid() else {}
    if chosen.get("loai"):
        batches = batches.filter(kind=chosen["loai"])
    if chosen.get("tinh_trang"):
        batches = batches.filter(state=chosen["tinh_trang"])
    page = Paginator(batches.defer("findings"), PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page}
    return render(request, "committees/intake_list.html", context)


@require_http_methods(["GET", "POST"])
@requires_import
def batch_new(request):
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        places=places_of(request.user),
        initial={"kind": request.GET.get("loai", "")},
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = intake.preview(
                form.cleaned_data["kind"],
                file.read(),
                name=file.name,
                committee=form.cleaned_data["committee"],
                by=request.user,
            )
        except CommitteeError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("intake:batch-detail", batch.pk)
    status = 422 if form.errors else 200
    return render(request, "committees/intake_new.html", {"form": form}, status=status)


@require_GET
@requires_import
def batch_detail(request, batch_pk):
    batch = _batch(request, batch_pk)
    if batch.state != ImportBatch.State.PREVIEWED:
        return render(request, "committees/intake_result.html", _result(batch))
    understood, refusal = read_again(batch)
    only = SHOWN.get(request.GET.get("chi", ""))
    rows = understood.rows if understood else []
    if only:
        rows = [row for row in rows if any(f.level == only for f in row.findings)]
    columns = intake.IMPORTERS[batch.kind].columns
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.cells = list(zip(columns, row.shown, strict=False))
    context = {
        "batch": batch,
        "understood": understood,
        "refusal": refusal,
        "columns": columns,
        "creates": _in_words(understood.creates if understood else {}),
        "chosen": request.GET.get("chi", "") if only else "",
        "page": page,
        "counts": _counts(understood) if understood else {},
        "waits": understood and intake.waits_for_accountant(batch, understood, by=request.user),
    }
    return render(request, "committees/intake_preview.html", context)


@require_POST
@requires_import
def batch_commit(request, batch_pk):
    batch = _batch(request, batch_pk)
    try:
        intake.commit(batch, by=request.user, skip_errors="skip" in request.POST)
    except CommitteeError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã ghi danh sách vào sổ.")
    return redirect("intake:batch-detail", batch.pk)


@require_POST
@requires_import
def batch_drop(request, batch_pk):
    intake.drop(_batch(request, batch_pk), by=request.user)
    messages.success(request, "Đã bỏ danh sách, không ghi gì.")
    return redirect("intake:batch-list")


@require_GET
@requires_import
def batch_errors(request, batch_pk):
    batch = _batch(request, batch_pk)
    understood, refusal = read_again(batch)
    if understood is None:
        messages.error(request, refusal)
        return redirect("intake:batch-detail", batch.pk)
    audit.record("import.errors_downloaded", batch, by=request.user, committee=batch.committee)
    workbook = errors_workbook(understood, intake.IMPORTERS[batch.kind].columns)
    response = HttpResponse(workbook, content_type=intake.XLSX)
    response["Content-Disposition"] = f'attachment; filename="dong-loi-{batch.pk}.xlsx"'
    return response


def _batch(request, batch_pk) -> ImportBatch:
    batches = batches_of(request.user).select_related("committee", "file", "uploaded_by")
    return get_object_or_404(batches, pk=batch_pk)


def _counts(understood) -> dict[str, int]:
    return {
        "rows": len(understood.rows),
        "accepted": sum(not row.in_error for row in understood.rows),
        "changed": understood.count("changed"),
        "warnings": understood.count("warning"),
        "errors": understood.count("error"),
    }


def _in_words(creates: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    return [(f"Sẽ tạo: {MADE.get(key, key)}", names) for key, names in creates.items() if names]


def _result(batch: ImportBatch) -> dict:
    created = batch.summary.get("created", {})
    return {
        "batch": batch,
        "created": [(MADE.get(key, key), count) for key, count in created.items() if count],
        "findings": batch.findings[:200],
        "more": max(0, len(batch.findings) - 200),
    }

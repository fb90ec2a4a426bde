"""Taking in lists in the browser: upload → look at every line → confirm, once."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees import intake, intake_undo
from committees.access import Permission
from committees.errors import CommitteeError
from committees.intake_batches import MADE, UNDONE, batches_of, may_import, places_of, templates_for
from committees.intake_forms import BatchFilter, UndoForm, UploadForm
from committees.intake_preview import LEVELS, VERDICTS, preview_of
from committees.intake_preview import made as keep_preview
from committees.intake_reading import said_of
from committees.models import ImportBatch
from committees.templatetags.vietnamese import vn_datetime
from config.vietnamese.amounts import grouped

PAGE = 50


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
            batch, understood, reading = intake.take_in(
                intake.Upload(
                    form.cleaned_data["kind"],
                    file.read(),
                    file.name,
                    form.cleaned_data["committee"],
                    request.user,
                )
            )
        except CommitteeError as refusal:
            form.add_error("file", str(refusal))
        else:
            if understood:
                keep_preview(batch, understood, reading)
            return redirect("intake:batch-detail", batch.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "templates": templates_for(request.user)}
    return render(request, "committees/intake_new.html", context, status=status)


@require_GET
@requires_import
def batch_detail(request, batch_pk):
    batch = batch_for(request, batch_pk)
    if batch.state != ImportBatch.State.PREVIEWED:
        return render(request, "committees/intake_result.html", _result(batch))
    return render_preview(request, batch, preview_of(batch))


def render_preview(request, batch, preview, *, asks=None, status=200):
    """The page of one upload that waits; ``asks``: the bound form of what it was asked."""
    chosen = request.GET.get("chi", "")
    importer = intake.IMPORTERS[batch.kind]
    page = Paginator(preview.only(chosen), PAGE).get_page(request.GET.get("page"))
    for line in page:
        line.cells = list(zip(importer.columns, line.shown, strict=False))
    context = {
        "batch": batch,
        "preview": preview,
        "columns": importer.columns,
        "creates": _in_words(preview.creates),
        "chosen": chosen if chosen in VERDICTS or chosen in LEVELS else "",
        "filters": _filters(preview),
        "page": page,
        "asks": asks or (importer.asks and importer.asks(initial=_answered(preview))),
        "waits": preview.pays and not request.user.may(Permission.VOUCHER_POST, batch.committee),
    }
    return render(request, "committees/intake_preview.html", context, status=status)


@require_POST
@requires_import
def batch_commit(request, batch_pk):
    batch = batch_for(request, batch_pk)
    asks = answers_in(request, batch)
    if asks and not asks.is_valid():
        return render_preview(request, batch, preview_of(batch), asks=asks, status=422)
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
    intake.drop(batch_for(request, batch_pk), by=request.user)
    messages.success(request, "Đã bỏ danh sách, không ghi gì.")
    return redirect("intake:batch-list")


@require_http_methods(["GET", "POST"])
@requires_import
def batch_undo(request, batch_pk):
    batch = batch_for(request, batch_pk)
    if not intake_undo.can_undo(batch):
        messages.error(request, "Đợt nhập này không hoàn tác được.")
        return redirect("intake:batch-detail", batch.pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            intake_undo.undo(batch, by=request.user, reason=form.cleaned_data["reason"])
        except CommitteeError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã hoàn tác cả đợt nhập.")
            return redirect("intake:batch-detail", batch.pk)
    context = {"batch": batch, "form": form, "rows": _facts(batch)}
    status = 422 if form.errors else 200
    return render(request, "committees/intake_undo.html", context, status=status)


def batch_for(request, batch_pk) -> ImportBatch:
    """The upload, if this person may see and confirm it; 404 otherwise."""
    batches = batches_of(request.user).select_related("committee", "file", "uploaded_by")
    return get_object_or_404(batches, pk=batch_pk)


def answers_in(request, batch) -> forms.Form | None:
    """What the person says of the list as a whole, kept if it is valid; None if nothing was sent
    or the list no longer waits."""
    asks = intake.IMPORTERS[batch.kind].asks
    is_waiting = batch.state == ImportBatch.State.PREVIEWED
    if not asks or not is_waiting or "answers" not in request.POST:
        return None
    form = asks(request.POST)
    if form.is_valid():
        answers = {key: _as_text(value) for key, value in form.cleaned_data.items()}
        intake.read_differently(batch, said_of(batch).answered(answers))
    return form


def _as_text(value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _filters(preview) -> list[tuple[str, str, int]]:
    """(value in the address, label, number of lines) of every filter of the preview."""
    named = [
        (key, f"dòng {verdict.label.lower()}", preview.verdicts.get(verdict, 0))
        for key, verdict in VERDICTS.items()
    ]
    named.append(("canh-bao", "dòng có cảnh báo", preview.warnings))
    return [*named, ("da-sua", "dòng đã sửa cho đúng dạng", preview.changed)]


def _answered(preview) -> dict:
    """Answers as a form shows them: days as dates."""
    shown = {}
    for key, text in preview.answers.items():
        try:
            shown[key] = date.fromisoformat(text)
        except ValueError:
            shown[key] = text
    return shown


def _in_words(creates: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    return [(f"Sẽ tạo: {MADE.get(key, key)}", names) for key, names in creates.items() if names]


def _facts(batch: ImportBatch) -> list[dict[str, str]]:
    created = batch.summary.get("created", {})
    facts = [("Danh sách", str(batch)), ("Đơn vị", str(batch.committee))]
    facts += [("Năm", str(batch.year))] if batch.year else []
    facts += [("Ghi vào sổ", f"{batch.committed_by}, {vn_datetime(batch.committed_at)}")]
    facts += [(f"Đã ghi: {MADE.get(key, key)}", grouped(n)) for key, n in created.items() if n]
    return [{"label": label, "value": value} for label, value in facts]


def _result(batch: ImportBatch) -> dict:
    created = batch.summary.get("created", {})
    undone = batch.summary.get("undone", {})
    steps = intake.IMPORTERS[batch.kind].next_steps
    return {
        "batch": batch,
        "created": [(MADE.get(key, key), count) for key, count in created.items() if count],
        "undone": [(UNDONE.get(key, key), count) for key, count in undone.items() if count],
        "can_undo": intake_undo.can_undo(batch),
        "steps": steps(batch) if steps and batch.state == ImportBatch.State.COMMITTED else [],
        "findings": batch.findings[:200],
        "more": max(0, batch.summary.get("findings", len(batch.findings)) - 200),
    }

"""The list as a file: asked for with a purpose, given at once or by a job."""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees import audit
from committees.access import Permission, requires
from households.errors import ExportRefused
from households.filtering import chosen_by
from households.forms.privacy import ExportForm
from households.privacy import files, parcels
from households.privacy.export_job import EXPORT, queue_export, units_read_by
from households.privacy.exporting import MOST_AT_ONCE, Order, chosen_for, is_long, write_short
from households.privacy.retention import EXPORTS_KEPT
from jobs.models import Job

NAME = "danh-sach-ho"


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_VIEW)
def household_export(request):
    chosen = chosen_by(request.GET, request.user)
    may_unmask = request.user.holds(Permission.HOUSEHOLD_UNMASK)
    form = ExportForm(
        request.POST or None,
        may_unmask=may_unmask,
        year=chosen.year,
        initial={"token": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        order = Order(query=request.GET.urlencode(), **form.order())
        try:
            return _given(request, order, form)
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
    rows = chosen.rows.order_by().values("pk")[: MOST_AT_ONCE + 1].count()
    context = {
        "form": form,
        "filters": _told(chosen.filters),
        "rows": rows,
        "is_long": rows > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "year": chosen.year,
        "back": f"{reverse('households:household-list')}?{request.GET.urlencode()}",
    }
    status = 422 if form.errors else 200
    return render(request, "households/household_export.html", context, status=status)


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def household_export_file(request, export_pk):
    """The file of a finished job: for who asked, while they hold the same seats, for a day."""
    jobs = Job.objects.of(request.user).filter(kind=EXPORT)
    job = get_object_or_404(jobs, pk=export_pk)
    if job.state != Job.State.DONE:
        messages.info(request, "Tệp chưa xong; hãy đợi ở trang này.")
        return redirect("jobs:job-detail", job.pk)
    is_old = timezone.now() - job.finished_at > EXPORTS_KEPT
    if is_old or not parcels.place_of(job.pk).exists():
        hours = EXPORTS_KEPT // timedelta(hours=1)
        messages.warning(request, f"Tệp chỉ giữ {hours} giờ và đã được bỏ: hãy xuất lại.")
        return redirect("households:household-export")
    order = Order.of(job.arguments)
    may_still = set(job.result["units"]) <= set(units_read_by(request.user))
    may_unmask = not order.sensitive or request.user.holds(Permission.HOUSEHOLD_UNMASK)
    if not (may_still and may_unmask):
        messages.error(request, "Vai trò của bạn đã đổi từ khi xuất tệp: hãy xuất lại.")
        return redirect("households:household-export")
    audit.record("household.export_downloaded", job, by=request.user, rows=job.result["rows"])
    response = StreamingHttpResponse(
        parcels.read(job.pk), content_type=files.content_type(order.format_)
    )
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{order.format_}"'
    return response


def _given(request, order, form):
    if is_long(chosen_for(order, request.user)):
        job = queue_export(order, by=request.user, token=str(form.cleaned_data["token"]))
        return redirect("jobs:job-detail", job.pk)
    file = tempfile.NamedTemporaryFile()  # noqa: SIM115 – the response closes and removes it
    write_short(order, request.user, Path(file.name))
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{NAME}.{order.format_}",
        content_type=files.content_type(order.format_),
    )


def _told(filters):
    """The filters in words: label and chosen value."""
    if not filters.is_valid():
        return []
    told = []
    for name, value in filters.cleaned_data.items():
        if value:
            choices = dict(getattr(filters.fields[name], "choices", []) or [])
            told.append((filters.fields[name].label, choices.get(value, value)))
    return told

"""The jobs of the registry: a long list is written to a file that waits for who asked."""

import tempfile
from pathlib import Path

from django.urls import reverse

from committees.access import Permission
from committees.models import Committee, User
from households.errors import ExportRefused
from households.models import Sighting
from households.privacy import files, parcels
from households.privacy.exporting import Order, chosen_for, record_export, write_long
from households.privacy.sightings import saw_many
from jobs.errors import JobRefused
from jobs.models import Job
from jobs.queue import enqueue
from jobs.running import Run

EXPORT = "households.export"


def queue_export(order: Order, *, by: User, token: str) -> Job:
    """Ask for a long list; the same form sent twice (``token``) is one job."""
    return enqueue(EXPORT, key=f"{EXPORT}:{by.pk}:{token}", arguments=order.as_arguments(), by=by)


def export_list(run: Run) -> dict:
    """Write the list of the order with the rights its person has now; seal it under the job."""
    order = Order.of(run.arguments)
    try:
        total = chosen_for(order, run.by).rows.order_by().count()
    except ExportRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    if order.format_ == "xlsx" and total > files.MOST_LINES_OF_A_SHEET:
        raise JobRefused("Danh sách dài quá một trang Excel: hãy chọn CSV, hoặc lọc bớt.")
    done = 0

    def told(keys: list[int]) -> None:
        nonlocal done
        with run.fenced():
            saw_many(keys, run.by, Sighting.How.EXPORT, order.purpose)
        done += len(keys)
        run.progress(done, max(total, done), f"Đã ghi {done} hộ")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach"
        write_long(order, run.by, path, told=told)
        parcels.keep(run.job.pk, path)
    with run.fenced():
        record_export(order, done, by=run.by)
    return {
        "url": reverse("households:household-export-file", args=[run.job.pk]),
        "link": "Tải tệp (trong 24 giờ)",
        "rows": done,
        "units": units_read_by(run.by),
    }


def units_read_by(user: User) -> list[int]:
    """The units for which the person reads households: the file is theirs while they do."""
    seats = Committee.objects.filter(pk__in=[seat.committee_id for seat in user.live_seats])
    reads = seats.allowed(user, Permission.HOUSEHOLD_VIEW)
    return sorted(reads.values_list("pk", flat=True))

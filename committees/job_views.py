"""The jobs a person asked for. They stand here because ``jobs`` knows no people."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from jobs.handlers import label_of
from jobs.models import Job

PAGE = 30


@require_GET
@requires(Permission.JOB_VIEW)
def job_list(request):
    page = Paginator(Job.objects.of(request.user), PAGE).get_page(request.GET.get("page"))
    for job in page.object_list:
        job.label = label_of(job.kind)
    return render(request, "jobs/job_list.html", {"page": page})


@require_GET
@requires(Permission.JOB_VIEW)
def job_detail(request, job_pk):
    return render(request, "jobs/job_detail.html", _shown(request, job_pk))


@require_GET
@requires(Permission.JOB_VIEW)
def job_state(request, job_pk):
    """The polled part of the job's page."""
    return render(request, "parts/progress_state.html", _shown(request, job_pk))


def _shown(request, job_pk):
    job = get_object_or_404(Job.objects.of(request.user), pk=job_pk)
    result = job.result if isinstance(job.result, dict) else {}
    return {
        "job": job,
        "label": label_of(job.kind),
        "job_url": reverse("jobs:job-state", args=[job.pk]),
        "result_url": result.get("url", ""),
        "result_link": result.get("link", ""),
    }

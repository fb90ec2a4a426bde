"""The audit log: who did what, newest first, page after page by key."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from committees.audit_words import told, words_for
from committees.forms import AuditFilter
from committees.models import AuditEvent

PAGE = 50
LARGEST_KEY = 2**63 - 1


@require_GET
@requires(Permission.AUDIT_VIEW)
def audit_log(request):
    filters = AuditFilter(request.GET)
    events = AuditEvent.objects.allowed(request.user, Permission.AUDIT_VIEW)
    events = _chosen(events, filters.cleaned_data) if filters.is_valid() else events.none()
    before = request.GET.get("truoc", "")
    if before.isascii() and before.isdigit() and len(before) < 20 and int(before) <= LARGEST_KEY:
        events = events.filter(pk__lt=int(before))
    found = list(events.select_related("actor", "committee").order_by("-pk")[: PAGE + 1])
    page = found[:PAGE]
    for event in page:
        event.words = words_for(event.action)
        event.told = told(event.detail)
    return render(
        request,
        "committees/audit_log.html",
        {
            "filters": filters,
            "events": page,
            "older": page[-1].pk if len(found) > PAGE else None,
            "is_first": not before,
        },
    )


def _chosen(events, chosen):
    if chosen["q"]:
        events = events.filter(
            Q(actor__full_name__unaccent__icontains=chosen["q"])
            | Q(actor__username__icontains=chosen["q"])
        )
    if chosen["action"]:
        events = events.filter(action=chosen["action"])
    if chosen["since"]:
        events = events.filter(at__gte=_midnight(chosen["since"]))
    if chosen["until"]:
        events = events.filter(at__lt=_midnight(chosen["until"] + timedelta(days=1)))
    return events


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))

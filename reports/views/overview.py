"""Tổng quan: the figures as the records give them now, by the units below."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from config import clock
from reports.compiling import expected_below
from reports.figures import figures_of, gather
from reports.figures.indicators import GROUPS, INDICATORS
from reports.views.choosing import chosen

COLUMNS = (
    ("households", "Hộ"),
    ("supported_households", "Đã hỗ trợ"),
    ("received_total", "Tiếp nhận (đồng)"),
    ("spent_total", "Đã chi (đồng)"),
    ("welfare", "An sinh xã hội (đồng)"),
    ("houses.approved", "Nhà đã duyệt"),
)


@require_GET
@requires(Permission.REPORT_VIEW)
def overview(request):
    of = chosen(request)
    context = {"of": of, "today": clock.today()}
    if of.campaign:
        context |= _figures(of.unit, of.campaign)
    return render(request, "reports/overview.html", context)


def _figures(unit, campaign):
    gathered = gather(campaign, unit)
    total = figures_of(gathered, unit)
    below = [(each, figures_of(gathered, each)) for each in expected_below(campaign, unit)]
    if below and unit.level != "centre":
        below.insert(0, (None, figures_of(gathered, unit, own=True)))
    return {
        "campaign": campaign,
        "groups": [
            (title, [_number(unit, campaign, one.code, total) for one in group])
            for title, group in GROUPS
        ],
        "columns": [label for _code, label in COLUMNS],
        "rows": [_row(each, unit, campaign, figures) for each, figures in below],
        "total": [_number(unit, campaign, code, total, label) for code, label in COLUMNS],
    }


def _row(below, unit, campaign, figures):
    """The line of a unit below, or of the unit's own records (``below`` is None)."""
    place = below or unit
    own = below is None
    return {
        "unit": below,
        "name": f"Riêng cấp {unit.kind.lower()}" if own else below.name,
        "cells": [
            _number(place, campaign, code, figures, label, own=own) for code, label in COLUMNS
        ],
        "supported": figures["supported_households"],
        "households": figures["households"],
    }


def _number(unit, campaign, code, figures, label="", *, own=False):
    indicator = INDICATORS[code]
    url = reverse("reports:figure-records", args=[unit.pk, campaign.pk, code])
    return {
        "indicator": indicator,
        "label": label or indicator.label,
        "value": indicator.value(figures),
        "url": f"{url}?own=1" if own else url,
    }

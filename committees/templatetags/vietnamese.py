"""Numbers, money, days and identity numbers as Vietnamese officers write them."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.utils import timezone

from config.vietnamese import amounts

register = template.Library()


@register.filter
def grouped(value: int | None) -> str:
    """``1500000`` → ``1.500.000``; nothing → an empty string."""
    return "" if value is None or value == "" else amounts.grouped(value)


@register.filter
def dong(value: int | None) -> str:
    """``1500000`` → ``1.500.000 đ``, never broken over two lines."""
    if value is None or value == "":
        return ""
    return amounts.dong(value).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def in_words(value: int | None) -> str:
    """``1500000`` → ``Một triệu năm trăm nghìn đồng``."""
    return "" if value is None or value == "" else amounts.in_words_dong(value)


@register.filter
def decimal(value: Decimal | float | None, places: int = 2) -> str:
    """``36.75`` → ``36,75``."""
    return "" if value is None or value == "" else amounts.decimal_comma(value, places)


@register.filter
def percent_of(part: int | Decimal, whole: int | Decimal) -> str:
    """``3|percent_of:24`` → ``12,5 %``; "–" when there is no whole."""
    return amounts.percent(part, whole)


@register.filter
def unformatted(value: int | None) -> str:
    """A number for a machine (an attribute, an address): plain digits, no dots."""
    return "" if value is None else str(value)


@register.filter
def percent(value: float | Decimal | None) -> str:
    """``12.5`` → ``12,5 %``; a whole number keeps no decimals."""
    return "" if value is None or value == "" else amounts.percent(value, 100)


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """``17/10/2026``. A moment is taken in Vietnam's time zone."""
    return f"{_local(value):%d/%m/%Y}" if value else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """``09:05 17/10/2026`` in Vietnam's time zone."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def vn_moment(value: date | datetime | None) -> str:
    """A moment with its time, a day without one."""
    return vn_datetime(value) if isinstance(value, datetime) else vn_date(value)


@register.filter
def masked(last_three: str | None) -> str:
    """An identity number of which only the last three digits are known or shown."""
    return f"•••••••••{str(last_three)[-3:]}" if last_three else ""


@register.filter
def page_numbers(page: Page) -> list:
    """The page numbers around the current one, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value

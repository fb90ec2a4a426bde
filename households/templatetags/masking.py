"""Personal data in templates; the argument says whether this viewer sees it open.

``households.privacy.masking`` decides who does.
"""

from django import template

from committees.access import Permission
from households.models import Household, Member
from households.privacy import masking

register = template.Library()


@register.filter
def phone_for(phone: str, sees: bool) -> str:
    """A telephone, whole or with its middle covered."""
    return phone if sees else masking.phone(phone)


@register.filter
def born_for(person: Household | Member, sees: bool) -> str:
    """The date of birth, or the year alone."""
    return masking.born(person.birth_year, person.birth_date, open_=sees)


@register.filter
def private_for(text: str, sees: bool) -> str:
    """Ethnicity, illness, note: whole, or "Đã che" where there is one."""
    return text if sees else masking.covered(text)


@register.filter
def place_for(address: str, sees: bool) -> str:
    """House and street for who works there; for others the hamlet beside it is enough."""
    return address if sees else ""


@register.inclusion_tag("households/privacy_links.html", takes_context=True)
def privacy_links(context: dict, household: Household) -> dict:
    """What this viewer may ask for beyond the page: whole numbers, who has seen it (2 queries)."""
    user = context["request"].user
    place = household.hamlet
    sees_log = user.holds(Permission.HOUSEHOLD_VIEW) and user.may(Permission.AUDIT_VIEW, place)
    return {
        "household": household,
        "may_unmask": user.may(Permission.HOUSEHOLD_UNMASK, place),
        "sees_log": sees_log,
    }

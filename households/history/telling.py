"""An act of the audit trail on a household, as one line a person reads."""

from datetime import date

from committees import audit_words
from committees.models import AuditEvent
from config.vietnamese.dates import format_date
from households.history.columns import Names
from households.models import Classification, Member, Transition
from households.privacy import masking

# Seeing is told elsewhere: households:household-seen.
NOT_TOLD = ("household.unmasked",)
KINDS = dict(Classification.Kind.choices)
CODES = dict(Transition.Code.choices)
LEAVING = dict(Member.Leaving.choices)


def said(event: AuditEvent, names: Names) -> str:
    """ "Tách hộ, ngày 20/05/2024, hộ 28051-0035" """
    parts = [audit_words.words_for(event.action), *_facts(event.detail, names)]
    return ", ".join(parts)


def reason_of(event: AuditEvent, *, sees: bool) -> str:
    """Why, in the words of who did it; words may be about private matters."""
    reason = str(event.detail.get("reason") or "")
    return reason if sees else masking.covered(reason)


def people_in(event: AuditEvent) -> list[int]:
    """The keys of the members that an act names."""
    found = [event.detail.get("member"), event.detail.get("old")]
    several = event.detail.get("members")
    found += several if isinstance(several, list) else []
    return [key for key in found if isinstance(key, int)]


def _facts(detail: dict, names: Names) -> list[str]:
    facts = []
    if isinstance(detail.get("year"), int):
        facts.append(f"năm {detail['year']}")
    if detail.get("code") in CODES:
        facts.append(CODES[detail["code"]].lower())
    if detail.get("kind") in KINDS:
        facts.append(KINDS[detail["kind"]].lower())
    facts += _people(detail, names)
    if detail.get("why") in LEAVING:
        facts.append(LEAVING[detail["why"]].lower())
    if detail.get("other"):
        facts.append(f"hộ {detail['other']}")
    place = detail.get("to") or detail.get("place")
    if place:
        facts.append(f"đến {place}")
    if _is_day(detail.get("on")):
        facts.append(f"ngày {format_date(date.fromisoformat(detail['on']))}")
    return facts


def _people(detail: dict, names: Names) -> list[str]:
    several = detail.get("members")
    if isinstance(several, list) and several:
        return [", ".join(names.people.get(key, "một người") for key in several)]
    return [names.people[detail["member"]]] if detail.get("member") in names.people else []


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True

"""Lists of codes of the registry in words, and a person's circumstances on one line."""

from django import template

from config.vietnamese.dates import format_date
from households.history.columns import WORDS
from households.models import Member
from households.privacy import masking

register = template.Library()


@register.filter
def words(codes: list[str] | None, column: str) -> str:
    """``["land", "capital"]|words:"causes"`` → "Không có đất sản xuất; Không có vốn …" """
    return "; ".join(str(WORDS[column].get(code, code)) for code in codes or ())


@register.filter
def labels_in(codes: list[str] | None, labels: dict[str, str]) -> str:
    """The labels of indicators by their codes."""
    return ", ".join(labels.get(code, code) for code in codes or ())


@register.filter
def life_of(member: Member, sees: bool) -> str:
    """School, work, organisations; health, insurance and allowances only for who works there."""
    facts = [member.get_schooling_display(), member.get_work_display()]
    if member.has_contract:
        facts.append("có hợp đồng lao động")
    facts.append(words(member.organisations, "organisations"))
    private = _private(member)
    facts += private if sees else [masking.covered("; ".join(private))]
    return "; ".join(fact for fact in facts if fact)


def _private(member: Member) -> list[str]:
    facts = []
    if member.is_insured is not None:
        until = f" đến {format_date(member.insured_until)}" if member.insured_until else ""
        facts.append(f"có BHYT{until}" if member.is_insured else "chưa có BHYT")
    if member.disability:
        facts.append(f"khuyết tật {member.get_disability_display().lower()}")
    if member.is_malnourished:
        facts.append("suy dinh dưỡng")
    if member.has_allowance:
        facts.append("trợ cấp xã hội hằng tháng")
    if member.is_of_merit:
        facts.append("người có công")
    return facts

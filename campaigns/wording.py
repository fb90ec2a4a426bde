"""The words of a plan, composed from its data: targets, dates and the upper plan named once."""

import re
from collections.abc import Iterable

from campaigns.models import Campaign, Plan, Target
from campaigns.queries import section_tree
from committees import storage
from committees.documents import parse_number
from committees.letterhead import standing_in_words
from committees.models import Document
from committees.printing import Block, clause, dash, numbered, paragraph, part, print_document
from config.vietnamese.amounts import grouped
from config.vietnamese.dates import format_date, long_date

NAMES = re.compile(r"\{([^{}]*)\}")
MISSING = "……"
DAYS_AND_YEAR = ("from", "to", "year")
UNITS = {
    Target.Indicator.HOUSES: "căn",
    Target.Indicator.RECEIPTS: "đồng",
    Target.Indicator.GIFTS: "suất",
}


def quantity_text(quantity: int, unit: str) -> str:
    """07, 15, 1.200; money with its unit: 2.000.000.000 đồng."""
    if unit == UNITS[Target.Indicator.RECEIPTS]:
        return f"{grouped(quantity)} đồng"
    return f"{quantity:02d}" if quantity < 10 else grouped(quantity)


def values_of(plan: Plan) -> dict[str, str]:
    """What ``{houses}``, ``{from}`` … stand for in the texts of a plan (one query)."""
    campaign: Campaign = plan.campaign
    values = {
        "from": format_date(campaign.window_from),
        "to": format_date(campaign.window_to),
        "year": str(campaign.year),
    }
    for target in plan.targets.all():
        values[target.indicator] = quantity_text(target.quantity, target.unit)
    return values


def filled(text: str, values: dict[str, str]) -> str:
    """The text with every ``{name}`` replaced; a name without a value prints dots."""
    return NAMES.sub(lambda found: values.get(found[1], MISSING), text)


def unknown_names(text: str) -> list[str]:
    """The ``{names}`` in a text that no plan can have."""
    known = {*Target.Indicator.values, *DAYS_AND_YEAR}
    return [name for name in NAMES.findall(text) if name not in known]


def missing_names(plan: Plan) -> list[str]:
    """The targets that the texts of a plan name and nobody has set."""
    texts = [plan.opening, plan.closing, *(section.text for section in plan.sections.all())]
    values = values_of(plan)
    named = {name for text in texts for name in NAMES.findall(text)}
    return sorted(name for name in named if name not in values)


def opening_text(plan: Plan) -> str:
    """ "Thực hiện theo Kế hoạch số 158/KH-MTTQ-BTT ngày 13 tháng 10 năm 2023 của …"."""
    opening = plan.opening or (
        f"{standing_in_words(plan.committee)} xây dựng kế hoạch "
        f"{plan.document.subject[:1].lower()}{plan.document.subject[1:]} như sau:"
    )
    if not plan.upper_number:
        return opening
    ground = " ".join(
        piece
        for piece in (
            f"Thực hiện theo {_kind_named(plan.upper_number)} số {plan.upper_number}",
            long_date(plan.upper_on),
            f"của {plan.upper_issuer}" if plan.upper_issuer else "",
            plan.upper_subject,
        )
        if piece
    )
    return f"{ground.rstrip(' .')}. {opening}"


def plan_blocks(plan: Plan) -> list[Block]:
    """The body of a plan as it is printed, labels not yet given."""
    values = values_of(plan)
    blocks = [paragraph(filled(opening_text(plan), values))]
    blocks += section_blocks(section_tree(plan), values)
    if plan.closing:
        blocks.append(paragraph(filled(plan.closing, values)))
    return blocks


def section_blocks(sections: Iterable, values: dict[str, str]) -> list[Block]:
    """One block for each section of ``section_tree``; a clause with nothing below is a sentence."""
    makers = {"part": part, "dash": dash, "paragraph": paragraph}
    return [
        clause(filled(section.text, values), titled=section.has_children)
        if section.kind == "clause"
        else makers[section.kind](filled(section.text, values))
        for section in sections
    ]


def labelled_sections(plan: Plan) -> list:
    """The sections in order, each with ``label`` (I., 1., -) and ``printed`` text."""
    sections = section_tree(plan)
    blocks = numbered(section_blocks(sections, values_of(plan)))
    for section, block in zip(sections, blocks, strict=True):
        section.label, section.printed, section.titled = block.label, block.text, block.titled
    return sections


def print_plan(plan: Plan) -> bytes:
    """The PDF of a plan in the official layout; a draft shows a blank number and day."""
    return print_document(
        plan.document, plan_blocks(plan), recipients=plan.recipients, year=plan.campaign.year
    )


def pdf_of(plan: Plan) -> bytes:
    """What was issued, as it was kept; before that, the plan printed anew."""
    file = plan.document.file
    return storage.read(file) if file else print_plan(plan)


def _kind_named(number: str) -> str:
    kinds = dict(Document.Kind.choices)
    return kinds.get(parse_number(number).kind, "Văn bản").capitalize()

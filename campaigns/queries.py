"""Which campaign, which plan: questions across the models."""

from campaigns.errors import NoCampaign
from campaigns.models import Campaign, Plan, PlanSection
from committees.models import Committee


def paths_above(committee: Committee) -> list[str]:
    """The tree paths of a unit and of every unit above it, the unit's own last."""
    step = Committee.steplen
    return [committee.path[:end] for end in range(step, len(committee.path) + 1, step)]


def campaign_for(committee: Committee, year: int) -> Campaign:
    """The campaign of a year whose root is the unit or its nearest ancestor.

    Raises ``NoCampaign``, with the sentence for the person, when there is none.
    """
    campaign = (
        Campaign.objects.filter(year=year, root__path__in=paths_above(committee))
        .select_related("root")
        .order_by("-root__depth")
        .first()
    )
    if campaign is None:
        raise NoCampaign(
            f"{committee.name} chưa có Tháng cao điểm năm {year}; hãy mở chiến dịch trước."
        )
    return campaign


def section_tree(plan: Plan) -> list[PlanSection]:
    """The sections of a plan in the order of print, each with ``level`` (0 outermost) and
    ``has_children``; one query."""
    below: dict[int | None, list[PlanSection]] = {}
    for section in plan.sections.order_by("position", "pk"):
        below.setdefault(section.parent_id, []).append(section)
    ordered: list[PlanSection] = []

    def walk(parent: int | None, level: int) -> None:
        for section in below.get(parent, []):
            section.level = level
            section.has_children = section.pk in below
            ordered.append(section)
            walk(section.pk, level + 1)

    walk(None, 0)
    return ordered

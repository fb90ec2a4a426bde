"""Which campaign, which plan: questions across the models."""

from datetime import date

from campaigns.errors import NoCampaign
from campaigns.models import Campaign, Plan, PlanSection
from campaigns.models.campaign import paths_above
from committees.models import Committee
from config.vietnamese.dates import format_date


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


def time_left(campaign: Campaign, today: date) -> str:
    """How far the peak month is, in words."""
    if today < campaign.window_from:
        return f"Còn {(campaign.window_from - today).days} ngày nữa bắt đầu"
    if today > campaign.window_to:
        return f"Đã kết thúc {format_date(campaign.window_to)}"
    left = (campaign.window_to - today).days
    return f"Còn {left} ngày" if left else "Hôm nay là ngày cuối"

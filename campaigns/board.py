"""Targets beside what was achieved: the count comes from records, by apps that stand higher.

In its ``ready()`` an app registers how an indicator is counted:

    board.register(Target.Indicator.HOUSES, houses_built)

where ``houses_built(campaign, committees)`` answers {committee pk: count or đồng} for what
was done at each committee and below it within the campaign, in a few queries.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from campaigns.models import Campaign, Plan, Target
from campaigns.wording import quantity_text
from committees.models import Committee
from config.vietnamese.amounts import grouped, percent

Counter = Callable[[Campaign, Sequence[Committee]], dict[int, int]]

_COUNTERS: dict[str, Counter] = {}


class Line(NamedTuple):
    """A target of one plan: ``achieved`` is None where nobody counts the indicator."""

    plan: Plan
    label: str
    unit: str
    target: int
    target_text: str
    achieved: int | None
    achieved_text: str
    share: str


def register(indicator: str, counter: Counter) -> None:
    """Say how an indicator is counted; the last one registered counts."""
    _COUNTERS[Target.Indicator(indicator)] = counter


def board(campaign: Campaign, plans: Iterable[Plan]) -> list[Line]:
    """The targets of these plans, each with what was achieved so far."""
    targets = (
        Target.objects.filter(plan__in=list(plans))
        .select_related("plan__committee", "plan__document")
        .order_by("plan__committee__path", "plan_id", "indicator")
    )
    targets = list(targets)
    counted = {
        indicator: counter(
            campaign, list({t.plan.committee for t in targets if t.indicator == indicator})
        )
        for indicator, counter in _COUNTERS.items()
        if any(target.indicator == indicator for target in targets)
    }
    return [_line(target, counted.get(target.indicator)) for target in targets]


def _line(target: Target, counted: dict[int, int] | None) -> Line:
    achieved = None if counted is None else counted.get(target.plan.committee_id, 0)
    is_counted = achieved is not None
    return Line(
        plan=target.plan,
        label=target.get_indicator_display(),
        unit=target.unit,
        target=target.quantity,
        target_text=quantity_text(target.quantity, target.unit),
        achieved=achieved,
        achieved_text=grouped(achieved) if is_counted else "",
        share=percent(achieved, target.quantity) if is_counted else "",
    )

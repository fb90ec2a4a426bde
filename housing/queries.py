"""Reading houses: who may pay for one, which wait, what one costs and how far it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, Sum

from committees.access import Permission
from committees.models import Committee, User
from fund.models import Account, Fund
from fund.queries import balances
from housing.models import FundingLine, House
from housing.models import HouseQuerySet as Houses

PAYING_LEVELS = (Committee.Level.PROVINCE, Committee.Level.DISTRICT)


@dataclass(frozen=True)
class Step:
    """One step of a house's file: what was done, by whom, on which day."""

    what: str
    who: str
    at: date
    reason: str = ""


def payers_for(commune: Committee) -> list[Committee]:
    """Who may decide and pay for a house there: district or province above, the commune itself.

    The nearest comes first; since 1/7/2025 there is no district.
    """
    step = Committee.steplen
    above = [commune.path[:end] for end in range(step, len(commune.path), step)]
    upper = Committee.objects.filter(path__in=above, level__in=PAYING_LEVELS)
    return [*upper.order_by("-depth"), commune]


def to_decide(user: User) -> Houses:
    """Proposed houses that this person may decide: for a payer where the person is standing."""
    return (
        House.objects.filter(state=House.State.PROPOSED)
        .filter(user.reach(Permission.SUPPORT_DECIDE, "payer"))
        .exclude(proposed_by=user)
    )


def to_pay(user: User) -> Houses:
    """Started houses whose fund's part has not left the fund of this accountant."""
    return House.objects.filter(
        user.reach(Permission.VOUCHER_POST, "payer"),
        started_on__isnull=False,
        pk__in=FundingLine.objects.filter(source=FundingLine.Source.FUND, voucher=None).values(
            "house"
        ),
    )


def search(rows: Houses, wanted: dict) -> Houses:
    """Narrow to what a person asked for: place, state, kind."""
    if wanted.get("place"):
        rows = rows.under(wanted["place"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    return rows


def for_listing(rows: Houses) -> Houses:
    """Everything a line of the list shows, ``total`` in đồng among it."""
    related = rows.select_related("household__commune", "household__hamlet", "payer")
    return related.annotate(
        total=Sum("funding__amount", default=0),
        from_fund=Sum(
            "funding__amount", filter=Q(funding__source=FundingLine.Source.FUND), default=0
        ),
    ).order_by("-proposed_on", "-pk")


def for_file(rows: Houses) -> Houses:
    """Everything the page of one house shows."""
    lines = FundingLine.objects.select_related("donor", "voucher")
    return rows.select_related(
        "household__commune", "household__hamlet", "payer", "round", "proposed_by", "decided_by"
    ).prefetch_related(Prefetch("funding", queryset=lines))


def sums_of(rows: Houses) -> dict[str, int]:
    """Houses by state, and their money by source in đồng, over the whole filtered list."""
    counted = rows.order_by().aggregate(
        houses=Count("pk"),
        new=Count("pk", filter=Q(kind=House.Kind.NEW)),
        repaired=Count("pk", filter=Q(kind=House.Kind.REPAIR)),
        handed_over=Count("pk", filter=Q(state=House.State.HANDED_OVER)),
        under_way=Count("pk", filter=Q(state__in=("approved", "started", "completed"))),
        labour_days=Sum("labour_days", default=0),
    )
    money = FundingLine.objects.filter(house__in=rows.order_by().values("pk"))
    by_source = dict(money.order_by().values_list("source").annotate(Sum("amount")))
    return counted | {source: by_source.get(source, 0) for source in FundingLine.Source.values}


def money_left(committee: Committee) -> dict[str, int]:
    """What the payer's fund still has, in đồng: balance, promised and not paid, and the rest."""
    fund = Fund.objects.filter(committee=committee, kind=Fund.Kind.FOR_THE_POOR).first()
    lying = balances([fund])[fund.pk] if fund else dict.fromkeys(Account.ASSETS, 0)
    balance = sum(lying[kind] for kind in Account.MONEY)
    promised = FundingLine.objects.filter(
        source=FundingLine.Source.FUND,
        voucher=None,
        house__payer=committee,
        house__state__in=House.APPROVED,
    ).aggregate(sum=Sum("amount", default=0))["sum"]
    return {"balance": balance, "promised": promised, "left": balance - promised}


def steps_of(house: House) -> list[Step]:
    """The steps a house has made, newest first."""
    proposer, decider = str(house.proposed_by), str(house.decided_by or "")
    of_number = f" số {house.round.number}" if house.round and house.round.number else ""
    made = [
        (house.handed_over_on, "Bàn giao nhà", house.household.commune.name, ""),
        (house.completed_on, "Hoàn thành", house.household.commune.name, ""),
        (house.started_on, "Khởi công", house.household.commune.name, ""),
    ]
    if house.state == House.State.REFUSED:
        made.append((house.decided_on, "Không duyệt", decider, house.refusal_reason))
    elif house.decided_on:
        made.append((house.decided_on, f"Duyệt theo quyết định{of_number}", decider, ""))
    made.append((house.proposed_on, "Đề nghị hỗ trợ", proposer, house.reason))
    return [Step(what, who, at, reason) for at, what, who, reason in made if at]

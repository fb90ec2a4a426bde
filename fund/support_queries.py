"""Reading support: who got what, what is like it, who got nothing, which lists wait."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from campaigns.models import Campaign
from campaigns.models.campaign import paths_above
from committees.access import Permission
from committees.audit_words import words_for
from committees.models import AuditEvent, Committee, User
from config.vietnamese.amounts import dong
from config.vietnamese.dates import format_date
from config.vietnamese.names import fold
from fund.models import Support, SupportList, WelfareTotal
from fund.models.support import SupportQuerySet
from households.finding.ranking import matching
from households.models import Classification, Household
from households.models.household import HouseholdQuerySet
from households.queries import listed_in

HOUSE_KIND = "Nhà Đại đoàn kết"

# What the fund is used for (domain.md §3.4), as lists of the peak month write it.
KINDS = (
    "Quà ngày 17/10",
    "Quà Ngày hội Đại đoàn kết",
    "Quà Tết",
    "Học bổng",
    "Khám chữa bệnh",
    "Thẻ bảo hiểm y tế",
    "Hỗ trợ sinh kế",
    "Hỗ trợ đột xuất",
)
_KINDS_BY_FOLD = {fold(kind): kind for kind in KINDS}
_FUND = re.compile(r"quy (?:vi nguoi ngheo|vnn)\b(?P<whose>.*)")
_MARKS = re.compile(r"[\"'“”„‟‘’«»()\[\]\-.,:]")


@dataclass(frozen=True)
class Window:
    """The days among which a second help of one kind is worth a warning; both belong to it."""

    start: date
    end: date
    label: str

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


def usual_kind(text: str) -> str:
    """A kind in its usual spelling ("quà ngày 17/10" → "Quà ngày 17/10"), else as it is."""
    return _KINDS_BY_FOLD.get(fold(text), text)


def whose_fund(source: str, committee: Committee) -> bool | None:
    """Whether "Nguồn" names a fund Vì người nghèo: True the unit's own, False another unit's.

    None when it names a giver outside the funds. "Quỹ … xã" is the own fund of a town too.
    """
    words = " ".join(_MARKS.sub(" ", fold(source)).split())
    found = _FUND.fullmatch(words)
    if found is None:
        return None
    whose = found["whose"].strip().removeprefix("cua ").strip()
    own = {"", fold(committee.name), fold(committee.bare_name), fold(committee.kind)}
    levels = {
        Committee.Level.COMMUNE: {"xa", "phuong", "thi tran", "dac khu", "cap xa"},
        Committee.Level.DISTRICT: {"huyen", "quan", "thi xa", "thanh pho", "cap huyen"},
        Committee.Level.PROVINCE: {"tinh", "thanh pho", "cap tinh"},
    }
    return whose in own | levels.get(committee.level, set())


def campaigns_of(committee: Committee, years: Iterable[int]) -> dict[int, Campaign]:
    """By year, the campaign whose root is the unit or its nearest ancestor."""
    above = paths_above(committee)
    campaigns = Campaign.objects.filter(year__in=set(years), root__path__in=above)
    return {c.year: c for c in campaigns.select_related("root").order_by("root__depth")}


def windows_of(committee: Committee, days: Iterable[date]) -> dict[date, Window]:
    """For each day the peak month that holds it, else its fund year, else its calendar year."""
    days = set(days)
    campaigns = campaigns_of(committee, {day.year for day in days})
    return {day: _window(campaigns.get(day.year), day) for day in days}


def _window(campaign: Campaign | None, day: date) -> Window:
    if campaign and campaign.window_from <= day <= campaign.window_to:
        return Window(campaign.window_from, campaign.window_to, "trong Tháng cao điểm")
    if campaign and campaign.fund_from <= day <= campaign.fund_to:
        return Window(campaign.fund_from, campaign.fund_to, "trong năm quỹ")
    return Window(date(day.year, 1, 1), date(day.year, 12, 31), f"trong năm {day.year}")


def peak_month(committee: Committee, year: int) -> Window:
    """The peak month of a year, or the whole year where no campaign was opened."""
    campaign = campaigns_of(committee, [year]).get(year)
    if campaign:
        return Window(campaign.window_from, campaign.window_to, campaign.name)
    return Window(date(year, 1, 1), date(year, 12, 31), f"năm {year}")


def received_in(
    households: Iterable[Household], window: Window
) -> dict[tuple[int, str], list[Support]]:
    """What these households really got in the window: (household pk, folded kind) → supports."""
    rows = (
        Support.objects.standing()
        .filter(household__in=[h.pk for h in households], date__range=(window.start, window.end))
        .select_related("giver", "fund__committee")
        .order_by("date", "pk")
    )
    found: dict[tuple[int, str], list[Support]] = {}
    for support in rows:
        found.setdefault((support.household_id, fold(support.kind)), []).append(support)
    return found


def giver_name(support: Support) -> str:
    """Who gave, in words: the fund and its unit, or the giver outside it."""
    if support.giver_id:
        return support.giver.name
    if support.fund_id:
        return f"{support.fund.get_kind_display()} {support.fund.committee.name}"
    return "Nhiều nguồn"


def likeness(support: Support) -> str:
    """One line on an earlier help of the same kind: giver, value, date."""
    return (
        f"Đã nhận “{support.kind}” của {giver_name(support)}, {dong(support.value)}, "
        f"ngày {format_date(support.date)}."
    )


def likenesses_in(support_list: SupportList) -> dict[int, list[str]]:
    """By support of the list: what its household already got of the same kind in the window."""
    lines = list(support_list.supports.select_related("household"))
    if not lines:
        return {}
    window = windows_of(support_list.committee, [lines[0].date])[lines[0].date]
    got = received_in([line.household for line in lines if line.household], window)
    found = {}
    for line in lines:
        earlier = got.get((line.household_id, fold(line.kind)), [])
        found[line.pk] = [
            likeness(other) for other in earlier if other.support_list_id != support_list.pk
        ]
    return found


def standing_sums(supports: SupportQuerySet) -> dict[str, int]:
    """Count, value (đồng) and households of what was really given among these rows."""
    standing = Support.objects.standing().filter(pk__in=supports.order_by().values("pk"))
    return standing.order_by().aggregate(
        count=Count("pk"),
        from_funds=Sum("value", filter=Q(fund__isnull=False), default=0),
        welfare=Sum("value", filter=Q(giver__isnull=False), default=0),
        households=Count("household", distinct=True),
        value=Sum("value", default=0),  # last: the name hides the column
    )


def not_supported(rows: HouseholdQuerySet, *, year: int, window: Window) -> HouseholdQuerySet:
    """Households of the list of ``year`` that got nothing in the window, houses counted."""
    return listed_in(rows, year).filter(~Exists(_given_in(window)))


def _given_in(window: Window) -> QuerySet:
    """What stands as given in the window to the household of the outer query."""
    given = Support.objects.standing().filter(household=OuterRef("pk"))
    return given.filter(date__range=(window.start, window.end)).order_by()


def search_supports(rows: SupportQuerySet, wanted: dict) -> SupportQuerySet:
    """Narrow to what a person asked for: q, place, kind, source, since, until."""
    rows = in_period(rows, wanted)
    if wanted.get("q"):
        rows = rows.filter(household__in=matching(Household.objects.order_by(), wanted["q"]))
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    source = {
        "fund": Q(fund__isnull=False, origin=Support.Origin.LIST),
        "giver": Q(giver__isnull=False),
        "house": Q(origin=Support.Origin.HOUSE),
    }.get(wanted.get("source", ""))
    return rows.filter(source) if source else rows


def in_period(rows: QuerySet, wanted: dict) -> QuerySet:
    """Narrow records with a place and a date to those of ``place``, ``since`` … ``until``."""
    if wanted.get("place"):
        rows = rows.under(wanted["place"])
    if wanted.get("since"):
        rows = rows.filter(date__gte=wanted["since"])
    if wanted.get("until"):
        rows = rows.filter(date__lte=wanted["until"])
    return rows


def offered_households(
    committee: Committee, wanted: dict, *, window: Window | None
) -> HouseholdQuerySet:
    """Living households that a list may choose from: q, hamlet, kind (latest list), unsupported."""
    rows = Household.objects.under(committee).living()
    if wanted.get("q"):
        rows = matching(rows, wanted["q"])
    if wanted.get("hamlet"):
        rows = rows.filter(hamlet__path__startswith=wanted["hamlet"].path)
    if wanted.get("kind"):
        latest = Classification.objects.filter(household=OuterRef("pk")).order_by(
            "-poverty_list__year"
        )
        rows = rows.alias(latest_kind=Subquery(latest.values("kind")[:1])).filter(
            latest_kind=wanted["kind"]
        )
    if wanted.get("unsupported") and window:
        rows = rows.filter(~Exists(_given_in(window)))
    return rows


def list_events(support_list: SupportList) -> list[dict]:
    """Who did what to a list, newest first, for the page's timeline."""
    events = AuditEvent.objects.filter(
        object_type=support_list._meta.label_lower, object_id=support_list.pk
    ).select_related("actor")
    return [
        {
            "what": words_for(event.action),
            "who": str(event.actor),
            "at": event.at,
            "role": "",
            "reason": event.detail.get("note") or event.detail.get("reason") or "",
        }
        for event in events
    ]


def lists_to_decide(user: User) -> int:
    """Lists that wait for this person's decision: proposed ones of somebody else."""
    waiting = SupportList.objects.allowed(user, Permission.SUPPORT_DECIDE)
    return waiting.filter(state=SupportList.State.PROPOSED).exclude(proposed_by=user).count()


def lists_to_pay(user: User) -> int:
    """Decided lists whose money has not left the fund."""
    decided = SupportList.objects.allowed(user, Permission.VOUCHER_POST)
    return decided.filter(state=SupportList.State.DECIDED).count()


def welfare_sums(totals: QuerySet) -> dict[str, int]:
    """Value (đồng) and portions of welfare totals that stand."""
    return (
        WelfareTotal.objects.standing()
        .filter(pk__in=totals.order_by().values("pk"))
        .aggregate(
            value=Sum("value", default=0), portions=Sum("portions", default=0), count=Count("pk")
        )
    )

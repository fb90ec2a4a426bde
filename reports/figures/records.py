"""The records that a figure was made of: the same conditions as in ``gathering``, as rows.

Every row carries ``counted``, what it adds to the figure: 1 for a count, đồng for money.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.models import Campaign
from committees.models import Committee
from fund.models import Account, Receipt, Support, Voucher, WelfareTotal
from households.models import Classification
from housing.models import House
from reports.figures.indicators import Indicator


@dataclass(frozen=True)
class Asked:
    """Whose figure, of which campaign.

    ``own`` leaves out everything below; ``parts`` counts only these units below (those that a
    report has folded in) beside the unit's own records.
    """

    campaign: Campaign
    committee: Committee
    own: bool = False
    parts: tuple[Committee, ...] | None = None

    def at(self, lookup: str) -> Q:
        """Rows of the units that are asked for, ``lookup`` being the way to the unit."""
        if self.committee.level == Committee.Level.COMMUNE or not (
            self.own or self.parts is not None
        ):
            return Q(**{f"{lookup}__path__startswith": self.committee.path})
        asked = Q(**{lookup: self.committee})
        for unit in () if self.own else self.parts:
            asked |= Q(**{f"{lookup}__path__startswith": unit.path})
        return asked

    def inside(self, field: str) -> Q:
        """Rows whose business date lies in the peak month."""
        window = (self.campaign.window_from, self.campaign.window_to)
        return Q(**{f"{field}__range": window})


class Rows:
    """The records behind one figure, of one kind or of several, sliceable for a paginator."""

    def __init__(self, *querysets: QuerySet):
        self.querysets = querysets

    @cached_property
    def counts(self) -> list[int]:
        """How many rows of each kind there are; asked once."""
        return [rows.count() for rows in self.querysets]

    def count(self) -> int:
        return sum(self.counts)

    def __len__(self) -> int:
        return self.count()

    def total(self) -> int:
        """What the rows add up to: the figure."""
        return sum(
            rows.aggregate(total=Sum("counted", default=0))["total"] for rows in self._bare()
        )

    def __getitem__(self, wanted: slice) -> list:
        found = []
        start, stop = wanted.start, wanted.stop
        for rows, number in zip(self.querysets, self.counts, strict=True):
            if start < min(stop, number):
                found += rows[start : min(stop, number)]
            start, stop = max(0, start - number), max(0, stop - number)
        return found

    def _bare(self) -> list[QuerySet]:
        return [rows.select_related(None).order_by() for rows in self.querysets]


def records_of(indicator: Indicator, asked: Asked, *, kind: str = "") -> Rows:
    """The rows behind a figure; ``kind`` narrows support to one "nội dung hỗ trợ"."""
    name = indicator.code.rpartition(".")[2]
    found = _SUBJECTS[indicator.records](asked, name)
    querysets = found if isinstance(found, tuple) else (found,)
    if kind:
        querysets = tuple(rows.filter(kind=kind) for rows in querysets)
    return Rows(*querysets)


def _registry(asked: Asked, name: str) -> QuerySet:
    rows = Classification.objects.filter(
        asked.at("poverty_list__commune"), poverty_list__year=asked.campaign.year
    )
    if name in Classification.Kind.values:
        rows = rows.filter(kind=name)
    counted = Coalesce("members_declared", 0) if name == "members" else Value(1)
    return (
        rows.annotate(counted=counted)
        .select_related("household", "hamlet", "poverty_list__commune")
        .order_by("hamlet__path", "household__head_sort_key", "pk")
    )


def _hamlets(asked: Asked, name: str) -> QuerySet:
    listed = _registry(asked, name)
    here = listed.filter(hamlet=OuterRef("pk")).order_by().values("hamlet")
    return (
        Committee.objects.filter(pk__in=listed.order_by().values("hamlet"))
        .annotate(counted=Value(1), households_listed=here.annotate(n=Count("pk")).values("n"))
        .order_by("path")
    )


def _received(asked: Asked, name: str) -> QuerySet:
    rows = _receipts(asked, name).filter(asked.inside("voucher__date"))
    forms = {
        "received_cash": ["cash"],
        "received_bank": ["bank", "treasury"],
        "received_goods": ["goods"],
    }
    return rows.filter(form__in=forms[name]) if name in forms else rows


def _after(asked: Asked, name: str) -> QuerySet:
    return _receipts(asked, name).filter(
        voucher__date__gt=asked.campaign.window_to, voucher__date__lte=asked.campaign.fund_to
    )


def _receipts(asked: Asked, name: str) -> QuerySet:
    rows = Receipt.objects.standing().filter(
        asked.at("voucher__fund__committee"), voucher__fund__kind="vnn"
    )
    return (
        rows.annotate(counted=Value(1) if name.startswith("receipts") else F("amount"))
        .select_related("donor", "voucher__fund__committee")
        .order_by("voucher__date", "pk")
    )


def _vouchers(asked: Asked, *conditions: Q) -> QuerySet:
    """Standing vouchers that moved money, with what they moved."""
    return (
        Voucher.objects.standing()
        .exclude(kind=Voucher.Kind.REVERSAL)
        .filter(asked.at("fund__committee"), *conditions, fund__kind="vnn")
        .annotate(counted=_money_moved())
        .exclude(counted=0)
        .select_related("fund__committee")
        .order_by("date", "pk")
    )


def _money_moved() -> Coalesce:
    moved = Sum(
        "journal__entries__amount",
        filter=Q(journal__entries__account__kind__in=Account.MONEY),
        output_field=BigIntegerField(),
    )
    return Coalesce(moved, 0, output_field=BigIntegerField())


def _spent(asked: Asked, name: str) -> QuerySet:
    purposes = {"spent_support": ["support"], "spent_houses": ["house"]}
    rows = _vouchers(
        asked, asked.inside("date"), Q(purpose__in=purposes.get(name, ["support", "house"]))
    )
    return rows.annotate(counted=-_money_moved())


def _opening(asked: Asked, _name: str) -> QuerySet:
    campaign = asked.campaign
    return _vouchers(
        asked,
        Q(date__lt=campaign.window_from) | Q(kind="opening", date__lte=campaign.window_to),
    )


def _closing(asked: Asked, _name: str) -> QuerySet:
    return _vouchers(asked, Q(date__lte=asked.campaign.window_to))


def _adjusted(asked: Asked, _name: str) -> QuerySet:
    end = asked.campaign.window_to
    return (
        Voucher.objects.posted()
        .filter(
            asked.at("fund__committee"),
            fund__kind="vnn",
            date__lte=end,
            journal__reversed_by__date__gt=end,
        )
        .annotate(counted=-_money_moved())
        .exclude(counted=0)
        .select_related("fund__committee")
        .order_by("date", "pk")
    )


def _support(asked: Asked, name: str) -> QuerySet:
    rows = Support.objects.standing().filter(
        asked.at("place"), asked.inside("date"), origin=Support.Origin.LIST
    )
    return (
        rows.annotate(counted=Value(1) if name == "count" else F("value"))
        .select_related("household", "place", "giver", "fund__committee")
        .order_by("date", "pk")
    )


def _welfare_listed(asked: Asked, name: str) -> QuerySet:
    return _support(asked, name).filter(fund=None)


def _welfare_unlisted(asked: Asked, _name: str) -> QuerySet:
    rows = WelfareTotal.objects.standing().filter(asked.at("place"), asked.inside("date"))
    return rows.annotate(counted=F("value")).select_related("place", "giver").order_by("date", "pk")


def _welfare(asked: Asked, name: str) -> tuple[QuerySet, QuerySet]:
    return _welfare_listed(asked, name), _welfare_unlisted(asked, name)


def _supported(asked: Asked, name: str) -> QuerySet:
    return _registry(asked, name).filter(_has_support(asked))


def _not_supported(asked: Asked, name: str) -> QuerySet:
    return _registry(asked, name).exclude(_has_support(asked))


def _has_support(asked: Asked) -> Exists:
    given = Support.objects.standing().filter(asked.inside("date"))
    return Exists(given.filter(household=OuterRef("household")))


def _houses(asked: Asked, name: str) -> QuerySet:
    end = asked.campaign.window_to
    narrower = {
        "new": Q(kind=House.Kind.NEW),
        "repaired": Q(kind=House.Kind.REPAIR),
        "handed_over": Q(handed_over_on__lte=end),
        "under_way": Q(handed_over_on=None) | Q(handed_over_on__gt=end),
    }
    money = {"fund": "fund", "sponsors": "sponsor", "family": "family"}
    counted = Value(1)
    if name in money:
        counted = Sum("funding__amount", filter=Q(funding__source=money[name]), default=0)
    elif name == "labour_days":
        counted = F("labour_days")
    return (
        House.objects.approved()
        .annotate(began_on=Coalesce("started_on", "decided_on"))
        .filter(asked.at("household__commune"), asked.inside("began_on"), narrower.get(name, Q()))
        .annotate(counted=counted)
        .select_related("household__commune")
        .order_by("began_on", "pk")
    )


_SUBJECTS: dict[str, Callable[[Asked, str], QuerySet | tuple[QuerySet, ...]]] = {
    "registry": _registry,
    "hamlets": _hamlets,
    "received": _received,
    "after": _after,
    "spent": _spent,
    "opening": _opening,
    "closing": _closing,
    "adjusted": _adjusted,
    "support": _support,
    "welfare": _welfare,
    "welfare_listed": _welfare_listed,
    "welfare_unlisted": _welfare_unlisted,
    "supported": _supported,
    "not_supported": _not_supported,
    "houses": _houses,
}

"""The records that a figure was made of: the same conditions as in ``gathering``, as rows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from campaigns.models import Campaign
from committees.models import Committee
from fund.models import Account, Receipt, Support, Voucher, WelfareTotal
from households.models import Classification
from housing.models import House


@dataclass(frozen=True)
class Asked:
    """Whose figure, of which campaign; ``own`` leaves out the units below."""

    campaign: Campaign
    committee: Committee
    own: bool = False

    def at(self, lookup: str) -> Q:
        """Rows of the unit (and below it, unless own), ``lookup`` being the way to the unit."""
        if self.own and self.committee.level != Committee.Level.COMMUNE:
            return Q(**{lookup: self.committee})
        return Q(**{f"{lookup}__path__startswith": self.committee.path})

    def inside(self, field: str) -> Q:
        window = (self.campaign.window_from, self.campaign.window_to)
        return Q(**{f"{field}__range": window})


def records_of(code: str, subject: str, asked: Asked, *, kind: str = "") -> QuerySet:
    """The rows behind a figure, each with ``shown`` in the figure's unit where it has one."""
    rows = _SUBJECTS[subject](asked, code.rpartition(".")[2])
    return rows.filter(kind=kind) if subject == "support" and kind else rows


def _registry(asked: Asked, code: str) -> QuerySet:
    rows = Classification.objects.filter(
        asked.at("poverty_list__commune"), poverty_list__year=asked.campaign.year
    )
    if code in Classification.Kind.values:
        rows = rows.filter(kind=code)
    return rows.select_related("household", "hamlet", "poverty_list__commune").order_by(
        "hamlet__path", "household__head_sort_key", "pk"
    )


def _received(asked: Asked, code: str) -> QuerySet:
    rows = Receipt.objects.standing().filter(
        asked.at("voucher__fund__committee"),
        asked.inside("voucher__date"),
        voucher__fund__kind="vnn",
    )
    forms = {
        "received_cash": ["cash"],
        "received_bank": ["bank", "treasury"],
        "received_goods": ["goods"],
    }
    if code in forms:
        rows = rows.filter(form__in=forms[code])
    return rows.select_related("donor", "voucher__fund__committee").order_by("voucher__date", "pk")


def _after(asked: Asked, _code: str) -> QuerySet:
    rows = Receipt.objects.standing().filter(
        asked.at("voucher__fund__committee"),
        voucher__fund__kind="vnn",
        voucher__date__gt=asked.campaign.window_to,
        voucher__date__lte=asked.campaign.fund_to,
    )
    return rows.select_related("donor", "voucher__fund__committee").order_by("voucher__date", "pk")


def _vouchers(asked: Asked, *conditions: Q) -> QuerySet:
    """Standing vouchers that moved money, with what they moved as ``shown``."""
    money = Sum(
        "journal__entries__amount",
        filter=Q(journal__entries__account__kind__in=Account.MONEY),
        output_field=BigIntegerField(),
    )
    return (
        Voucher.objects.standing()
        .exclude(kind=Voucher.Kind.REVERSAL)
        .filter(asked.at("fund__committee"), *conditions, fund__kind="vnn")
        .annotate(shown=Coalesce(money, 0))
        .exclude(shown=0)
        .select_related("fund__committee")
        .order_by("date", "pk")
    )


def _spent(asked: Asked, code: str) -> QuerySet:
    purposes = {"spent_support": ["support"], "spent_houses": ["house"]}
    rows = _vouchers(
        asked,
        asked.inside("date"),
        Q(purpose__in=purposes.get(code, ["support", "house"])),
    )
    return rows.annotate(paid=-F("shown"))


def _opening(asked: Asked, _code: str) -> QuerySet:
    campaign = asked.campaign
    return _vouchers(
        asked,
        Q(date__lt=campaign.window_from) | Q(kind="opening", date__lte=campaign.window_to),
    )


def _closing(asked: Asked, _code: str) -> QuerySet:
    return _vouchers(asked, Q(date__lte=asked.campaign.window_to))


def _adjusted(asked: Asked, _code: str) -> QuerySet:
    return (
        Voucher.objects.posted()
        .filter(
            asked.at("fund__committee"),
            fund__kind="vnn",
            date__lte=asked.campaign.window_to,
            journal__reversed_by__date__gt=asked.campaign.window_to,
        )
        .select_related("fund__committee")
        .order_by("date", "pk")
    )


def _support(asked: Asked, _code: str) -> QuerySet:
    rows = Support.objects.standing().filter(
        asked.at("place"), asked.inside("date"), origin=Support.Origin.LIST
    )
    return rows.select_related("household", "place", "giver", "fund__committee").order_by(
        "date", "pk"
    )


def _welfare(asked: Asked, code: str) -> QuerySet:
    return _support(asked, code).filter(fund=None)


def _welfare_totals(asked: Asked, _code: str) -> QuerySet:
    rows = WelfareTotal.objects.standing().filter(asked.at("place"), asked.inside("date"))
    return rows.select_related("place", "giver").order_by("date", "pk")


def _supported(asked: Asked, code: str) -> QuerySet:
    return _registry(asked, code).filter(_has_support(asked))


def _not_supported(asked: Asked, code: str) -> QuerySet:
    return _registry(asked, code).exclude(_has_support(asked))


def _has_support(asked: Asked) -> Exists:
    given = Support.objects.standing().filter(asked.inside("date"))
    return Exists(given.filter(household=OuterRef("household")))


def _houses(asked: Asked, code: str) -> QuerySet:
    rows = (
        House.objects.approved()
        .annotate(counted_on=Coalesce("started_on", "decided_on"))
        .filter(asked.at("household__commune"), asked.inside("counted_on"))
    )
    end = asked.campaign.window_to
    narrower = {
        "new": Q(kind=House.Kind.NEW),
        "repaired": Q(kind=House.Kind.REPAIR),
        "handed_over": Q(handed_over_on__lte=end),
        "under_way": Q(handed_over_on=None) | Q(handed_over_on__gt=end),
    }
    rows = rows.filter(narrower.get(code, Q()))
    return rows.select_related("household__commune").order_by("counted_on", "pk")


_SUBJECTS: dict[str, Callable[[Asked, str], QuerySet]] = {
    "registry": _registry,
    "received": _received,
    "after": _after,
    "spent": _spent,
    "opening": _opening,
    "closing": _closing,
    "adjusted": _adjusted,
    "support": _support,
    "welfare": _welfare,
    "welfare_totals": _welfare_totals,
    "supported": _supported,
    "not_supported": _not_supported,
    "houses": _houses,
}

"""A district that nobody has seen: its lists as they would arrive, and what they must give.

Independent of the product: names and codes of units come from the official lists, people and
money from a seeded random, the figures from plain sums over what was made. The meaning of each
figure is that of ``expected.json`` of the sample district (data README): for the window unless
said otherwise, both border days belonging to it; openings are money at its start whenever in
or before it they are dated; "after" runs to the end of the calendar year.
"""

import csv
import gzip
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.second_district_people import Household, make_households

UNITS = Path(__file__).parent.parent / "committees" / "data"
HELP_KINDS = (
    "Quà ngày 17/10", "Quà tết", "Thẻ BHYT", "Xe đạp", "Học bổng", "Khám chữa bệnh",
    "Hỗ trợ sinh kế", "Hỗ trợ đột xuất",
)  # fmt: skip
OUTSIDE_GIVERS = (
    "Hội Chữ thập đỏ", "Công ty TNHH Hoàng Gia", "Chùa Long Quang", "Quỹ Bảo trợ trẻ em tỉnh",
    "Nhóm thiện nguyện “Áo ấm”", "Ngân hàng Chính sách xã hội",
)  # fmt: skip
MONEY_ACCOUNTS = ("cash", "bank", "treasury")


@dataclass(frozen=True)
class Variant:
    """Which units, which year, and how their lists look."""

    name: str
    seed: int
    units: str  # which official list
    root: str
    communes: tuple[str, ...]  # codes of the communes that send lists
    year: int
    hamlet_kind: str
    hamlet_label: str = "Thôn/ấp"
    commune_label: str = "Xã, thị trấn"
    fund_label: str = "Quỹ VNN huyện"
    own_fund: tuple[str, ...] = ('Quỹ "Vì người nghèo" xã',)
    first_day: tuple[int, int] = (10, 17)
    books_began: tuple[int, int] = (1, 1)
    is_untidy: bool = False
    has_early_house: bool = False
    has_old_lists: bool = True

    @property
    def window(self) -> tuple[date, date]:
        return date(self.year, *self.first_day), date(self.year, 11, 18)

    @property
    def began(self) -> date:
        return date(self.year, *self.books_began)


@dataclass
class Gift:
    day: date
    giver: str
    donor_kind: str
    form: str  # "Tiền mặt" | "Chuyển khoản" | "Hiện vật"
    amount: int
    goods: tuple[str, str, float, int] | None = None  # name, unit, quantity, unit price


@dataclass
class Help:
    day: date
    household: Household
    kind: str
    giver: str | None  # None: the commune's own fund
    value: int


@dataclass
class House:
    household: Household
    commune: "Commune"
    is_new: bool
    fund: int
    sponsor: str
    sponsored: int
    family: int
    labour: int
    started: date | None
    completed: date | None = None
    handed_over: date | None = None


@dataclass
class Welfare:
    day: date
    commune: "Commune"
    giver: str
    portions: int
    value: int


@dataclass
class Commune:
    code: str
    name: str
    openings: list[tuple[str, int, date]] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    helps: list[Help] = field(default_factory=list)


@dataclass
class District:
    """Everything that happened there; ``root_unit`` is the unit above the communes."""

    variant: Variant
    root_unit: Commune
    communes: list[Commune]
    houses: list[House] = field(default_factory=list)
    welfare: list[Welfare] = field(default_factory=list)


def make_district(variant: Variant) -> District:
    rng = random.Random(variant.seed)
    with gzip.open(UNITS / f"{variant.units}.csv.gz", "rt", encoding="utf-8") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    communes = [Commune(code, names[code]) for code in variant.communes]
    district = District(variant, Commune(variant.root, names[variant.root]), communes)
    for position, commune in enumerate(communes):
        commune.openings = _openings(variant, position)
        has_old_list = position < 2 and variant.has_old_lists
        commune.households = make_households(
            rng, commune.code, year=variant.year, kind=variant.hamlet_kind, has_old=has_old_list
        )
        # The second last commune received nothing, the last one gave nothing.
        if position != len(communes) - 2:
            commune.gifts = _gifts(rng, variant, 24)
        if position != len(communes) - 1:
            commune.helps = _helps(rng, variant, commune)
    district.root_unit.openings = [
        ("treasury", 700_000_000, variant.began), ("cash", 1_234_567, variant.began),
    ]  # fmt: skip
    district.root_unit.gifts = _gifts(rng, variant, 9, is_district=True)
    district.houses = _houses(rng, district)
    district.welfare = _welfare(rng, district)
    return district


def _openings(variant: Variant, position: int) -> list[tuple[str, int, date]]:
    """In turn: cash as the year began; three accounts and goods; mid-year; on the first day."""
    start = variant.window[0]
    mid_year = max(date(variant.year, 7, 1), variant.began)
    return (
        [("cash", 20_000_000, variant.began)],
        [("cash", 18_500_000, variant.began), ("bank", 31_000_500, variant.began),
         ("treasury", 4_000_000, mid_year), ("goods", 2_750_000, variant.began)],
        [("cash", 15_000_000, mid_year)],
        [("cash", 25_000_000, start), ("bank", 0, start)],
        [],
    )[position % 5]  # fmt: skip


def _gifts(
    rng: random.Random, variant: Variant, count: int, *, is_district: bool = False
) -> list[Gift]:
    """Border days first, then days before, in and after the window, and of the next year."""
    start, end = variant.window
    days = [start, end, start - timedelta(1), end + timedelta(1), date(variant.year, 12, 31)]
    days += [date(variant.year + 1, 1, 1), variant.began]
    days += [start + timedelta(rng.randint(0, (end - start).days)) for _ in range(count)]
    return [_gift(rng, day, is_district=is_district) for day in days]


def _gift(rng: random.Random, day: date, *, is_district: bool) -> Gift:
    giver, donor_kind = rng.choice(
        (
            ("Ông Lò Văn Pản", "Cá nhân"), ("bà H'Yin Êban", "Cá nhân"),
            ("Cty TNHH MTV Đại Lộc", "Doanh nghiệp"), ("Tổng Công ty Cao su", "Doanh nghiệp"),
            ("Hội Nông dân", "Tổ chức thành viên"), ("Chủ tịch UBND xã", "Cá nhân"),
            ("Trường THCS Lê Lợi – tập thể giáo viên", "Cơ quan, đơn vị"),
            ("Nhà hàng “Ngon 88”", "Doanh nghiệp"), ("Cộng đồng người Việt tại Séc", "Khác"),
        )
    )  # fmt: skip
    form = "Chuyển khoản" if is_district else rng.choice(("Tiền mặt", "Chuyển khoản", "Hiện vật"))
    if form == "Hiện vật":
        quantity, price = rng.choice(((25, 16_000), (12.5, 40_000), (3, 333_333), (1, 1_000)))
        goods = (rng.choice(("Gạo", "Tôn lợp", "Xi măng")), "kg", quantity, price)
        return Gift(day, giver, donor_kind, form, round(quantity * price), goods)
    return Gift(day, giver, donor_kind, form, rng.choice((20_000, 500_000, 1_250_000, 999_999)))


def _helps(rng: random.Random, variant: Variant, commune: Commune) -> list[Help]:
    """The fund pays in cash: only what its opening bears, and not before it was opened."""
    start, end = variant.window
    borders = [start, end, start - timedelta(1), end + timedelta(1), date(variant.year, 12, 20)]
    cash = sum(amount for account, amount, _ in commune.openings if account == "cash")
    opened = min((day for account, _, day in commune.openings if account == "cash"), default=end)
    helps, done = [], set()
    for position in range(30):
        day = (
            borders[position]
            if position < len(borders)
            else start + timedelta(rng.randint(0, (end - start).days))
        )
        household, kind = rng.choice(commune.households), rng.choice(HELP_KINDS)
        if (household.code, kind) in done:
            continue
        done.add((household.code, kind))
        value = rng.choice((300_000, 450_500, 1_000_000, 2_000_000))
        is_own = rng.random() < 0.6 and day >= opened and value <= cash
        cash -= value if is_own else 0
        giver = None if is_own else rng.choice(OUTSIDE_GIVERS)
        helps.append(Help(day, household, kind, giver, value))
    return helps


def _houses(rng: random.Random, district: District) -> list[House]:
    """On both border days, outside, handed over late, not started, without the fund's money."""
    start, end = district.variant.window
    week = timedelta(7)
    plans: list[tuple[date | None, date | None, date | None]] = [
        (start, start + 2 * week, end),
        (end, None, None),
        (start + week, end, end + week),
        (start + timedelta(1), end - week, end - timedelta(2)),
        (end + timedelta(1), None, None),
        (start + week, start + 3 * week, None),
    ]
    plans.append((start - 2 * week, start, start + week) if district.variant.has_early_house
                 else (None, None, None))  # fmt: skip
    houses = []
    for position, days in enumerate(plans):
        commune = district.communes[position % len(district.communes)]
        household = commune.households[position]
        sponsor, sponsored = rng.choice(
            (("", 0), ("Công ty Xổ số kiến thiết", 30_000_000),
             ("Cty A Sáng; Hội Doanh nhân trẻ", 45_500_000))
        )  # fmt: skip
        fund = rng.choice((50_000_000, 60_000_000))
        if position == 3:
            fund, sponsor, sponsored = 0, "Chùa Long Quang", 80_000_000
        houses.append(
            House(household, commune, position % 3 != 2, fund, sponsor, sponsored,
                  rng.choice((0, 7_000_000, 12_345_678)), rng.choice((0, 15, 40)), *days)
        )  # fmt: skip
    return houses


def _welfare(rng: random.Random, district: District) -> list[Welfare]:
    start, end = district.variant.window
    days = [start, end, start - timedelta(1), end + timedelta(1)]
    days += [start + timedelta(rng.randint(1, 30)) for _ in range(8)]
    return [
        Welfare(day, rng.choice(district.communes), rng.choice(OUTSIDE_GIVERS),
                portions := rng.randint(5, 90), portions * 300_000)
        for day in days
    ]  # fmt: skip


def expected_of(district: District) -> dict:
    """``own``, ``communes`` and ``subtree`` as ``expected.json`` has them."""
    window = district.variant.window
    paid = [
        (house.started, house.fund, "spent_houses") for house in district.houses if house.started
    ]
    own = _money(district.root_unit, paid, window)
    communes = {c.code: {"name": c.name} | _of_commune(c, district) for c in district.communes}
    subtree = {key: value for key, value in own.items() if key != "name"}
    for figures in communes.values():
        _add(subtree, figures)
    return {"own": own, "communes": communes, "subtree": subtree}


def _add(total: dict, part: dict) -> None:
    for key, value in part.items():
        if isinstance(value, dict):
            _add(total.setdefault(key, {}), value)
        elif key != "name":
            total[key] = total.get(key, 0) + value


def _of_commune(commune: Commune, district: District) -> dict:
    start, end = district.variant.window
    paid = [(h.day, h.value, "spent_support") for h in commune.helps if h.giver is None]
    figures = _registry(commune, district.variant.year) | _money(
        commune, paid, district.variant.window
    )
    inside = [h for h in commune.helps if start <= h.day <= end]
    houses = [
        house for house in district.houses
        if house.commune is commune and (house.started is None or start <= house.started <= end)
    ]  # fmt: skip
    listed = sum(h.value for h in inside if h.giver is not None)
    unlisted = sum(
        w.value for w in district.welfare if w.commune is commune and start <= w.day <= end
    )
    helped = {h.household.code for h in inside if district.variant.year in h.household.classes}
    helped |= {house.household.code for house in houses if house.started}
    return figures | {
        "welfare_listed": listed,
        "welfare_unlisted": unlisted,
        "welfare": listed + unlisted,
        "support": _support(inside),
        "supported_households": len(helped),
        "not_supported_households": figures["households"] - len(helped),
        "houses": _houses_figures(houses, end),
    }


def _registry(commune: Commune, year: int) -> dict:
    listed = [household for household in commune.households if year in household.classes]
    kinds = Counter(household.classes[year] for household in listed)
    return {
        "hamlets": len({household.hamlet for household in listed}),
        "households": len(listed),
        "poor": kinds["Nghèo"],
        "near_poor": kinds["Cận nghèo"],
        "hardship": kinds["Khó khăn"],
        "members": sum(household.members for household in listed),
    }


def _money(unit: Commune, paid: list[tuple[date, int, str]], window: tuple[date, date]) -> dict:
    start, end = window
    inside, after = ([g for g in unit.gifts if start <= g.day <= end],
                     [g for g in unit.gifts if end < g.day <= date(end.year, 12, 31)])  # fmt: skip
    by_form, spent = Counter(), Counter()
    for gift in inside:
        by_form[gift.form] += gift.amount
    for day, amount, purpose in paid:
        spent[purpose] += amount if start <= day <= end else 0
    opening = sum(n for account, n, _ in unit.openings if account in MONEY_ACCOUNTS)
    opening += sum(g.amount for g in unit.gifts if g.day < start and g.goods is None)
    opening -= sum(amount for day, amount, _ in paid if day < start)
    cash, bank, goods = (by_form[form] for form in ("Tiền mặt", "Chuyển khoản", "Hiện vật"))
    return {
        "name": unit.name,
        "fund_opening": opening,
        "received_cash": cash,
        "received_bank": bank,
        "received_goods": goods,
        "received_total": cash + bank + goods,
        "receipts": len(inside),
        "spent_support": spent["spent_support"],
        "spent_houses": spent["spent_houses"],
        "spent_total": spent.total(),
        "money_closing": opening + cash + bank - spent.total(),
        "receipts_after_window": len(after),
        "received_after_window": sum(gift.amount for gift in after),
    }


def _support(helps: list[Help]) -> dict:
    kinds: dict[str, dict] = {}
    for given in helps:
        kind = kinds.setdefault(given.kind, {"count": 0, "value": 0})
        kind["count"] += 1
        kind["value"] += given.value
    return kinds


def _houses_figures(houses: list[House], end: date) -> dict:
    handed_over = sum(h.handed_over is not None and h.handed_over <= end for h in houses)
    return {
        "approved": len(houses),
        "new": sum(house.is_new for house in houses),
        "repaired": sum(not house.is_new for house in houses),
        "handed_over": handed_over,
        "under_way": len(houses) - handed_over,
        "fund": sum(house.fund for house in houses),
        "sponsors": sum(house.sponsored for house in houses),
        "family": sum(house.family for house in houses),
        "labour_days": sum(house.labour for house in houses),
    }

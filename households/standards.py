"""The poverty standard of a year, and the class that income and deprivations alone would give.

The People's Committee decides a household's class; what is worked out here is only a check: a
mismatch is a warning with its reason in words, never a refusal.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from django.db.models import QuerySet

from committees.models import Committee
from config.vietnamese.amounts import dong
from households.errors import NoStandard
from households.models import Classification, Household, PovertyLine, PovertyStandard

NOT_POOR = ""
OUTCOMES = {
    Classification.Kind.POOR: "hộ nghèo",
    Classification.Kind.NEAR_POOR: "hộ cận nghèo",
    NOT_POOR: "không nghèo, không cận nghèo",
}
NO_POINTS = "chưa có bảng điểm nên không kiểm tra được"


class Checked(NamedTuple):
    """The class that the scores give: poor, near_poor or "" (neither); None where they cannot
    tell. ``national`` is the class by the country's line where the province drew its own."""

    kind: str | None
    reason: str
    national: str | None = None

    @property
    def label(self) -> str:
        """The class in words, "" where it cannot be told."""
        return OUTCOMES.get(self.kind, "")

    def agrees_with(self, decided: str) -> bool:
        """Whether the decided class is one that the scores give; what cannot be checked agrees.

        A household that the Front holds as hardship should be neither poor nor near-poor.
        """
        expected = NOT_POOR if decided == Classification.Kind.HARDSHIP else decided
        found = {self.kind, self.national} - {None}
        return not found or expected in found


class _Income(NamedTuple):
    """An income beside its limits, all in points or all in đồng."""

    name: str
    value: int
    lower: int | None
    upper: int
    shown: Callable[[int], str]


def standards() -> QuerySet[PovertyStandard]:
    """Every standard with its indicators and lines, oldest first."""
    return PovertyStandard.objects.prefetch_related("indicators", "lines__place")


def standard_in(year: int) -> PovertyStandard:
    """The standard in force at the end of ``year``; ``NoStandard`` when there is none."""
    for standard in standards():
        begins, ends = standard.valid_from.year, standard.valid_to and standard.valid_to.year
        if begins <= year and (ends is None or year <= ends):
            return standard
    raise NoStandard(f"Chưa có chuẩn nghèo cho năm {year}: hãy kiểm tra lại năm của danh sách.")


def line_of(standard: PovertyStandard, area: str, *, place: Committee | None = None) -> PovertyLine:
    """The line for an area: of the province in which ``place`` lies if it drew one, else the
    country's. Reads the lines that ``standard_in`` fetched."""
    lines = [line for line in standard.lines.all() if line.area == area]
    above = place.path if place else ""
    own = [line for line in lines if line.place_id and above.startswith(line.place.path)]
    return own[0] if own else next(line for line in lines if line.place_id is None)


def check_class(
    standard: PovertyStandard,
    *,
    area: str,
    place: Committee | None = None,
    income: int | None,
    deprivation: int | None,
    money: int | None = None,
) -> Checked:
    """The class that the scores of a household at ``place`` give, every limit inclusive.

    ``income`` and ``deprivation`` are points (điểm A, điểm B); ``money`` is the income in đồng
    a person a month, used where the line has no points. Since 2022 a household up to the line is
    poor from 30 points of deprivation, near-poor below (NĐ 07/2021/NĐ-CP Điều 3, TT
    07/2021/TT-BLĐTBXH); 2016–2021 it was poor up to the lower line whatever it lacked (QĐ
    59/2015/QĐ-TTg). Where the province's own line gives another class, the reason says both.
    """
    area = area or Household.Area.RURAL
    country = line_of(standard, area)
    national, why = _by_line(standard, country, (income, deprivation, money))
    own = line_of(standard, area, place=place)
    if own == country:
        return Checked(national, why)
    kind, own_why = _by_line(standard, own, (income, deprivation, money))
    if kind == national:
        return Checked(kind, own_why, national)
    said = f"theo chuẩn quốc gia: {why}; theo chuẩn riêng của {own.place}: {own_why}"
    return Checked(national if kind is None else kind, said, national)


def _by_line(
    standard: PovertyStandard, line: PovertyLine, scores: tuple[int | None, int | None, int | None]
) -> tuple[str | None, str]:
    points, deprivation, money = scores
    income = _income(standard, line, points, money)
    if isinstance(income, str):
        return None, income
    name, value, lower, upper, shown = income
    if value > upper:
        return _concluded(NOT_POOR, f"{name} {shown(value)} > {shown(upper)}")
    if lower is not None and value <= lower:
        return _concluded(Classification.Kind.POOR, f"{name} {shown(value)} ≤ {shown(lower)}")
    above = f"> {shown(lower)} và " if lower is not None else ""
    return _by_deprivation(standard, f"{name} {shown(value)} {above}≤ {shown(upper)}", deprivation)


def _by_deprivation(
    standard: PovertyStandard, facts: str, deprivation: int | None
) -> tuple[str | None, str]:
    label, limit = standard.deprivation_label, standard.deprivation_points
    if deprivation is None:
        return None, f"{facts} nhưng chưa ghi {label} nên không kiểm tra được"
    if deprivation >= limit:
        return _concluded(Classification.Kind.POOR, f"{facts} và {label} {deprivation} ≥ {limit}")
    return _concluded(Classification.Kind.NEAR_POOR, f"{facts} và {label} {deprivation} < {limit}")


def _income(
    standard: PovertyStandard, line: PovertyLine, points: int | None, money: int | None
) -> _Income | str:
    """The income in the unit that the line is known in, or why it cannot be compared.

    A line with a lower one is known in đồng only: no source gives the lower one in points.
    """
    has_points = line.points is not None and line.lower_income is None
    if has_points and points is not None:
        return _Income(standard.income_label, points, None, line.points, str)
    if money is not None:
        return _Income("thu nhập", money, line.lower_income, line.income, dong)
    if has_points:
        return f"chưa ghi {standard.income_label} nên không kiểm tra được"
    return NO_POINTS


def _concluded(kind: str, facts: str) -> tuple[str, str]:
    return kind, f"{facts} → {OUTCOMES[kind]}"


class Change(NamedTuple):
    """What a standard changed against the one before it, in words for the page."""

    lines: list[str]
    added: list[str]
    dropped: list[str]


def changes_between(every: list[PovertyStandard]) -> list[Change]:
    """What each standard but the first changed; indicators are compared by their codes."""
    return [_changed(old, new) for old, new in pairwise(every)]


def _changed(old: PovertyStandard, new: PovertyStandard) -> Change:
    before = {indicator.code: indicator.label for indicator in old.indicators.all()}
    after = {indicator.code: indicator.label for indicator in new.indicators.all()}
    lines = [
        f"{label}: {dong(line_of(old, area).income)} → {dong(line_of(new, area).income)}"
        for area, label in Household.Area.choices
    ]
    return Change(
        lines,
        [label for code, label in after.items() if code not in before],
        [label for code, label in before.items() if code not in after],
    )

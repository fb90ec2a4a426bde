"""The poverty standard of a year, and the class that the points alone would give."""

from households.errors import NoStandard
from households.models import Classification, Household, PovertyStandard


def standard_in(year: int) -> PovertyStandard:
    """The standard in force at the end of ``year``; ``NoStandard`` when there is none."""
    for standard in PovertyStandard.objects.prefetch_related("indicators"):
        begins, ends = standard.valid_from.year, standard.valid_to and standard.valid_to.year
        if begins <= year and (ends is None or year <= ends):
            return standard
    raise NoStandard(f"Chưa có chuẩn nghèo cho năm {year}: hãy kiểm tra lại năm của danh sách.")


def class_from_points(
    standard: PovertyStandard, *, area: str, income: int | None, deprivation: int | None
) -> str | None:
    """Poor or near-poor by the points (Thông tư 07/2021/TT-BLĐTBXH), both limits inclusive.

    Hardship, the Front's own class, for a household above the income line; None while a score
    is missing. The People's Committee decides: this is only for a warning.
    """
    if income is None or deprivation is None:
        return None
    limit = standard.income_points_rural
    if area == Household.Area.URBAN:
        limit = standard.income_points_urban
    if income > limit:
        return Classification.Kind.HARDSHIP
    if deprivation >= standard.deprivation_points:
        return Classification.Kind.POOR
    return Classification.Kind.NEAR_POOR

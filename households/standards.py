"""The poverty standard of a year, and the class that the points alone would give."""

from households.errors import NoStandard
from households.models import Classification, PovertyLine, PovertyStandard


def standard_in(year: int) -> PovertyStandard:
    """The standard in force at the end of ``year``; ``NoStandard`` when there is none."""
    for standard in PovertyStandard.objects.prefetch_related("indicators", "lines__place"):
        begins, ends = standard.valid_from.year, standard.valid_to and standard.valid_to.year
        if begins <= year and (ends is None or year <= ends):
            return standard
    raise NoStandard(f"Chưa có chuẩn nghèo cho năm {year}: hãy kiểm tra lại năm của danh sách.")


def line_of(standard: PovertyStandard, area: str, *, place: str = "") -> PovertyLine:
    """The line for an area: of the province whose code is ``place`` if it drew one, else the
    country's."""
    lines = [line for line in standard.lines.all() if line.area == area]
    own = [line for line in lines if line.place_id and line.place.code == place]
    return own[0] if own else next(line for line in lines if line.place_id is None)


def class_from_points(
    standard: PovertyStandard, *, area: str, income: int | None, deprivation: int | None
) -> str | None:
    """Poor or near-poor by the points (Thông tư 07/2021/TT-BLĐTBXH), both limits inclusive.

    Hardship, the Front's own class, for a household above the income line; None while a score
    is missing or the standard has no line in points. The People's Committee decides: this is
    only for a warning.
    """
    limit = line_of(standard, area).points
    if income is None or deprivation is None or limit is None:
        return None
    if income > limit:
        return Classification.Kind.HARDSHIP
    if deprivation >= standard.deprivation_points:
        return Classification.Kind.POOR
    return Classification.Kind.NEAR_POOR

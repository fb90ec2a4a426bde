"""A province's own poverty line: above the country's, with the decision it rests on."""

from typing import NamedTuple

from django.db import transaction

from committees import audit
from committees.models import Committee, User
from config.vietnamese.amounts import dong
from households.errors import LineRefused
from households.models import PovertyLine, PovertyStandard
from households.standards import line_of


class LineFacts(NamedTuple):
    """Income up to which a household is poor or near-poor, đồng a person a month; ``points``
    is the same line in points of the survey, where the province has a table."""

    income: int
    legal_text: str
    points: int | None = None
    lower_income: int | None = None


@transaction.atomic
def draw_line(
    standard: PovertyStandard, *, place: Committee, area: str, facts: LineFacts, by: User
) -> PovertyLine:
    """Draw or replace the line of the province ``place`` for an area.

    Raises ``LineRefused`` for another unit than a province, without a decision, or where a
    limit lies below the country's.
    """
    if place.level != Committee.Level.PROVINCE:
        raise LineRefused("Chỉ tỉnh, thành phố có chuẩn riêng: hãy chọn đơn vị cấp tỉnh.")
    if not facts.legal_text.strip():
        raise LineRefused("Chưa ghi căn cứ: hãy ghi số nghị quyết, quyết định của tỉnh.")
    country = line_of(standard, area)
    _refuse_lower(country, facts)
    line, is_new = PovertyLine.objects.update_or_create(
        standard=standard,
        place=place,
        area=area,
        defaults={**facts._asdict(), "created_by": by},
    )
    audit.record(
        "poverty_line.drawn",
        line,
        by=by,
        committee=place,
        standard=standard.code,
        area=area,
        income=facts.income,
        replaced=not is_new,
    )
    return line


@transaction.atomic
def remove_line(line: PovertyLine, *, by: User) -> None:
    """Take a province's line back, so that the country's holds there again."""
    if line.place_id is None:
        raise LineRefused("Chuẩn quốc gia không bỏ được.")
    audit.record(
        "poverty_line.removed",
        line,
        by=by,
        committee=line.place,
        standard=line.standard.code,
        area=line.area,
        income=line.income,
    )
    line.delete()


def _refuse_lower(country: PovertyLine, facts: LineFacts) -> None:
    if facts.income < country.income:
        raise LineRefused(
            f"Chuẩn riêng {dong(facts.income)} thấp hơn chuẩn quốc gia {dong(country.income)}:"
            " hãy ghi mức bằng hoặc cao hơn."
        )
    if facts.points is not None and country.points and facts.points < country.points:
        raise LineRefused(
            f"Điểm {facts.points} thấp hơn chuẩn quốc gia {country.points} điểm:"
            " hãy ghi mức bằng hoặc cao hơn."
        )
    _refuse_lower_limit(country, facts)


def _refuse_lower_limit(country: PovertyLine, facts: LineFacts) -> None:
    if country.lower_income is None:
        if facts.lower_income is not None:
            raise LineRefused("Chuẩn này chỉ có một mức thu nhập: hãy để trống mức thứ hai.")
        return
    if facts.lower_income is None or facts.lower_income < country.lower_income:
        raise LineRefused(
            f"Chuẩn này có hai mức: hãy ghi chuẩn nghèo thu nhập từ {dong(country.lower_income)}"
            " trở lên."
        )
    if facts.lower_income >= facts.income:
        raise LineRefused("Chuẩn nghèo thu nhập phải thấp hơn mức sống tối thiểu: hãy ghi lại.")

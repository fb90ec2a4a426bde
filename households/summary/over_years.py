"""A unit through the years: rates where they can be told, and a visible break at each change of
standard."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from committees.models import Committee
from households.models import Classification, PovertyStandard
from households.summary.adding import rate
from households.summary.asked import Asked
from households.summary.by_unit import BREAK
from households.summary.table import PERCENT, POINTS, TEXT, Cell, Column, Row, Section, Table

COUNTED = """
    SELECT l.year, c.kind, count(*)
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        JOIN households_classification c ON c.poverty_list_id = l.id
    WHERE commune.path LIKE %(communes)s {only}
    GROUP BY l.year, c.kind
"""
# Every list with the number of households that its commune counted that year, if it did.
LISTED = """
    SELECT l.year, l.standard_id, l.commune_id, t.households
    FROM households_povertylist l
        JOIN committees_committee commune ON commune.id = l.commune_id
        LEFT JOIN households_householdtotal t ON t.year = l.year
            AND t.committee_id = {counting}
    WHERE commune.path LIKE %(communes)s
    ORDER BY l.year, l.commune_id
"""
Kind = Classification.Kind


@dataclass
class Year:
    """What the lists of one year hold together."""

    year: int
    standards: set[int] = field(default_factory=set)
    communes: set[int] = field(default_factory=set)
    total: int | None = 0
    standing: dict[str, int] = field(default_factory=dict)

    def rate(self, kind: str) -> Decimal | None:
        return rate(self.standing.get(kind, 0), self.total)


def over_years(asked: Asked) -> Table:
    """Every year of the unit's lists, oldest first, in a section for each standard."""
    years = gather_years(asked.unit)
    standards = {s.pk: s for s in PovertyStandard.objects.all()}
    sections: list[Section] = []
    before: Year | None = None
    for year in years:
        if before is None or before.standards != year.standards:
            names = "; ".join(
                f"{standards[pk]} ({standards[pk].legal_text})" for pk in year.standards
            )
            said = f"{names} – {BREAK} với các năm trước" if before else names
            sections.append(Section(Row(said, []), []))
        sections[-1].rows.append(_row(asked, year, before))
        before = year
    return Table(
        title="Tổng hợp hộ nghèo, hộ cận nghèo qua các năm",
        columns=_columns(),
        sections=sections,
        notes=[
            "Tỷ lệ % tính trên tổng số hộ dân cư của năm; tăng, giảm so với năm liền trước theo"
            " cùng chuẩn nghèo và cùng số đơn vị. Ô trống là chưa có số liệu."
        ],
        row_label="Năm",
    )


def gather_years(unit: Committee) -> list[Year]:
    """The years that have lists under ``unit``, oldest first; two queries."""
    only = "AND c.hamlet_id = %(hamlet)s" if unit.is_hamlet else ""
    counting = "%(hamlet)s" if unit.is_hamlet else "l.commune_id"
    exact = unit.level == Committee.Level.COMMUNE
    values = {
        "communes": unit.parent_path if unit.is_hamlet else f"{unit.path}{'' if exact else '%'}",
        "hamlet": unit.pk,
    }
    years: dict[int, Year] = {}
    with connection.cursor() as cursor:
        cursor.execute(LISTED.format(counting=counting), values)
        for number, standard, commune, households in cursor.fetchall():
            year = years.setdefault(number, Year(number))
            year.standards.add(standard)
            year.communes.add(commune)
            known = None not in (year.total, households)
            year.total = year.total + households if known else None
        cursor.execute(COUNTED.format(only=only), values)
        for number, kind, count in cursor.fetchall():
            years[number].standing[kind] = count
    return list(years.values())


def _columns() -> list[Column]:
    parts = ("Số hộ", 10), ("Tỷ lệ %", 10), ("Tăng, giảm (điểm %)", 14)
    return [
        Column("Đơn vị có danh sách", "", 12),
        Column("Tổng số hộ dân cư", "", 12),
        *(Column(label, "Hộ nghèo", width) for label, width in parts),
        *(Column(label, "Hộ cận nghèo", width) for label, width in parts),
        Column("Hộ khó khăn", "", 12),
    ]


def _row(asked: Asked, year: Year, before: Year | None) -> Row:
    of_year = asked.other(year=year.year)

    def three(kind: str) -> list[Cell]:
        of_kind = of_year.other(kind=kind)
        count = year.standing.get(kind, 0)
        url = of_kind.households_of(asked.unit.pk, "cuoi") if count else ""
        return [Cell(count, url=url), Cell(year.rate(kind), PERCENT), _change(kind, year, before)]

    return Row(
        str(year.year),
        [
            Cell(len(year.communes)),
            Cell(year.total),
            *three(Kind.POOR),
            *three(Kind.NEAR_POOR),
            three(Kind.HARDSHIP)[0],
        ],
        url=of_year.other(table="don-vi").table_of(asked.unit.pk),
    )


def _change(kind: str, year: Year, before: Year | None) -> Cell:
    if before is None or before.year != year.year - 1:
        return Cell()
    if before.standards != year.standards:
        return Cell(BREAK, TEXT)
    rates = before.rate(kind), year.rate(kind)
    if None in rates or before.communes != year.communes:
        return Cell()
    return Cell(rates[1] - rates[0], POINTS)

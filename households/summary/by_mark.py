"""The summaries by indicator, by group and by cause (domain.md §2.10c): units down, marks across.

A household with two marks counts under both; the percent beside a count is of the households of
the class there, never a sum of percents.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from households.models import Household, PovertyIndicator, PovertyStandard
from households.summary.adding import rate
from households.summary.asked import BY_CAUSE, BY_GROUP, BY_INDICATOR, Asked
from households.summary.by_unit import BREAK
from households.summary.gathering import Gathered, Place, gather_marks
from households.summary.lines import address_of_all, sections_of
from households.summary.table import POINTS, TEXT, Cell, Column, Row, Table

TITLES = {
    BY_INDICATOR: "mức độ thiếu hụt các chỉ số dịch vụ xã hội cơ bản",
    BY_GROUP: "nhóm đối tượng",
    BY_CAUSE: "nguyên nhân",
}
ARRAYS = {BY_INDICATOR: "deprivations", BY_GROUP: "flags", BY_CAUSE: "causes"}
UNKNOWN = {
    BY_INDICATOR: "Không ghi chỉ số nào",
    BY_GROUP: "Không thuộc nhóm nào",
    BY_CAUSE: "Chưa ghi nguyên nhân",
}


def by_mark(asked: Asked) -> Table:
    """The table ``asked.table`` (chi-so, doi-tuong or nguyen-nhan) of one class."""
    gathered = gather_marks(asked.unit, asked.year, kind=asked.kind, column=ARRAYS[asked.table])
    standards = _standards(gathered, asked.year)
    marks = [*_marks(asked, standards), ("", UNKNOWN[asked.table])]

    def cells(places: Sequence[Place], address: Callable[[str], str]) -> list[Cell]:
        return _cells(asked, _Counted(places, asked.year, asked.table), marks, address)

    now = _Counted(gathered.places, asked.year, asked.table)
    before = _Counted(gathered.places, asked.year - 1, asked.table)
    label = asked.name.capitalize()
    return Table(
        title=f"Tổng hợp {asked.name} theo {TITLES[asked.table]} năm {asked.year}",
        columns=[
            Column(f"Tổng số {asked.name}", "", 10),
            *(Column(label, "", 12, has_share=True) for _mark, label in marks),
        ],
        sections=sections_of(gathered, asked, cells),
        total=Row("Tổng cộng", cells(gathered.places, address_of_all(asked))),
        feet=_feet(asked, marks, (before, now)),
        notes=[
            f"Tỷ lệ % tính trên số {asked.name} của từng dòng; một hộ có thể ở nhiều cột, nên các"
            " cột không cộng lại bằng tổng số. Ô trống là chưa có số liệu.",
        ],
        warnings=_warnings(asked, (before, now), label),
    )


class _Counted:
    """Households of a class at some places in a year: all, and those with each mark."""

    def __init__(self, places: Sequence[Place], year: int, table: str):
        self.listed = [place for place in places if year in place.standards]
        self.year = year
        self.households = None
        if self.listed:
            self.households = sum(p.standing.get(year, 0) for p in self.listed)
        # A household may well belong to no group, but lacks something and is poor for a reason.
        self.is_silent = (
            bool(self.households)
            and table != BY_GROUP
            and (self.households == sum(p.marked.get((year, ""), 0) for p in self.listed))
        )

    def of(self, mark: str) -> int | None:
        """None also where nothing was written down for anybody: that is not 0."""
        if not self.listed or (mark and self.is_silent):
            return None
        return sum(place.marked.get((self.year, mark), 0) for place in self.listed)

    def share(self, mark: str) -> Decimal | None:
        return rate(self.of(mark), self.households)

    def has_same_standard(self, other: "_Counted") -> bool:
        mine = {place.standards[self.year] for place in self.listed}
        theirs = {place.standards[other.year] for place in other.listed}
        return mine == theirs

    def has_same_places(self, other: "_Counted") -> bool:
        return {place.pk for place in self.listed} == {place.pk for place in other.listed}


def _cells(asked, counted: _Counted, marks, address) -> list[Cell]:
    cells = [Cell(counted.households, url=address("cuoi") if counted.households else "")]
    for mark, _label in marks:
        count = counted.of(mark)
        url = address(f"{asked.table}.{mark}") if count else ""
        cells.append(Cell(count, url=url, share=counted.share(mark)))
    return cells


def _feet(asked, marks, years: tuple[_Counted, _Counted]) -> list[Row]:
    """The year before, and the change of each share in percentage points."""
    before, now = years
    if not (before.listed and now.listed):
        return []
    earlier = Cell(before.households)
    shares = [Cell(before.of(mark), share=before.share(mark)) for mark, _label in marks]
    if not now.has_same_standard(before):
        return [Row(f"So với năm {asked.year - 1}: {BREAK}", [])]
    rows = [Row(f"Năm {asked.year - 1}", [earlier, *shares])]
    if now.has_same_places(before):
        changes = [Cell(_change(before, now, mark), POINTS) for mark, _label in marks]
        rows.append(Row("Tăng, giảm (điểm %)", [Cell("", TEXT), *changes]))
    return rows


def _change(before: _Counted, now: _Counted, mark: str) -> Decimal | None:
    """Between the shares as they are printed, with one decimal."""
    shares = before.share(mark), now.share(mark)
    if None in shares:
        return None
    tenth = Decimal("0.1")
    return shares[1].quantize(tenth) - shares[0].quantize(tenth)


def _warnings(asked, years: tuple[_Counted, _Counted], label: str) -> list[str]:
    before, now = years
    said = []
    if before.listed and now.listed and not now.has_same_standard(before):
        said.append(
            f"Danh sách năm {before.year} và năm {now.year} theo hai chuẩn nghèo khác nhau:"
            f" {BREAK}."
        )
    unknown = now.of("") or 0
    if asked.table != BY_GROUP and unknown:
        said.append(f"{label} chưa ghi {TITLES_OF_UNKNOWN[asked.table]}: {unknown} hộ.")
    return said


TITLES_OF_UNKNOWN = {BY_INDICATOR: "chỉ số thiếu hụt nào", BY_CAUSE: "nguyên nhân"}


def _standards(gathered: Gathered, year: int) -> list[PovertyStandard]:
    ids = {place.standards[year] for place in gathered.places if year in place.standards}
    return list(PovertyStandard.objects.filter(pk__in=ids).prefetch_related("indicators"))


def _marks(asked: Asked, standards: list[PovertyStandard]) -> list[tuple[str, str]]:
    """(code, label) of the columns, those of the standard of that year for the indicators."""
    if asked.table == BY_GROUP:
        return list(Household.Flag.choices)
    if asked.table == BY_CAUSE:
        return list(Household.Cause.choices)
    found: dict[str, str] = {}
    for standard in standards:
        indicator: PovertyIndicator
        for indicator in standard.indicators.all():
            found.setdefault(indicator.code, indicator.label)
    return list(found.items())

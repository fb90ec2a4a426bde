"""What a summary page was asked for, and the addresses of what stands behind its numbers."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.urls import reverse

from committees.models import Committee
from households.models import Classification

BY_UNIT, BY_INDICATOR, BY_GROUP, BY_CAUSE, OVER_YEARS = (
    "don-vi", "chi-so", "doi-tuong", "nguyen-nhan", "cac-nam",
)  # fmt: skip
TABLES = {
    BY_UNIT: "Theo đơn vị",
    BY_INDICATOR: "Theo chỉ số thiếu hụt",
    BY_GROUP: "Theo nhóm đối tượng",
    BY_CAUSE: "Theo nguyên nhân",
    OVER_YEARS: "Qua các năm",
}
KINDS = {
    Classification.Kind.POOR: "hộ nghèo",
    Classification.Kind.NEAR_POOR: "hộ cận nghèo",
    Classification.Kind.HARDSHIP: "hộ có hoàn cảnh khó khăn",
}


@dataclass(frozen=True)
class Asked:
    """A table (one of ``TABLES``) about one class of households of one unit in one year."""

    unit: Committee
    year: int
    kind: str = Classification.Kind.POOR
    table: str = BY_UNIT

    @property
    def name(self) -> str:
        """ "hộ nghèo"."""
        return KINDS[self.kind]

    @property
    def query(self) -> str:
        """The parameters of the address."""
        named = {"noi": self.unit.pk, "nam": self.year, "loai": self.kind, "bieu": self.table}
        return urlencode(named)

    def other(self, **changes: object) -> Self:
        return replace(self, **changes)

    def table_of(self, unit_pk: int) -> str:
        """The address of the same table of another unit."""
        named = {"noi": unit_pk, "nam": self.year, "loai": self.kind, "bieu": self.table}
        return f"{reverse('households:summary')}?{urlencode(named)}"

    def households_of(self, unit_pk: int, number: str) -> str:
        """The address of the households behind a number (``households.summary.behind``)."""
        named = {"noi": unit_pk, "nam": self.year, "loai": self.kind, "so": number}
        return f"{reverse('households:summary-households')}?{urlencode(named)}"

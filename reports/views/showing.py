"""How the records behind a figure stand on a page: columns, texts, the way to each record."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from committees.models import Committee
from config.vietnamese.amounts import grouped
from config.vietnamese.dates import format_date
from fund.models import Receipt, Support, Voucher, WelfareTotal
from households.models import Classification
from housing.models import House


@dataclass(frozen=True)
class Cell:
    """One text of a line, with the address it opens."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One record: its cells and what it adds to the figure."""

    cells: list[Cell]
    counted: str


def line_of(row) -> Line:
    """The line of a record of any kind that figures are made of."""
    return Line(_CELLS[type(row)](row), grouped(row.counted))


def _household(row: Classification) -> list[Cell]:
    household = row.household
    return [
        Cell("Chủ hộ", household.head_name, _url("households:household-detail", household.pk)),
        Cell("Mã hộ", household.code),
        Cell("Khu dân cư", row.hamlet.name),
        Cell("Xã", row.poverty_list.commune.name),
        Cell("Phân loại", row.get_kind_display()),
    ]


def _hamlet(row: Committee) -> list[Cell]:
    url = f"{reverse('households:household-list')}?noi={row.pk}"
    return [
        Cell("Khu dân cư", row.name, url),
        Cell("Mã", row.code),
        Cell("Số hộ trong danh sách", grouped(row.households_listed)),
    ]


def _receipt(row: Receipt) -> list[Cell]:
    return [
        Cell("Ngày", format_date(row.voucher.date)),
        Cell("Đơn vị, cá nhân ủng hộ", row.donor.name),
        Cell("Hình thức", row.get_form_display()),
        Cell("Quỹ", row.voucher.fund.committee.name),
        Cell("Chứng từ", str(row.voucher), _url("fund:voucher-detail", row.voucher_id)),
    ]


def _voucher(row: Voucher) -> list[Cell]:
    return [
        Cell("Ngày", format_date(row.date)),
        Cell("Chứng từ", str(row), _url("fund:voucher-detail", row.pk)),
        Cell("Người nộp, nhận", row.party),
        Cell("Diễn giải", row.description),
        Cell("Quỹ", row.fund.committee.name),
    ]


def _support(row: Support) -> list[Cell]:
    household = _url("households:household-detail", row.household_id) if row.household_id else ""
    return [
        Cell("Ngày", format_date(row.date)),
        Cell("Người nhận", row.recipient_name, household),
        Cell("Nội dung", row.kind),
        Cell("Nguồn", str(row.giver or row.fund or "")),
        Cell("Địa bàn", row.place.name),
    ]


def _welfare_total(row: WelfareTotal) -> list[Cell]:
    return [
        Cell("Ngày", format_date(row.date)),
        Cell("Người nhận", "(chưa có danh sách)"),
        Cell("Nội dung", row.content),
        Cell("Nguồn", str(row.giver)),
        Cell("Địa bàn", row.place.name),
    ]


def _house(row: House) -> list[Cell]:
    return [
        Cell("Chủ hộ", row.household.head_name, _url("housing:house-detail", row.pk)),
        Cell("Xã", row.household.commune.name),
        Cell("Hình thức", row.get_kind_display()),
        Cell("Tình trạng", row.get_state_display()),
        Cell("Tính từ ngày", format_date(row.began_on)),
    ]


_CELLS: dict[type, Callable[..., list[Cell]]] = {
    Classification: _household,
    Committee: _hamlet,
    Receipt: _receipt,
    Voucher: _voucher,
    Support: _support,
    WelfareTotal: _welfare_total,
    House: _house,
}


def _url(name: str, pk: int) -> str:
    return reverse(name, args=[pk])

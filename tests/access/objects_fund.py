"""Records of the books, made for the walk of all addresses."""

from committees.models import Committee
from fund.actions import LEVELS_WITH_FUND
from tests.factories.fund import make_fund, make_receipt


def _make_fund(committee: Committee) -> int | None:
    return make_fund(committee).pk if committee.level in LEVELS_WITH_FUND else None


def _make_draft(committee: Committee) -> int | None:
    if committee.level not in LEVELS_WITH_FUND:
        return None
    return make_receipt(make_fund(committee), posted=False).pk


MAKERS = {"fund_pk": _make_fund, "voucher_pk": _make_draft}
PAYLOADS = {
    "fund:voucher-cancel": lambda committee, pk: {"reason": "ghi trùng"},
    "fund:voucher-reverse": lambda committee, pk: {"reason": "ghi nhầm"},
    "fund:period-lock": lambda committee, pk: {"until": "31/01/2023"},
}

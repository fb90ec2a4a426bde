"""Houses for tests, through the product's own actions, and house lists as spreadsheets."""

from datetime import date

from committees.models import Committee, User
from committees.people import system_user
from households.models import Household
from housing import actions
from housing.actions import Decision, Money, Proposal
from housing.models import House
from tests.factories.committees import make_user
from tests.factories.fund import make_fund, make_receipt
from tests.workbooks.making import xlsx

PROPOSED, DECIDED, STARTED = date(2023, 10, 1), date(2023, 10, 10), date(2023, 10, 19)
COMPLETED, HANDED_OVER = date(2023, 11, 12), date(2023, 11, 16)
FUND_PART = 50_000_000
LABELS = (
    "STT", "Mã hộ", "Họ và tên chủ hộ", "Xã, thị trấn", "Thôn/ấp", "Đối tượng",
    "Xây mới/Sửa chữa", "Diện tích (m²)", "Quỹ VNN huyện", "Đơn vị tài trợ", "Tài trợ",
    "Gia đình đối ứng", "Ngày công", "Ngày khởi công", "Ngày hoàn thành", "Ngày bàn giao",
)  # fmt: skip


def make_house(
    household: Household, *, payer: Committee, kind: str = "new", by: User | None = None, money=None
) -> House:
    """A proposed house; 50 million of the fund unless said."""
    money = (Money("fund", FUND_PART),) if money is None else money
    proposal = Proposal(kind=kind, payer=payer, on=PROPOSED, money=money)
    return actions.propose_house(household, proposal=proposal, by=by or system_user())


def decide(*houses: House, by: User | None = None) -> None:
    """Approve these houses in one decision of their payer."""
    actions.decide_round(
        houses[0].payer,
        houses=houses,
        decision=Decision("Đợt 1", DECIDED, "12/QĐ-MTTQ-BVĐ"),
        by=by or make_user(("standing", houses[0].payer)),
    )


def fill_treasury(committee: Committee, amount: int) -> None:
    """Money in the treasury account of a unit's fund since January."""
    make_receipt(make_fund(committee), amount, on=date(2023, 1, 5), account="treasury")


def house_file(committee: Committee, *rows: tuple, labels=LABELS) -> bytes:
    """An .xlsx list of houses; each row is (household, changed cells by label)."""
    lines = [
        [f"ỦY BAN MTTQ VIỆT NAM {committee.name.upper()}"],
        ["DANH SÁCH NHÀ ĐẠI ĐOÀN KẾT NĂM 2023"],
        [],
        list(labels),
    ]
    for number, (household, changes) in enumerate(rows, start=1):
        cells = {
            "STT": number,
            "Mã hộ": household.code,
            "Họ và tên chủ hộ": household.head_name,
            "Xã, thị trấn": household.commune.name,
            "Thôn/ấp": household.hamlet.name,
            "Đối tượng": "Nghèo",
            "Xây mới/Sửa chữa": "Xây mới",
            "Diện tích (m²)": 40,
            "Quỹ VNN huyện": FUND_PART,
            "Đơn vị tài trợ": None,
            "Tài trợ": 0,
            "Gia đình đối ứng": 10_000_000,
            "Ngày công": 36,
            "Ngày khởi công": STARTED,
            "Ngày hoàn thành": COMPLETED,
            "Ngày bàn giao": HANDED_OVER,
        } | changes
        lines.append([cells.get(label) for label in labels])
    return xlsx(lines)

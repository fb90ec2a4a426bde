"""Support lists and welfare for tests: as spreadsheets, and through the product's actions."""

from datetime import date

from committees import intake
from committees.intake_rows import Understood
from committees.models import Committee, ImportBatch, User
from committees.people import system_user
from fund import support_actions
from fund.models import SupportList
from fund.support_actions import Recipient, Terms
from households.models import Household
from tests.factories.fund import make_fund, make_receipt
from tests.factories.households import make_household
from tests.workbooks.making import xlsx

DAY = date(2023, 10, 20)
LABELS = (
    "STT", "Ngày", "Mã hộ", "Họ và tên chủ hộ", "Thôn/ấp", "Nội dung hỗ trợ", "Nguồn",
    "Giá trị (đồng)",
)  # fmt: skip
WELFARE_LABELS = (
    "STT", "Ngày", "Xã, thị trấn", "Đơn vị thực hiện", "Nội dung", "Số suất", "Trị giá (đồng)",
)  # fmt: skip
OWN_FUND = 'Quỹ "Vì người nghèo" xã'


def support_file(commune: Committee, *rows: tuple, labels=LABELS, title: str = "") -> bytes:
    """An .xlsx list of help; each row is (household, changed cells by label)."""
    title = title or f"ỦY BAN MTTQ VIỆT NAM {commune.name.upper()}"
    lines = [[title], ["DANH SÁCH HỘ ĐƯỢC HỖ TRỢ NĂM 2023"], [], list(labels)]
    for number, (household, changes) in enumerate(rows, start=1):
        cells = {
            "STT": number,
            "Ngày": DAY,
            "Mã hộ": household.code,
            "Họ và tên chủ hộ": household.head_name,
            "Thôn/ấp": household.hamlet.name,
            "Nội dung hỗ trợ": "Quà ngày 17/10",
            "Nguồn": OWN_FUND,
            "Giá trị (đồng)": 500_000,
        } | changes
        lines.append([cells[label] for label in labels])
    return xlsx(lines)


def welfare_file(committee: Committee, *rows: list, labels=WELFARE_LABELS) -> bytes:
    """An .xlsx list of welfare totals."""
    title = f"ỦY BAN MTTQ VIỆT NAM {committee.name.upper()}"
    heading = "TỔNG HỢP AN SINH XÃ HỘI CHƯA CÓ DANH SÁCH, NĂM 2023"
    return xlsx([[title], [heading], [], list(labels), *rows])


def take_in(kind: str, data: bytes, committee: Committee, **options) -> ImportBatch:
    """Import a file of this kind at a unit as the system does."""
    return intake.import_file(
        kind, data, name="danh-sach.xlsx", committee=committee, by=system_user(), **options
    )


def understand(kind: str, data: bytes, committee: Committee) -> Understood:
    """Read a file without writing."""
    return intake.understand(kind, data, name="danh-sach.xlsx", committee=committee, day=None)


def texts(understood: Understood, level: str) -> list[str]:
    """The remarks of one level, in order."""
    return [finding.text for finding in understood.all_findings if finding.level == level]


def make_list(
    committee: Committee,
    households: list[Household],
    *,
    value: int = 500_000,
    giver: str = "",
    kind: str = "Quà ngày 17/10",
    by: User | None = None,
) -> SupportList:
    """A draft list with these households."""
    by = by or system_user()
    terms = Terms("Tặng quà ngày 17/10", kind, DAY, giver)
    made = support_actions.draft_list(committee, terms=terms, by=by)
    recipients = [Recipient(household, value) for household in households]
    return support_actions.choose_recipients(made, recipients=recipients, by=by)


def make_funded_commune(units: dict, amount: int = 20_000_000) -> list[Household]:
    """Money in the cash of commune1's fund, and two households of its first hamlet."""
    make_receipt(make_fund(units["commune1"]), amount, on=date(2023, 1, 5))
    return [make_household(units["hamlet1_1"], year=2023) for _ in range(2)]

"""Every figure by its code: what it is called, in what unit, and which records make it.

``reports.figures.records`` turns a code back into rows, so that each number on a page and in
a report opens what it was made of.
"""

from dataclasses import dataclass

from committees.access import Permission


@dataclass(frozen=True)
class Indicator:
    """``code`` is the way into the figures ("houses.new"); ``records`` names the subject."""

    code: str
    label: str
    unit: str  # "đồng" | "hộ" | "khoản" | …
    records: str
    permission: Permission
    is_part: bool = False  # "trong đó": printed under the figure before it

    def value(self, figures: dict) -> int:
        """The number in a dictionary of figures; 0 when it is not there."""
        found = figures
        for step in self.code.split("."):
            found = found.get(step, 0) if isinstance(found, dict) else 0
        return found


def _registry(code: str, label: str, unit: str, *, part: bool = False) -> Indicator:
    return Indicator(code, label, unit, "registry", Permission.HOUSEHOLD_VIEW, part)


def _money(code: str, label: str, records: str, *, unit: str = "đồng", part: bool = False):
    return Indicator(code, label, unit, records, Permission.FUND_VIEW, part)


def _houses(code: str, label: str, unit: str, *, part: bool = False) -> Indicator:
    return Indicator(f"houses.{code}", label, unit, "houses", Permission.HOUSE_VIEW, part)


GROUPS: tuple[tuple[str, tuple[Indicator, ...]], ...] = (
    (
        "Hộ trong danh sách",
        (
            _registry("households", "Tổng số hộ", "hộ"),
            _registry("poor", "Hộ nghèo", "hộ", part=True),
            _registry("near_poor", "Hộ cận nghèo", "hộ", part=True),
            _registry("hardship", "Hộ có hoàn cảnh khó khăn", "hộ", part=True),
            _registry("members", "Nhân khẩu", "người"),
            Indicator(
                "hamlets",
                "Khu dân cư có hộ trong danh sách",
                "khu dân cư",
                "hamlets",
                Permission.HOUSEHOLD_VIEW,
            ),
        ),
    ),
    (
        "Quỹ “Vì người nghèo”",
        (
            _money("fund_opening", "Số dư tiền đầu kỳ", "opening"),
            _money("received_total", "Tổng tiếp nhận", "received"),
            _money("received_cash", "Tiền mặt", "received", part=True),
            _money("received_bank", "Chuyển khoản", "received", part=True),
            _money("received_goods", "Hiện vật (quy ra tiền)", "received", part=True),
            _money("receipts", "Số khoản ủng hộ", "received", unit="khoản"),
            _money("spent_total", "Tổng chi", "spent"),
            _money("spent_support", "Chi hỗ trợ hộ", "spent", part=True),
            _money("spent_houses", "Chi nhà Đại đoàn kết", "spent", part=True),
            _money("money_closing", "Số dư tiền cuối kỳ", "closing"),
            _money("adjusted_after", "Điều chỉnh sau kỳ", "adjusted"),
            _money("receipts_after_window", "Khoản ủng hộ sau kỳ", "after", unit="khoản"),
            _money("received_after_window", "Tiếp nhận sau kỳ", "after"),
        ),
    ),
    (
        "Hỗ trợ và an sinh xã hội",
        (
            Indicator(
                "supported_households",
                "Hộ đã được hỗ trợ",
                "hộ",
                "supported",
                Permission.SUPPORT_VIEW,
            ),
            Indicator(
                "not_supported_households",
                "Hộ chưa được hỗ trợ",
                "hộ",
                "not_supported",
                Permission.SUPPORT_VIEW,
            ),
            Indicator("welfare", "An sinh xã hội", "đồng", "welfare", Permission.SUPPORT_VIEW),
            Indicator(
                "welfare_listed",
                "Có danh sách",
                "đồng",
                "welfare_listed",
                Permission.SUPPORT_VIEW,
                True,
            ),
            Indicator(
                "welfare_unlisted",
                "Chưa có danh sách",
                "đồng",
                "welfare_unlisted",
                Permission.SUPPORT_VIEW,
                True,
            ),
        ),
    ),
    (
        "Nhà Đại đoàn kết",
        (
            _houses("approved", "Nhà đã duyệt", "căn"),
            _houses("new", "Xây mới", "căn", part=True),
            _houses("repaired", "Sửa chữa", "căn", part=True),
            _houses("handed_over", "Đã bàn giao", "căn"),
            _houses("under_way", "Đang thực hiện", "căn"),
            _houses("fund", "Kinh phí từ Quỹ", "đồng"),
            _houses("sponsors", "Kinh phí tài trợ", "đồng"),
            _houses("family", "Gia đình đối ứng", "đồng"),
            _houses("labour_days", "Ngày công", "ngày công"),
        ),
    ),
)
INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator for _title, group in GROUPS for indicator in group
}
SUPPORT_COUNT = Indicator(
    "support.count", "Lượt hỗ trợ", "lượt", "support", Permission.SUPPORT_VIEW
)
SUPPORT_VALUE = Indicator(
    "support.value", "Trị giá hỗ trợ", "đồng", "support", Permission.SUPPORT_VIEW
)
OF_SUPPORT = {indicator.code: indicator for indicator in (SUPPORT_COUNT, SUPPORT_VALUE)}


def indicator_of(code: str) -> Indicator | None:
    """The indicator with this code, those of one kind of support included."""
    return INDICATORS.get(code) or OF_SUPPORT.get(code)

"""What the frame of every page needs: the sections a person may open, and whose seat it is."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from committees.access import Permission
from committees.models import Committee


class Section(NamedTuple):
    """One entry of the main navigation."""

    url: str
    label: str
    icon: str
    is_current: bool


_SECTIONS = (
    ("home", "Việc cần xử lý", "list-checks", Permission.HOME),
    ("households:household-list", "Hộ", "users", Permission.HOUSEHOLD_VIEW),
    ("fund:overview", "Quỹ", "book-open-text", Permission.FUND_VIEW),
    ("support:support-list", "Hỗ trợ", "hand-heart", Permission.SUPPORT_VIEW),
    ("housing:house-list", "Nhà Đại đoàn kết", "house", Permission.HOUSE_VIEW),
    ("campaigns:campaign-list", "Chiến dịch", "flag", Permission.CAMPAIGN_VIEW),
    ("reports:report-list", "Báo cáo", "file-text", Permission.REPORT_VIEW),
    ("committees:committee-list", "Tổ chức", "network", Permission.COMMITTEE_VIEW),
)


# "Bắt đầu từ đâu" on the home page: the first step of each kind of work, by permission.
_STARTS = (
    ("intake:batch-new", "Nhập danh sách từ Excel", "file-up", Permission.HOUSEHOLD_EDIT),
    ("intake:batch-new", "Nhập danh sách ủng hộ từ Excel", "file-up", Permission.VOUCHER_POST),
    ("households:household-new", "Ghi hộ mới", "user-plus", Permission.HOUSEHOLD_EDIT),
    ("households:hardship-new", "Đề nghị hộ khó khăn", "hand-helping", Permission.HARDSHIP_PROPOSE),
    ("households:household-list", "Tìm hộ trong sổ", "search", Permission.HOUSEHOLD_VIEW),
    ("fund:receipt-new", "Lập phiếu thu tiền", "hand-coins", Permission.VOUCHER_DRAFT),
    ("support:list-new", "Lập danh sách hỗ trợ", "hand-heart", Permission.SUPPORT_PROPOSE),
    ("housing:house-new", "Đề nghị nhà Đại đoàn kết", "house-plus", Permission.HOUSE_PROPOSE),
    ("housing:round-new", "Duyệt nhà được đề nghị", "stamp", Permission.HOUSE_DECIDE),
    ("reports:report-list", "Xem và gửi báo cáo", "file-text", Permission.REPORT_VIEW),
    ("reports:overview", "Tổng quan số liệu", "chart-column", Permission.REPORT_VIEW),
    ("committees:user-list", "Người dùng và vai trò", "users", Permission.USER_MANAGE),
    ("committees:audit-log", "Nhật ký", "scroll-text", Permission.AUDIT_VIEW),
)


def starts_for(user) -> list[Section]:
    """What ``user`` may begin with, for the home page."""
    return [
        Section(reverse(name), label, icon, is_current=False)
        for name, label, icon, permission in _STARTS
        if user.holds(permission)
    ]


def navigation(request: HttpRequest) -> dict:
    """Context of the frame: ``sections``, ``organisation`` (text) and ``seats``."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"sections": [], "organisation": "", "seats": [], "starts": []}
    return {
        "sections": sections_for(user, request.path),
        "organisation": organisation_of(user),
        "seats": user.live_seats,
        "starts": starts_for(user) if request.path == reverse("home") else [],
    }


def sections_for(user, path: str) -> list[Section]:
    """The sections ``user`` may open; the one with the longest address that begins ``path``
    is the current one."""
    open_to_user = [
        (address, label, icon)
        for name, label, icon, permission in _SECTIONS
        if user.holds(permission) and (address := _address(name))
    ]
    current = max((a for a, _, _ in open_to_user if _is_inside(path, a)), key=len, default=None)
    return [Section(a, label, icon, a == current) for a, label, icon in open_to_user]


def organisation_of(user) -> str:
    """The name of the organisation of the user's first seat, empty without one."""
    return front_of(user.live_seats[0].committee) if user.live_seats else ""


def front_of(committee: Committee) -> str:
    """The Front's body at a unit. A hamlet has a Ban Công tác, never an "Ủy ban"."""
    if committee.level == Committee.Level.CENTRE:
        return "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
    place = f"{committee.kind.lower()} {committee.bare_name}"
    if committee.is_hamlet:
        return f"Ban Công tác Mặt trận {place}"
    return f"Ủy ban Mặt trận Tổ quốc Việt Nam {place}"


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _is_inside(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))

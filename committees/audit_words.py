"""The acts of the audit trail in the words of the people who read it."""

from committees.access import Role

ACTIONS = {
    "session.begun": "Đăng nhập",
    "session.refused": "Đăng nhập sai",
    "session.locked": "Tạm khóa đăng nhập",
    "session.ended": "Đăng xuất",
    "access.refused": "Bị từ chối truy cập",
    "password.changed": "Đổi mật khẩu",
    "password.reset": "Đặt lại mật khẩu",
    "user.created": "Thêm người dùng",
    "seat.given": "Giao vai trò",
    "seat.ended": "Kết thúc vai trò",
    "seat.removed": "Thu hồi vai trò vừa giao",
    "units.loaded": "Nạp danh mục đơn vị",
    "hamlet.created": "Thêm khu dân cư",
    "document.drafted": "Soạn văn bản",
    "document.signed": "Ghi nhận văn bản đã ký",
    "document.signature_withdrawn": "Rút lại việc ký văn bản",
    "document.numbered": "Vào số văn bản",
    "document.issued": "Phát hành văn bản",
    "import.committed": "Nhập danh sách từ tệp",
    "import.dropped": "Bỏ danh sách chờ nhập",
    "import.errors_downloaded": "Tải các dòng lỗi của danh sách",
    "household.registered": "Ghi hộ mới",
    "household.edited": "Sửa hộ",
    "household.imported": "Nhập hộ từ danh sách",
    "household.exported": "Xuất danh sách hộ",
    "household.number_looked_up": "Tra số CCCD ngoài đơn vị mình",
    "household.list_printed": "In danh sách hộ",
    "household.list_posted": "In danh sách hộ để niêm yết",
    "household.export_downloaded": "Tải tệp danh sách hộ đã xuất",
    "household.unmasked": "Xem số CCCD, điện thoại đầy đủ của hộ",
    "household.erased": "Xóa dữ liệu cá nhân của hộ",
    "household.classified": "Ghi phân loại hộ",
    "household.reviewed": "Ghi rà soát thường xuyên",
    "household.hardship_carried": "Giữ hộ khó khăn trong danh sách mới",
    "household.not_the_same": "Ghi hai hộ không trùng",
    "household.asked_again": "Xem xét lại cặp hộ nghi trùng",
    "household.merged": "Nhập hai hộ làm một",
    "household.unmerged": "Hoàn tác nhập hộ",
    "hardship.proposed": "Đề nghị hộ khó khăn",
    "hardship.edited": "Sửa đề nghị hộ khó khăn",
    "hardship.withdrawn": "Rút đề nghị hộ khó khăn",
    "hardship.confirmed": "Xác nhận hộ khó khăn",
    "hardship.refused": "Không xác nhận hộ khó khăn",
    "hardship.ended": "Kết thúc hoàn cảnh khó khăn",
    "poverty_list.begun": "Mở danh sách hộ của năm",
    "campaign.opened": "Mở chiến dịch",
    "plan.created": "Lập kế hoạch",
    "plan.edited": "Sửa kế hoạch",
    "plan.targets_set": "Ghi chỉ tiêu kế hoạch",
    "plan.section_added": "Thêm mục kế hoạch",
    "plan.section_edited": "Sửa mục kế hoạch",
    "plan.section_moved": "Chuyển chỗ mục kế hoạch",
    "plan.section_removed": "Bỏ mục kế hoạch",
    "donor.created": "Thêm đơn vị, cá nhân ủng hộ",
    "fund.created": "Lập quỹ",
    "fund.locked": "Khóa sổ quỹ",
    "voucher.drafted": "Lập chứng từ nháp",
    "voucher.edited": "Sửa chứng từ nháp",
    "voucher.cancelled": "Hủy chứng từ nháp",
    "voucher.posted": "Ghi sổ chứng từ",
    "voucher.reversed": "Điều chỉnh chứng từ đã ghi sổ",
    "support.list_drafted": "Lập danh sách hỗ trợ",
    "support.list_edited": "Sửa danh sách hỗ trợ",
    "support.list_proposed": "Trình danh sách hỗ trợ",
    "support.list_decided": "Duyệt danh sách hỗ trợ",
    "support.list_refused": "Không đồng ý danh sách hỗ trợ",
    "support.list_cancelled": "Hủy danh sách hỗ trợ",
    "support.list_paid": "Chi danh sách hỗ trợ",
    "support.list_recorded": "Ghi danh sách hỗ trợ",
    "support.recipients_chosen": "Chọn người nhận hỗ trợ",
    "support.recorded": "Ghi khoản hỗ trợ",
    "support.paid": "Chi khoản hỗ trợ",
    "support.withdrawn": "Rút lại khoản hỗ trợ",
    "welfare.recorded": "Ghi an sinh xã hội",
    "welfare.withdrawn": "Rút lại an sinh xã hội",
    "house.proposed": "Đề nghị làm nhà",
    "house.refused": "Không duyệt làm nhà",
    "house.round_decided": "Duyệt đợt làm nhà",
    "house.round_recorded": "Ghi đợt làm nhà",
    "house.recorded": "Ghi nhà Đại đoàn kết",
    "house.money_set": "Ghi nguồn kinh phí nhà",
    "house.labour": "Ghi ngày công",
    "house.started": "Khởi công nhà",
    "house.paid": "Chi tiền làm nhà",
    "house.completed": "Hoàn thành nhà",
    "house.handed_over": "Bàn giao nhà",
    "report.compiled": "Tổng hợp báo cáo",
    "report.edited": "Sửa lời báo cáo",
    "report.sent": "Gửi số liệu",
    "report.look_again": "Đề nghị rà soát",
    "report.reconciled": "Đối chiếu, tiếp nhận",
    "report.replacing": "Lập báo cáo thay thế",
    "report.superseded": "Báo cáo thay thế",
}

DETAILS = {
    "address": "địa chỉ máy",
    "amount": "số tiền",
    "arguments": "bản ghi",
    "by": "người làm",
    "columns": "cột",
    "day": "ngày",
    "file": "loại tệp",
    "found": "thấy ở",
    "kind": "loại",
    "method": "cách gọi",
    "name": "tên",
    "number": "số",
    "page": "trang",
    "purpose": "mục đích",
    "reason": "lý do",
    "role": "vai trò",
    "rows": "số dòng",
    "successions": "dòng cũ → mới",
    "units": "đơn vị",
    "user": "mã người dùng",
    "username": "tên đăng nhập",
    "year": "năm",
}
ROLES = dict(Role.choices)


def words_for(action: str) -> str:
    """The act in Vietnamese; an act without words shows its code."""
    return ACTIONS.get(action, action)


def told(detail: dict) -> str:
    """The detail of an event on one line, names in Vietnamese where we have them."""
    parts = (
        f"{DETAILS.get(name, name)}: {ROLES.get(str(value)) or _plain(value)}"
        for name, value in detail.items()
    )
    return "; ".join(parts)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return str(value)

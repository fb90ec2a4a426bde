"""The acts of the audit trail in the words of the people who read it."""

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
    "import.committed": "Nhập danh sách từ tệp",
    "import.dropped": "Bỏ danh sách chờ nhập",
    "import.errors_downloaded": "Tải các dòng lỗi của danh sách",
    "household.registered": "Ghi hộ mới",
    "household.edited": "Sửa hộ",
    "household.imported": "Nhập hộ từ danh sách",
    "household.exported": "Xuất danh sách hộ",
    "household.classified": "Ghi phân loại hộ",
    "poverty_list.begun": "Mở danh sách hộ của năm",
    "donor.created": "Thêm đơn vị, cá nhân ủng hộ",
    "fund.created": "Lập quỹ",
    "fund.locked": "Khóa sổ quỹ",
    "voucher.drafted": "Lập chứng từ nháp",
    "voucher.edited": "Sửa chứng từ nháp",
    "voucher.cancelled": "Hủy chứng từ nháp",
    "voucher.posted": "Ghi sổ chứng từ",
    "voucher.reversed": "Điều chỉnh chứng từ đã ghi sổ",
    "support.list_drafted": "Lập danh sách hỗ trợ",
    "support.list_proposed": "Trình danh sách hỗ trợ",
    "support.list_decided": "Duyệt danh sách hỗ trợ",
    "support.list_cancelled": "Hủy danh sách hỗ trợ",
    "support.list_paid": "Chi danh sách hỗ trợ",
    "support.list_recorded": "Ghi danh sách hỗ trợ",
    "support.recipients_chosen": "Chọn người nhận hỗ trợ",
    "support.recorded": "Ghi khoản hỗ trợ",
    "support.withdrawn": "Rút lại khoản hỗ trợ",
    "welfare.recorded": "Ghi an sinh xã hội",
    "report.compiled": "Tổng hợp báo cáo",
    "report.edited": "Sửa lời báo cáo",
    "report.sent": "Gửi số liệu",
    "report.look_again": "Đề nghị rà soát",
    "report.reconciled": "Đối chiếu, tiếp nhận",
    "report.superseded": "Báo cáo thay thế",
}

DETAILS = {
    "address": "địa chỉ máy",
    "amount": "số tiền",
    "arguments": "bản ghi",
    "by": "người làm",
    "day": "ngày",
    "kind": "loại",
    "method": "cách gọi",
    "name": "tên",
    "number": "số",
    "page": "trang",
    "reason": "lý do",
    "role": "vai trò",
    "rows": "số dòng",
    "successions": "dòng cũ → mới",
    "units": "đơn vị",
    "user": "mã người dùng",
    "username": "tên đăng nhập",
    "year": "năm",
}


def words_for(action: str) -> str:
    """The act in Vietnamese; an act without words shows its code."""
    return ACTIONS.get(action, action)


def told(detail: dict) -> str:
    """The detail of an event on one line, names in Vietnamese where we have them."""
    parts = (f"{DETAILS.get(name, name)}: {_plain(value)}" for name, value in detail.items())
    return "; ".join(parts)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return str(value)

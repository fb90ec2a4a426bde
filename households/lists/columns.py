"""The columns of a household list as communes send it, under the names they give them."""

from config.workbooks import Column

# The indicators of all standards by code, in the order of the forms: the short labels of the
# form of 2022–2026, then the full ones, then those of other years.
INDICATOR_LABELS = {
    "viec_lam": ("Việc làm",),
    "nguoi_phu_thuoc": (
        "Người phụ thuộc", "Người phụ thuộc trong hộ gia đình", "Người phụ thuộc trong hộ",
    ),
    "dinh_duong": ("Dinh dưỡng",),
    "bhyt": ("BHYT", "Bảo hiểm y tế"),
    "giao_duc_nguoi_lon": (
        "Trình độ GD người lớn", "Trình độ giáo dục của người lớn", "Trình độ giáo dục người lớn",
    ),
    "di_hoc_tre_em": ("Đi học của trẻ em", "Tình trạng đi học của trẻ em"),
    "chat_luong_nha": ("Chất lượng nhà ở",),
    "dien_tich_nha": ("Diện tích nhà ở", "Diện tích nhà ở bình quân đầu người"),
    "nguon_nuoc": ("Nguồn nước", "Nguồn nước sinh hoạt"),
    "nha_tieu": (
        "Nhà tiêu", "Nhà tiêu hợp vệ sinh", "Hố xí, nhà tiêu hợp vệ sinh", "Hố xí/nhà tiêu",
    ),
    "vien_thong": ("Dịch vụ viễn thông", "Sử dụng dịch vụ viễn thông"),
    "phuong_tien_thong_tin": (
        "Phương tiện thông tin", "Phương tiện phục vụ tiếp cận thông tin",
        "Tài sản phục vụ tiếp cận thông tin", "Tài sản tiếp cận thông tin",
    ),
    "dich_vu_y_te": (
        "Dịch vụ y tế", "Tiếp cận các dịch vụ y tế", "Tiếp cận dịch vụ y tế",
    ),
    "xu_ly_chat_thai": ("Xử lý chất thải",),
}  # fmt: skip
GROUP = "Chỉ số thiếu hụt"
# Below a commune places are called otherwise in every region.
HAMLET_LABELS = (
    "Thôn/ấp", "Ấp", "Thôn", "Khu phố", "Tổ dân phố", "Khu dân cư", "Khóm", "Bản", "Buôn", "Xóm",
    "Làng", "Thôn/tổ dân phố", "Tổ dân phố/thôn", "Thôn/khu phố", "Khu phố/thôn", "Ấp/khu phố",
    "Khu phố/ấp", "Ấp/khóm", "Khóm/ấp", "Thôn/bản", "Bản/thôn", "Thôn/buôn", "Buôn/thôn",
    "Thôn/xóm", "Xóm/thôn", "Thôn/làng", "Thôn/bản/tổ dân phố", "Thôn/xóm/tổ dân phố",
    "Thôn/buôn/tổ dân phố", "Thôn/ấp/khu phố", "Thôn/ấp/tổ dân phố", "Ấp/khóm/khu phố",
    "Bản/tổ dân phố", "Buôn/tổ dân phố",
)  # fmt: skip

MAIN = (
    Column("code", ["Mã hộ", "Mã số hộ"]),
    Column("hamlet", HAMLET_LABELS, fill_down=True),
    Column("name", ["Họ và tên chủ hộ", "Họ tên chủ hộ", "Tên chủ hộ", "Chủ hộ", "Họ và tên"]),
    Column("sex", ["Giới tính"], required=False),
    Column("born", ["Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh"], required=False),
    Column("ethnicity", ["Dân tộc"], required=False),
    Column(
        "number", ["Số CCCD", "CCCD", "Số CCCD/CMND", "Số định danh", "CMND/CCCD"], required=False
    ),
    Column("issued", ["Ngày cấp", "Ngày cấp CCCD", "Ngày cấp CCCD/CMND"], required=False),
    Column("members", ["Số nhân khẩu", "Nhân khẩu", "Số khẩu", "Số người"]),
    Column("income", ["Điểm A", "Điểm B1"], required=False),
    Column("deprivation", ["Điểm B", "Điểm B2"], required=False),
    Column("kind", ["Phân loại", "Phân loại hộ", "Loại hộ"]),
    Column(
        "review",
        ["Kết quả so năm trước", "Kết quả so với năm trước", "So với năm trước", "Diễn biến"],
        required=False,
    ),
    Column("phone", ["Điện thoại", "Số điện thoại"], required=False),
    Column("address", ["Địa chỉ", "Nơi thường trú", "Nơi ở"], required=False),
    Column(
        "current_address", ["Nơi ở hiện tại", "Chỗ ở hiện tại", "Nơi ở hiện nay"], required=False
    ),
    Column("area", ["Khu vực"], required=False),
    Column("note", ["Ghi chú"], required=False),
)
INDICATORS = tuple(
    Column(code, list(labels), required=False, group=GROUP)
    for code, labels in INDICATOR_LABELS.items()
)
# After the indicators, whose short labels some of these share.
FLAGS = (
    Column(
        "minority",
        ["DTTS", "Hộ DTTS", "Dân tộc thiểu số", "Hộ dân tộc thiểu số"],
        required=False,
    ),
    Column(
        "merit",
        ["NCC", "Người có công", "Hộ có người có công", "Hộ có NCC", "Hộ NCC"],
        required=False,
    ),
    Column(
        "no_labour",
        ["Không có KNLĐ", "Không có khả năng lao động", "Hộ không có khả năng lao động"],
        required=False,
    ),
    Column(
        "allowance",
        ["BTXH", "Hưởng BTXH", "Bảo trợ xã hội", "Hưởng trợ cấp xã hội"],
        required=False,
    ),
)
OTHERS = (
    Column("causes", ["Nguyên nhân", "Nguyên nhân nghèo"], required=False),
    Column("needs", ["Nhu cầu", "Nhu cầu hỗ trợ"], required=False),
    Column("floor_area", ["Diện tích nhà", "Diện tích nhà (m²)", "Diện tích"], required=False),
    Column("water", ["Loại nguồn nước", "Nguồn nước đang dùng"], required=False),
    Column("latrine", ["Loại nhà tiêu", "Nhà tiêu đang dùng"], required=False),
)
COLUMNS = MAIN + INDICATORS + FLAGS + OTHERS
# Of no list: a running number, and what our own files of lines in error add.
NOT_READ = {"STT", "TT", "Số TT", "Dòng", "Lỗi", "Trang", "Cần sửa"}

SHOWN = (
    "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "Số CCCD",
    "Số nhân khẩu", "Điểm A", "Điểm B", "Phân loại", GROUP, "Thông tin khác", "Ghi chú",
)  # fmt: skip

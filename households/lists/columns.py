"""The columns of a household list as communes send it, under the names they give them."""

from config.workbooks import Column

# The twelve indicators of 2022–2026 by code: the short labels of the form, then the full ones.
INDICATOR_LABELS = {
    "viec_lam": ("Việc làm",),
    "nguoi_phu_thuoc": ("Người phụ thuộc", "Người phụ thuộc trong hộ gia đình"),
    "dinh_duong": ("Dinh dưỡng",),
    "bhyt": ("BHYT", "Bảo hiểm y tế"),
    "giao_duc_nguoi_lon": ("Trình độ GD người lớn", "Trình độ giáo dục của người lớn"),
    "di_hoc_tre_em": ("Đi học của trẻ em", "Tình trạng đi học của trẻ em"),
    "chat_luong_nha": ("Chất lượng nhà ở",),
    "dien_tich_nha": ("Diện tích nhà ở", "Diện tích nhà ở bình quân đầu người"),
    "nguon_nuoc": ("Nguồn nước", "Nguồn nước sinh hoạt"),
    "nha_tieu": ("Nhà tiêu", "Nhà tiêu hợp vệ sinh"),
    "vien_thong": ("Dịch vụ viễn thông", "Sử dụng dịch vụ viễn thông"),
    "phuong_tien_thong_tin": (
        "Phương tiện thông tin",
        "Phương tiện phục vụ tiếp cận thông tin",
    ),
}
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
    Column("hamlet", HAMLET_LABELS),
    Column("name", ["Họ và tên chủ hộ", "Họ tên chủ hộ", "Chủ hộ", "Họ và tên"]),
    Column("sex", ["Giới tính"], required=False),
    Column("born", ["Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh"], required=False),
    Column("ethnicity", ["Dân tộc"], required=False),
    Column(
        "number", ["Số CCCD", "CCCD", "Số CCCD/CMND", "Số định danh", "CMND/CCCD"], required=False
    ),
    Column("members", ["Số nhân khẩu", "Nhân khẩu", "Số khẩu", "Số người"]),
    Column("income", ["Điểm A", "Điểm B1"], required=False),
    Column("deprivation", ["Điểm B", "Điểm B2"], required=False),
    Column("kind", ["Phân loại", "Phân loại hộ", "Loại hộ"]),
    Column("phone", ["Điện thoại", "Số điện thoại"], required=False),
    Column("address", ["Địa chỉ", "Nơi ở", "Nơi thường trú"], required=False),
    Column("area", ["Khu vực"], required=False),
    Column("note", ["Ghi chú"], required=False),
)
INDICATORS = tuple(
    Column(code, list(labels), required=False, group=GROUP)
    for code, labels in INDICATOR_LABELS.items()
)
COLUMNS = MAIN + INDICATORS
RUNNING_NUMBER = {"STT", "TT", "Số TT"}

SHOWN = (
    "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "Số CCCD",
    "Số nhân khẩu", "Điểm A", "Điểm B", "Phân loại", GROUP, "Ghi chú",
)  # fmt: skip

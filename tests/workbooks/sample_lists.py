"""The kinds of lists of the sample district, as the tests ask for them."""

from config.workbooks import Column

INDICATORS = (
    "Việc làm", "Người phụ thuộc", "Dinh dưỡng", "BHYT", "Trình độ GD người lớn",
    "Đi học của trẻ em", "Chất lượng nhà ở", "Diện tích nhà ở", "Nguồn nước", "Nhà tiêu",
    "Dịch vụ viễn thông", "Phương tiện thông tin",
)  # fmt: skip


def wanted(*labels):
    return [Column(label, [label]) for label in labels]


HOUSEHOLDS = [
    *wanted(
        "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc", "Số CCCD",
        "Số nhân khẩu", "Điểm A", "Điểm B", "Phân loại", "Ghi chú",
    ),
    *(Column(label, [label], group="Chỉ số thiếu hụt") for label in INDICATORS),
]  # fmt: skip
RECEIPTS = wanted(
    "Ngày", "Đơn vị, cá nhân ủng hộ", "Đối tượng", "Hình thức", "Số tiền", "Hiện vật", "ĐVT",
    "Số lượng", "Đơn giá",
)  # fmt: skip
SUPPORT = wanted(
    "Ngày", "Mã hộ", "Họ và tên chủ hộ", "Thôn/ấp", "Nội dung hỗ trợ", "Nguồn", "Giá trị"
)
HOUSES = wanted(
    "Mã hộ", "Họ và tên chủ hộ", "Xã, thị trấn", "Thôn/ấp", "Đối tượng", "Xây mới/Sửa chữa",
    "Diện tích", "Quỹ VNN huyện", "Đơn vị tài trợ", "Tài trợ", "Gia đình đối ứng", "Ngày công",
    "Ngày khởi công", "Ngày hoàn thành", "Ngày bàn giao",
)  # fmt: skip
WELFARE = wanted("Ngày", "Xã, thị trấn", "Đơn vị thực hiện", "Nội dung", "Số suất", "Trị giá")

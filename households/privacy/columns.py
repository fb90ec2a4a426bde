"""The columns of an exported list, and which of them are sensitive.

They bear the names that the lists of communes have, so that a file of one year can go in again.
"""

from households.privacy.register import FieldClass, class_of

LABELS = {
    "code": "Mã hộ",
    "hamlet": "Thôn/ấp",
    "commune": "Xã",
    "head_name": "Họ và tên chủ hộ",
    "sex": "Giới tính",
    "birth_year": "Năm sinh",
    "born": "Ngày sinh",
    "ethnicity": "Dân tộc",
    "number": "Số CCCD",
    "phone": "Điện thoại",
    "address": "Địa chỉ",
    "area": "Khu vực",
    "members": "Số nhân khẩu",
    "year": "Danh sách năm",
    "income": "Điểm A",
    "deprivation": "Điểm B",
    "kind": "Phân loại",
    "state": "Theo dõi",
    "note": "Ghi chú",
}
# Which field of which model a column tells: its class decides whether the column is covered.
_TOLD = {
    "born": ("households.Household", "birth_date"),
    "ethnicity": ("households.Household", "ethnicity"),
    "number": ("households.Member", "id_cipher"),
    "phone": ("households.Household", "phone"),
    "address": ("households.Household", "address"),
    "area": ("households.Household", "area"),
    "note": ("households.Household", "note"),
}
SENSITIVE = tuple(name for name, told in _TOLD.items() if class_of(*told) is FieldClass.SENSITIVE)
# Without these a file tells nothing, and cannot go in again.
ALWAYS = ("code", "hamlet", "head_name", "members", "kind")
INDICATORS = "indicators"  # stands for one column each
# A spreadsheet must keep the zeros that these begin with.
TEXT_LABELS = (LABELS["code"], LABELS["number"], LABELS["phone"])

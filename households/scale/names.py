"""Made-up names in the proportions in which names are found: a third of all are Nguyễn."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from config.vietnamese.names import fold, sort_key

SURNAMES = {
    "Nguyễn": 315, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 40, "Huỳnh": 35, "Phan": 45,
    "Vũ": 30, "Võ": 28, "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10,
    "Lý": 5, "Đào": 8, "Đinh": 8, "Trịnh": 8, "Mai": 7, "Lương": 7, "Trương": 12, "Cao": 6,
    "Hà": 8, "Tạ": 4, "Thái": 4, "Châu": 4, "Tô": 4, "La": 3, "Lâm": 7, "Chu": 4, "Quách": 2,
    "Đoàn": 6, "Văn": 2, "Kiều": 2, "Nghiêm": 1, "Từ": 2, "Thạch": 5, "Sơn": 2, "Danh": 3,
    "Kim": 3, "Nông": 4, "Ma": 3, "Triệu": 4, "Bế": 1, "Lò": 5, "Quàng": 3, "Cà": 2, "Vàng": 3,
    "Giàng": 4, "Sùng": 3, "Thào": 3, "Hạng": 2, "Bàn": 2, "Đàm": 2, "Hoa": 1, "Ông": 1,
}  # fmt: skip
MIDDLE = {
    "male": {"Văn": 45, "Hữu": 7, "Đức": 6, "Công": 4, "Quốc": 4, "Minh": 4, "Thanh": 4, "Xuân": 4,
             "Ngọc": 3, "Đình": 5, "Quang": 3, "Bá": 2, "Thế": 2, "Trọng": 2, "Duy": 2, "": 3},
    "female": {"Thị": 70, "Ngọc": 6, "Kim": 4, "Mỹ": 3, "Thu": 3, "Hồng": 3, "Thanh": 3, "Bích": 2,
               "Tuyết": 2, "Diệu": 1, "Như": 1, "": 2},
}  # fmt: skip
SECOND = [
    "An", "Bảo", "Cẩm", "Chí", "Diễm", "Gia", "Hải", "Hoài", "Hoàng", "Hồng", "Hương", "Khánh",
    "Kim", "Lan", "Mai", "Minh", "Mộng", "Nhật", "Phi", "Phúc", "Phương", "Quỳnh", "Thái", "Thành",
    "Thiên", "Thùy", "Thúy", "Trung", "Trường", "Tuấn", "Tường", "Uyên", "Việt", "Xuân",
]  # fmt: skip
GIVEN = {
    "male": [
        "An", "Anh", "Ân", "Bá", "Bảy", "Bằng", "Bé", "Bình", "Cảnh", "Châu", "Chiến", "Chinh",
        "Chính", "Chung", "Công", "Cương", "Cường", "Danh", "Dũng", "Duy", "Dương", "Đại", "Đạo",
        "Đạt", "Đăng", "Điền", "Định", "Đoàn", "Đông", "Đồng", "Đức", "Được", "Giang", "Giáp",
        "Hai", "Hải", "Hào", "Hậu", "Hiền", "Hiển", "Hiệp", "Hiếu", "Hòa", "Hoà", "Hoan", "Hoàng",
        "Học", "Hồng", "Hợp", "Huân", "Huấn", "Hùng", "Huy", "Hưng", "Hữu", "Khải", "Khánh",
        "Khoa", "Khôi", "Kiên", "Kiệt", "Lâm", "Lân", "Lập", "Liêm", "Linh", "Long", "Lộc", "Lợi",
        "Luân", "Lực", "Lương", "Mạnh", "Minh", "Nam", "Nghĩa", "Nghiệp", "Ngọc", "Nhàn", "Nhân",
        "Nhật", "Ninh", "Phát", "Phong", "Phú", "Phúc", "Phước", "Phương", "Quân", "Quang", "Quốc",
        "Quý", "Quyền", "Quyết", "Sang", "Sáng", "Sáu", "Sinh", "Sơn", "Sỹ", "Tài", "Tám", "Tâm",
        "Tân", "Tấn", "Thái", "Thạch", "Thanh", "Thành", "Thảo", "Thắng", "Thế", "Thi", "Thiện",
        "Thịnh", "Thọ", "Thông", "Thời", "Thuận", "Thức", "Tiến", "Tín", "Tính", "Toàn", "Trí",
        "Triều", "Trung", "Trường", "Tú", "Tuân", "Tuấn", "Tùng", "Tư", "Tý", "Út", "Văn", "Viễn",
        "Việt", "Vinh", "Vĩnh", "Vũ", "Vui", "Vương", "Vượng", "Xuân",
    ],
    "female": [
        "An", "Anh", "Ánh", "Ba", "Bảy", "Bé", "Bích", "Bình", "Bông", "Cẩm", "Chi", "Chín", "Cúc",
        "Diễm", "Diệp", "Diệu", "Dung", "Duyên", "Đào", "Đẹp", "Điệp", "Được", "Gái", "Giang",
        "Hà", "Hai", "Hảo", "Hằng", "Hạnh", "Hậu", "Hiên", "Hiền", "Hiếu", "Hoa", "Hòa", "Hoà",
        "Hoài", "Hoàn", "Hoàng", "Hồng", "Hợi", "Huế", "Huệ", "Huyền", "Hương", "Hường", "Khánh",
        "Khuê", "Kiều", "Kim", "Lài", "Lan", "Lành", "Lành", "Lê", "Lệ", "Liên", "Liễu", "Linh",
        "Loan", "Lộc", "Luyến", "Lương", "Lựu", "Lý", "Mai", "Mận", "Mến", "Minh", "Mơ", "Mùi",
        "Mười", "Mỹ", "Na", "Năm", "Nga", "Ngà", "Ngân", "Ngọc", "Nguyệt", "Nhàn", "Nhi", "Nhung",
        "Như", "Nở", "Nương", "Oanh", "Phấn", "Phụng", "Phương", "Phượng", "Quế", "Quyên", "Quỳnh",
        "Sa", "Sáu", "Sen", "Sương", "Tám", "Tâm", "Thanh", "Thảo", "Thắm", "Thêm", "Thoa", "Thơ",
        "Thơm", "Thu", "Thuận", "Thùy", "Thuỳ", "Thúy", "Thuý", "Thủy", "Thuỷ", "Thư", "Thương",
        "Tiên", "Tình", "Trà", "Trang", "Trâm", "Trinh", "Trúc", "Tư", "Tươi", "Tuyền", "Tuyết",
        "Út", "Vân", "Vàng", "Vi", "Vui", "Xinh", "Xoan", "Xuân", "Xuyến", "Yên", "Yến",
    ],
}  # fmt: skip
# Given names before the clan, with the mark of women (H') and men (Y).
HIGHLAND_GIVEN = [
    "Bem", "Blâm", "Bhăm", "Brih", "Đăm", "Djuê", "Hen", "Hlam", "Krông", "Linh", "Loan", "Măm",
    "Nghên", "Ngọc", "Nhim", "Phiên", "Sinh", "Thông", "Wen",
]  # fmt: skip
CLANS = ["Niê", "Mlô", "Byă", "Kbuôr", "Ksor", "Rmah", "Siu", "Nay", "Kpă", "Rơ Châm", "Adrơng"]
SAMPLE = 260_000


class Name(NamedTuple):
    """A made-up name with the keys that the registry keeps of it."""

    sex: str
    name: str
    fold: str
    sort_key: str


def made_names(count: int, *, seed: int = 1) -> Iterator[Name]:
    """So many names as they are drawn, the same for the same seed; common ones come again."""
    chance = random.Random(seed)  # noqa: S311 - invented people, no secret
    for _ in range(count):
        sex = "male" if chance.random() < 0.6 else "female"
        name = _highland(chance, sex) if chance.random() < 0.02 else _kinh(chance, sex)
        yield Name(sex, name, fold(name), sort_key(name))


def _kinh(chance: random.Random, sex: str) -> str:
    second = chance.choice(SECOND) if chance.random() < 0.45 else ""
    parts = (_drawn(chance, SURNAMES), _drawn(chance, MIDDLE[sex]), second,
             chance.choice(GIVEN[sex]))  # fmt: skip
    return " ".join(filter(None, parts))


def _highland(chance: random.Random, sex: str) -> str:
    given = chance.choice(HIGHLAND_GIVEN)
    marked = f"Y {given}" if sex == "male" else f"H'{given}"
    clan = chance.choice(CLANS)
    return f"{marked} {clan}" if chance.random() < 0.9 else given


def _drawn(chance: random.Random, weighted: dict[str, int]) -> str:
    return chance.choices(list(weighted), list(weighted.values()))[0]

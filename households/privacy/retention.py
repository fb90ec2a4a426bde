"""How long people's data is kept, and what happens then: the table that docs and commands read."""

from dataclasses import dataclass
from datetime import timedelta

UPLOADS_KEPT = timedelta(days=2 * 365)
PREVIEWS_KEPT = timedelta(days=30)
EXPORTS_KEPT = timedelta(hours=24)
JOBS_KEPT = timedelta(days=365)
ACCESS_KEPT_YEARS = 10
REGISTRY_KEPT_YEARS = 10


@dataclass(frozen=True)
class Retention:
    """One line of the table, in the words of the people it concerns."""

    what: str
    how_long: str
    then: str
    basis: str


RETENTION = {
    "registry": Retention(
        "Sổ hộ",
        f"Còn theo dõi hộ, và {REGISTRY_KEPT_YEARS} năm sau danh sách cuối cùng có hộ",
        "Lệnh retention_report nêu tên từng đơn vị có hộ đến hạn; erase_household xóa danh tính,"
        " giữ dòng không tên cho số liệu",
        "So sánh số liệu của hai giai đoạn chuẩn nghèo liền nhau",
    ),
    "history": Retention(
        "Lịch sử từng dòng của sổ hộ",
        "Như hộ mà nó kể",
        "erase_household xóa cùng với hộ",
        "Không có lý do giữ lâu hơn dữ liệu mà nó kể",
    ),
    "access": Retention(
        "Nhật ký, lượt xem",
        f"{ACCESS_KEPT_YEARS} năm",
        "Không ai sửa, xóa được trong thời hạn; khi xóa một hộ vẫn giữ: chúng nói ai đã xem, đã"
        " làm, không nói hộ có gì",
        "Trả lời người dân; xử lý vi phạm về dữ liệu cá nhân",
    ),
    "accounting": Retention(
        "Chứng từ, sổ, khoản hỗ trợ, hồ sơ nhà",
        "Ít nhất 10 năm kể từ khi kết thúc năm kế toán",
        "Không xóa cùng hộ: tên trên chứng từ và khoản chi từ Quỹ giữ nguyên; lời kể hoàn cảnh và"
        " tên người nhận an sinh xã hội ngoài Quỹ thì xóa",
        "Luật Kế toán 88/2015/QH13, Điều 41",
    ),
    "uploads": Retention(
        "Tệp danh sách đã tải lên",
        "2 năm sau khi nhập; 30 ngày nếu không xác nhận",
        "retention_report --commit bỏ nội dung tệp và nhận xét từng dòng; vẫn còn ghi ai đã nhập"
        " gì, lúc nào",
        "Đối chiếu với lần rà soát của năm sau rồi thôi cần",
    ),
    "exports": Retention(
        "Tệp xuất lớn chờ tải",
        "24 giờ",
        "Tự bỏ mỗi giờ",
        "Đủ để người yêu cầu tải về",
    ),
    "papers": Retention("Văn bản", "Vĩnh viễn", "Nộp lưu theo quy định", "Luật Lưu trữ"),
    "accounts": Retention(
        "Người dùng, vai trò",
        "Như nhật ký có tên họ",
        "Người nghỉ việc: kết thúc vai trò, tài khoản không đăng nhập được",
        "Nhật ký không có tên thì không trả lời được ai đã làm",
    ),
    "jobs": Retention(
        "Tác vụ chạy nền",
        "1 năm",
        "retention_report --commit bỏ tác vụ đã kết thúc",
        "Tra lại tệp đã xuất",
    ),
}

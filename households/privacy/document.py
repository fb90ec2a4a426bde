"""docs/personal-data.md, written from the register and the retention table."""

from collections.abc import Iterator

from households.privacy.fields.shape import Kept
from households.privacy.register import LABELS, REGISTER, FieldClass, classes_of
from households.privacy.retention import RETENTION

TOP = """# Dữ liệu cá nhân: giữ gì, vì sao, bao lâu

Tệp này do `./dev manage personal_data --write` viết ra từ `households/privacy/`; một kiểm thử so \
nó với mã nguồn, và không cho thêm trường nào chưa được phân loại.

Căn cứ: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Nghị định 356/2025/NĐ-CP, Luật Kế toán \
88/2015/QH13.

## Bốn lớp

- **công khai được**: được ghi trên bảng công khai của Quỹ (người ủng hộ xin giấu tên thì không).
- **nội bộ**: chỉ người có vai trò tại đơn vị thấy; không ra ngoài nếu không ghi mục đích.
- **nhạy cảm**: ngoài ra còn bị che với người không trực tiếp làm việc với hộ, và không có trong \
tệp xuất, bản in nếu không có quyền xem đầy đủ và không ghi mục đích. Gồm dữ liệu nhạy cảm theo \
luật và những gì chúng tôi giữ kín như vậy: số giấy tờ, điện thoại, địa chỉ, ngày sinh đủ, lời kể.
- **không phải dữ liệu cá nhân**.

## Ai thấy gì

| Dữ liệu của hộ | Người nhập liệu của chính xã | Người khác được xem hộ |
|---|---|---|
| họ tên, năm sinh, ấp, phân loại | có | có |
| ngày sinh đủ, dân tộc, địa chỉ, điện thoại, ghi chú | có | năm sinh; `09•••••456`; “Đã che” |
| số CCCD | ba số cuối | ba số cuối |
| số CCCD, điện thoại đầy đủ | ghi lý do, tối đa 50 hộ một ngày | như vậy, nếu là Ban Thường \
trực của xã hoặc giám sát |
| hoàn cảnh trong đề nghị hộ khó khăn | người đề nghị, người xác nhận | không |
| hoàn cảnh trong hồ sơ nhà | có | người được xem hồ sơ nhà: cấp duyệt cần đọc |
| ai đã xem hộ | không | Ban Thường trực của xã, giám sát |

Mỗi lần mở trang của hộ, xem số đầy đủ, xuất, in, đọc qua API đều ghi một lượt xem (mở lại trong \
một giờ không ghi thêm). Tệp xuất ghi người xuất, lúc xuất và mục đích ở những dòng đầu. Nhật ký \
của máy chủ che mọi dãy 9 hoặc 12 chữ số. Số CCCD nằm mã hóa (AES-256-GCM); tìm bằng dấu có khóa \
khác; tệp tải lên và tệp xuất lớn nằm mã hóa trên đĩa.

## Yêu cầu của người dân

- *Ai đã xem dữ liệu của tôi?* Trang của hộ → “Ai đã xem hộ này”, lọc theo ngày. Trả lời trong 2 \
ngày làm việc.
- *Xóa dữ liệu của tôi.* `./dev manage erase_household --household MÃ_HỘ@MÃ_XÃ@NGÀY --reason "…" \
--by TÊN_ĐĂNG_NHẬP` nói sẽ xóa những gì; thêm `--commit` để xóa. Một thành viên: thêm `--member ID`.

Khi xóa một hộ (cùng những hộ đã nhập vào nó): họ tên, ngày sinh, dân tộc, giấy tờ, địa chỉ, điện \
thoại, ghi chú, hồ sơ khó khăn, lời kể hoàn cảnh, mã cũ, cặp nghi trùng và lịch sử từng dòng bị \
xóa; mã hộ đổi thành mã không tên. Còn lại dòng không tên với ấp, phân loại, điểm, nhân khẩu: số \
liệu đã báo cáo không đổi. Chứng từ, khoản chi từ Quỹ giữ nguyên kể cả tên, theo Luật Kế toán. \
Nhật ký, lượt xem giữ nguyên. Tệp danh sách đã tải lên còn tên hộ: lệnh nêu từng tệp và ngày hết \
hạn; `--files` bỏ nội dung các tệp đó ngay. Bản sao lưu cũ còn dữ liệu đến khi hết hạn của chúng: \
sau khi phục hồi một bản sao lưu phải chạy lại lệnh cho các hộ đã xóa (nhật ký có danh sách). Lần \
sau nhập một danh sách còn tên hộ thì hộ ấy thành hộ mới.
"""


def as_markdown() -> str:
    """The whole document; the same for the same register."""
    return "\n".join([TOP, *_retention_table(), "", "## Từng trường", "", *_fields()]) + "\n"


def _retention_table() -> Iterator[str]:
    yield "## Giữ bao lâu"
    yield ""
    yield "| Dữ liệu | Giữ | Sau đó | Căn cứ |"
    yield "|---|---|---|---|"
    for line in RETENTION.values():
        yield f"| {line.what} | {line.how_long} | {line.then} | {line.basis} |"


def _fields() -> Iterator[str]:
    for label, kept in REGISTER.items():
        yield from _model(label, kept)


def _model(label: str, kept: Kept) -> Iterator[str]:
    yield f"### {kept.what} (`{label}`)"
    yield ""
    if kept.purpose:
        yield f"Mục đích: {kept.purpose}. Giữ: {RETENTION[kept.retention].how_long.lower()}."
        yield ""
    for found, names in classes_of(kept).items():
        if names and found != FieldClass.SENSITIVE:
            listed = ", ".join(f"`{name}`" for name in names)
            yield f"- {LABELS[found]}: {listed}"
    for name, why in kept.sensitive.items():
        yield f"- {LABELS[FieldClass.SENSITIVE]}: `{name}` – {why}"
    yield ""

"""Units, the people who work in them, files, the log, jobs."""

from households.privacy.fields.shape import Kept, nobody

FIELDS = {
    "committees.Committee": nobody(
        "Đơn vị",
        "path depth numchild level kind name code fold sort_key valid_from valid_to latitude"
        " longitude",
    ),
    "committees.Succession": nobody("Sáp nhập đơn vị", "old new extent on legal_text"),
    "committees.User": Kept(
        "Người dùng",
        "Đăng nhập; biết ai đã làm gì",
        "accounts",
        "username email full_name last_login date_joined is_active must_change_password",
        {"password": "Dấu của mật khẩu, không đọc ngược được"},
        plain="is_superuser is_staff is_system groups user_permissions",
    ),
    "committees.Seat": Kept(
        "Vai trò tại đơn vị",
        "Ai được làm gì ở đâu",
        "accounts",
        "user committee role valid_from valid_to",
    ),
    "committees.AuditEvent": Kept(
        "Nhật ký",
        "Biết ai đã quyết định, vì sao; không có số giấy tờ",
        "access",
        "at actor action committee object_type object_id",
        {"detail": "Lý do, tên cột đã đổi"},
        plain="transaction",
    ),
    "committees.RowChange": Kept(
        "Lịch sử từng dòng của sổ hộ",
        "Đọc lại ai đã đổi gì; hoàn tác một lần nhập",
        "history",
        "at table row op",
        {"fields": "Giá trị trước và sau của mọi cột, kể cả cột nhạy cảm"},
        plain="transaction",
    ),
    "committees.Document": Kept(
        "Văn bản",
        "Văn bản ghi người ký",
        "papers",
        "signature_recorded_by numbered_by created_by",
        open_="signer_title signer_name signed_on",
        plain="committee kind series subject state number suffix year symbol place dated_on"
        " capacity numbered_at issued_at file created_at",
    ),
    "committees.StoredFile": Kept(
        "Tệp đã tải lên, mã hóa trên đĩa",
        "Đối chiếu danh sách đã nhập với sổ",
        "uploads",
        "name stored_by",
        plain="committee sha256 content_type size is_private stored_at removed_at",
    ),
    "committees.ImportBatch": Kept(
        "Lần nhập danh sách",
        "Xem trước, đối chiếu, hoàn tác",
        "uploads",
        "file uploaded_by committed_by undone_by",
        {"findings": "Nhận xét từng dòng, có thể nêu tên chủ hộ", "summary": "Tóm tắt lần nhập"},
        plain="committee kind sha256 year state rows accepted warnings errors reading uploaded_at"
        " committed_at transaction undone_at",
    ),
    "committees.ImportedRow": Kept(
        "Dòng đã nhập thành bản ghi nào",
        "Hoàn tác một lần nhập",
        "uploads",
        "record verdict",
        plain="batch sheet number",
    ),
    "committees.ListLayout": nobody(
        "Cách đọc cột của một mẫu danh sách",
        "committee kind header columns saved_at",
        internal="saved_by",
    ),
    "committees.ApiToken": Kept(
        "Khóa API của một người dùng",
        "Máy khác đọc dữ liệu với đúng quyền của người đó",
        "accounts",
        "user name beginning created_by last_used_at",
        {"digest": "Dấu của khóa, không đọc ngược được"},
        plain="created_at expires_on revoked_at",
    ),
    "jobs.Job": Kept(
        "Tác vụ chạy nền",
        "Chạy việc lâu; tệp xuất lớn chờ người yêu cầu tải",
        "jobs",
        "requested_by",
        {"arguments": "Bộ lọc, mục đích của tệp xuất", "result": "Chỗ của tệp xuất"},
        plain="kind key state progress total message attempts token lease_until requested_at"
        " waiting_since rung_at finished_at",
    ),
}

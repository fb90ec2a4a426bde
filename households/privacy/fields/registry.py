"""The registry of households: poverty is itself a delicate fact, so nothing here is open."""

from households.privacy.fields.shape import Kept, nobody

FIELDS = {
    "households.Household": Kept(
        "Hộ nghèo, cận nghèo, có hoàn cảnh khó khăn",
        "Xác định đúng hộ, đúng hoàn cảnh để hỗ trợ không trùng, không sót",
        "registry",
        "commune hamlet code head_name head_fold given_fold head_sort_key words sex birth_year area"
        " members_declared house_condition floor_area weak_parts water latrine state state_on"
        " merged_into split_from created_by",
        {
            "birth_date": "Phân biệt người trùng tên, trùng năm sinh",
            "ethnicity": "Cột dân tộc thiểu số của biểu tổng hợp",
            "address": "Đến nhà trao hỗ trợ, khảo sát",
            "current_address": "Đến nhà trao hỗ trợ khi hộ ở nơi khác",
            "phone": "Mời hộ nhận hỗ trợ",
            "flags": "Nhóm chính sách: dân tộc thiểu số, người có công, bảo trợ xã hội",
            "causes": "Nguyên nhân nghèo, có thể là bệnh tật",
            "needs": "Chọn hình thức hỗ trợ, có thể là khám chữa bệnh",
            "note": "Lời ghi tự do, có thể nói về đời tư",
            "state_reason": "Vì sao thôi theo dõi, lời ghi tự do",
        },
        plain="path version created_at",
    ),
    "households.Member": Kept(
        "Thành viên của hộ",
        "Biết ai trong hộ, tránh một người có trong hai hộ, tính chỉ số thiếu hụt",
        "registry",
        "household is_head name words relation sex birth_year id_tail is_living schooling work"
        " has_contract organisations left_on left_why",
        {
            "birth_date": "Phân biệt người trùng tên, trùng năm sinh",
            "ethnicity": "Cột dân tộc thiểu số của biểu tổng hợp",
            "id_cipher": "Số CCCD, mã hóa: đối chiếu giấy tờ khi trao hỗ trợ",
            "id_index": "Dấu của số CCCD có khóa: tìm người trùng mà không giải mã",
            "old_id": "Số CMND cũ, mã hóa: người chưa đổi giấy tờ",
            "id_issued_on": "Ghi danh sách chi theo mẫu của Kho bạc",
            "id_issued_by": "Ghi danh sách chi theo mẫu của Kho bạc",
            "is_insured": "Chỉ số thiếu hụt bảo hiểm y tế",
            "insured_until": "Chỉ số thiếu hụt bảo hiểm y tế",
            "is_malnourished": "Chỉ số thiếu hụt dinh dưỡng của trẻ em",
            "disability": "Hộ không có khả năng lao động; ưu tiên hỗ trợ",
            "has_allowance": "Không đề nghị trùng với trợ cấp xã hội",
            "is_of_merit": "Cột người có công của biểu tổng hợp",
        },
        plain="path",
    ),
    "households.Classification": Kept(
        "Phân loại của hộ theo danh sách từng năm",
        "Danh sách do UBND xã quyết định; số liệu, diễn biến qua các năm",
        "registry",
        "household hamlet kind income_score deprivation_score members_declared",
        {
            "deprivations": "Chỉ số thiếu hụt, có thể là dinh dưỡng, bảo hiểm y tế",
            "flags": "Nhóm chính sách của năm đó",
            "causes": "Nguyên nhân nghèo của năm đó",
        },
        plain="poverty_list",
    ),
    "households.Transition": Kept(
        "Diễn biến hộ nghèo",
        "Chứng minh số đầu năm, tăng, giảm, cuối năm",
        "registry",
        "household hamlet hamlet_before kind_before kind_after code on note answered_by",
        plain="poverty_list origin decision_number answered_at",
    ),
    "households.HardshipCase": Kept(
        "Hộ có hoàn cảnh khó khăn được đề nghị",
        "Xác nhận hộ khó khăn ngoài danh sách của UBND xã",
        "registry",
        "hamlet household head_name sex birth_year members_declared until state proposed_by"
        " decided_by decided_on",
        {
            "address": "Đến nhà xác minh",
            "reasons": "Vì sao khó khăn, có thể là bệnh tật",
            "story": "Hoàn cảnh của hộ: căn cứ để xác nhận",
            "answer": "Ý kiến khi xác nhận, lời ghi tự do",
        },
        plain="proposed_at",
    ),
    "households.ListRemark": Kept(
        "Kiến nghị về danh sách",
        "Giám sát danh sách do UBND xã lập",
        "registry",
        "household text answer created_by",
        plain="poverty_list kind created_at answered_on",
    ),
    "households.Likeness": Kept(
        "Cặp hộ nghi trùng",
        "Một hộ chỉ có một dòng trong sổ",
        "registry",
        "first second score reasons state decided_by",
        {"note": "Vì sao trùng hay không trùng, lời ghi tự do"},
        plain="commune found_at decided_at",
    ),
    "households.Merge": Kept(
        "Hai dòng đã nhập làm một",
        "Hoàn tác khi nhập nhầm",
        "registry",
        "kept gone by undone_by",
        {"reason": "Lời ghi tự do", "moved": "Những gì đã chuyển sang, để hoàn tác"},
        plain="at undone_at",
    ),
    "households.FormerCode": Kept(
        "Mã hộ cũ",
        "Tìm hộ bằng mã đã dùng trước đây",
        "registry",
        "code household",
        plain="commune until",
    ),
    "households.HouseholdMove": Kept(
        "Chuyển đi, chuyển đến",
        "Hộ đi sang xã khác không bị sót",
        "registry",
        "household from_commune to_commune on state sent_by answered_by",
        {"note": "Lời ghi tự do", "answer": "Lời ghi tự do"},
        plain="sent_at answered_at",
    ),
    "households.Sighting": Kept(
        "Ai đã xem hộ nào",
        "Trả lời người dân ai đã xem dữ liệu của họ",
        "access",
        "household user at how purpose",
    ),
    "households.PovertyStandard": nobody(
        "Chuẩn nghèo",
        "code name legal_text valid_from valid_to deprivation_points income_label"
        " deprivation_label",
    ),
    "households.PovertyLine": nobody(
        "Chuẩn thu nhập",
        "standard place area income lower_income points legal_text",
        internal="created_by",
    ),
    "households.PovertyIndicator": nobody("Chỉ số", "standard code label position points"),
    "households.PovertyList": nobody(
        "Danh sách của xã từng năm",
        "commune year standard decision_number decided_on created_at",
        internal="created_by",
    ),
    "households.HouseholdTotal": nobody(
        "Tổng số hộ dân cư",
        "committee year households minority_households entered_at",
        internal="entered_by",
    ),
    "households.PoorPlace": nobody(
        "Xã nghèo, thôn khó khăn",
        "committee mark valid_from valid_to legal_text",
        internal="entered_by",
    ),
}

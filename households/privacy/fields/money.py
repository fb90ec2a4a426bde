"""Campaigns, funds, support, houses and reports: what givers and recipients leave there."""

from households.privacy.fields.shape import Kept, nobody

FIELDS = {
    "campaigns.Donor": Kept(
        "Đơn vị, cá nhân ủng hộ",
        "Công khai, ghi nhận và cảm ơn người ủng hộ",
        "accounting",
        "fold sort_key is_anonymous created_by",
        open_="name",  # unless the giver asks to stay unnamed
        plain="committee kind created_at",
    ),
    "campaigns.Campaign": nobody(
        "Chiến dịch",
        "root year name window_from window_to fund_from fund_to created_at",
        internal="created_by",
    ),
    "campaigns.Drive": nobody("Đợt", "campaign name on"),
    "campaigns.Plan": nobody(
        "Kế hoạch",
        "campaign committee document upper_number upper_on upper_issuer upper_subject opening"
        " closing recipients",
    ),
    "campaigns.Target": nobody("Chỉ tiêu", "plan indicator quantity unit"),
    "campaigns.PlanSection": nobody("Mục của kế hoạch", "plan parent kind position text"),
    "fund.Fund": nobody("Quỹ", "committee kind created_at", internal="created_by"),
    "fund.Account": nobody("Tài khoản của Quỹ, không phải của cá nhân", "fund kind name number"),
    "fund.PeriodLock": nobody("Khóa sổ", "fund until locked_at", internal="locked_by"),
    "fund.Voucher": Kept(
        "Chứng từ",
        "Chứng từ kế toán phải ghi người nộp, người nhận",
        "accounting",
        "party amount date created_by posted_by",
        {"description": "Diễn giải, có thể nêu hoàn cảnh", "cancel_reason": "Lời ghi tự do"},
        plain="fund kind purpose account state number year batch created_at posted_at",
    ),
    "fund.Receipt": Kept(
        "Khoản ủng hộ",
        "Công khai thu của Quỹ",
        "accounting",
        open_="donor amount",
        plain="voucher form",
    ),
    "fund.GoodsLot": nobody("Hiện vật", "receipt name unit quantity unit_value"),
    "fund.Journal": nobody(
        "Bút toán", "fund voucher date reverses posted_at", internal="posted_by"
    ),
    "fund.Entry": nobody("Định khoản", "journal account amount"),
    "fund.SupportList": Kept(
        "Danh sách hỗ trợ",
        "Đề nghị, duyệt, chi hỗ trợ",
        "accounting",
        "proposed_by decided_by",
        {"decision_note": "Ý kiến, lời ghi tự do"},
        plain="committee title drive kind date giver state batch proposed_at decided_at",
    ),
    "fund.Support": Kept(
        "Khoản hỗ trợ",
        "Hộ nào đã nhận gì, để không trùng, không sót; công khai chi của Quỹ",
        "accounting",
        "household recipient_name created_by",
        {"withdrawn_reason": "Lời ghi tự do"},
        open_="kind date value",
        plain="support_list place origin fund giver voucher is_given created_at",
    ),
    "fund.WelfareTotal": nobody(
        "An sinh xã hội chưa có danh sách",
        "place giver date content portions value withdrawn_reason batch created_at",
        internal="created_by",
    ),
    "housing.HouseRound": nobody(
        "Đợt duyệt nhà",
        "committee title number document decided_on decided_at batch",
        internal="decided_by",
    ),
    "housing.House": Kept(
        "Nhà Đại đoàn kết",
        "Duyệt, theo dõi, chi làm nhà cho hộ",
        "accounting",
        "household kind state floor_area proposed_on proposed_by decided_by decided_on started_on"
        " completed_on handed_over_on labour_days",
        {"reason": "Hoàn cảnh của hộ: căn cứ để duyệt", "refusal_reason": "Lời ghi tự do"},
        plain="payer round support batch",
    ),
    "housing.FundingLine": nobody("Kinh phí làm nhà", "house source donor amount voucher"),
    "reports.Report": nobody(
        "Báo cáo: số liệu tổng hợp, không nêu tên hộ",
        "campaign committee revision state narrative figures snapshot sha256 document compiled_at"
        " sent_at reconciled_at review_note created_at",
        internal="sent_by reconciled_by",
    ),
    "reports.ReportPart": nobody("Báo cáo cấp dưới đã tổng hợp", "report child sha256"),
}

"""The words of a report, composed from its figures.

Zero, one, many and missing units each have their sentence; a sentence without data is not
written. An officer may replace the words of a section, never a sum (domain.md §5.4).
"""

from collections.abc import Callable

from campaigns.models import Plan, Target
from committees.models import Committee
from config.vietnamese.amounts import grouped, percent
from config.vietnamese.dates import format_date, long_date
from reports.models import Report

PARTS = (
    ("I", "CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", ("direction",)),
    ("II", "KẾT QUẢ THỰC HIỆN", ("registry", "received", "spent", "houses", "support", "welfare")),
    ("III", "ĐÁNH GIÁ CHUNG", ("assessment",)),
    ("IV", "NHIỆM VỤ THỜI GIAN TỚI, KIẾN NGHỊ", ("tasks",)),
)
HEADINGS = {
    "direction": "",
    "registry": "Hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn",
    "received": "Vận động Quỹ “Vì người nghèo”",
    "spent": "Quản lý, sử dụng Quỹ",
    "houses": "Nhà Đại đoàn kết",
    "support": "Hỗ trợ hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn",
    "welfare": "Chương trình an sinh xã hội",
    "assessment": "",
    "tasks": "",
}


def narrate(report: Report) -> list[dict]:
    """Sections in printing order: {"code", "part", "heading", "paragraphs", "edited"}.

    Sections without words are left out; an officer's words stand in place of composed ones.
    """
    composed = compose(report)
    sections = []
    for _number, part, codes in PARTS:
        for code in codes:
            edited = report.narrative.get(code, "")
            paragraphs = edited.split("\n") if edited else composed[code]
            paragraphs = [text.strip() for text in paragraphs if text.strip()]
            if paragraphs:
                sections.append(
                    {
                        "code": code,
                        "part": part,
                        "heading": HEADINGS[code],
                        "paragraphs": paragraphs,
                        "edited": bool(edited),
                    }
                )
    return sections


def compose(report: Report) -> dict[str, list[str]]:
    """The composed sentences of every section, by code; empty without data."""
    writers: dict[str, Callable[[Report, dict], list[str]]] = {
        "direction": _direction,
        "registry": _registry,
        "received": _received,
        "spent": _spent,
        "houses": _houses,
        "support": _support,
        "welfare": _welfare,
        "assessment": _assessment,
        "tasks": lambda _report, _figures: [],
    }
    figures = report.figures["total"]
    return {code: writer(report, figures) for code, writer in writers.items()}


def issuer(committee: Committee) -> str:
    """ "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Thủ Thừa", as running text."""
    name = committee.name[:1].lower() + committee.name[1:]
    return f"Ban Thường trực Ủy ban MTTQ Việt Nam {name}"


def _direction(report: Report, _figures: dict) -> list[str]:
    campaign = report.campaign
    plan = plan_behind(report)
    window = (
        f"từ ngày {format_date(campaign.window_from)} đến ngày {format_date(campaign.window_to)}"
    )
    begin = f"{issuer(report.committee)} đã tổ chức triển khai {campaign.name} {window}."
    if plan:
        document = plan.document
        begin = (
            f"Thực hiện Kế hoạch số {document.number_text} {long_date(document.dated_on)} "
            f"của {issuer(plan.committee)}, {begin[:1].lower()}{begin[1:]}"
            if plan.committee_id != report.committee_id
            else f"Thực hiện Kế hoạch số {document.number_text} {long_date(document.dated_on)}, "
            f"{begin}"
        )
    return [begin, *_below(report.figures)]


def _below(content: dict) -> list[str]:
    expected, missing = content["expected"], content["missing"]
    if not expected:
        return []
    have = expected - len(missing)
    if not missing:
        return [f"Số liệu được tổng hợp từ đủ {have}/{expected} đơn vị cấp dưới đã đối chiếu."]
    if not have:
        return [
            f"Tổng hợp tạm 0/{expected}: chưa có đơn vị cấp dưới nào được đối chiếu số liệu; "
            "báo cáo này mới gồm số liệu của chính cấp lập báo cáo."
        ]
    return [
        f"Tổng hợp tạm {have}/{expected} đơn vị cấp dưới đã đối chiếu; "
        f"chưa có số liệu của: {', '.join(missing)}."
    ]


def _registry(report: Report, figures: dict) -> list[str]:
    if not figures["households"]:
        return ["Chưa có danh sách hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn của năm."]
    kinds = _joined(
        _counted(figures["poor"], "hộ nghèo"),
        _counted(figures["near_poor"], "hộ cận nghèo"),
        _counted(figures["hardship"], "hộ có hoàn cảnh khó khăn"),
    )
    return [
        f"Danh sách năm {report.campaign.year} có {grouped(figures['households'])} hộ với "
        f"{grouped(figures['members'])} nhân khẩu tại {grouped(figures['hamlets'])} khu dân cư, "
        f"gồm {kinds}."
    ]


def _received(_report: Report, figures: dict) -> list[str]:
    said = []
    if figures["receipts"]:
        forms = _joined(
            _money("tiền mặt", figures["received_cash"]),
            _money("chuyển khoản", figures["received_bank"]),
            _money("hiện vật quy ra tiền", figures["received_goods"]),
        )
        said.append(
            f"Trong Tháng cao điểm, Quỹ “Vì người nghèo” đã tiếp nhận "
            f"{grouped(figures['receipts'])} khoản ủng hộ, tổng trị giá "
            f"{grouped(figures['received_total'])} đồng, gồm {forms}."
        )
    else:
        said.append("Trong Tháng cao điểm, Quỹ “Vì người nghèo” chưa tiếp nhận khoản ủng hộ nào.")
    if figures["receipts_after_window"]:
        said.append(
            f"Sau Tháng cao điểm, Quỹ tiếp nhận thêm {grouped(figures['receipts_after_window'])} "
            f"khoản, trị giá {grouped(figures['received_after_window'])} đồng "
            "(chưa tính trong số liệu trên)."
        )
    return said


def _spent(_report: Report, figures: dict) -> list[str]:
    money_in = figures["received_cash"] + figures["received_bank"]
    if not (figures["fund_opening"] or money_in or figures["spent_total"]):
        return []
    said = []
    if figures["spent_total"]:
        purposes = _joined(
            _money("hỗ trợ hộ", figures["spent_support"]),
            _money("nhà Đại đoàn kết", figures["spent_houses"]),
        )
        said.append(f"Tổng chi {grouped(figures['spent_total'])} đồng, gồm {purposes}.")
    else:
        said.append("Trong Tháng cao điểm, Quỹ chưa chi.")
    said.append(
        f"Số dư tiền đầu kỳ {grouped(figures['fund_opening'])} đồng, thu {grouped(money_in)} đồng, "
        f"chi {grouped(figures['spent_total'])} đồng, "
        f"số dư tiền cuối kỳ {grouped(figures['money_closing'])} đồng "
        "(không gồm hiện vật)."
    )
    if figures["adjusted_after"]:
        said.append(
            f"Điều chỉnh sau kỳ: {grouped(figures['adjusted_after'])} đồng so với sổ sách tại "
            "ngày cuối kỳ."
        )
    return said


def _houses(report: Report, figures: dict) -> list[str]:
    houses = figures["houses"]
    promised = _target(report)
    if not houses["approved"]:
        return [f"Chưa có nhà nào được duyệt trên chỉ tiêu {promised:02d} căn."] if promised else []
    kinds = _joined(
        _houses_of(houses["new"], "xây mới"), _houses_of(houses["repaired"], "sửa chữa")
    )
    state = _joined(
        _houses_of(houses["handed_over"], "đã bàn giao"),
        _houses_of(houses["under_way"], "đang thực hiện"),
    )
    share = (
        f", đạt {percent(houses['approved'], promised)} chỉ tiêu {promised:02d} căn"
        if promised
        else ""
    )
    sources = _joined(
        _money("Quỹ “Vì người nghèo”", houses["fund"]),
        _money("các đơn vị, cá nhân tài trợ", houses["sponsors"]),
        _money("gia đình đối ứng", houses["family"]),
    )
    said = [f"Đã duyệt {houses['approved']:02d} căn nhà Đại đoàn kết ({kinds}){share}; {state}."]
    if sources:
        total = houses["fund"] + houses["sponsors"] + houses["family"]
        said.append(f"Tổng kinh phí {grouped(total)} đồng, gồm {sources}.")
    if houses["labour_days"]:
        said.append(f"Nhân dân đóng góp {grouped(houses['labour_days'])} ngày công.")
    return said


def _support(_report: Report, figures: dict) -> list[str]:
    if not figures["support"]:
        return []
    kinds = "; ".join(
        f"{kind}: {grouped(row['count'])} lượt, {grouped(row['value'])} đồng"
        for kind, row in figures["support"].items()
    )
    count = sum(row["count"] for row in figures["support"].values())
    value = sum(row["value"] for row in figures["support"].values())
    said = [
        f"Đã hỗ trợ {grouped(count)} lượt với tổng trị giá {grouped(value)} đồng từ Quỹ và các "
        f"nguồn an sinh xã hội có danh sách, gồm {kinds}."
    ]
    if figures["supported_households"]:
        said.append(
            f"Có {grouped(figures['supported_households'])}/{grouped(figures['households'])} hộ "
            f"trong danh sách được hỗ trợ hoặc được làm nhà "
            f"({percent(figures['supported_households'], figures['households'])})."
        )
    return said


def _welfare(_report: Report, figures: dict) -> list[str]:
    if not figures["welfare"]:
        return []
    parts = _joined(
        _money("đã có danh sách", figures["welfare_listed"]),
        _money("chưa có danh sách", figures["welfare_unlisted"]),
    )
    return [
        f"Các tổ chức, cá nhân trực tiếp thực hiện an sinh xã hội trị giá "
        f"{grouped(figures['welfare'])} đồng (ngoài Quỹ “Vì người nghèo”), gồm {parts}."
    ]


def _assessment(_report: Report, figures: dict) -> list[str]:
    waiting = figures["not_supported_households"]
    if not figures["households"]:
        return []
    if waiting <= 0:
        return ["Tất cả hộ trong danh sách đều đã được hỗ trợ trong Tháng cao điểm."]
    return [
        f"Còn {grouped(waiting)} hộ trong danh sách chưa được hỗ trợ trong Tháng cao điểm; "
        "cần tiếp tục rà soát để không trùng, không sót."
    ]


def plan_behind(report: Report) -> Plan | None:
    """The numbered plan of the unit, else of the nearest level above it, for this campaign."""
    path = report.committee.path
    steps = range(Committee.steplen, len(path) + 1, Committee.steplen)
    return (
        Plan.objects.filter(
            campaign__year=report.campaign.year,
            committee__path__in=[path[:end] for end in steps],
            document__number__isnull=False,
        )
        .select_related("document", "committee")
        .order_by("-committee__depth")
        .first()
    )


def _target(report: Report) -> int:
    """The number of houses that the unit's own plan promises, 0 without such a target."""
    target = Target.objects.filter(
        plan__committee=report.committee,
        plan__campaign__year=report.campaign.year,
        indicator=Target.Indicator.HOUSES,
    ).first()
    return target.quantity if target else 0


def _joined(*parts: str) -> str:
    """ "a, b và c" of the parts that say something."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} và {said[-1]}"


def _counted(number: int, what: str) -> str:
    return f"{grouped(number)} {what}" if number else ""


def _money(what: str, amount: int) -> str:
    return f"{what} {grouped(amount)} đồng" if amount else ""


def _houses_of(number: int, what: str) -> str:
    return f"{what} {number:02d} căn" if number else ""

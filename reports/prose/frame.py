"""Parts I, III and IV: how it was led, what the figures say of it, what remains to be done."""

from campaigns.models import Plan, Target
from campaigns.queries import paths_above
from committees.letterhead import standing_in_words
from config.vietnamese.dates import format_date, long_date
from reports.models import Report
from reports.prose.wording import count, joined, money, share


def direction(report: Report, _figures: dict) -> list[str]:
    """On which plan it was done, when, and from whose reports the figures were added up."""
    campaign = report.campaign
    done = (
        f"{standing_in_words(report.committee)} đã tổ chức triển khai {campaign.name} "
        f"từ ngày {format_date(campaign.window_from)} đến ngày {format_date(campaign.window_to)}."
    )
    return [f"{_ground(report)}{done}", *_replaced(report), *_below(report.figures)]


def assessment(report: Report, figures: dict) -> list[str]:
    """What went well and what did not, only where a figure says so."""
    said = []
    promised = houses_promised(report)
    if promised:
        said.append(_against_target(figures["houses"], promised))
    waiting = figures["not_supported_households"]
    if figures["households"] and not waiting:
        said.append("Tất cả hộ trong danh sách đều đã được hỗ trợ trong Tháng cao điểm.")
    elif waiting:
        said.append(
            f"Còn {count(waiting)} hộ trong danh sách "
            f"({share(waiting, figures['households'])}) chưa được hỗ trợ trong Tháng cao điểm."
        )
    return said


def tasks(report: Report, figures: dict) -> list[str]:
    """What the figures leave to be done."""
    said = []
    waiting = figures["not_supported_households"]
    if waiting:
        said.append(
            f"Tiếp tục rà soát, vận động nguồn lực hỗ trợ {count(waiting)} hộ trong danh sách "
            "chưa được hỗ trợ, bảo đảm không trùng, không sót."
        )
    if figures["houses"]["under_way"]:
        said.append(
            f"Đôn đốc hoàn thành, bàn giao {count(figures['houses']['under_way'])} căn nhà Đại "
            "đoàn kết đang thực hiện."
        )
    if figures["money_closing"]:
        said.append(
            f"Quản lý, sử dụng số dư Quỹ {money(figures['money_closing'])} đúng quy chế, "
            "công khai, minh bạch."
        )
    if report.figures["missing"]:
        said.append(f"Đôn đốc {_units(report.figures['missing'])} gửi số liệu để tổng hợp đầy đủ.")
    return said


def _against_target(built: dict, promised: int) -> str:
    approved, handed_over = built["approved"], built["handed_over"]
    if handed_over >= promised:
        beyond = f", vượt {count(handed_over - promised)} căn" if handed_over > promised else ""
        return f"Đã hoàn thành chỉ tiêu {count(promised)} căn nhà Đại đoàn kết{beyond}."
    if approved >= promised:
        return (
            f"Đã duyệt đủ chỉ tiêu {count(promised)} căn nhà Đại đoàn kết, trong đó đã bàn giao "
            f"{count(handed_over)} căn."
        )
    return (
        f"Nhà Đại đoàn kết mới duyệt {count(approved)}/{count(promised)} căn, "
        f"còn thiếu {count(promised - approved)} căn so với chỉ tiêu."
    )


def plan_behind(report: Report) -> Plan | None:
    """The numbered plan of the unit, else of the nearest level above it, for this campaign."""
    return (
        Plan.objects.filter(
            campaign__year=report.campaign.year,
            committee__path__in=paths_above(report.committee),
            document__number__isnull=False,
        )
        .select_related("document", "committee")
        .order_by("-committee__depth", "-pk")
        .first()
    )


def houses_promised(report: Report) -> int:
    """The number of houses that the unit's own numbered plan promises, 0 without a target."""
    target = (
        Target.objects.filter(
            plan__committee=report.committee,
            plan__campaign__year=report.campaign.year,
            plan__document__number__isnull=False,
            indicator=Target.Indicator.HOUSES,
        )
        .order_by("-plan_id")
        .first()
    )
    return target.quantity if target else 0


def _ground(report: Report) -> str:
    plan = plan_behind(report)
    if plan is None:
        return ""
    document = plan.document
    whose = (
        ""
        if plan.committee_id == report.committee_id
        else f" của {standing_in_words(plan.committee)}"
    )
    return f"Thực hiện Kế hoạch số {document.number_text} {long_date(document.dated_on)}{whose}, "


def _replaced(report: Report) -> list[str]:
    earlier = (
        Report.objects.filter(
            campaign=report.campaign_id,
            committee=report.committee_id,
            revision__lt=report.revision,
            document__number__isnull=False,
        )
        .select_related("document")
        .order_by("-revision")
        .first()
    )
    if earlier is None:
        return []
    document = earlier.document
    return [
        f"Báo cáo này thay thế Báo cáo số {document.number_text} {long_date(document.dated_on)}."
    ]


def _below(content: dict) -> list[str]:
    expected, missing = content["expected"], content["missing"]
    if not expected:
        return []
    have = expected - len(missing)
    further = [
        f"Báo cáo của {_units([child['name']])} chưa có số liệu của {_units(child['missing'])}."
        for child in content["children"]
        if child["missing"]
    ]
    if not missing:
        whole = f"Số liệu được tổng hợp từ đủ {have}/{expected} đơn vị cấp dưới đã được đối chiếu."
        return [whole, *further]
    if not have:
        return [
            f"Tổng hợp tạm 0/{expected} đơn vị cấp dưới: chưa đơn vị nào được đối chiếu số liệu, "
            "báo cáo này chỉ gồm số liệu của cấp lập báo cáo."
        ]
    return [
        f"Tổng hợp tạm {have}/{expected} đơn vị cấp dưới đã được đối chiếu; "
        f"chưa có số liệu của {_units(missing)}.",
        *further,
    ]


def _units(names: list[str]) -> str:
    return joined(name[:1].lower() + name[1:] for name in names)

"""The official paper of a report: always drawn from what was sent; a draft says that it is one."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from campaigns.models import Campaign
from committees import storage
from committees.letterhead import capacities, place_name, standing_in_words, symbol
from committees.models import Committee, Document
from committees.printing import (
    Block,
    Column,
    annex,
    clause,
    kinh_gui,
    paragraph,
    part,
    print_document,
    table,
)
from config.vietnamese.amounts import grouped
from config.vietnamese.dates import VIETNAM, format_date
from config.vietnamese.names import roman
from reports.compiling import compile_figures
from reports.figures import gather
from reports.figures.indicators import GROUPS
from reports.figures.summing import in_order
from reports.models import Report
from reports.prose import narrate

NOT_YET = "chưa có số liệu"
BY_UNIT = (
    # Column of the annex by unit, width, way into the figures.
    ("Tổng số hộ", 8, "households"),
    ("Hộ nghèo", 7, "poor"),
    ("Hộ cận nghèo", 8, "near_poor"),
    ("Hộ đã hỗ trợ", 8, "supported_households"),
    ("Tiếp nhận (đồng)", 14, "received_total"),
    ("Chi (đồng)", 13, "spent_total"),
    ("An sinh xã hội (đồng)", 14, "welfare"),
    ("Nhà ĐĐK", 6, "houses.approved"),
)


def subject_of(campaign: Campaign) -> str:
    """The trích yếu: "Kết quả Tháng cao điểm “Vì người nghèo” năm 2023"."""
    return f"Kết quả {campaign.name}"


def pdf_of(report: Report) -> bytes:
    """The PDF of a report: what was issued as it was kept, else drawn anew, the same each time.

    A sent report is drawn from its snapshot; a draft from the figures as they are now.
    """
    document = report.document
    if document is not None and document.file:
        return storage.read(document.file)
    content = report.snapshot or _as_of_now(report)
    return print_document(
        document or _blank_document(report),
        _blocks(report, content),
        recipients=_recipients(content["to"]),
        footnote=_foot(report),
        year=report.campaign.year,
    )


def address_of(report: Report) -> str:
    """Where the report's page is: what the QR code on its paper opens."""
    return f"{settings.SITE_URL}{reverse('reports:report-detail', args=[report.pk])}"


def _as_of_now(report: Report) -> dict:
    """What a snapshot would hold if the draft were sent now."""
    campaign, committee = report.campaign, report.committee
    report.figures = compile_figures(campaign, committee, gather(campaign, committee))
    upper = Committee.objects.filter(path=committee.parent_path).first()
    return {
        "name": committee.name,
        "to": standing_in_words(upper) if upper else "",
        **report.figures,
        "sections": narrate(report),
    }


def _blank_document(report: Report) -> Document:
    """The paper of a draft that was never sent: not saved, without number and day."""
    committee = report.committee
    usual = capacities()[0]
    return Document(
        committee=committee,
        kind=Document.Kind.REPORT,
        subject=subject_of(report.campaign),
        symbol=symbol(committee, Document.Kind.REPORT),
        place=place_name(committee),
        capacity=usual.capacity,
        signer_title=usual.title,
        created_at=report.created_at,
    )


def _blocks(report: Report, content: dict) -> list[Block]:
    blocks = [kinh_gui(content["to"])] if content["to"] else []
    blocks += _body(content["sections"])
    blocks += [annex(f"Số liệu {report.campaign.name}"), _by_indicator(content["total"])]
    if content["expected"]:
        blocks += [annex("Số liệu theo đơn vị", landscape=True), _by_unit(report, content)]
    return blocks


def _body(sections: list[dict]) -> list[Block]:
    blocks = []
    last = ""
    for section in sections:
        if section["part"] != last:
            last = section["part"]
            blocks.append(part(last))
        if section["heading"]:
            blocks.append(clause(section["heading"]))
        blocks += [paragraph(text) for text in section["paragraphs"]]
    return blocks


def _by_indicator(total: dict) -> Block:
    rows = []
    for number, (title, indicators) in enumerate(GROUPS, start=1):
        rows.append([roman(number), title.upper(), "", ""])
        count = 0
        for indicator in indicators:
            count += not indicator.is_part
            label = f"Trong đó: {indicator.label}" if indicator.is_part else indicator.label
            place = "" if indicator.is_part else str(count)
            rows.append([place, label, indicator.unit, grouped(indicator.value(total))])
    rows += _kinds_of_support(total["support"], len(GROUPS) + 1)
    return table(
        [
            Column("TT", 8, "center"),
            Column("Chỉ tiêu", 52),
            Column("Đơn vị tính", 16, "center"),
            Column("Số liệu", 24, "right"),
        ],
        rows=rows,
    )


def _kinds_of_support(kinds: dict[str, dict], number: int) -> list[list[str]]:
    if not kinds:
        return []
    rows = [[roman(number), "HỖ TRỢ THEO NỘI DUNG", "", ""]]
    for place, (kind, row) in enumerate(in_order(kinds), start=1):
        rows.append([str(place), kind, "lượt", grouped(row["count"])])
        rows.append(["", "Trị giá", "đồng", grouped(row["value"])])
    return rows


def _by_unit(report: Report, content: dict) -> Block:
    rows = [_unit_row("", f"Cấp {report.committee.kind.lower()}", content["own"])]
    for number, child in enumerate(content["children"], start=1):
        rows.append(_unit_row(str(number), child["name"], child["figures"]))
    for number, name in enumerate(content["missing"], start=len(content["children"]) + 1):
        rows.append([str(number), f"{name} ({NOT_YET})", *([""] * len(BY_UNIT))])
    columns = [Column("TT", 5, "center"), Column("Đơn vị", 17)]
    columns += [Column(label, width, "right") for label, width, _code in BY_UNIT]
    return table(columns, rows=rows, total=_unit_row("", "Cộng", content["total"]))


def _unit_row(place: str, name: str, figures: dict) -> list[str]:
    return [place, name, *(grouped(_value(figures, code)) for _l, _w, code in BY_UNIT)]


def _value(figures: dict, code: str) -> int:
    found = figures
    for step in code.split("."):
        found = found.get(step, 0)
    return found


def _recipients(upper: str) -> list[str]:
    return ["Như trên", "Lưu: VT"] if upper else ["Lưu: VT"]


def _foot(report: Report) -> SafeString:
    """At the foot of every page: the code of what was sent, and the way to its records."""
    if not report.sha256:
        made = report.compiled_at.astimezone(VIETNAM) if report.compiled_at else None
        on = f", số liệu lập ngày {format_date(made.date())}" if made else ""
        return format_html("<strong>DỰ THẢO</strong> – chưa gửi{}", on)
    # Drawn by segno from the address alone; holds nothing that a person typed.
    code = SafeString(segno.make(address_of(report), error="m").svg_inline(scale=1.5, border=0))
    return format_html(
        "{} Mã kiểm tra {} – lần {}",
        code,
        report.sha256[:12].upper(),
        report.revision,
    )

"""The Front's remarks on a list as an official paper to the People's Committee (giám sát)."""

from committees import audit
from committees.letterhead import capacities, place_name, standing_in_words, symbol
from committees.models import Committee, Document, User
from committees.printing import (
    Block,
    Column,
    can_cu,
    kinh_gui,
    paragraph,
    print_document,
    table,
)
from config import clock
from config.vietnamese.amounts import grouped
from config.vietnamese.dates import format_date, long_date
from households.models import Classification, ListRemark, PovertyList, Sighting
from households.privacy.sightings import saw_many
from households.review.standing import counts_by_kind

KIND = Document.Kind.REPORT
PURPOSE = "In ý kiến giám sát danh sách"
COLUMNS = [
    Column("TT", 6, "center"),
    Column("Chủ hộ", 20),
    Column("Mã hộ, thôn, ấp", 20),
    Column("Loại ý kiến", 16),
    Column("Nội dung", 38),
]


def print_note(poverty_list: PovertyList, *, by: User) -> bytes:
    """The PDF "Ý kiến giám sát danh sách …" of a list's remarks, without number and signature.

    Who printed it is in the log, and beside each household that it names.
    """
    remarks = list(
        poverty_list.remarks.select_related("household__hamlet").order_by(
            "household__hamlet__path", "household__head_sort_key", "pk"
        )
    )
    audit.record(
        "remark.printed",
        poverty_list,
        by=by,
        committee=poverty_list.commune,
        year=poverty_list.year,
        rows=len(remarks),
    )
    named = [remark.household_id for remark in remarks if remark.household_id]
    saw_many(named, by, Sighting.How.PRINT, PURPOSE)
    return print_document(
        _paper(poverty_list, remarks),
        _blocks(poverty_list, remarks),
        recipients=["Như trên", "Lưu: VT"],
        year=clock.today().year,
    )


def _paper(poverty_list: PovertyList, remarks: list[ListRemark]) -> Document:
    """A paper that nobody has numbered yet; it is not kept."""
    commune, usual = poverty_list.commune, capacities()[0]
    return Document(
        committee=commune,
        kind=KIND,
        subject=(
            f"Ý kiến giám sát danh sách hộ nghèo, hộ cận nghèo năm {poverty_list.year}"
            f" của {_in_words(commune)}"
        ),
        symbol=symbol(commune, KIND),
        place=place_name(commune),
        capacity=usual.capacity,
        signer_title=usual.title,
        created_at=max(remark.created_at for remark in remarks),
    )


def _blocks(poverty_list: PovertyList, remarks: list[ListRemark]) -> list[Block]:
    standing, place = standing_in_words(poverty_list.commune), _in_words(poverty_list.commune)
    counts = counts_by_kind([poverty_list])[poverty_list.pk]
    poor, near_poor = (
        grouped(counts[kind]) for kind in (Classification.Kind.POOR, Classification.Kind.NEAR_POOR)
    )
    return [
        kinh_gui(f"Ủy ban nhân dân {place}"),
        can_cu(
            "Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ"
            " quy định quy trình rà soát hộ nghèo, hộ cận nghèo hằng năm;"
        ),
        paragraph(
            f"{_decision(poverty_list, place)} năm {poverty_list.year} của {place} có {poor} hộ"
            f" nghèo, {near_poor} hộ cận nghèo. Qua giám sát, {standing} có {len(remarks)} ý kiến"
            " như sau:"
        ),
        table(COLUMNS, rows=[_row(number, one) for number, one in enumerate(remarks, start=1)]),
        paragraph(
            f"Đề nghị Ủy ban nhân dân {place} xem xét, kiểm tra lại các trường hợp trên và trả lời"
            f" để {standing} thông báo cho khu dân cư."
        ),
    ]


def _decision(poverty_list: PovertyList, place: str) -> str:
    """ "Theo Quyết định số … ngày … của Ủy ban nhân dân xã …, danh sách hộ nghèo, hộ cận nghèo"."""
    listed = "danh sách hộ nghèo, hộ cận nghèo"
    if not poverty_list.decision_number:
        return listed.capitalize()
    day = f" {long_date(poverty_list.decided_on)}" if poverty_list.decided_on else ""
    number = poverty_list.decision_number
    return f"Theo Quyết định số {number}{day} của Ủy ban nhân dân {place}, {listed}"


def _row(number: int, remark: ListRemark) -> list[str]:
    household = remark.household
    answered = (
        f" (UBND trả lời ngày {format_date(remark.answered_on)}: {remark.answer})"
        if remark.answer
        else ""
    )
    return [
        str(number),
        household.head_name if household else "Cả danh sách",
        f"{household.code}, {household.hamlet}" if household else "",
        remark.get_kind_display(),
        f"{remark.text}{answered}",
    ]


def _in_words(commune: Committee) -> str:
    """ "xã Mỹ Thạnh", as a sentence names it."""
    return f"{commune.kind.lower()} {commune.bare_name}"

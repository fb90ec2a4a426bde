"""Papers that lie in no database: enough to print."""

from datetime import UTC, date, datetime

from committees.letterhead import capacities, place_name, symbol
from committees.models import Committee, Document

LEVELS = {"Tỉnh": "province", "Thành phố": "province", "Huyện": "district", "Trung ương": "centre"}
SENTENCE = "Tuyên truyền, vận động các tầng lớp nhân dân tham gia ủng hộ Quỹ “Vì người nghèo”. "


def unit(name: str = "Xã Mỹ Thạnh", kind: str = "Xã") -> Committee:
    return Committee(name=name, kind=kind, level=LEVELS.get(kind, "commune"), code="28051")


def paper(
    committee: Committee | None = None,
    *,
    kind: str = "KH",
    subject: str = "Tổ chức Tháng cao điểm “Vì người nghèo” năm 2023",
    number: int | None = 7,
    dated_on: date = date(2023, 10, 18),
    series: str = "BTT",
    way: int = 0,
) -> Document:
    """A paper with a number, or with ``number=None`` a draft."""
    committee = committee or unit()
    capacity = capacities(series)[way]
    return Document(
        committee=committee,
        kind=kind,
        series=series,
        subject=subject,
        symbol=symbol(committee, kind, series),
        place=place_name(committee),
        number=number,
        dated_on=dated_on if number else None,
        capacity=capacity.capacity,
        signer_title=capacity.title,
        signer_name="Lê Thị Ký",
        created_at=datetime(2023, 10, 1, tzinfo=UTC),
    )

"""The words of a report, composed from its figures.

Zero, one, many and missing units each have their sentence; a sentence without data is not
written. An officer may replace the words of a section, never a sum (domain.md §5.4).
"""

from collections.abc import Callable

from reports.models import Report
from reports.prose import frame, results

PARTS = (
    ("CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", ("direction",)),
    ("KẾT QUẢ THỰC HIỆN", ("registry", "received", "spent", "houses", "support", "welfare")),
    ("ĐÁNH GIÁ CHUNG", ("assessment",)),
    ("NHIỆM VỤ THỜI GIAN TỚI, KIẾN NGHỊ", ("tasks",)),
)
HEADINGS = {
    "direction": "",
    "registry": "Hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn",
    "received": "Vận động Quỹ “Vì người nghèo”",
    "spent": "Quản lý, sử dụng Quỹ “Vì người nghèo”",
    "houses": "Xây dựng, sửa chữa nhà Đại đoàn kết",
    "support": "Hỗ trợ hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn",
    "welfare": "Chương trình an sinh xã hội",
    "assessment": "",
    "tasks": "",
}
_WRITERS: dict[str, Callable[[Report, dict], list[str]]] = {
    "direction": frame.direction,
    "registry": results.registry,
    "received": results.received,
    "spent": results.spent,
    "houses": results.houses,
    "support": results.support,
    "welfare": results.welfare,
    "assessment": frame.assessment,
    "tasks": frame.tasks,
}


def title_of(code: str) -> str:
    """What a section is called on the screen: its heading, or its part's."""
    part = next(title for title, codes in PARTS if code in codes)
    return HEADINGS[code] or part.capitalize()


def compose(report: Report) -> dict[str, list[str]]:
    """The composed sentences of every section, by code; empty without data."""
    figures = report.figures["total"]
    return {code: write(report, figures) for code, write in _WRITERS.items()}


def sections_of(report: Report) -> list[dict]:
    """Every section in printing order: {"code", "part", "heading", "paragraphs", "edited"}.

    An officer's words stand in place of composed ones; a section may be empty.
    """
    composed = compose(report)
    return [
        {
            "code": code,
            "part": part,
            "heading": HEADINGS[code],
            "paragraphs": _paragraphs(report.narrative.get(code, "")) or composed[code],
            "edited": code in report.narrative,
        }
        for part, codes in PARTS
        for code in codes
    ]


def narrate(report: Report) -> list[dict]:
    """The sections that have words: what is sent, frozen and printed."""
    return [section for section in sections_of(report) if section["paragraphs"]]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]

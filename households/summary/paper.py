"""A summary table on paper: A4 across, head of Nghị định 30/2020, who drew it up and who signs."""

from datetime import datetime

from django.template.loader import render_to_string

from committees import pdf
from committees.letterhead import capacities, letterhead, place_name
from committees.models import Committee
from committees.printing import BLANK
from households.summary.table import Table

FEW = 12  # columns that leave room for larger letters
LABEL_WIDTH, NUMBER_WIDTH = 30, 6  # beside the columns' own shares


def pdf_of(table: Table, unit: Committee, *, by: str, at: datetime) -> bytes:
    """The PDF, its day left blank; the same figures and moment give the same bytes.

    Raises ``DocumentError`` for a hamlet: a Ban Công tác Mặt trận issues no papers.
    """
    head = letterhead(unit)
    whole = NUMBER_WIDTH + LABEL_WIDTH + sum(column.width for column in table.columns)
    html = render_to_string(
        "households/summary_paper.html",
        {
            "head": head,
            "place_and_date": f"{place_name(unit)}, {_blank_day(at.year)}",
            "unit": unit,
            "table": table,
            "is_roomy": len(table.columns) <= FEW,
            "widths": [
                f"{width * 100 / whole:.2f}"
                for width in (NUMBER_WIDTH, LABEL_WIDTH, *(c.width for c in table.columns))
            ],
            "span": len(table.columns) + 1,
            "capacity": capacities()[0],
            "footnote": f"{by} in lúc {at:%H:%M ngày %d/%m/%Y}, theo sổ hộ lúc in",
        },
    )
    author = " ".join([*head.above, *head.issuer])
    return pdf.render(html, title=f"{table.title} – {unit}", author=author, made_at=at)


def _blank_day(year: int) -> str:
    return f"ngày {BLANK * 6} tháng {BLANK * 6} năm {year}"

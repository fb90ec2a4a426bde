"""The decision of the People's Committee behind a list: number and day, read from its titles."""

import re
from collections.abc import Iterable
from datetime import date

from config.vietnamese.dates import format_date, parse_date
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import nfc

DECISION = re.compile(
    r"(?i)(?:quyết định|quyet dinh|qđ)\s*(?:số|so)?\s*:?\s*"
    r"(\d[\w.]*\s*/\s*(?:\d{4}\s*/\s*)?Q[ĐD]\s*-\s*\w+(?:-\w+)?)"
    r"(?:\W{0,3}ngày\s+(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
)
LONGEST = 60
KEYS = ("decision_number", "decided_on")


def decision_in(titles: Iterable[str]) -> dict[str, str]:
    """{"decision_number": "123/QĐ-UBND", "decided_on": "2023-12-15"}; what is not there, empty."""
    text = re.sub(r"[–—]", "-", nfc(" ".join(titles)))
    found = DECISION.search(text)
    if not found:
        return {}
    number, day = found.groups()
    answers = {"decision_number": re.sub(r"\s+", "", number)[:LONGEST]}
    try:
        return answers | ({"decided_on": parse_date(day).isoformat()} if day else {})
    except NotUnderstood:
        return answers


def decision_of(titles: Iterable[str], said: dict[str, str]) -> dict[str, str]:
    """What a person said of the decision, else what the titles say."""
    answers = decision_in(titles) | {key: said[key] for key in KEYS if said.get(key)}
    return {key: answers.get(key, "") for key in KEYS}


def remarks_on(answers: dict[str, str], year: int, today: date) -> list[str]:
    """What is odd about a decision of this year's list, as sentences."""
    if not answers["decided_on"]:
        return []
    day = date.fromisoformat(answers["decided_on"])
    if day > today:
        return [f"Ngày quyết định {format_date(day)} chưa đến: hãy kiểm tra lại."]
    if not year - 1 <= day.year <= year + 1:
        return [f"Quyết định ngày {format_date(day)} nhưng danh sách của năm {year}."]
    return []

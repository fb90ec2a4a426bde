"""Dates as Vietnam writes them: day, month, year; never month first, never guessed."""

import math
import re
from datetime import date, datetime, timedelta, timezone

from config.vietnamese.errors import NotUnderstood

VIETNAM = timezone(timedelta(hours=7))
FIRST_YEAR, LAST_YEAR = 1900, 2100
SERIAL_DAY_ZERO = date(1899, 12, 30)
NO_SUCH_SERIAL = 60
"""Excel's 29/02/1900, a day that never was."""

DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})([/\-])(\d{1,2})\2(\d{1,2})")
WRITTEN_OUT = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})|ngày\s*(\d{1,2})/(\d{1,2})/(\d{4})"
)
TIME_OF_DAY = re.compile(r"(?<=\d)(?:t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\dt?.*\d(?:z|[+\-]\d\d:?\d\d)$")
TWO_DIGIT_YEAR = re.compile(r"\d{1,2}\s*([/.\-])\s*\d{1,2}\s*\1\s*\d{2}")
NO_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}|(?:ngày\s*)?\d{1,2}\s*tháng\s*\d{1,2}")
LUNAR = re.compile(r"giêng|chạp|âm lịch|\(?\bâl\b\)?|mùng|mồng|\brằm\b|\btết\b|nhuận")
YEAR_ONLY = re.compile(
    r"(?:(?:sinh\s+)?năm\s+|sn\.?\s*)?(\d{4})|(?:00|--|\.\.|\?\?)/(?:00|--|\.\.|\?\?)/(\d{4})"
)


class NotADate(NotUnderstood):
    """A value is not one certain day of the solar calendar."""


def format_date(d: date) -> str:
    """17/10/2023."""
    return f"{d.day:02}/{d.month:02}/{d.year:04}"


def long_date(d: date) -> str:
    """ "ngày 05 tháng 02 năm 2023": Nghị định 30/2020 leads days 1–9 and months 1, 2 with 0."""
    month = f"{d.month:02}" if d.month < 3 else str(d.month)
    return f"ngày {d.day:02} tháng {month} năm {d.year}"


def parse_date(value: object) -> date:
    """The day meant by a cell or a field: date, Excel serial (1900 mode) or text, day first.

    Raises NotADate when the year is missing or has two digits, when only month-first reading
    would fit, for lunar dates, and for years outside 1900–2100.
    """
    if isinstance(value, datetime):
        return _checked(value.astimezone(VIETNAM).date() if value.tzinfo else value.date())
    if isinstance(value, date):
        return _checked(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", str(value or "")).strip(" '.").lower()
    if not text:
        raise NotADate("Chưa ghi ngày: hãy ghi ngày/tháng/năm, ví dụ 17/10/2023.")
    return _from_text(text)


def parse_birth(value: object) -> tuple[int, date | None]:
    """Year of birth, and the day where it is known: many old people only know the year."""
    year = _year_alone(value)
    if year is not None:
        return _checked(date(year, 1, 1)).year, None
    try:
        born_on = parse_date(value)
    except NotADate as refusal:
        if "00/" in str(value):
            raise NotADate("Ngày hoặc tháng 00 không có: nếu chỉ biết năm, hãy ghi năm.") from None
        raise refusal from None
    return born_on.year, born_on


def _year_alone(value: object) -> int | None:
    if isinstance(value, bool | date):
        return None
    if isinstance(value, int | float):
        is_year = math.isfinite(value) and value == int(value) and 1000 <= value <= LAST_YEAR
        return int(value) if is_year else None
    text = re.sub(r"\s+", " ", str(value or "")).strip(" '").lower()
    found = YEAR_ONLY.fullmatch(text)
    if not found:
        return None
    year = int(found.group(1) or found.group(2))
    return year if year >= 1000 else None


def _checked(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADate(
            f"Năm {day.year:04} ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}: hãy kiểm tra lại năm."
        )
    return day


def _from_number(value: int | float) -> date:
    if not math.isfinite(value) or value < 1:
        raise NotADate("Số trong ô không phải ngày: hãy ghi ngày/tháng/năm, ví dụ 17/10/2023.")
    whole = int(value)
    if value == whole and 10**6 <= whole < 10**8:
        return _from_text(f"{whole:08}")
    if FIRST_YEAR <= whole <= LAST_YEAR and value == whole:
        raise NotADate(f"“{whole}” chỉ có năm: hãy ghi đủ ngày/tháng/năm, ví dụ 17/10/{whole}.")
    if whole == NO_SUCH_SERIAL or whole > 73415:
        raise NotADate("Số trong ô không phải ngày: hãy ghi ngày/tháng/năm, ví dụ 17/10/2023.")
    # Excel counts the missing 29/02/1900, so serials before it stand one day further on.
    return SERIAL_DAY_ZERO + timedelta(days=whole + (whole < NO_SUCH_SERIAL))


def _from_text(text: str) -> date:
    if LUNAR.search(text):
        raise NotADate(f"“{text[:40]}” là ngày âm lịch: hãy đổi sang dương lịch, ví dụ 17/10/2023.")
    if WITH_ZONE.fullmatch(text):
        return _from_zoned(text)
    text = TIME_OF_DAY.sub("", text)
    for pattern, order in ((DAY_FIRST, (1, 3, 4)), (YEAR_FIRST, (4, 3, 1))):
        found = pattern.fullmatch(text)
        if found:
            return _build(*(int(found.group(part)) for part in order))
    found = WRITTEN_OUT.fullmatch(text)
    if found:
        return _build(*(int(part) for part in found.groups() if part))
    if re.fullmatch(r"\d{8}", text):
        return _build(int(text[:2]), int(text[2:4]), int(text[4:]))
    raise NotADate(_why_not(text))


def _from_zoned(text: str) -> date:
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise NotADate(_why_not(text)) from None
    if moment.tzinfo is None:
        return _checked(moment.date())
    return _checked(moment.astimezone(VIETNAM).date())


def _build(day: int, month: int, year: int) -> date:
    if month > 12 >= day:
        raise NotADate(f"Không có tháng {month}: hãy ghi ngày trước, tháng sau, ví dụ 17/10/2023.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(
            f"Năm {year:04} ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}: hãy kiểm tra lại năm."
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(
            f"Không có ngày {day:02}/{month:02}/{year}: hãy kiểm tra lại ngày và tháng."
        ) from None


def _why_not(text: str) -> str:
    if TWO_DIGIT_YEAR.fullmatch(text):
        return f"“{text}” có năm hai chữ số: hãy ghi đủ bốn chữ số của năm, ví dụ 17/10/2023."
    if NO_YEAR.fullmatch(text):
        return f"“{text}” thiếu năm: hãy ghi đủ ngày/tháng/năm, ví dụ 17/10/2023."
    return f"“{text[:40]}” không phải ngày: hãy ghi ngày/tháng/năm, ví dụ 17/10/2023."

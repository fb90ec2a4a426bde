"""Money in whole đồng and other figures, as Vietnam writes and reads them.

Thousands take a dot, decimals a comma: "24.761,596 tỷ đồng".
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from config.vietnamese.errors import NotUnderstood

LARGEST_AMOUNT = 10**13
"""The most one line of a list may hold, in đồng; sums may be larger."""

UNIT_NAMES = {
    1: "đồng",
    1_000: "nghìn đồng",
    1_000_000: "triệu đồng",
    1_000_000_000: "tỷ đồng",
}

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
UNIT_DIGITS_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u200b-\u200d\u2060\ufeff]+")
CURRENCY = re.compile(r"\s*(?:đồng|đ|₫|vn[dđ])\s*\.?$")
GROUPS = re.compile(r"(\d{1,3})((?:([., ])\d{3})(?:\3\d{3})*)")
EMPTY_CENTS = re.compile(r"^(\d{1,3}(?:\.\d{3})+),0{1,2}$|^(\d{1,3}(?:,\d{3})+)\.0{1,2}$")
IN_WORDS = re.compile(
    r"^(\d+(?:[.,]\d+)?)\s*(trăm|ngàn|nghìn|ng|k|triệu|tr|tỷ|tỉ)\.?\s*(\d)?\s*(?:đồng|đ)?$"
)
WORD_VALUES = {
    "trăm": 100,
    "ngàn": 1_000,
    "nghìn": 1_000,
    "ng": 1_000,
    "k": 1_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}


class NotAnAmount(NotUnderstood):
    """A value is not a whole number of the kind asked for."""


def grouped(n: int) -> str:
    """1500000 → "1.500.000"."""
    return f"{int(n):,}".replace(",", ".")


def dong(n: int) -> str:
    """1500000 → "1.500.000 đ"."""
    return f"{grouped(n)} đ"


def decimal_comma(x: int | float | Decimal | str, places: int) -> str:
    """Rounded half up to `places` decimals: 24761.596 → "24.761,60"."""
    rounded = Decimal(str(x)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    return f"{rounded:,f}".translate({ord(","): ".", ord("."): ","})


def percent(part: int | float | Decimal, whole: int | float | Decimal) -> str:
    """Share with at most one decimal, "12,5 %"; "–" when there is no whole to share."""
    if not whole:
        return "–"
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{decimal_comma(share, 1).removesuffix(',0')} %"


def short_money(n: int) -> str:
    """Đồng in the largest fitting unit, two decimals at most: "660 triệu đồng", "1,25 tỷ đồng"."""
    if abs(n) < 1_000_000:
        return f"{grouped(n)} đồng"
    unit = 1_000_000 if abs(n) < 999_995_000 else 1_000_000_000
    figure = decimal_comma(Decimal(n) / unit, 2).rstrip("0").rstrip(",")
    return f"{figure} {UNIT_NAMES[unit]}"


def in_words(n: int) -> str:
    """1015 → "một nghìn không trăm mười lăm"; house style lẻ, nghìn, tư after mươi."""
    if n < 0:
        return "âm " + in_words(-n)
    if n == 0:
        return DIGITS[0]
    billions, rest = divmod(n, 10**9)
    if not billions:
        return _below_billion(rest, said_before=False)
    return " ".join([in_words(billions), "tỷ", _below_billion(rest, said_before=True)]).strip()


def in_words_dong(n: int) -> str:
    """1500000 → "Một triệu năm trăm nghìn đồng", as vouchers write it."""
    words = in_words(n)
    return f"{words[0].upper()}{words[1:]} đồng"


def parse_dong(value: object, *, unit: int = 1, zero_ok: bool = False) -> int:
    """Whole đồng from a cell or a form field.

    `unit` is what one of the sheet's units is worth in đồng (1.000 under "ĐVT: nghìn đồng").
    Raises NotAnAmount for what is empty, negative, 0 (unless `zero_ok`), a fraction of a đồng,
    above LARGEST_AMOUNT, or readable in two ways.
    """
    figure = _figure_in_text(value, unit) if isinstance(value, str) else _exact_number(value)
    amount = _whole(figure * unit, value)
    if amount < 0:
        raise NotAnAmount("Số tiền không được âm: hãy ghi số dương; khoản chi ghi ở danh sách chi.")
    if amount == 0 and not zero_ok:
        raise NotAnAmount("Số tiền là 0: hãy ghi số tiền thật hoặc bỏ dòng này.")
    if amount > LARGEST_AMOUNT:
        raise NotAnAmount(f"Số tiền lớn hơn {dong(LARGEST_AMOUNT)}: hãy kiểm tra lại số chữ số.")
    return amount


def parse_whole(value: object) -> int:
    """A count (people, labour days, gifts) from a cell: 5, 5.0, "05", "1.200"; 0 is allowed."""
    try:
        return parse_dong(value, zero_ok=True)
    except NotAnAmount:
        shown = _shown(value)
        if not shown:
            raise NotAnAmount("Ô đang trống: hãy ghi một số.") from None
        raise NotAnAmount(f"“{shown}” không phải số nguyên: hãy ghi bằng chữ số.") from None


LONGEST_MEASURE = 20  # characters; more than any house or field has


def parse_decimal(value: object) -> Decimal:
    """A measure that may have decimals (m², kg): 40, 40.5, "40,5", "1.200,5"."""
    if not isinstance(value, str):
        number = _exact_number(value)
    else:
        text = SPACES.sub("", value)
        plain = re.fullmatch(r"\d+(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", text)
        if not plain:
            shown = _shown(value)
            raise NotAnAmount(f"“{shown}” không phải số: hãy ghi chữ số, phần lẻ sau dấu phẩy.")
        if len(text) > LONGEST_MEASURE:
            raise NotAnAmount("Số này quá dài: hãy kiểm tra lại.")
        number = Decimal(text.replace(".", "").replace(",", "."))
    if number < 0:
        raise NotAnAmount("Số không được âm: hãy ghi số dương.")
    return number


def _three(n: int, *, said_before: bool) -> list[str]:
    hundreds, tens, units = n // 100, n // 10 % 10, n % 10
    has_hundreds = bool(hundreds) or said_before
    words = [DIGITS[hundreds], "trăm"] if has_hundreds else []
    if tens == 0:
        if units:
            words += ["lẻ", DIGITS[units]] if has_hundreds else [DIGITS[units]]
        return words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if units == 5 or (units and tens > 1):
        words.append(UNIT_DIGITS_AFTER_TENS.get(units, DIGITS[units]))
    elif units:
        words.append(DIGITS[units])
    return words


def _below_billion(n: int, *, said_before: bool) -> str:
    words = []
    for part, name in ((n // 10**6, "triệu"), (n // 1000 % 1000, "nghìn"), (n % 1000, "")):
        if part:
            words += _three(part, said_before=said_before or bool(words))
            words += [name] if name else []
    return " ".join(words)


def _shown(value: object) -> str:
    return "" if value is None else SPACES.sub(" ", str(value)).strip()[:40]


def _exact_number(value: object) -> Decimal:
    if value is None:
        raise NotAnAmount("Chưa ghi số tiền: hãy ghi đủ các chữ số.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NotAnAmount(f"“{_shown(value)}” không phải số tiền: hãy ghi bằng chữ số.")
    if not math.isfinite(value):
        raise NotAnAmount("Ô không chứa số: hãy ghi số tiền bằng chữ số.")
    return Decimal(str(value))


def _whole(figure: Decimal, value: object) -> int:
    nearest = figure.to_integral_value(rounding=ROUND_HALF_UP)
    if abs(figure - nearest) >= Decimal("1e-6"):
        raise NotAnAmount(
            f"“{_shown(value)}” không phải số đồng nguyên: hãy ghi đủ các chữ số, ví dụ 1.500.000."
        )
    return int(nearest)


def _figure_in_text(text: str, unit: int) -> Decimal:
    plain = SPACES.sub(" ", text).strip().lstrip("'’").strip().lower()
    if plain in {"", "-", "–", "—"}:
        raise NotAnAmount("Chưa ghi số tiền: hãy ghi đủ các chữ số.")
    _refuse_words(plain, text)
    bare = CURRENCY.sub("", plain)
    if bare != plain and unit != 1:
        raise NotAnAmount(
            f"Danh sách tính bằng {UNIT_NAMES.get(unit, 'đơn vị khác')} nhưng ô ghi "
            f"“{_shown(text)}”: hãy dùng một đơn vị cho cả danh sách."
        )
    sign = -1 if bare.startswith(("-", "−")) else 1
    digits = bare.lstrip("-−+").strip()[:60]
    if digits.isdecimal():
        return sign * Decimal(int(digits))
    return sign * (_grouped_figure(digits, unit) or _fraction(digits, unit, text))


def _refuse_words(plain: str, text: str) -> None:
    words = IN_WORDS.match(plain)
    if not words:
        return
    figure, word, tail = words.groups()
    value = Decimal(figure.replace(",", ".")) * WORD_VALUES[word]
    value += int(tail or 0) * Decimal(WORD_VALUES[word]) / 10
    raise NotAnAmount(f"“{_shown(text)}” chưa rõ: hãy ghi đủ chữ số, có phải {grouped(value)}?")


def _grouped_figure(digits: str, unit: int) -> Decimal | None:
    cents = EMPTY_CENTS.match(digits)
    if cents:
        digits = cents.group(1) or cents.group(2)
    groups = GROUPS.fullmatch(digits)
    if not groups:
        return None
    if unit != 1 and groups.group(3) == "," and digits.count(",") == 1:
        # "1,500" under "triệu đồng" may be 1,5 or 1500 million: nobody guesses a factor of 1000.
        return None
    return Decimal(re.sub(r"\D", "", digits))


def _fraction(digits: str, unit: int, text: str) -> Decimal:
    """A decimal comma has a meaning only where the unit is larger than a đồng: "1,5" triệu."""
    fraction = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2}|\d{4,6})", digits)
    if unit != 1 and fraction:
        return Decimal(f"{fraction.group(1).replace('.', '')}.{fraction.group(2)}")
    raise NotAnAmount(
        f"“{_shown(text)}” không phải số tiền rõ ràng: hãy ghi đủ các chữ số, ví dụ 1.500.000."
    )

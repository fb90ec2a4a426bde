"""The national number (số CCCD, số định danh): read, checked, sealed, found again, masked.

Twelve digits without a check digit (domain.md §8.3): 1–3 province of birth registration,
4 century and sex, 5–6 year of birth, the rest random. What contradicts is therefore only a
warning. The number itself lies encrypted; a keyed hash finds it; pages show three digits.
"""

import base64
import hmac
import re
import secrets
from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from households.errors import NotAnIdentity

# Provinces of before 1/7/2025 ("0" + old GSO code); nobody knows yet which codes come after.
BIRTH_PROVINCES = {
    "001", "002", "004", "006", "008", "010", "011", "012", "014", "015", "017", "019", "020",
    "022", "024", "025", "026", "027", "030", "031", "033", "034", "035", "036", "037", "038",
    "040", "042", "044", "045", "046", "048", "049", "051", "052", "054", "056", "058", "060",
    "062", "064", "066", "067", "068", "070", "072", "074", "075", "077", "079", "080", "082",
    "083", "084", "086", "087", "089", "091", "092", "093", "094", "095", "096",
}  # fmt: skip
SEPARATORS = re.compile(r"[\s.\u00a0\u2007\u2009\u202f\u200b-\u200d\ufeff'’]+")
DIGIT_RUNS = "01234567890123456789 98765432109876543210"
WRITTEN_NUMBER = re.compile(r"(?<!\d)(?:(?<!\d[ .])0(?:[ .]?\d){11}|\d{12}|[1-9]\d{10})(?!\d)")
LEGACY_AAD = b"member.old_id"
NONCE = 12
FEMALE = "female"


class Identity(NamedTuple):
    """An identity number as understood; at most one of the two numbers is there."""

    number: str = ""  # twelve digits
    old_number: str = ""  # nine digits: a CMND of before 2016
    warnings: tuple[str, ...] = ()
    was_changed: bool = False  # separators were dropped: shown to the officer, no warning


def read_identity(value: object, *, sex: str = "", birth_year: int | None = None) -> Identity:
    """What a cell or field holds; empty for nothing.

    Excel drops leading zeros, so a short number is filled up when the rest fits the person's
    sex and year of birth. Raises ``NotAnIdentity`` for anything that is no such number.
    """
    typed = _as_text(value)
    digits = SEPARATORS.sub("", typed)
    if not digits:
        return Identity()
    if not (digits.isascii() and digits.isdigit()):
        raise NotAnIdentity(
            "Số CCCD chỉ gồm chữ số: hãy ghi đủ 12 số, hoặc để trống nếu chưa có giấy tờ."
        )
    if len(digits) == 9:
        _refuse_fake(digits)
        return Identity(old_number=digits, warnings=("Số CMND cũ 9 số, cần cập nhật số CCCD.",))
    lost = len(digits) in (10, 11)
    number = _restored(digits, sex, birth_year) if lost else digits
    if len(number) != 12:
        raise NotAnIdentity(
            f"Số CCCD có {len(digits)} chữ số, phải đủ 12: hãy kiểm tra lại giấy tờ."
        )
    _refuse_fake(number)
    warnings = contradictions(number, sex=sex, birth_year=birth_year)
    if lost:
        warnings = ("Số CCCD thiếu số 0 ở đầu, đã thêm lại: hãy kiểm tra.", *warnings)
    return Identity(number, "", warnings, typed != digits and not lost)


def holds_number(text: str) -> bool:
    """Whether a text that is no identity number holds one: it must not be kept as it is."""
    return bool(WRITTEN_NUMBER.search(text))


def contradictions(number: str, *, sex: str = "", birth_year: int | None = None) -> tuple[str, ...]:
    """What in the number does not fit the person or the list of provinces, as sentences."""
    found = []
    if number[:3] not in BIRTH_PROVINCES and number[:3] not in settings.TEST_ID_CODES:
        found.append(f"Mã nơi đăng ký khai sinh {number[:3]} trong số CCCD không có.")
    if sex and (int(number[3]) % 2 == 1) != (sex == FEMALE):
        found.append("Số CCCD không khớp giới tính.")
    if birth_year and birth_year_of(number) != birth_year:
        found.append(f"Số CCCD ứng với năm sinh {birth_year_of(number)}, không phải {birth_year}.")
    return tuple(found)


def birth_year_of(number: str) -> int:
    """1981 for 099181894887: the fourth digit gives the century."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def seal(number: str, index: bytes) -> bytes:
    """The number under the current key, bound to its blind index."""
    key_id = settings.KEYS["current"]
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(key_id).encrypt(nonce, number.encode(), index)
    return key_id.encode() + b"\0" + nonce + sealed


def unseal(sealed: bytes, index: bytes) -> str:
    """The number again, by whichever key it was sealed with."""
    key_id, _, rest = bytes(sealed).partition(b"\0")
    opened = _cipher(key_id.decode()).decrypt(rest[:NONCE], rest[NONCE:], bytes(index))
    return opened.decode()


def seal_old(number: str) -> str:
    """A nine-digit number as text for ``Member.old_id``; empty stays empty."""
    return base64.b64encode(seal(number, LEGACY_AAD)).decode() if number else ""


def unseal_old(text: str) -> str:
    """The nine digits of ``Member.old_id``."""
    return unseal(base64.b64decode(text), LEGACY_AAD) if text else ""


def blind_index(number: str) -> bytes:
    """A keyed hash, the same for the same number: how a person is found without decrypting."""
    return hmac.digest(settings.KEYS["index_key"], number.encode(), "sha256")


def sealed_fields(number: str) -> dict[str, object]:
    """The three columns of ``Member`` for a number; all empty without one."""
    if not number:
        return {"id_cipher": None, "id_index": None, "id_tail": ""}
    index = blind_index(number)
    return {"id_cipher": seal(number, index), "id_index": index, "id_tail": number[-3:]}


def mask(tail: str) -> str:
    """All that pages show: nine dots and the last three digits."""
    return f"•••••••••{tail[-3:]}" if tail else ""


def phone_in(text: str) -> str:
    """A telephone number as its 10 or 11 digits, with the 0 that a spreadsheet drops; else ""."""
    digits = re.sub(r"[\s.()\-]", "", text)
    digits = re.sub(r"^\+?84(?=\d{9}$)", "0", digits)
    if len(digits) == 9 and digits.isdigit():
        digits = f"0{digits}"
    return digits if re.fullmatch(r"0[0-9]{9,10}", digits) else ""


def _as_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        if not value.is_integer():
            raise NotAnIdentity("Ô số CCCD chứa số lẻ: hãy định dạng cột là Văn bản rồi ghi lại.")
        return str(int(value))
    text = str(value).strip()
    if re.fullmatch(r"\d[.,]\d+[eE]\+?\d+", text):
        raise NotAnIdentity(
            "Số CCCD bị Excel rút gọn thành 1,23E+11: hãy định dạng cột là Văn bản rồi ghi lại."
        )
    return text


def _restored(digits: str, sex: str, birth_year: int | None) -> str:
    number = digits.zfill(12)
    fits = birth_year is not None and birth_year_of(number) == birth_year
    if fits and (not sex or (int(number[3]) % 2 == 1) == (sex == FEMALE)):
        return number
    raise NotAnIdentity(
        f"Số CCCD có {len(digits)} chữ số, phải đủ 12; thêm số 0 ở đầu vẫn không khớp"
        " giới tính, năm sinh: hãy kiểm tra lại giấy tờ."
    )


def _refuse_fake(digits: str) -> None:
    is_run = digits in DIGIT_RUNS or digits in "123456789012123456789"
    if is_run or len(set(digits)) <= 1:
        raise NotAnIdentity("Số này không phải số thật: hãy để trống nếu chưa có giấy tờ.")


@lru_cache(maxsize=8)
def _cipher_of(key: bytes) -> AESGCM:
    return AESGCM(key)


def _cipher(key_id: str) -> AESGCM:
    return _cipher_of(settings.KEYS["field_keys"][key_id])

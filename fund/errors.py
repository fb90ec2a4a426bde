"""The one error of the books, and the sentences for what the database itself refuses."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import DatabaseError, connection

from config.vietnamese.amounts import dong

BELOW_ZERO = re.compile(r"below_zero: account (\d+) on (\d{4}-\d\d-\d\d) would be (-\d+)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class FundError(Exception):
    """A refusal by the rules of the books: one Vietnamese sentence that says what to do."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the database refuses into ``FundError``; other errors pass unchanged.

    Put it outside ``transaction.atomic()``, so that the account's name can still be asked.
    """
    try:
        yield
    except DatabaseError as error:
        sentence = _sentence_for(error)
        if sentence is None:
            raise
        raise FundError(sentence) from error


def _sentence_for(error: DatabaseError) -> str | None:
    code = getattr(error.__cause__, "pgcode", None)
    sentence = SENTENCES.get(code)
    return sentence(str(error)) if sentence else None


def _below_zero(message: str) -> str:
    found = BELOW_ZERO.search(message)
    if not found:
        return "Số dư không đủ để ghi sổ chứng từ này; hãy kiểm tra lại số tiền và ngày."
    account, day, balance = found.groups()
    return (
        f"{_account_name(account)} không đủ: đến hết ngày {date.fromisoformat(day):%d/%m/%Y} "
        f"sẽ thiếu {dong(-int(balance))}; hãy kiểm tra lại số tiền, ngày chứng từ "
        "hoặc ghi sổ các khoản thu trước."
    )


def _account_name(pk: str) -> str:
    if connection.needs_rollback:
        return "Số dư tài khoản"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM fund_account WHERE id = %s", [pk])
        row = cursor.fetchone()
    return f"Số dư “{row[0]}”" if row else "Số dư tài khoản"


def _with_day(text: str) -> Callable[[str], str]:
    def sentence(message: str) -> str:
        found = DAY.search(message)
        day = f" ({date.fromisoformat(found[0]):%d/%m/%Y})" if found else ""
        return text.format(day=day)

    return sentence


def _always(text: str) -> Callable[[str], str]:
    return lambda _message: text


# By the ERRCODE of fund/migrations/0002 and of PostgreSQL itself.
SENTENCES: dict[str | None, Callable[[str], str]] = {
    "VN001": _always("Chứng từ đã ghi sổ không sửa, không xóa được; hãy lập bút toán điều chỉnh."),
    "VN003": _always(
        "Chứng từ và bút toán không khớp nhau nên chưa ghi sổ; hãy tải lại trang và thử lại."
    ),
    "VN004": _with_day(
        "Ngày chứng từ{day} nằm ngoài thời gian hoạt động của đơn vị; hãy sửa ngày."
    ),
    "VN005": _with_day("Sổ đã khóa đến hết ngày chứng từ{day} hoặc sau đó; hãy chọn ngày khác."),
    "VN006": _always("Bút toán điều chỉnh phải ghi vào ngày hôm nay; hãy tải lại trang."),
    "VN007": _always("Bút toán không cân (tổng khác 0) nên không ghi sổ được."),
    "VN008": _below_zero,
    "55P03": _always("Đang có người khác ghi sổ quỹ này; hãy thử lại sau ít giây."),
    "40P01": _always("Đang có người khác ghi sổ quỹ này; hãy thử lại sau ít giây."),
}

"""What the rules of the houses refuse, and the database's refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError


class HousingError(Exception):
    """A refusal by the rules of the houses: one Vietnamese sentence saying what to do."""


SENTENCES = {
    "house_new_once_for_a_household": "Hộ này đã có nhà Đại đoàn kết xây mới; hãy chọn sửa chữa "
    "hoặc xem lại hồ sơ nhà đã có.",
    "house_takes_two_people": "Người đề nghị không được tự duyệt; hãy để người khác quyết định.",
    "house_dates_run_forward": "Ngày hoàn thành, bàn giao không được trước ngày khởi công; "
    "hãy sửa ngày.",
    "house_decided_before_it_starts": "Ngày quyết định phải từ ngày đề nghị và không sau ngày "
    "khởi công; hãy sửa ngày.",
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a house rule kept by the database into ``HousingError``; put it outside ``atomic``."""
    try:
        yield
    except IntegrityError as error:
        sentence = SENTENCES.get(error.__cause__.diag.constraint_name)
        if sentence is None:
            raise
        raise HousingError(sentence) from error

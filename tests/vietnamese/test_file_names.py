import pytest

from config.vietnamese.text import clean_file_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("danh sách.xlsx", "danh sách.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\hộ nghèo.xlsx", "hộ nghèo.xlsx"),
        ("a\x00b\u202excod.xlsx", "abxcod.xlsx"),
        ("ho\u0323\u0302 nghe\u0300o.xlsx", "hộ nghèo.xlsx"),
        ("", "tệp không tên"),
        ("/", "tệp không tên"),
        ('a";b.xlsx', 'a";b.xlsx'),
    ],
)
def test_a_file_name_is_shown_clean(given, shown):
    assert clean_file_name(given) == shown


def test_a_long_file_name_keeps_its_ending():
    assert len(clean_file_name("x" * 300 + ".xlsx")) == 120
    assert clean_file_name("x" * 300 + ".xlsx").endswith(".xlsx")

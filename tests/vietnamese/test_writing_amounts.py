import random
import re

import pytest

from config.vietnamese.amounts import (
    decimal_comma,
    dong,
    grouped,
    in_words,
    in_words_dong,
    percent,
    short_money,
)

SMALL = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]


def two_digits_by_hand(n):
    """Independent of the code under test: a spoken table of 0–99."""
    if n <= 10:
        return SMALL[n]
    if n < 20:
        return "mười " + ("lăm" if n == 15 else SMALL[n - 10])
    ending = ["", " mốt", " hai", " ba", " tư", " lăm", " sáu", " bảy", " tám", " chín"][n % 10]
    return f"{SMALL[n // 10]} mươi{ending}"


def three_digits_by_hand(n, leading):
    if leading and n < 100:
        return two_digits_by_hand(n)
    tail = n % 100
    if tail == 0:
        return f"{SMALL[n // 100]} trăm"
    joint = " lẻ " if tail < 10 else " "
    return f"{SMALL[n // 100]} trăm{joint}{two_digits_by_hand(tail)}"


def spoken_by_hand(n):
    """Groups of three from the right, as a teller reads them."""
    if n == 0:
        return "không"
    groups = [int(group) for group in f"{n:,}".split(",")]
    names = ["", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ"]
    said = []
    for position, group in enumerate(groups):
        rank = len(groups) - 1 - position
        if group:
            name = names[rank]
            if rank == 4 and len(groups) > 3 and groups[-4]:
                name = " nghìn"
            if rank == 5 and any(groups[-5:-3]):
                name = " triệu"
            said.append(three_digits_by_hand(group, not said) + name)
    return " ".join(said)


def value_of(words):
    """Reads the words back; the second oracle."""
    total, group, number = 0, 0, 0
    for word in words.split():
        if word in {"nghìn", "triệu", "tỷ"}:
            scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            if word == "tỷ":
                total, group, number = (total + group + number) * scale, 0, 0
            else:
                total, group, number = total + (group + number) * scale, 0, 0
        elif word == "trăm":
            group, number = number * 100, 0
        elif word == "mươi":
            group, number = group + number * 10, 0
        elif word == "mười":
            group += 10
        elif word != "lẻ":
            number = {"mốt": 1, "tư": 4, "lăm": 5}.get(word) or SMALL.index(word)
    return total + group + number


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (95, "chín mươi lăm"),
        (101, "một trăm lẻ một"),
        (105, "một trăm lẻ năm"),
        (111, "một trăm mười một"),
        (1005, "một nghìn không trăm lẻ năm"),
        (1010, "một nghìn không trăm mười"),
        (1015, "một nghìn không trăm mười lăm"),
        (523056, "năm trăm hai mươi ba nghìn không trăm năm mươi sáu"),
        (1_000_015, "một triệu không trăm mười lăm"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (1_500_000, "một triệu năm trăm nghìn"),
        (21_000_000, "hai mươi mốt triệu"),
        (40_680_000_000, "bốn mươi tỷ sáu trăm tám mươi triệu"),
        (
            1_230_950_880_055,
            "một nghìn hai trăm ba mươi tỷ chín trăm năm mươi triệu tám trăm tám mươi nghìn "
            "không trăm năm mươi lăm",
        ),
        (10**12, "một nghìn tỷ"),
        (-5, "âm năm"),
    ],
)
def test_amounts_are_read_out_as_people_say_them(n, words):
    assert in_words(n) == words


def test_twenty_thousand_numbers_in_a_row_agree_with_the_table_of_a_teller():
    assert [n for n in range(20_001) if in_words(n) != spoken_by_hand(n)] == []


def test_large_numbers_agree_with_the_teller_and_read_back_to_themselves():
    chance = random.Random(1710)
    numbers = [chance.randrange(10 ** chance.randrange(4, 16)) for _ in range(20_000)]
    numbers += [10**k + d for k in range(3, 15) for d in (-1, 0, 1, 5, 15, 1000)]
    assert [n for n in numbers if in_words(n) != spoken_by_hand(n)] == []
    assert [n for n in numbers if value_of(in_words(n)) != n] == []


def test_no_number_is_read_with_a_known_mistake():
    wrong = re.compile(
        r"mươi năm|mươi một|mươi bốn|mười mốt|mười năm|lẻ mười|linh|lẽ|không nghìn|không triệu|  "
    )
    assert [n for n in range(0, 3_000_000, 13) if wrong.search(in_words(n))] == []


def test_words_of_a_voucher_begin_with_a_capital_and_end_with_dong():
    assert in_words_dong(1_500_000) == "Một triệu năm trăm nghìn đồng"
    assert in_words_dong(0) == "Không đồng"
    assert in_words_dong(5_000) == "Năm nghìn đồng"


def test_thousands_take_dots_and_decimals_a_comma():
    assert grouped(1_500_000) == "1.500.000"
    assert grouped(0) == "0"
    assert grouped(-1_500) == "-1.500"
    assert dong(1_500_000) == "1.500.000 đ"
    assert decimal_comma(24761.596, 3) == "24.761,596"
    assert decimal_comma("0.125", 2) == "0,13"
    assert decimal_comma(-0.001, 1) == "0,0"
    assert decimal_comma(40, 0) == "40"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1, 8, "12,5 %"),
        (1, 1, "100 %"),
        (2, 3, "66,7 %"),
        (0, 5, "0 %"),
        (3, 0, "–"),
        (7, 5, "140 %"),
    ],
)
def test_shares_have_one_decimal_at_most(part, whole, shown):
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, "0 đồng"),
        (500_000, "500.000 đồng"),
        (660_000_000, "660 triệu đồng"),
        (660_500_000, "660,5 triệu đồng"),
        (1_250_000_000, "1,25 tỷ đồng"),
        (999_994_999, "999,99 triệu đồng"),
        (999_999_999, "1 tỷ đồng"),
        (2_000_000_000, "2 tỷ đồng"),
        (24_761_596_000_000, "24.761,6 tỷ đồng"),
        (-1_500_000, "-1,5 triệu đồng"),
    ],
)
def test_prose_gets_the_largest_unit_that_fits(n, shown):
    assert short_money(n) == shown

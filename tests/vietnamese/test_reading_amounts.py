from decimal import Decimal

import pytest

from config.vietnamese.amounts import NotAnAmount, parse_decimal, parse_dong, parse_whole


@pytest.mark.parametrize(
    "written",
    [
        1_500_000,
        1_500_000.0,
        1_500_000.0000001,
        Decimal(1_500_000),
        "1500000",
        "1.500.000",
        "1,500,000",
        "1 500 000",
        "1\u00a0500\u00a0000",
        "1\u2009500\u2009000",
        " 1.500.000 đ",
        "1.500.000đ",
        "1.500.000đồng",
        "1.500.000 Đồng",
        "1.500.000 VNĐ",
        "1.500.000 ₫",
        "'1500000",
        "1.500.000,00",
        "1,500,000.00",
        "１５０００００",
        "1500000\u200b",
    ],
)
def test_one_and_a_half_million_is_read_however_it_is_written(written):
    assert parse_dong(written) == 1_500_000


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        (500, 1_000, 500_000),
        ("1.500", 1_000, 1_500_000),
        (1500.5, 1_000, 1_500_500),
        ("1,5", 1_000_000, 1_500_000),
        (1.25, 1_000_000, 1_250_000),
        ("1.200,5", 1_000_000, 1_200_500_000),
    ],
)
def test_a_sheet_in_thousands_or_millions_is_brought_to_dong(written, unit, amount):
    assert parse_dong(written, unit=unit) == amount


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "   ",
        "-",
        "\u00a0",
        0,
        "0",
        "0 đ",
        -500_000,
        "-500000",
        "-500.000",
        "−500.000",
        0.5,
        "0.5",
        "0,5",
        "1.5",
        "1,5",
        "1.50",
        "1.5000",
        "1.500,5",
        "1.500 000",
        "1.500,000",
        "15.00.000",
        1.5,
        1_000_000.001,
        float("nan"),
        float("inf"),
        1e309,
        10**18,
        9_223_372_036_854_775_808,
        10**13 + 1,
        "9" * 5_000,
        "1e6",
        "1.5E+06",
        "năm trăm nghìn",
        "500 USD",
        "2 chỉ vàng",
        "#REF!",
        "=1+1",
        True,
        b"500",
        "1_000",
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_not_a_certain_whole_amount_is_refused_with_a_sentence(written):
    with pytest.raises(NotAnAmount) as refusal:
        parse_dong(written)
    assert ":" in refusal.value.sentence
    assert len(refusal.value.sentence) < 200


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("1,5 triệu", "1.500.000"),
        ("1.5 triệu đồng", "1.500.000"),
        ("1tr", "1.000.000"),
        ("1tr5", "1.500.000"),
        ("500k", "500.000"),
        ("500 nghìn", "500.000"),
        ("300 ngàn đồng", "300.000"),
        ("2 tỷ", "2.000.000.000"),
    ],
)
def test_amounts_in_words_are_answered_with_the_digits_to_type(written, suggested):
    with pytest.raises(NotAnAmount, match=rf"\b{suggested}\?$"):
        parse_dong(written)


@pytest.mark.parametrize(
    ("written", "unit"),
    [("500.000 đ", 1_000), ("1,500", 1_000_000), (0.0001, 1_000), ("1.5", 1_000_000)],
)
def test_a_cell_that_quarrels_with_the_unit_of_its_sheet_is_refused(written, unit):
    with pytest.raises(NotAnAmount):
        parse_dong(written, unit=unit)


def test_the_largest_amount_is_ten_trillion():
    assert parse_dong(10**13) == 10**13
    with pytest.raises(NotAnAmount, match=r"10\.000\.000\.000\.000 đ"):
        parse_dong(10**10 + 1, unit=1_000)


def test_nothing_may_be_an_amount_only_where_the_list_says_so():
    assert parse_dong(0, zero_ok=True) == 0
    with pytest.raises(NotAnAmount, match="Chưa ghi"):
        parse_dong("", zero_ok=True)


@pytest.mark.parametrize(
    ("written", "count"), [(5, 5), (5.0, 5), ("05", 5), ("1.200", 1200), (0, 0)]
)
def test_counts_are_read(written, count):
    assert parse_whole(written) == count


@pytest.mark.parametrize("written", [5.5, "năm", "", None, -1])
def test_what_is_no_count_is_refused(written):
    with pytest.raises(NotAnAmount):
        parse_whole(written)


def test_measures_keep_their_decimals():
    assert parse_decimal(40.0) == 40
    assert parse_decimal("40,5") == Decimal("40.5")
    assert parse_decimal("1.200,5") == Decimal("1200.5")
    for unclear in ("40.5", "rộng", -3, "", None):
        with pytest.raises(NotAnAmount):
            parse_decimal(unclear)

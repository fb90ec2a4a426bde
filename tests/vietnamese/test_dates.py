from datetime import UTC, date, datetime, timedelta

import pytest

from config.vietnamese.dates import NotADate, format_date, long_date, parse_birth, parse_date

OPENING = date(2023, 10, 17)


@pytest.mark.parametrize(
    "written",
    [
        OPENING,
        datetime(2023, 10, 17, 8, 30),  # noqa: DTZ001 - a spreadsheet knows no zone
        datetime(2023, 10, 16, 20, 0, tzinfo=UTC),
        45216,
        45216.354,
        17102023,
        17102023.0,
        "17/10/2023",
        " 17/10/2023 ",
        "17 / 10 / 2023",
        "17-10-2023",
        "17.10.2023",
        "17.10.2023.",
        "'17/10/2023",
        "17\u00a0/10/2023",
        "17102023",
        "2023-10-17",
        "2023/10/17",
        "2023-10-17 08:30:00",
        "2023-10-17T08:30:00",
        "2023-10-16T20:00:00Z",
        "2023-10-17T23:30:00+07:00",
        "17/10/2023 08:30",
        "ngày 17 tháng 10 năm 2023",
        "Ngày 17 tháng 10 năm 2023",
        "17 tháng 10 năm 2023",
        "ngày 17/10/2023",
    ],
)
def test_the_opening_day_is_read_however_it_is_written(written):
    assert parse_date(written) == OPENING


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("05/10/2026", date(2026, 10, 5)),
        ("5/1/2024", date(2024, 1, 5)),
        (5102023, date(2023, 10, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
    ],
)
def test_the_day_comes_first_and_serials_count_as_excel_counts(written, day):
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("10/17/2023", "Không có tháng 17"),
        ("10-17-2023", "Không có tháng 17"),
        ("31/02/2023", "Không có ngày 31/02/2023"),
        ("29/02/2023", "Không có ngày"),
        ("32/13/2023", "Không có ngày"),
        ("00/00/2023", "Không có ngày"),
        ("17/10", "thiếu năm"),
        ("ngày 17 tháng 10", "thiếu năm"),
        ("17/10/23", "hai chữ số"),
        ("1/1/24", "hai chữ số"),
        ("15 tháng Giêng", "âm lịch"),
        ("15/8/2023 âm lịch", "âm lịch"),
        ("rằm tháng bảy", "âm lịch"),
        ("mùng 3 Tết", "âm lịch"),
        ("17/10/0206", "ngoài khoảng"),
        (date(206, 1, 1), "ngoài khoảng"),
        ("17/10/2923", "ngoài khoảng"),
        (2023, "chỉ có năm"),
        (60, "không phải ngày"),
        (-5, "không phải ngày"),
        (0, "không phải ngày"),
        (0.5, "không phải ngày"),
        (10**12, "không phải ngày"),
        (float("nan"), "không phải ngày"),
        (float("inf"), "không phải ngày"),
        (True, "không phải ngày"),
        ("", "Chưa ghi ngày"),
        (None, "Chưa ghi ngày"),
        ("hôm qua", "không phải ngày"),
        ("17/10-2023", "không phải ngày"),
        ("20231017", "ngoài khoảng"),
        ("2023-13-45", "Không có ngày"),
        ("2023-99-99T08:00:00Z", "không phải ngày"),
        ("17/10/2023 và 18/10/2023", "không phải ngày"),
        ("9" * 500, "không phải ngày"),
    ],
)
def test_what_is_not_one_certain_day_is_refused_with_a_sentence(written, why):
    with pytest.raises(NotADate, match=why) as refusal:
        parse_date(written)
    assert len(refusal.value.sentence) < 200


def test_every_day_of_a_century_survives_being_written_and_read():
    day = date(1930, 1, 1)
    while day.year < 2031:
        assert parse_date(format_date(day)) == parse_date(long_date(day)) == day
        day += timedelta(days=1)


def test_documents_lead_small_days_and_the_first_two_months_with_a_zero():
    assert format_date(date(2023, 3, 5)) == "05/03/2023"
    assert long_date(date(2023, 10, 16)) == "ngày 16 tháng 10 năm 2023"
    assert long_date(date(2019, 6, 29)) == "ngày 29 tháng 6 năm 2019"
    assert long_date(date(2024, 2, 5)) == "ngày 05 tháng 02 năm 2024"
    assert long_date(date(2024, 3, 1)) == "ngày 01 tháng 3 năm 2024"


@pytest.mark.parametrize(
    ("written", "born"),
    [
        (1953, (1953, None)),
        (1953.0, (1953, None)),
        ("1953", (1953, None)),
        ("Năm 1953", (1953, None)),
        ("SN 1953", (1953, None)),
        ("00/00/1965", (1965, None)),
        ("--/--/1965", (1965, None)),
        ("15/08/1988", (1988, date(1988, 8, 15))),
        (date(1973, 8, 5), (1973, date(1973, 8, 5))),
        (26890, (1973, date(1973, 8, 14))),
    ],
)
def test_old_people_may_know_only_their_year(written, born):
    assert parse_birth(written) == born


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/1980", "Không có ngày"),
        ("00/05/1965", "nếu chỉ biết năm"),
        ("15/00/1965", "nếu chỉ biết năm"),
        ("65", "không phải ngày"),
        ("15/08/88", "hai chữ số"),
        (1850, "ngoài khoảng"),
        ("1850", "ngoài khoảng"),
        ("Tuổi Tý", "không phải ngày"),
        ("", "Chưa ghi ngày"),
    ],
)
def test_a_birth_that_cannot_be_read_is_refused(written, why):
    with pytest.raises(NotADate, match=why):
        parse_birth(written)

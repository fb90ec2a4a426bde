from datetime import UTC, date, datetime

import pytest
from django.db import connection

from config import clock


def test_without_a_shift_it_is_the_database_clock(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert clock.now() == cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2023, 11, 18, 16, 59, 59, tzinfo=UTC), date(2023, 11, 18)),
        (datetime(2023, 11, 18, 17, 0, 0, tzinfo=UTC), date(2023, 11, 19)),
    ],
    ids=["last second of the day in Vietnam", "first second of the next"],
)
def test_the_business_day_turns_at_midnight_in_vietnam(clock_at, moment, day):
    clock_at(moment)

    assert clock.now() == moment
    assert clock.today() == day


def test_triggers_read_the_same_clock(clock_at):
    clock_at(datetime(2024, 2, 29, 1, 0, tzinfo=UTC))

    with connection.cursor() as cursor:
        cursor.execute("SELECT business_today(), business_now()")
        assert cursor.fetchone() == (clock.today(), clock.now())

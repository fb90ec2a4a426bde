from datetime import date, datetime

import pytest
from django import forms
from django.test import override_settings
from django.utils import formats, translation

SETTINGS = {
    "FORMAT_MODULE_PATH": ["config.formats"],
    "LANGUAGE_CODE": "vi",
    "USE_THOUSAND_SEPARATOR": True,
}


@pytest.fixture(autouse=True)
def vietnamese_formats():
    formats.reset_format_cache()
    with override_settings(**SETTINGS), translation.override("vi"):
        yield
    formats.reset_format_cache()


@pytest.mark.parametrize("localize", [True, False])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/10/2026", date(2026, 10, 5)),
        ("17/10/2026", date(2026, 10, 17)),
        ("17-10-2026", date(2026, 10, 17)),
        ("17.10.2026", date(2026, 10, 17)),
        ("2026-10-17", date(2026, 10, 17)),
    ],
)
def test_a_form_reads_the_day_first(typed, day, localize):
    assert forms.DateField(localize=localize).clean(typed) == day


@pytest.mark.parametrize("typed", ["10/17/2026", "17/10/26", "17/10", "31/02/2026"])
def test_a_form_never_guesses_a_date(typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_a_form_reads_the_time_of_a_browser_and_of_a_person():
    field = forms.DateTimeField()
    for typed in ("17/10/2026 08:30", "2026-10-17T08:30"):
        assert field.clean(typed).replace(tzinfo=None) == datetime(2026, 10, 17, 8, 30)  # noqa: DTZ001


def test_a_form_shows_what_it_would_read():
    class Meeting(forms.Form):
        held_on = forms.DateField()

    page = str(Meeting(initial={"held_on": date(2026, 10, 5)})["held_on"])
    assert 'value="05/10/2026"' in page


def test_localized_number_fields_read_grouped_thousands():
    assert forms.IntegerField(localize=True).clean("1.500.000") == 1_500_000
    assert str(forms.DecimalField(localize=True).clean("1.500,5")) == "1500.5"


def test_pages_show_dates_and_numbers_the_vietnamese_way():
    assert formats.date_format(date(2026, 10, 5)) == "05/10/2026"
    assert formats.date_format(date(2026, 10, 5), "SHORT_DATE_FORMAT") == "05/10/2026"
    assert formats.date_format(datetime(2026, 10, 5, 8, 5), "DATETIME_FORMAT") == "08:05 05/10/2026"  # noqa: DTZ001
    assert formats.date_format(date(2026, 10, 5), "YEAR_MONTH_FORMAT") == "tháng 10/2026"
    assert formats.number_format(1_500_000, force_grouping=True) == "1.500.000"
    assert formats.number_format(12.5, decimal_pos=1) == "12,5"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1

"""What people type into the fields of the house, and what the form answers."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from committees.models import Committee
from config.forms import (
    CountField,
    DongField,
    PickerField,
    VnDateField,
    VnDecimalField,
    no_bare_decimals,
)
from tests.factories.committees import make_unit


class ReceiptForm(forms.Form):
    giver = forms.CharField(label="Người nộp")
    amount = DongField(label="Số tiền")
    received_on = VnDateField(label="Ngày nhận")
    people = CountField(label="Số người", required=False)
    area = VnDecimalField(label="Diện tích", required=False)


TYPED = {"giver": "Ủng hộ", "amount": "1.500.000", "received_on": "17/10/2023"}


def test_a_form_reads_money_and_days_as_vietnamese_write_them():
    form = ReceiptForm(TYPED | {"people": "1.200", "area": "36,75"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == 1_500_000
    assert form.cleaned_data["received_on"] == date(2023, 10, 17)
    assert form.cleaned_data["people"] == 1_200
    assert form.cleaned_data["area"] == Decimal("36.75")


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("amount", "1,5tr", "có phải 1.500.000"),
        ("amount", "-5.000", "không được âm"),
        ("amount", "", "Hãy điền ô này."),
        ("received_on", "10/17/2023", "Không có tháng 17"),
        ("received_on", "31/02/2023", "Không có ngày 31/02/2023"),
        ("people", "vài người", "không phải số nguyên"),
        ("area", "36.75", "phần lẻ sau dấu phẩy"),
        ("area", "36,755", "nhiều nhất 2 chữ số"),
    ],
)
def test_a_refusal_is_one_sentence_that_says_what_to_do(field, typed, answer):
    form = ReceiptForm(TYPED | {field: typed})

    assert not form.is_valid()
    assert answer in form.errors[field][0]


def test_a_stored_amount_and_day_are_shown_as_they_are_written():
    page = str(ReceiptForm(initial={"amount": 1500000, "received_on": date(2023, 10, 7)}))

    assert 'value="1.500.000"' in page
    assert 'value="07/10/2023"' in page


def test_what_was_typed_wrongly_is_shown_again():
    assert 'value="1,5tr"' in str(ReceiptForm(TYPED | {"amount": "1,5tr"}))


def test_every_error_stands_at_its_field_and_in_the_summary_with_a_link():
    page = str(ReceiptForm({}))

    assert page.count("Hãy điền ô này.") == 6
    assert 'href="#id_amount"' in page
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in page
    assert 'id="id_amount_error"' in page


def test_an_unchanged_amount_is_not_a_change():
    form = ReceiptForm(TYPED, initial={"amount": 1500000, "received_on": date(2023, 10, 17)})

    assert form.changed_data == ["giver"]


def test_no_form_of_ours_has_a_bare_decimal_field():
    assert no_bare_decimals(None) == []


def named(rows, text):
    return rows.filter(name__contains=text)


class UnitForm(forms.Form):
    unit = PickerField(Committee.objects.all(), search_url="/tim/", find=named, label="Đơn vị")


def test_a_unit_is_taken_by_its_chosen_key(db):
    unit = make_unit("commune", "Xã Mỹ Thạnh")

    form = UnitForm({"unit": str(unit.pk), "unit_text": "Xã Mỹ Thạnh"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["unit"] == unit


def test_without_javascript_typed_text_is_taken_when_it_finds_one_unit(db):
    unit = make_unit("commune", "Xã Mỹ Thạnh")
    make_unit("commune", "Xã Mỹ Lạc")

    assert UnitForm({"unit_text": "Mỹ Thạnh"}).fields["unit"].clean(("", "Mỹ Thạnh")) == unit
    assert "hãy chọn một" in UnitForm({"unit_text": "Mỹ"}).errors["unit"][0]
    assert "Không tìm thấy “Huế”" in UnitForm({"unit_text": "Huế"}).errors["unit"][0]
    assert UnitForm({}).errors["unit"] == ["Hãy chọn một mục."]


def test_a_chosen_unit_is_shown_by_name(db):
    unit = make_unit("commune", "Xã Mỹ Thạnh")

    page = str(UnitForm(initial={"unit": unit.pk}))

    assert 'value="Xã Mỹ Thạnh"' in page
    assert f'name="unit" value="{unit.pk}"' in page

"""What a valid form was told, in words: the rows of "Kiểm tra lại", and the way back."""

from datetime import date

from django import forms
from django.http import QueryDict

from config.vietnamese.dates import format_date

STEPS = ("csrfmiddlewaretoken", "confirmed", "back")


def answers_of(form: forms.Form) -> list[dict[str, str]]:
    """Label and value of every visible field that was answered."""
    rows = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        if value not in (None, "", [], False) or isinstance(bound.field, forms.ChoiceField):
            rows.append({"label": bound.label, "value": _in_words(bound.field, value)})
    return rows


def sent_again(data: QueryDict) -> list[tuple[str, str]]:
    """The names and values of a form, to be sent once more from hidden boxes."""
    return [(name, value) for name in data if name not in STEPS for value in data.getlist(name)]


def _in_words(field: forms.Field, value: object) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(field.label_from_instance(one) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value) if value else ""
    if isinstance(field, forms.ChoiceField):
        typed = "1" if value is True else "" if value is False else value
        return str(dict(field.choices).get(typed, value))
    return format_date(value) if isinstance(value, date) else str(value)

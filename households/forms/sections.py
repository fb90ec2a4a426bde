"""Long forms: the essentials in sight, the rest folded away under headings."""

from typing import NamedTuple

from django import forms


class Section(NamedTuple):
    """Some fields under a heading. ``is_folded``: behind it, unless something in it is wrong."""

    title: str
    fields: list[forms.BoundField]
    is_folded: bool
    is_open: bool
    filled: int  # answers that stand in a folded part


def sections_of(form: forms.Form, layout: list[tuple[str, bool, tuple[str, ...]]]) -> list[Section]:
    """The fields of ``form`` in the order of ``layout``: (heading, folded, names).

    Names that the form does not have are left out, and so is a section without fields.
    """
    sections = []
    for title, is_folded, names in layout:
        fields = [form[name] for name in names if name in form.fields]
        if fields:
            has_errors = any(field.errors for field in fields)
            filled = sum(bool(field.value()) for field in fields)
            sections.append(Section(title, fields, is_folded, has_errors, filled))
    return sections

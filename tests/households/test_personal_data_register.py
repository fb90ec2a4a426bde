"""Every field of ours has a class, and the document says what the code does."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from households.privacy import register
from households.privacy.document import as_markdown
from households.privacy.register import FieldClass, class_of, faults

DOCUMENT = Path("docs/personal-data.md")


def test_every_field_of_every_model_is_in_one_class():
    assert faults() == []


def test_a_new_field_forces_a_decision(monkeypatch):
    fields = (*apps.get_model("fund", "Support")._meta.fields, models.CharField(name="illness"))
    monkeypatch.setitem(apps.get_model("fund", "Support")._meta.__dict__, "fields", fields)
    assert faults() == ["fund.Support.illness: chưa phân loại"]


def test_a_field_in_two_classes_or_none_is_a_fault(monkeypatch):
    kept = register.REGISTER["fund.Entry"]
    wrong = type(kept)("Định khoản", "", "never", internal="amount ghost", plain="amount account")
    monkeypatch.setitem(register.REGISTER, "fund.Entry", wrong)
    assert faults() == [
        "fund.Entry.amount: phân loại hai lần",
        "fund.Entry.ghost: không còn trường này",
        "fund.Entry.journal: chưa phân loại",
        "fund.Entry: không có thời hạn “never”",
    ]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("households.Member", "id_cipher"), ("households.Member", "old_id"),
        ("households.Member", "ethnicity"), ("households.Member", "disability"),
        ("households.Member", "is_malnourished"), ("households.Household", "phone"),
        ("households.Household", "address"), ("households.Household", "birth_date"),
        ("households.Household", "note"), ("households.HardshipCase", "story"),
        ("housing.House", "reason"), ("committees.RowChange", "fields"),
    ],
)  # fmt: skip
def test_what_the_law_or_we_call_sensitive_is_classed_so(model, field):
    assert class_of(model, field) is FieldClass.SENSITIVE


def test_a_sensitive_field_says_why_it_is_held():
    silent = [
        f"{label}.{name}"
        for label, kept in register.REGISTER.items()
        for name, why in kept.sensitive.items()
        if len(why) < 10
    ]
    assert silent == []


def test_the_document_is_what_the_register_says():
    assert DOCUMENT.read_text() == as_markdown(), "hãy chạy ./dev manage personal_data --write"

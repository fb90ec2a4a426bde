"""The register of personal data: every field of every model of ours, classed by a person.

A test refuses a field that is in no class, so a new one forces a decision: write it into the
line of its model in ``households/privacy/fields/``, then run
``./dev manage personal_data --write`` to bring docs/personal-data.md up to date.
"""

from collections.abc import Iterator
from enum import StrEnum

from django.apps import apps

from households.privacy.fields import money, offices, registry
from households.privacy.fields.shape import Kept
from households.privacy.retention import RETENTION

OURS = ("jobs", "committees", "households", "campaigns", "fund", "housing", "reports")
REGISTER: dict[str, Kept] = {**registry.FIELDS, **money.FIELDS, **offices.FIELDS}


class FieldClass(StrEnum):
    OPEN = "open"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    NOT_PERSONAL = "not personal"


LABELS = {
    FieldClass.OPEN: "công khai được",
    FieldClass.INTERNAL: "nội bộ",
    FieldClass.SENSITIVE: "nhạy cảm",
    FieldClass.NOT_PERSONAL: "không phải dữ liệu cá nhân",
}


def classes_of(kept: Kept) -> dict[FieldClass, list[str]]:
    """The fields of one model by class, in the order they are written down."""
    return {
        FieldClass.OPEN: kept.open_.split(),
        FieldClass.INTERNAL: kept.internal.split(),
        FieldClass.SENSITIVE: list(kept.sensitive),
        FieldClass.NOT_PERSONAL: kept.plain.split(),
    }


def class_of(model: str, field: str) -> FieldClass:
    """The class of ``"households.Member"``, ``"ethnicity"``; KeyError for an undecided one."""
    for found, names in classes_of(REGISTER[model]).items():
        if field in names:
            return found
    raise KeyError(f"{model}.{field}")


def faults() -> list[str]:
    """What stands between the register and the models: undecided, doubled, unknown fields."""
    models = {
        model._meta.label: {field.name for field in model._meta.fields + model._meta.many_to_many}
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }
    found = [f"{label}: không còn model này" for label in REGISTER.keys() - models.keys()]
    for label, fields in models.items():
        fields.discard("id")
        found += _faults_of(label, fields)
    return sorted(found)


def _faults_of(label: str, fields: set[str]) -> Iterator[str]:
    kept = REGISTER.get(label)
    decided = [name for names in classes_of(kept).values() for name in names] if kept else []
    for name in sorted(fields - set(decided)):
        yield f"{label}.{name}: chưa phân loại"
    for name in sorted(set(decided) - fields):
        yield f"{label}.{name}: không còn trường này"
    for name in sorted({name for name in decided if decided.count(name) > 1}):
        yield f"{label}.{name}: phân loại hai lần"
    if kept and kept.retention not in RETENTION:
        yield f"{label}: không có thời hạn “{kept.retention}”"

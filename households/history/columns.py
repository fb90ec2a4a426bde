"""What a column of the registry held, in words: its label, and its value as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from committees.models import Committee, RowChange
from config.vietnamese.amounts import decimal_comma
from config.vietnamese.dates import format_date
from households.forms.registry import NEEDS
from households.models import (
    Classification,
    Household,
    Member,
    PovertyIndicator,
    PovertyList,
    Transition,
)
from households.privacy import masking
from households.privacy.register import FieldClass, class_of

TABLES = {model._meta.db_table: model for model in (Household, Member, Classification, Transition)}
# Made from other columns, or said by the line itself.
SILENT = {
    "id", "version", "head_fold", "head_sort_key", "given_fold", "words", "path", "created_by_id",
    "created_at", "answered_by_id", "answered_at", "poverty_list_id", "origin",
}  # fmt: skip
# Several columns keep one thing; what it was is never shown.
SEALED = {"id_tail": "Số CCCD", "old_id": "Số CMND cũ"} | dict.fromkeys(
    set(RowChange.HIDDEN) - {"old_id"}, "Số CCCD"
)
LABELS = {
    "commune_id": "xã",
    "hamlet_id": "thôn, ấp",
    "hamlet_before_id": "thôn, ấp trước đó",
    "household_id": "hộ",
    "merged_into_id": "nhập vào hộ",
    "split_from_id": "tách từ hộ",
    "kind_before": "phân loại trước",
    "kind_after": "phân loại sau",
    "deprivations": "chỉ số thiếu hụt",
    "flags": "đối tượng chính sách",
    "causes": "nguyên nhân nghèo",
}
WORDS = {
    "needs": dict(NEEDS),
    "flags": dict(Household.Flag.choices),
    "causes": dict(Household.Cause.choices),
    "weak_parts": dict(Household.Part.choices),
    "organisations": dict(Member.Organisation.choices),
}
NOTHING = "trống"


@dataclass(frozen=True)
class Shown:
    """One column: before → after. Both empty: only that it changed may be told."""

    label: str
    before: str = ""
    after: str = ""


@dataclass
class Names:
    """What keys in the history stand for; a few queries for a whole page."""

    units: dict[int, str] = field(default_factory=dict)
    households: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)  # of lists
    rows: dict[tuple[str, int], int] = field(default_factory=dict)  # of lines and movements
    indicators: dict[str, str] = field(default_factory=dict)


def names_in(changes: Iterable[RowChange], *, people: Iterable[int] = ()) -> Names:
    """The names behind the keys of these changes, and of these members."""
    keys: dict[str, set[int]] = {"units": set(), "households": set(), "lists": set()}
    members, rows = set(people), {table: set() for table in TABLES}
    for change in changes:
        rows[change.table].add(change.row)
        for column, values in change.fields.items():
            kind = _kind_of(column)
            if kind:
                keys[kind] |= {value for value in values if value}
    return Names(
        units=_names(Committee.objects.filter(pk__in=keys["units"]), "name"),
        households=_names(Household.objects.filter(pk__in=keys["households"]), "code"),
        people=_names(Member.objects.filter(pk__in=members | rows[Member._meta.db_table]), "name"),
        years=_names(PovertyList.objects.filter(pk__in=keys["lists"]), "year"),
        rows={
            (model._meta.db_table, key): year
            for model in (Classification, Transition)
            for key, year in _names(
                model.objects.filter(pk__in=rows[model._meta.db_table]), "poverty_list__year"
            ).items()
        },
        indicators=dict(
            PovertyIndicator.objects.order_by("standard__valid_from").values_list("code", "label")
        ),
    )


def shown_columns(table: str, fields: dict[str, list], names: Names, *, sees: bool) -> list[Shown]:
    """The columns of one changed row that a page may tell, in the order of the model."""
    model = TABLES[table]
    order = {f.column: place for place, f in enumerate(model._meta.concrete_fields)}
    shown, sealed = [], set()
    for column in sorted(fields, key=lambda name: order.get(name, len(order))):
        if column in SEALED:
            sealed.add(SEALED[column])
        elif column not in SILENT and column in order:
            told = _told(model, column, fields[column], names, sees=sees)
            shown += [told] if told else []
    return shown + [Shown(label) for label in sorted(sealed)]


def _told(
    model: type[models.Model], column: str, values: list, names: Names, *, sees: bool
) -> Shown | None:
    model_field = _field_of(model, column)
    label = LABELS.get(column, str(model_field.verbose_name))
    label = label[0].upper() + label[1:]
    before, after = (_value(model_field, column, value, names) for value in (*values, None)[:2])
    if before == after:
        return None
    if not sees and class_of(model._meta.label, model_field.name) == FieldClass.SENSITIVE:
        before, after = masking.covered(before), masking.covered(after)
        if before == after:
            return Shown(label)
    return Shown(label, before or NOTHING, after or NOTHING)


def _value(model_field: models.Field, column: str, value: object, names: Names) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        words = WORDS.get(column, names.indicators)
        return ", ".join(words.get(one, one) for one in value)
    if _kind_of(column):
        known = {"units": names.units, "households": names.households, "lists": names.years}
        return str(known[_kind_of(column)].get(value, "không còn"))
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    return _plain(model_field, value)


def _plain(model_field: models.Field, value: object) -> str:
    if isinstance(model_field, models.DateField):
        return format_date(date.fromisoformat(str(value)[:10]))
    if isinstance(model_field, models.DecimalField):
        return decimal_comma(Decimal(str(value)), 1)
    return str(value)


def _field_of(model: type[models.Model], column: str) -> models.Field:
    try:
        return model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return model._meta.get_field(column)


def _kind_of(column: str) -> str:
    """What a column's key is the key of: units, households, lists, or nothing of these."""
    if column in ("commune_id", "hamlet_id", "hamlet_before_id"):
        return "units"
    if column in ("household_id", "merged_into_id", "split_from_id"):
        return "households"
    return "lists" if column == "poverty_list_id" else ""


def _names(rows: models.QuerySet, column: str) -> dict[int, object]:
    return dict(rows.order_by().values_list("pk", column))

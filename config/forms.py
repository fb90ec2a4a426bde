"""Form parts of the house: how every form looks, and fields that read what Vietnamese type.

Django's own fields misread Vietnamese money (50.000 becomes 50) and dates (12/10 becomes
10 December), so forms here use ``DongField``, ``VnDateField``, ``CountField`` and
``VnDecimalField``; their sentences come from ``config.vietnamese``.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.renderers import TemplatesSetting

from config.vietnamese.amounts import (
    NotAnAmount,
    decimal_comma,
    grouped,
    parse_decimal,
    parse_dong,
    parse_whole,
)
from config.vietnamese.dates import format_date, parse_date
from config.vietnamese.errors import NotUnderstood


class HouseBoundField(forms.BoundField):
    """A field of a form that says what to do where Django says "this field is required"."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        self._say("required", self.request_to_fill())
        self._say("invalid_choice", "Hãy chọn một mục trong danh sách.")
        self._say("invalid_list", "Hãy chọn các mục trong danh sách.")

    def _say(self, code: str, sentence: str) -> None:
        """Replace Django's own sentence; one that the form gave stays."""
        for kind in type(self.field).__mro__:
            shipped = getattr(kind, "default_error_messages", {}).get(code)
            if shipped is not None and self.field.error_messages.get(code) == shipped:
                self.field.error_messages[code] = sentence
                return

    def request_to_fill(self) -> str:
        if isinstance(self.field, forms.FileField):
            return "Hãy chọn tệp."
        if isinstance(self.field, forms.BooleanField):
            return "Hãy đánh dấu ô này."
        if isinstance(self.field, forms.ChoiceField):
            return "Hãy chọn một mục."
        return "Hãy điền ô này."


class Renderer(TemplatesSetting):
    """The FORM_RENDERER setting: ``{{ form }}`` and ``as_field_group`` use templates/parts."""

    form_template_name = "parts/fields.html"
    field_template_name = "parts/field.html"
    bound_field_class = HouseBoundField


class DongInput(forms.TextInput):
    """A text box for whole đồng: dots between thousands, the sum in words below it."""

    def __init__(self, attrs: dict | None = None):
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "data-amount": True} | (attrs or {})
        )

    def format_value(self, value):
        return grouped(value) if isinstance(value, int) else super().format_value(value)


class VnDateInput(forms.TextInput):
    """A text box for a day, written dd/mm/yyyy."""

    def __init__(self, attrs: dict | None = None):
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "data-date": True} | (attrs or {})
        )

    def format_value(self, value):
        return format_date(value) if isinstance(value, date) else super().format_value(value)


class ReadField(forms.Field):
    """A field whose text is read by a function of ``config.vietnamese``, refusals included."""

    def read(self, value):
        raise NotImplementedError

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return self.read(value)
        except NotUnderstood as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class DongField(ReadField):
    """Whole đồng as an int: reads 1.500.000, "1 500 000 đ"; 0 only with ``zero_ok``.

    ``unit`` is what one typed unit is worth in đồng (1000 under "ĐVT: nghìn đồng").
    """

    widget = DongInput

    def __init__(self, *, unit: int = 1, zero_ok: bool = False, **kwargs):
        kwargs.setdefault("help_text", "Ghi đủ các chữ số, ví dụ: 1.500.000")
        super().__init__(**kwargs)
        self.unit = unit
        self.zero_ok = zero_ok

    def read(self, value) -> int:
        return parse_dong(value, unit=self.unit, zero_ok=self.zero_ok)


class VnDateField(ReadField):
    """A day typed as 15/10/2026, 15-10-2026 or 15102026."""

    widget = VnDateInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Ngày/tháng/năm, ví dụ: 17/10/2026")
        super().__init__(**kwargs)

    def read(self, value) -> date:
        return parse_date(value)


class CountField(ReadField):
    """A whole number of people, gifts, labour days: 5, "1.200"; never negative."""

    widget = forms.TextInput({"inputmode": "numeric", "data-count": True})

    def __init__(self, *, least: int = 0, **kwargs):
        super().__init__(**kwargs)
        self.least = least

    def read(self, value) -> int:
        count = parse_whole(value)
        if count < self.least:
            raise NotAnAmount(f"Hãy ghi số từ {self.least} trở lên.")
        return count

    def prepare_value(self, value):
        return grouped(value) if isinstance(value, int) else value


class VnDecimalField(ReadField):
    """A measure with a decimal comma: "12,5" points, "36,75" m²; never negative."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def __init__(self, *, places: int = 2, **kwargs):
        super().__init__(**kwargs)
        self.places = places

    def read(self, value) -> Decimal:
        number = parse_decimal(value)
        if number != round(number, self.places):
            raise NotAnAmount(f"Hãy ghi nhiều nhất {self.places} chữ số sau dấu phẩy.")
        return number

    def prepare_value(self, value):
        return decimal_comma(value, self.places) if isinstance(value, Decimal) else value


class PickerInput(forms.Widget):
    """Typed text with a list of finds; what was chosen stands in a hidden input."""

    template_name = "parts/picker.html"

    def __init__(self, search_url, attrs: dict | None = None):
        super().__init__(attrs)
        self.search_url = search_url
        self.label_of: Callable[[object], str] = lambda _: ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        key, text = value if isinstance(value, tuple) else (value, self.label_of(value))
        context["widget"] |= {"search_url": self.search_url, "text": text, "value": key}
        return context

    def value_from_datadict(self, data, files, name) -> tuple[str, str]:
        text = data.get(f"{name}_text", "").replace("\0", "")  # no text column takes a NUL
        return data.get(name, "").strip(), text.strip()

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data and f"{name}_text" not in data


class PickerField(forms.ModelChoiceField):
    """One row out of too many for a list: a unit, a household, a donor.

    ``find(rows, text)`` narrows the rows by what was typed; it answers when nobody chose from
    the list (no JavaScript): exactly one find is taken. ``search_url`` answers with
    ``parts/picker_finds.html`` to ``?q=``.
    """

    def __init__(
        self,
        queryset: QuerySet,
        *,
        search_url,
        find: Callable[[QuerySet, str], QuerySet],
        **kwargs,
    ):
        self.find = find
        super().__init__(queryset, widget=PickerInput(search_url), **kwargs)

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.widget.label_of = copied.label_of_key
        return copied

    def label_of_key(self, key) -> str:
        if key in self.empty_values:
            return ""
        chosen = self.queryset.filter(pk=key).first()
        return self.label_from_instance(chosen) if chosen else ""

    def to_python(self, value) -> Model | None:
        key, text = value if isinstance(value, tuple) else (value, "")
        if key:
            return super().to_python(key)
        if not text:
            return None
        finds = list(self.find(self.queryset, text)[:2])
        if len(finds) == 1:
            return finds[0]
        if finds:
            raise ValidationError(f"Có nhiều kết quả cho “{text}”, hãy chọn một.", code="many")
        raise ValidationError(f"Không tìm thấy “{text}”, hãy gõ lại tên hoặc mã.", code="none")

    def has_changed(self, initial, data) -> bool:
        key, text = data if isinstance(data, tuple) else (data, "")
        return bool(key or text) and str(key) != str(self.prepare_value(initial) or "")


@checks.register
def no_bare_decimals(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """``config.E001``: a bare DecimalField or FloatField in a form reads 50.000 as 50."""
    return [
        checks.Error(
            f"{form.__module__}.{form.__qualname__}.{name} is a bare {type(field).__name__}.",
            hint="Use DongField or VnDecimalField of config.forms.",
            id="config.E001",
        )
        for form in _forms_below(forms.BaseForm)
        if form.__module__.split(".")[0] in _OUR_APPS
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) in (forms.DecimalField, forms.FloatField)
    ]


_OUR_APPS = {
    "reports",
    "housing",
    "fund",
    "campaigns",
    "households",
    "committees",
    "jobs",
}


def _forms_below(kind: type) -> set[type]:
    return {kind}.union(*(_forms_below(child) for child in kind.__subclasses__()))

from django import forms
from django.core.exceptions import ValidationError

from committees.intake_rows import hide_numbers
from committees.letterhead import capacities
from committees.models import Committee
from households.forms.registry import CleanField
from households.models import Classification

WHOLE, POSTED = "whole", "posted"
PDF, DOCX, XLSX = "pdf", "docx", "xlsx"
SHORTEST_PURPOSE = 10
MOST_IN_WORD = 3000


class PrintForm(forms.Form):
    """What is to be printed of a list of households. ``units``: those that may issue it."""

    what = forms.ChoiceField(
        label="Danh sách",
        choices=[
            (WHOLE, "Danh sách đầy đủ, dùng trong cơ quan"),
            (POSTED, "Bản niêm yết: chỉ có họ tên, năm sinh, thôn/ấp, phân loại"),
        ],
        initial=WHOLE,
        widget=forms.RadioSelect,
    )
    purpose = CleanField(
        max_length=200,
        label="Mục đích in",
        required=False,
        help_text="Cần ghi khi in danh sách đầy đủ; in ở chân trang và lưu trong nhật ký.",
    )
    kind_of_file = forms.ChoiceField(
        label="Tệp",
        choices=[
            (PDF, "PDF, để in"),
            (DOCX, "Word, để sửa trước khi ký"),
            (XLSX, "Excel"),
        ],
        initial=PDF,
        widget=forms.RadioSelect,
    )
    issuer = forms.ModelChoiceField(
        Committee.objects.none(), label="Đơn vị lập danh sách", empty_label=None
    )
    capacity = forms.TypedChoiceField(label="Người ký", coerce=int, initial=0)
    signer = CleanField(
        max_length=120,
        label="Họ và tên người ký",
        required=False,
        help_text="Có thể để trống và ghi khi ký.",
    )

    def __init__(self, *args, units, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = count
        self.fields["issuer"].queryset = units
        self.fields["issuer"].initial = units.first()
        self.fields["capacity"].choices = [
            (number, f"{way.capacity} – {way.title}".replace("\n", ", "))
            for number, way in enumerate(capacities())
        ]

    def clean_purpose(self):
        return hide_numbers(self.cleaned_data["purpose"])

    def clean_kind_of_file(self):
        kind = self.cleaned_data["kind_of_file"]
        if kind == DOCX and self.count > MOST_IN_WORD:
            raise ValidationError(
                "Tệp Word chỉ nhận đến 3.000 hộ: hãy chọn PDF, Excel hoặc lọc theo xã, ấp."
            )
        return kind

    def clean(self):
        cleaned = super().clean()
        purpose = cleaned.get("purpose", "")
        if cleaned.get("what") == WHOLE and len(purpose) < SHORTEST_PURPOSE:
            self.add_error(
                "purpose",
                f"Hãy ghi mục đích in, ít nhất {SHORTEST_PURPOSE} ký tự, ví dụ: Họp xét quà Tết.",
            )
        return cleaned


class YearPrintForm(PrintForm):
    """The same for the list of a year: of all its hamlets and classes, or of one."""

    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", required=False, empty_label="Tất cả"
    )
    kind = forms.ChoiceField(
        label="Phân loại", required=False, choices=[("", "Tất cả"), *Classification.Kind.choices]
    )

    field_order = ["hamlet", "kind"]

    def __init__(self, *args, hamlets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = hamlets

from django import forms

from config.forms import CountField, DongField
from households.actions.standards import LineFacts
from households.forms.registry import CleanField
from households.models import Household, PovertyStandard

LARGEST = 1_000_000_000


class LineForm(forms.Form):
    """A province's own line of one standard and area."""

    standard = forms.ModelChoiceField(
        PovertyStandard.objects.all(), label="Giai đoạn", empty_label=None
    )
    area = forms.ChoiceField(label="Khu vực", choices=Household.Area.choices)
    income = DongField(label="Chuẩn thu nhập (đồng/người/tháng)")
    lower_income = DongField(
        label="Chuẩn nghèo thu nhập (đồng/người/tháng)",
        required=False,
        help_text="Chỉ giai đoạn 2016–2021 có mức thứ hai, thấp hơn; giai đoạn khác để trống.",
    )
    points = CountField(
        label="Điểm tương ứng",
        least=1,
        required=False,
        help_text="Điểm A của chuẩn riêng, nếu tỉnh có bảng điểm.",
    )
    legal_text = CleanField(max_length=200, label="Căn cứ", help_text="Số nghị quyết, quyết định.")

    def clean(self):
        cleaned = super().clean()
        for name in ("income", "lower_income"):
            if (cleaned.get(name) or 0) > LARGEST:
                self.add_error(name, "Số quá lớn: hãy kiểm tra lại.")
        if (cleaned.get("points") or 0) > 1000:
            self.add_error("points", "Hãy ghi số từ 1 đến 1.000.")
        return cleaned

    def facts(self) -> LineFacts:
        names = LineFacts._fields
        return LineFacts(**{name: self.cleaned_data[name] for name in names})

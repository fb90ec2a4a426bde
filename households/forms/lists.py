from datetime import date

from django import forms

from config import clock
from config.forms import VnDateField
from households.lists.decision import LONGEST


class DecisionForm(forms.Form):
    """The People's Committee's decision behind a list, where its titles do not say it."""

    decision_number = forms.CharField(
        label="Số quyết định của Ủy ban nhân dân",
        max_length=LONGEST,
        required=False,
        help_text="Ví dụ 123/QĐ-UBND; chưa có thì để trống.",
    )
    decided_on = VnDateField(label="Ngày quyết định", required=False)

    def clean_decided_on(self) -> date | None:
        day = self.cleaned_data["decided_on"]
        if day and day > clock.today():
            raise forms.ValidationError("Ngày quyết định chưa đến: hãy kiểm tra lại.")
        return day

    def clean(self):
        number, day = (self.cleaned_data.get(key) for key in ("decision_number", "decided_on"))
        if day and not number:
            self.add_error("decision_number", "Đã ghi ngày: hãy ghi cả số quyết định.")
        return self.cleaned_data

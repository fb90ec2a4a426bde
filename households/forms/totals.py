from django import forms

from config.forms import CountField
from households.actions.counting import Counted

MOST = 1_000_000  # no commune has as many households; the column takes far more


class TotalForm(forms.Form):
    """The totals of one place. ``place`` is the commune or hamlet of the line."""

    households = CountField(label="Tổng số hộ dân cư", least=1, required=False)
    minority = CountField(label="Trong đó hộ dân tộc thiểu số", required=False)

    def __init__(self, *args, place, listed, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.listed = place, listed
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{place}: {field.label}"

    def clean(self):
        cleaned = super().clean()
        households, minority = cleaned.get("households"), cleaned.get("minority")
        for name in ("households", "minority"):
            if (cleaned.get(name) or 0) > MOST:
                self.add_error(name, "Số quá lớn: hãy kiểm tra lại.")
        if households is None and minority is not None and "households" not in self.errors:
            self.add_error("households", "Hãy ghi tổng số hộ trước.")
        return cleaned

    @property
    def counted(self) -> Counted | None:
        if self.cleaned_data["households"] is None:
            return None
        return Counted(self.cleaned_data["households"], self.cleaned_data["minority"])

from django import forms

from households.forms.registry import CleanField
from households.models import Likeness


class LikenessFilter(forms.Form):
    """Filters of the list; their names are the address's."""

    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Chờ xem"), *Likeness.State.choices[1:], ("tat-ca", "Tất cả")],
    )

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

    def narrow(self, rows):
        """The pairs that the filter leaves; without a choice those that wait."""
        chosen = self.cleaned_data["tinh_trang"] if self.is_valid() else ""
        if chosen == "tat-ca":
            return rows
        return rows.filter(state=chosen or Likeness.State.OPEN)


class DifferentForm(forms.Form):
    note = CleanField(
        max_length=300,
        label="Vì sao không trùng",
        required=False,
        help_text="Ví dụ: hai người cùng tên; lần sau máy không hỏi lại.",
    )


class MergeForm(forms.Form):
    """Which of the two rows is kept; ``pair`` brings the choices."""

    kept = forms.ChoiceField(label="Giữ lại hộ", widget=forms.RadioSelect)
    reason = CleanField(max_length=300, label="Lý do")

    def __init__(self, *args, pair: Likeness, **kwargs):
        super().__init__(*args, **kwargs)
        self.households = {str(h.pk): h for h in (pair.first, pair.second)}
        self.fields["kept"].choices = [
            (key, f"{household.head_name}, mã {household.code}")
            for key, household in self.households.items()
        ]

    def clean_kept(self):
        return self.households[self.cleaned_data["kept"]]

from django import forms


class WordsForm(forms.Form):
    """The words of one section; figures are no part of it."""

    text = forms.CharField(
        label="Lời văn",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text="Mỗi đoạn một dòng. Bỏ trống để dùng lại lời do phần mềm lập từ số liệu.",
    )


class SendForm(forms.Form):
    """Carries the fingerprint of the figures that the sender has before the eyes."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Số liệu cần rà soát và lý do",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Mỗi số liệu một dòng, ví dụ: Tổng tiếp nhận – thiếu 2 khoản đã công khai.",
    )


class YearFilter(forms.Form):
    """Which year's reports; the unit stays as it is."""

    year = forms.TypedChoiceField(label="Năm", coerce=int, required=False)
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), f"Năm {year}") for year in years]

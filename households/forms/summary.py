from django import forms

from households.summary.asked import KINDS, TABLES


class SummaryFilter(forms.Form):
    """Which table of which year; ``years`` are those that have lists, the newest first."""

    bieu = forms.ChoiceField(label="Biểu", choices=list(TABLES.items()), required=False)
    loai = forms.ChoiceField(
        label="Loại hộ",
        choices=[(kind, name.capitalize()) for kind, name in KINDS.items()],
        required=False,
    )
    nam = forms.TypedChoiceField(label="Năm", coerce=int, empty_value=None, required=False)
    noi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [(year, str(year)) for year in years]

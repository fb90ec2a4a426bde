from django import forms

from config.forms import VnDateField
from households.forms.people import CleanField, refuse_numbers_in
from households.forms.review import HouseholdPicker
from households.models import Household, ListRemark

AREA = forms.Textarea({"rows": 3, "maxlength": 500})


class RemarkForm(forms.Form):
    """A remark in the officer's own words; ``household`` only where it is new."""

    household = HouseholdPicker(
        label="Hộ",
        required=False,
        help_text="Tìm theo tên hoặc mã hộ; bỏ trống nếu ý kiến về cả danh sách.",
    )
    kind = forms.ChoiceField(label="Loại ý kiến", choices=ListRemark.Kind.choices)
    text = CleanField(
        max_length=500, label="Nội dung", widget=AREA, help_text="Một, hai câu; không ghi số CCCD."
    )

    def __init__(self, *args, commune=None, **kwargs):
        super().__init__(*args, **kwargs)
        if commune is None:
            del self.fields["household"]
        else:
            self.fields["household"].queryset = Household.objects.filter(commune=commune)

    def clean(self):
        said = super().clean()
        refuse_numbers_in(self, ("text",))
        return said


class RemarkAnswerForm(forms.Form):
    answer = CleanField(max_length=500, label="Trả lời của UBND", widget=AREA)
    on = VnDateField(label="Ngày trả lời")

    def clean(self):
        said = super().clean()
        refuse_numbers_in(self, ("answer",))
        return said


class ProposalsForm(forms.Form):
    """Which of the system's proposals are taken over."""

    proposals = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, keys, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = [(key, key) for key in keys]

    def clean_proposals(self):
        chosen = self.cleaned_data["proposals"]
        if not chosen:
            raise forms.ValidationError("Hãy đánh dấu ít nhất một đề xuất.")
        return chosen

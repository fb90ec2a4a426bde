from django import forms
from django.urls import reverse_lazy

from committees.models import Committee
from committees.unit_search import matching
from config.forms import PickerField, VnDateField
from households.actions.marking import MarkFacts
from households.forms.registry import CleanField
from households.models import PoorPlace


class MarkForm(forms.Form):
    """A mark of a place; ``units``: the communes and hamlets this person may mark."""

    committee = PickerField(
        Committee.objects.none(),
        search_url=reverse_lazy("committees:unit-search"),
        find=matching,
        label="Xã, thôn",
        help_text="Gõ tên xã hoặc thôn, không cần dấu.",
    )
    mark = forms.ChoiceField(label="Diện", choices=PoorPlace.Mark.choices)
    valid_from = VnDateField(label="Từ ngày")
    valid_to = VnDateField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống nếu quyết định không ghi thời hạn.",
    )
    legal_text = CleanField(
        max_length=200, label="Căn cứ", help_text="Số quyết định công nhận, ngày, cơ quan."
    )

    def __init__(self, *args, units=None, **kwargs):
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["committee"]
        else:
            self.fields["committee"].queryset = units

    def facts(self) -> MarkFacts:
        return MarkFacts(**{name: self.cleaned_data[name] for name in MarkFacts._fields})

from django import forms
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from committees.access import Permission
from committees.models import Committee
from committees.unit_search import matching as matching_units
from config.forms import PickerField
from households.models import Classification, Household


class HouseholdFilter(forms.Form):
    """The box and the filters of the registry; their names are the address's."""

    q = forms.CharField(
        label="Tìm hộ",
        required=False,
        max_length=100,
        widget=forms.TextInput(
            {"type": "search", "autocomplete": "off", "placeholder": "Tên, mã hộ hoặc số CCCD"}
        ),
    )
    noi = PickerField(
        Committee.objects.none(),
        label="Xã, ấp",
        required=False,
        search_url=format_lazy("{}?pham-vi=ho", reverse_lazy("committees:unit-search")),
        find=matching_units,
    )
    nam = forms.TypedChoiceField(
        label="Danh sách năm", required=False, coerce=int, empty_value=None
    )
    loai = forms.ChoiceField(
        label="Phân loại", required=False, choices=[("", "Tất cả"), *Classification.Kind.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Theo dõi", required=False, choices=[("", "Tất cả"), *Household.State.choices]
    )

    def __init__(self, *args, user, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noi"].queryset = Committee.objects.allowed(user, Permission.HOUSEHOLD_VIEW)
        self.fields["nam"].choices = [("", "Tất cả"), *((year, year) for year in years)]

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

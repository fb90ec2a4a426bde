from datetime import date

from django import forms
from django.urls import reverse_lazy

from committees.access import Permission
from committees.models import Committee
from config import clock
from config.forms import CountField, PickerField, VnDateField
from households.actions.hardship import Hardship
from households.finding.ranking import matching
from households.forms.registry import CleanField
from households.identity import holds_number
from households.models import HardshipCase, Household

DETAILS = ("head_name", "sex", "birth_year", "address", "members_declared")


def find_household(rows, text: str):
    return matching(rows, text).select_related("hamlet")


class HardshipForm(forms.Form):
    """A proposal: a household of the registry, or the facts of one that is not on it yet."""

    household = PickerField(
        Household.objects.none(),
        label="Hộ đã có trong sổ",
        required=False,
        search_url=reverse_lazy("households:household-search"),
        find=find_household,
        help_text="Tìm theo tên hoặc mã hộ; để trống nếu hộ chưa có trong sổ.",
    )
    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", required=False, empty_label="Chọn thôn, ấp"
    )
    head_name = CleanField(max_length=120, label="Họ và tên chủ hộ", required=False)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("", "Chưa rõ"), *Household.Sex.choices], required=False
    )
    birth_year = CountField(label="Năm sinh", required=False)
    members_declared = CountField(label="Số nhân khẩu", least=1, required=False)
    address = CleanField(max_length=200, label="Địa chỉ", required=False)
    reasons = forms.MultipleChoiceField(
        label="Lý do khó khăn",
        choices=HardshipCase.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    story = CleanField(
        max_length=500,
        label="Hoàn cảnh",
        widget=forms.Textarea({"rows": 3}),
        help_text="Vài câu để người xác nhận hiểu; không ghi số CCCD.",
    )
    until = VnDateField(
        label="Đề nghị đến ngày", help_text="Sau ngày này xã sẽ xem lại; nhiều nhất 3 năm."
    )

    def __init__(self, *args, user, households, **kwargs):
        super().__init__(*args, **kwargs)
        places = Committee.objects.allowed(user, Permission.HARDSHIP_PROPOSE)
        hamlets = places.filter(level=Committee.Level.HAMLET)
        self.fields["hamlet"].queryset = hamlets
        only = list(hamlets[:2])
        if len(only) == 1:
            self.fields["hamlet"].initial = only[0].pk
        self.fields["household"].queryset = households

    def clean_story(self):
        story = self.cleaned_data["story"]
        if holds_number(story):
            raise forms.ValidationError("Hãy bỏ số CCCD khỏi phần hoàn cảnh.")
        return story

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= clock.today().year:
            raise forms.ValidationError("Năm sinh không hợp lý: hãy ghi bốn chữ số, ví dụ 1965.")
        return year

    def clean_members_declared(self):
        members = self.cleaned_data["members_declared"]
        if members is not None and members > 60:
            raise forms.ValidationError("Hãy ghi số từ 1 đến 60.")
        return members

    def clean(self):
        said = super().clean()
        if said.get("household") or "household" in self.errors:
            return said
        # A proposal that is edited keeps its place and, with it, the household it names.
        if "head_name" in self.fields and not said.get("head_name"):
            self.add_error("head_name", "Hãy chọn hộ trong sổ hoặc ghi họ và tên chủ hộ.")
        if "hamlet" in self.fields and not said.get("hamlet"):
            self.add_error("hamlet", "Hãy chọn thôn, ấp của hộ.")
        return said

    def hardship(self) -> Hardship:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Hardship(
            reasons=said["reasons"],
            story=said["story"],
            until=said["until"],
            details={name: said[name] for name in DETAILS},
        )


class DecisionForm(forms.Form):
    """Confirm or refuse; a household of the registry may turn out to be meant."""

    household = forms.ModelChoiceField(
        Household.objects.none(),
        label="Hộ này trong sổ là",
        required=False,
        empty_label="Hộ mới, chưa có trong sổ",
    )
    on = VnDateField(label="Ngày xác nhận")
    answer = CleanField(max_length=300, label="Ý kiến", required=False)

    def __init__(self, *args, alike, **kwargs):
        kwargs["initial"] = {"on": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if alike is None:
            del self.fields["household"]
        else:
            self.fields["household"].queryset = alike


class EndForm(forms.Form):
    on = VnDateField(label="Hết khó khăn từ ngày")
    answer = CleanField(max_length=300, label="Lý do")

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"on": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class HardshipFilter(forms.Form):
    """Filters of the list; their names are the address's."""

    CHOICES = (
        ("", "Tất cả"),
        ("proposed", "Chờ xác nhận"),
        ("confirmed", "Đã xác nhận"),
        ("overdue", "Đã quá thời hạn"),
        ("refused", "Không xác nhận"),
        ("ended", "Đã kết thúc"),
    )
    tinh_trang = forms.ChoiceField(label="Tình trạng", required=False, choices=CHOICES)

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

    def narrow(self, rows, today: date):
        """The cases that the filter leaves."""
        chosen = self.cleaned_data["tinh_trang"] if self.is_valid() else ""
        if chosen == "overdue":
            return rows.filter(state=HardshipCase.State.CONFIRMED, until__lt=today)
        return rows.filter(state=chosen) if chosen else rows

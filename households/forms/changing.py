"""What happens to a household: split, moved, another head, another code, gone, back."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from committees.models import Committee
from committees.unit_search import matching
from config import clock
from config.forms import PickerField, VnDateField
from config.vietnamese.dates import format_date
from households.forms.members import relation_choices
from households.forms.people import CleanField, refuse_numbers_in
from households.identity import holds_number
from households.models import Classification, Member
from households.queries import code_of


class PersonChoiceField(forms.ModelChoiceField):
    """One of the people of a household, with the year of birth."""

    def __init__(self, **kwargs):
        super().__init__(Member.objects.none(), empty_label=None, **kwargs)

    def label_from_instance(self, member):
        return _told(member)


class PeopleField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(Member.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, member):
        return _told(member)


class ReasonField(CleanField):
    """Why: kept in the log beside who and when."""

    def __init__(self, *, max_length: int = 200, **kwargs):
        super().__init__(max_length=max_length, **{"label": "Lý do"} | kwargs)

    def validate(self, value):
        super().validate(value)
        if holds_number(value or ""):
            raise ValidationError("Ô này không được chứa số CCCD.")


class ChangeForm(forms.Form):
    """Every act: the version of the household that this person was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > clock.today():
            raise ValidationError("Ngày ghi chưa tới: hãy ghi ngày hôm nay hoặc trước đó.")
        return day

    def clean_code(self):
        code = code_of(self.cleaned_data["code"])
        if holds_number(code):
            raise ValidationError("Ô mã hộ không được chứa số CCCD.")
        return code


class SplitForm(ChangeForm):
    people = PeopleField(label="Ai tách ra", help_text="Chủ hộ ở lại hộ cũ.")
    head = PersonChoiceField(label="Chủ hộ mới", widget=forms.RadioSelect)
    hamlet = forms.ModelChoiceField(Committee.objects.none(), label="Thôn, ấp", empty_label=None)
    address = CleanField(max_length=200, label="Nơi thường trú của hộ mới", required=False)
    code = CleanField(
        max_length=30,
        label="Mã hộ mới",
        required=False,
        help_text="Để trống thì máy đánh mã tiếp theo của xã.",
    )
    on = VnDateField(label="Ngày tách")
    keeps_class = forms.TypedChoiceField(
        label="Phân loại của hộ mới",
        choices=[("", "Không ghi vào danh sách"), ("1", "Như hộ cũ")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = ReasonField()

    def __init__(self, *args, people, hamlets, listed=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = self.fields["head"].queryset = people
        self.fields["hamlet"].queryset = hamlets
        if listed is None:
            del self.fields["keeps_class"]
        else:
            self.fields["keeps_class"].help_text = (
                f"Hộ cũ: {listed.get_kind_display().lower()} trong danh sách năm"
                f" {listed.poverty_list.year}."
            )

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, ("address",))
        head, people = cleaned.get("head"), cleaned.get("people")
        if head and people is not None and head not in people:
            self.add_error("head", "Chủ hộ mới phải là một trong những người tách ra.")
        return cleaned


class HamletForm(ChangeForm):
    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp mới", empty_label="Chọn thôn, ấp"
    )
    address = CleanField(max_length=200, label="Nơi thường trú mới", required=False)
    on = VnDateField(label="Từ ngày")
    reason = ReasonField()

    def __init__(self, *args, hamlets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = hamlets

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, ("address",))
        return cleaned


class AwayForm(ChangeForm):
    """To another commune of the system, or to a place that none answers for."""

    to = PickerField(
        Committee.objects.none(),
        label="Xã, phường, thị trấn nơi đến",
        required=False,
        search_url=reverse_lazy("committees:unit-search"),
        find=matching,
        help_text="Gõ tên, chọn trong danh sách; nơi đến sẽ tiếp nhận hộ trong phần mềm.",
    )
    place = CleanField(
        max_length=100,
        label="Nơi đến không có trong danh sách",
        required=False,
        help_text="Chỉ ghi khi không tìm thấy nơi đến ở ô trên, ví dụ: nước ngoài.",
    )
    on = VnDateField(label="Ngày chuyển đi")
    reason = ReasonField(label="Lý do, ghi chú", required=False)

    def __init__(self, *args, communes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = communes

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, ("place",))
        to, place = cleaned.get("to"), cleaned.get("place")
        if "to" not in self.errors and bool(to) == bool(place):
            self.add_error(
                "place" if to else "to",
                "Hãy chọn xã nơi đến; không có trong danh sách thì ghi ở ô dưới, không ghi cả hai.",
            )
        return cleaned


class HeadDiedForm(ChangeForm):
    on = VnDateField(label="Ngày chết")
    new_head = PersonChoiceField(label="Chủ hộ mới", widget=forms.RadioSelect)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_head"].queryset = people
        if not people.exists():
            del self.fields["new_head"]


class HeadForm(ChangeForm):
    new_head = PersonChoiceField(label="Chủ hộ mới", widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label="Chủ hộ cũ là gì của chủ hộ mới", choices=relation_choices(), required=False
    )
    on = VnDateField(label="Từ ngày")
    reason = ReasonField()

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_head"].queryset = people


class EndForm(ChangeForm):
    on = VnDateField(label="Không còn từ ngày")
    reason = ReasonField(help_text="Ví dụ: cả hai người đã chết.")


class CodeForm(ChangeForm):
    code = CleanField(max_length=30, label="Mã hộ mới")
    reason = ReasonField()


class ReasonForm(forms.Form):
    """The one box of a step that takes something back."""

    reason = ReasonField()


class ReceiveForm(ChangeForm):
    """A household from another commune: where it lives now, its code, its class."""

    version = None
    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", empty_label="Chọn thôn, ấp"
    )
    address = CleanField(max_length=200, label="Nơi thường trú", required=False)
    code = CleanField(
        max_length=30,
        label="Mã hộ ở xã này",
        required=False,
        help_text="Để trống thì máy đánh mã tiếp theo của xã.",
    )
    on = VnDateField(label="Ngày tiếp nhận")
    kind = forms.ChoiceField(
        label="Phân loại trong danh sách của xã",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "Không ghi vào danh sách"),
            (Classification.Kind.POOR, Classification.Kind.POOR.label),
            (Classification.Kind.NEAR_POOR, Classification.Kind.NEAR_POOR.label),
        ],
    )

    def __init__(self, *args, hamlets, since, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since
        self.fields["hamlet"].queryset = hamlets

    def clean_on(self):
        day = super().clean_on()
        if day and day < self.since:
            raise ValidationError(
                f"Hộ chuyển đi ngày {format_date(self.since)}: hãy ghi ngày từ đó trở đi."
            )
        return day

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, ("address",))
        return cleaned


def _told(member: Member) -> str:
    facts = [member.relation, f"sinh {member.birth_year}" if member.birth_year else ""]
    told = ", ".join(fact for fact in facts if fact)
    return f"{member.name} ({told})" if told else member.name

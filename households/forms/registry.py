from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from committees.access import Permission
from committees.models import Committee
from committees.unit_search import matching as matching_units
from config.forms import CountField, PickerField, ReadField
from config.vietnamese.dates import format_date, parse_birth
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import clean
from households.ethnic_groups import ETHNIC_GROUPS
from households.identity import Identity, holds_number, read_identity
from households.models import Classification, Household, PovertyIndicator

NEEDS = [
    ("nha_o", "Nhà ở"),
    ("von", "Vốn sản xuất"),
    ("con_cay_giong", "Con, cây giống"),
    ("hoc_bong", "Học bổng"),
    ("bhyt", "Bảo hiểm y tế"),
    ("kham_chua_benh", "Khám chữa bệnh"),
    ("khac", "Nhu cầu khác"),
]
FIRST_YEAR, LAST_YEAR = 2022, 2026
PLAIN_TEXTS = ("code", "address", "note")  # where a citizen's number would lie uncovered
# What the form asks as one thing and the registry keeps as several.
NOT_DETAILS = ("born", "number", "version")


class CleanField(ReadField):
    """One line of text as it is stored: NFC, single spaces, nothing invisible."""

    def __init__(self, *, max_length: int, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_python(self, value):
        return super().to_python(value) or ""

    def read(self, value) -> str:
        return clean(value, max_length=self.max_length)


class BirthField(ReadField):
    """A day, or the year alone where only that is known: (year, day or None)."""

    def read(self, value):
        return parse_birth(value)

    def prepare_value(self, value):
        if isinstance(value, tuple):
            year, day = value
            return format_date(day) if day else year
        return value


class HouseholdForm(forms.Form):
    """A household and its head. ``hamlets``: the rows this person may choose from."""

    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", empty_label="Chọn thôn, ấp"
    )
    code = CleanField(
        max_length=30,
        label="Mã hộ",
        required=False,
        help_text="Để trống thì máy đánh mã tiếp theo của xã.",
    )
    head_name = CleanField(max_length=120, label="Họ và tên chủ hộ")
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("", "Chưa rõ"), *Household.Sex.choices], required=False
    )
    born = BirthField(
        label="Ngày sinh", required=False, help_text="Ngày/tháng/năm; nếu chỉ biết năm, ghi năm."
    )
    ethnicity = forms.ChoiceField(label="Dân tộc", required=False)
    number = CleanField(
        max_length=30,
        label="Số CCCD",
        required=False,
        help_text="12 số; để trống nếu chưa có giấy tờ.",
    )
    phone = CleanField(max_length=15, label="Điện thoại", required=False)
    address = CleanField(max_length=200, label="Địa chỉ", required=False)
    area = forms.ChoiceField(label="Khu vực", choices=Household.Area.choices, initial="rural")
    members_declared = CountField(label="Số nhân khẩu", least=1, required=False)
    house_condition = forms.ChoiceField(
        label="Tình trạng nhà ở",
        required=False,
        choices=[("", "Chưa rõ"), *Household.HouseCondition.choices],
    )
    needs = forms.MultipleChoiceField(
        label="Nhu cầu hỗ trợ",
        choices=NEEDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = CleanField(max_length=500, label="Ghi chú", required=False)

    def __init__(self, *args, hamlets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = hamlets
        known = [("", "Chưa rõ"), *((name, name) for name in ETHNIC_GROUPS)]
        kept = self.initial.get("ethnicity")
        if kept and kept not in ETHNIC_GROUPS:
            known.append((kept, kept))
        self.fields["ethnicity"].choices = known

    def clean_head_name(self):
        name = self.cleaned_data["head_name"]
        wrong = sorted({c for c in name if not (c.isalpha() or c in " '’ʼ`´.-")})
        if wrong:
            raise ValidationError(f"Họ tên có ký tự lạ {' '.join(wrong)[:20]}: chỉ dùng chữ cái.")
        return name

    def clean_members_declared(self):
        members = self.cleaned_data["members_declared"]
        if members is not None and members > 60:
            raise ValidationError("Hãy ghi số từ 1 đến 60.")
        return members

    def clean(self):
        cleaned = super().clean()
        for name in PLAIN_TEXTS:
            if holds_number(cleaned.get(name) or ""):
                self.add_error(name, "Ô này không được chứa số CCCD: hãy ghi vào ô “Số CCCD”.")
        year, day = cleaned.get("born") or (None, None)
        cleaned |= {"birth_year": year, "birth_date": day, "identity": Identity()}
        if cleaned.get("number"):
            try:
                cleaned["identity"] = read_identity(
                    cleaned["number"], sex=cleaned.get("sex", ""), birth_year=year
                )
            except NotUnderstood as refusal:
                self.add_error("number", str(refusal))
        return cleaned

    def details(self) -> dict[str, object]:
        """The cleaned values under the names of the registry."""
        kept = {name for name in self.fields if name not in NOT_DETAILS}
        kept |= {"birth_year", "birth_date"}
        return {name: value for name, value in self.cleaned_data.items() if name in kept}


class HouseholdEditForm(HouseholdForm):
    state = forms.ChoiceField(label="Theo dõi", choices=Household.State.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = True
        self.fields["code"].help_text = ""
        self.fields["number"].label = "Số CCCD mới"
        self.fields["number"].help_text = "Để trống nếu giữ số đang lưu."


class ListedForm(forms.Form):
    """The class of a household on one year's list."""

    year = forms.TypedChoiceField(label="Danh sách năm", coerce=int)
    kind = forms.ChoiceField(label="Phân loại", choices=Classification.Kind.choices)
    income_score = CountField(label="Điểm A (thu nhập)", required=False)
    deprivation_score = CountField(label="Điểm B (thiếu hụt)", required=False)
    deprivations = forms.MultipleChoiceField(
        label="Chỉ số thiếu hụt", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(LAST_YEAR, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, f"Năm {year}") for year in years]
        indicators = PovertyIndicator.objects.order_by("standard__valid_from", "position")
        self.fields["deprivations"].choices = [(i.code, i.label) for i in indicators]

    def clean_income_score(self):
        return self._within("income_score", 1000)

    def clean_deprivation_score(self):
        return self._within("deprivation_score", 120)

    def _within(self, name, most):
        score = self.cleaned_data[name]
        if score is not None and score > most:
            raise ValidationError(f"Hãy ghi số từ 0 đến {most}.")
        return score


class HouseholdFilter(forms.Form):
    """Filters of the list; their names are the address's."""

    q = forms.CharField(label="Tìm", required=False, max_length=100)
    noi = PickerField(
        Committee.objects.none(),
        label="Xã, ấp",
        required=False,
        search_url=reverse_lazy("committees:unit-search"),
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
        self.fields["q"].widget.attrs["placeholder"] = "Tên, mã hộ hoặc số CCCD"
        units = Committee.objects.allowed(user, Permission.HOUSEHOLD_VIEW)
        self.fields["noi"].queryset = units
        self.fields["nam"].choices = [("", "Tất cả"), *((year, year) for year in years)]

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

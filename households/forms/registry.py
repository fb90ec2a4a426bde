from django import forms
from django.core.exceptions import ValidationError

from committees.models import Committee
from config import clock
from config.forms import CountField, VnDecimalField
from config.vietnamese.amounts import grouped
from households.errors import NoStandard
from households.forms.people import (
    BirthField,
    CleanField,
    PersonNameField,
    TicksField,
    ethnic_choices,
    read_person,
    refuse_numbers_in,
)
from households.forms.sections import sections_of
from households.identity import phone_in
from households.models import Classification, Household, PovertyIndicator
from households.queries import code_of
from households.standards import standard_in

NEEDS = [
    ("nha_o", "Nhà ở"),
    ("von", "Vốn sản xuất"),
    ("con_cay_giong", "Con, cây giống"),
    ("hoc_bong", "Học bổng"),
    ("bhyt", "Bảo hiểm y tế"),
    ("kham_chua_benh", "Khám chữa bệnh"),
    ("khac", "Nhu cầu khác"),
]
FIRST_YEAR = 2016  # of the oldest standard on file
LARGEST_FLOOR = 2000  # m²
# What the People's Committee decides; hardship is proposed by one person, confirmed by another.
DECIDED = [
    (kind.value, kind.label) for kind in (Classification.Kind.POOR, Classification.Kind.NEAR_POOR)
]
NOT_DECIDED = (
    "Hãy chọn hộ nghèo hoặc hộ cận nghèo; hộ có hoàn cảnh khó khăn thì đề nghị ở “Hộ khó khăn”."
)
# Where a citizen's number would lie uncovered.
PLAIN_TEXTS = ("code", "address", "current_address", "note")
# What the form asks as one thing and the registry keeps as several.
NOT_DETAILS = ("born", "number", "version")


class HouseholdForm(forms.Form):
    """A household and its head. ``hamlets``: the rows this person may choose from."""

    LAYOUT = [
        (
            "Hộ và chủ hộ",
            False,
            ("hamlet", "code", "head_name", "sex", "born", "ethnicity", "number", "phone",
             "address", "area", "members_declared"),
        ),
        ("Nhà ở, nước, vệ sinh", True,
         ("house_condition", "floor_area", "weak_parts", "water", "latrine")),
        ("Đối tượng chính sách, nguyên nhân, nhu cầu", True, ("flags", "causes", "needs")),
        ("Nơi ở hiện tại, ghi chú", True, ("current_address", "note")),
    ]  # fmt: skip

    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", empty_label="Chọn thôn, ấp"
    )
    code = CleanField(
        max_length=30,
        label="Mã hộ",
        required=False,
        help_text="Để trống thì máy đánh mã tiếp theo của xã.",
    )
    head_name = PersonNameField(label="Họ và tên chủ hộ")
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
    phone = CleanField(max_length=20, label="Điện thoại", required=False)
    address = CleanField(max_length=200, label="Nơi thường trú", required=False)
    current_address = CleanField(
        max_length=200,
        label="Nơi ở hiện tại",
        required=False,
        help_text="Chỉ ghi khi khác nơi thường trú.",
    )
    area = forms.ChoiceField(label="Khu vực", choices=Household.Area.choices, initial="rural")
    members_declared = CountField(label="Số nhân khẩu", least=1, required=False)
    house_condition = forms.ChoiceField(
        label="Tình trạng nhà ở",
        required=False,
        choices=[("", "Chưa rõ"), *Household.HouseCondition.choices],
    )
    floor_area = VnDecimalField(
        label="Diện tích nhà (m²)", places=1, required=False, help_text="Ví dụ: 36,5"
    )
    weak_parts = TicksField(label="Bộ phận nhà không bền chắc", choices=Household.Part.choices)
    water = forms.ChoiceField(
        label="Nguồn nước sinh hoạt",
        required=False,
        choices=[("", "Chưa rõ"), *Household.Water.choices],
    )
    latrine = forms.ChoiceField(
        label="Nhà tiêu", required=False, choices=[("", "Chưa rõ"), *Household.Latrine.choices]
    )
    flags = TicksField(label="Đối tượng chính sách", choices=Household.Flag.choices)
    causes = TicksField(label="Nguyên nhân nghèo", choices=Household.Cause.choices)
    needs = TicksField(label="Nhu cầu hỗ trợ", choices=NEEDS)
    note = CleanField(max_length=500, label="Ghi chú", required=False)

    def __init__(self, *args, hamlets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hamlet"].queryset = hamlets
        self.fields["ethnicity"].choices = ethnic_choices(self.initial.get("ethnicity"))

    def sections(self):
        return sections_of(self, self.LAYOUT)

    def clean_code(self):
        return code_of(self.cleaned_data["code"])

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        phone = phone_in(typed)
        if typed and not phone:
            raise ValidationError("Hãy ghi 10 chữ số, ví dụ 0912345678; chưa có thì để trống.")
        return phone

    def clean_members_declared(self):
        members = self.cleaned_data["members_declared"]
        if members is not None and members > 60:
            raise ValidationError("Hãy ghi số từ 1 đến 60.")
        return members

    def clean_floor_area(self):
        area = self.cleaned_data["floor_area"]
        if area is not None and not 0 < area <= LARGEST_FLOOR:
            raise ValidationError(f"Hãy ghi diện tích từ 0,1 đến {grouped(LARGEST_FLOOR)} m².")
        return area

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, PLAIN_TEXTS)
        return cleaned | read_person(self)

    def details(self) -> dict[str, object]:
        """The cleaned values under the names of the registry."""
        kept = {name for name in self.fields if name not in NOT_DETAILS}
        kept |= {"birth_year", "birth_date"}
        return {name: value for name, value in self.cleaned_data.items() if name in kept}


class HouseholdEditForm(HouseholdForm):
    """What may be corrected at any time; hamlet, code, head and state change by acts."""

    hamlet = None
    code = None
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["ethnicity"].choices = ethnic_choices(self.initial.get("ethnicity"))
        self.fields["number"].label = "Số CCCD mới"
        self.fields["number"].help_text = "Để trống nếu giữ số đang lưu."


class ListedForm(forms.Form):
    """The class of a household on one year's list."""

    year = forms.TypedChoiceField(label="Danh sách năm", coerce=int)
    kind = forms.ChoiceField(
        label="Phân loại", choices=DECIDED, error_messages={"invalid_choice": NOT_DECIDED}
    )
    income_score = CountField(label="Điểm A (thu nhập)", required=False)
    deprivation_score = CountField(label="Điểm B (thiếu hụt)", required=False)
    deprivations = TicksField(label="Chỉ số thiếu hụt", choices=[])

    def __init__(self, *args, is_optional=False, **kwargs):
        super().__init__(*args, **kwargs)
        nothing = "Chưa có trong danh sách" if is_optional else "Chọn phân loại"
        self.fields["kind"].required = not is_optional
        self.fields["kind"].choices = [("", nothing), *DECIDED]
        last = clock.today().year + 1
        self.fields["year"].choices = [
            (year, f"Năm {year}") for year in range(last, FIRST_YEAR - 1, -1)
        ]
        self.fields["year"].initial = last - 1
        if "kind" in self.initial:
            said = f"Các ô dưới đang theo danh sách năm {self.initial['year']}."
            self.fields["year"].help_text = said
        indicators = PovertyIndicator.objects.order_by("standard__valid_from", "position")
        labels = {indicator.code: indicator.label for indicator in indicators}
        self.fields["deprivations"].choices = labels.items()

    def clean_income_score(self):
        return self._within("income_score", 1000)

    def clean_deprivation_score(self):
        return self._within("deprivation_score", 120)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("year") and cleaned.get("deprivations"):
            self._check_indicators(cleaned["year"], cleaned["deprivations"])
        return cleaned

    def _check_indicators(self, year, chosen):
        try:
            standard = standard_in(year)
        except NoStandard as refusal:
            self.add_error("year", str(refusal))
            return
        known = {indicator.code for indicator in standard.indicators.all()}
        labels = dict(self.fields["deprivations"].choices)
        foreign = [labels[code] for code in chosen if code not in known]
        if foreign:
            self.add_error("deprivations", f"Năm {year} không có chỉ số {', '.join(foreign)}.")

    def _within(self, name, most):
        score = self.cleaned_data[name]
        if score is not None and score > most:
            raise ValidationError(f"Hãy ghi số từ 0 đến {most}.")
        return score

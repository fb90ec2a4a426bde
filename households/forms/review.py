"""What is asked on the pages of a year's list: filters, its decision, answers, monthly changes."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from committees.access import Permission
from committees.models import Committee
from committees.unit_search import matching as matching_units
from config import clock
from config.forms import CountField, PickerField, VnDateField
from config.vietnamese.dates import format_date
from households.actions.listing import Listed
from households.finding.ranking import matching
from households.forms.people import CleanField, TicksField, refuse_numbers_in
from households.models import Classification, Household, PovertyList, Transition
from households.queries import hamlets_of
from households.review.absent import Answer, Reason
from households.review.codes import Kind
from households.review.monthly import Change

ALL = ("", "Tất cả")


class HouseholdPicker(PickerField):
    """One household of a commune, found by name or code."""

    def __init__(self, **kwargs):
        super().__init__(
            Household.objects.none(),
            search_url=reverse_lazy("households:household-search"),
            find=matching,
            **kwargs,
        )


class ListFilter(forms.Form):
    """Which lists: of a year, of a unit."""

    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    noi = PickerField(
        Committee.objects.none(),
        label="Huyện, xã",
        required=False,
        search_url=format_lazy("{}?pham-vi=ho", reverse_lazy("committees:unit-search")),
        find=matching_units,
    )

    def __init__(self, *args, user, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [("", "Mới nhất"), *((year, year) for year in years)]
        units = Committee.objects.allowed(user, Permission.HOUSEHOLD_VIEW)
        self.fields["noi"].queryset = units.exclude(level=Committee.Level.HAMLET)


class RowsFilter(forms.Form):
    """Lines of one list by name, hamlet and class."""

    q = forms.CharField(label="Tìm chủ hộ, mã hộ", required=False, max_length=100)
    thon = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", required=False, empty_label="Tất cả"
    )
    loai = forms.ChoiceField(label="Phân loại", required=False, choices=[ALL, *Kind.choices])

    def __init__(self, *args, commune, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [hamlet.pk for hamlet in hamlets_of(commune)]
        self.fields["thon"].queryset = Committee.objects.filter(pk__in=keys)


class TransitionFilter(RowsFilter):
    """Transitions: by code, by origin, and as the balance counts them (come to, gone from)."""

    loai = None
    ma = forms.ChoiceField(
        label="Diễn biến", required=False, choices=[ALL, *Transition.Code.choices]
    )
    goc = forms.ChoiceField(
        label="Rà soát", required=False, choices=[ALL, *Transition.Origin.choices]
    )
    den = forms.ChoiceField(label="Chuyển đến loại", required=False, choices=[ALL, *Kind.choices])
    di = forms.ChoiceField(label="Ra khỏi loại", required=False, choices=[ALL, *Kind.choices])


class DecisionForm(forms.Form):
    """The decision of the People's Committee that a list rests on."""

    decision_number = CleanField(
        max_length=60, label="Số quyết định", help_text="Ví dụ: 125/QĐ-UBND"
    )
    decided_on = VnDateField(label="Ngày quyết định")

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        first, last = date(self.year - 1, 9, 1), min(date(self.year, 12, 31), clock.today())
        if not first <= day <= last:
            raise ValidationError(
                f"Quyết định cho danh sách năm {self.year} có ngày từ {format_date(first)}"
                f" đến {format_date(last)}: hãy ghi lại."
            )
        return day


class AbsentForm(forms.Form):
    """One answer for the absent households that are ticked, or for all that the filter finds."""

    changes = forms.ModelMultipleChoiceField(Transition.objects.none(), required=False)
    everyone = forms.BooleanField(label="Trả lời cho tất cả các hộ đang lọc", required=False)
    reason = forms.ChoiceField(label="Vì sao không có tên", widget=forms.RadioSelect)
    on = VnDateField(
        label="Từ ngày",
        required=False,
        help_text="Khi chuyển đi, chết, nhập hộ; bỏ trống nếu không rõ.",
    )
    place = CleanField(max_length=200, label="Nơi đến", required=False, help_text="Khi chuyển đi.")
    into = HouseholdPicker(
        label="Nhập vào hộ", required=False, help_text="Khi nhập hộ; tìm theo tên hoặc mã hộ."
    )
    note = CleanField(max_length=200, label="Ghi chú", required=False)

    def __init__(self, *args, rows, kinds, commune, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["changes"].queryset = rows
        self.fields["reason"].choices = _reasons_for(kinds)
        self.fields["into"].queryset = Household.objects.living().filter(commune=commune)

    def clean(self):
        said = super().clean()
        refuse_numbers_in(self, ("place", "note"))
        if not said.get("changes") and not said.get("everyone"):
            raise ValidationError("Hãy đánh dấu ít nhất một hộ.")
        return said

    def keys(self):
        """The transitions answered for."""
        said = self.cleaned_data
        chosen = self.rows if said["everyone"] else said["changes"]
        return list(chosen.values_list("pk", flat=True))

    def answer(self):
        """What was typed, for the action."""
        said = self.cleaned_data
        names = ("on", "place", "into", "note")
        return Answer(Reason(said["reason"]), **{name: said[name] for name in names})


class CodeForm(forms.Form):
    """Another code where two are possible."""

    code = forms.ChoiceField(label="Diễn biến", widget=forms.RadioSelect)

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code.value, code.label) for code in codes]


class PickForm(forms.Form):
    """Whose class changes within the year."""

    ho = HouseholdPicker(label="Hộ có thay đổi", help_text="Tìm theo tên hoặc mã hộ.")

    def __init__(self, *args, commune, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ho"].queryset = Household.objects.filter(commune=commune)


class MonthlyForm(forms.Form):
    """A monthly change; ``offered`` holds (class after, code, words) of what fits."""

    change = forms.ChoiceField(label="Thay đổi", widget=forms.RadioSelect)
    on = VnDateField(label="Ngày quyết định")
    decision_number = CleanField(
        max_length=60, label="Số quyết định", required=False, help_text="Ví dụ: 37/QĐ-UBND"
    )
    into = HouseholdPicker(label="Nhập vào hộ", required=False, help_text="Chỉ khi nhập hộ.")
    income_score = CountField(label="Điểm A (thu nhập)", required=False)
    deprivation_score = CountField(label="Điểm B (thiếu hụt)", required=False)
    deprivations = TicksField(label="Chỉ số thiếu hụt", choices=[])
    note = CleanField(max_length=300, label="Ghi chú", required=False)

    def __init__(self, *args, poverty_list: PovertyList, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = poverty_list.year
        self.fields["change"].choices = [
            (f"{after}:{code}", words) for after, code, words in offered
        ]
        self.fields["deprivations"].choices = [
            (one.code, one.label) for one in poverty_list.standard.indicators.all()
        ]
        self.fields["into"].queryset = Household.objects.living().filter(
            commune=poverty_list.commune_id
        )

    def clean_income_score(self):
        return self._within("income_score", 1000)

    def clean_deprivation_score(self):
        return self._within("deprivation_score", 120)

    def clean(self):
        said = super().clean()
        refuse_numbers_in(self, ("note",))
        return said

    def said(self):
        """What was typed, for the action: the change and, where it has points, the new line."""
        kind, _, code = self.cleaned_data["change"].partition(":")
        names = ("on", "decision_number", "into", "note")
        change = Change(kind, code, **{name: self.cleaned_data[name] for name in names})
        points = ("income_score", "deprivation_score", "deprivations")
        values = {name: self.cleaned_data[name] for name in points}
        is_scored = kind and any(value not in (None, []) for value in values.values())
        return change, Listed(self.year, kind, **values) if is_scored else None

    def _within(self, name, most):
        score = self.cleaned_data[name]
        if score is not None and score > most:
            raise ValidationError(f"Hãy ghi số từ 0 đến {most}.")
        return score


def _reasons_for(kinds):
    """The answers that fit at least one of these classes, the usual first."""
    hardship = Classification.Kind.HARDSHIP
    decided = [Reason.ESCAPED] if set(kinds) - {hardship} else []
    own = [Reason.RELIEVED, Reason.STILL] if hardship in kinds else []
    omitted = [Reason.OMITTED] if decided else []
    offered = [*decided, *own, Reason.MOVED, Reason.DIED, Reason.MERGED, *omitted]
    return [(reason.value, reason.label) for reason in offered]

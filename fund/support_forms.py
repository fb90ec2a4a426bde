"""Forms of support and welfare: what was typed, checked; the views call the actions."""

from django import forms
from django.urls import reverse_lazy

from campaigns.models import Drive
from campaigns.models.campaign import paths_above_seats
from committees.access import Permission
from committees.models import Committee, User
from committees.unit_search import matching as units_matching
from config.forms import CountField, DongField, PickerField, VnDateField
from fund.actions import LEVELS_WITH_FUND
from fund.forms import ANY, PeriodFields, TextField
from fund.models import Account, SupportList
from fund.support_actions import Terms
from fund.support_queries import HOUSE_KIND, KINDS
from fund.support_records import WelfareGiven
from households.models import Classification, Household

WIDE = {Committee.Level.CENTRE, Committee.Level.PROVINCE}
FROM_FUND, FROM_GIVER, FROM_HOUSE = "fund", "giver", "house"
KIND_WIDGET = forms.TextInput({"list": "noi-dung-ho-tro"})
ACCOUNTS = [(kind.value, kind.label) for kind in Account.MONEY]


def commune_field(user: User, permission: Permission) -> forms.Field:
    """A commune within the person's reach: a list, or a search where there are hundreds."""
    communes = Committee.objects.filter(level=Committee.Level.COMMUNE).allowed(user, permission)
    if any(seat.committee.level in WIDE for seat in user.live_seats):
        search = reverse_lazy("committees:unit-search")
        return PickerField(
            communes, search_url=search, find=units_matching, label="Xã", required=False
        )
    return forms.ModelChoiceField(communes, label="Xã", required=False, empty_label="Tất cả")


class SupportFilter(PeriodFields):
    q = forms.CharField(label="Tìm chủ hộ, mã hộ", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="Nội dung",
        choices=[ANY, *((kind, kind) for kind in (*KINDS, HOUSE_KIND))],
        required=False,
    )
    source = forms.ChoiceField(
        label="Nguồn",
        choices=[
            ANY,
            (FROM_FUND, "Quỹ “Vì người nghèo”"),
            (FROM_GIVER, "An sinh xã hội"),
            (FROM_HOUSE, "Nhà Đại đoàn kết"),
        ],
        required=False,
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"] = commune_field(user, Permission.SUPPORT_VIEW)
        self.order_fields(["q", "place", "kind", "source", "since", "until"])


class ListFilter(forms.Form):
    state = forms.ChoiceField(
        label="Tình trạng", choices=[ANY, *SupportList.State.choices], required=False
    )


class WelfareFilter(PeriodFields):
    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"] = commune_field(user, Permission.SUPPORT_VIEW)
        self.order_fields(["place", "since", "until"])


class UnsupportedFilter(forms.Form):
    def __init__(self, *args, user: User, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"] = forms.TypedChoiceField(
            label="Danh sách năm",
            choices=[(year, year) for year in years],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["place"] = commune_field(user, Permission.SUPPORT_VIEW)


class ListForm(forms.Form):
    """What a new support list gives, and from where."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label="Đơn vị lập danh sách")
    title = TextField(
        label="Tên danh sách", max_length=200, help_text="Ví dụ: Tặng quà ngày 17/10 năm 2026"
    )
    drive = forms.ModelChoiceField(
        Drive.objects.none(), label="Đợt", required=False, empty_label="Không theo đợt nào"
    )
    kind = TextField(label="Nội dung hỗ trợ", max_length=80, widget=KIND_WIDGET)
    date = VnDateField(label="Ngày hỗ trợ")
    source = forms.ChoiceField(
        label="Nguồn",
        widget=forms.RadioSelect,
        choices=[
            (FROM_FUND, "Quỹ “Vì người nghèo” của đơn vị"),
            (FROM_GIVER, "Đơn vị, cá nhân ngoài quỹ (an sinh xã hội)"),
        ],
        initial=FROM_FUND,
    )
    giver = TextField(
        label="Đơn vị, cá nhân hỗ trợ",
        max_length=200,
        required=False,
        help_text="Chỉ ghi khi nguồn không phải là quỹ",
    )

    def __init__(self, *args, user: User, support_list: SupportList | None = None, **kwargs):
        if support_list:
            kwargs["initial"] = _terms_of(support_list)
        super().__init__(*args, **kwargs)
        units = Committee.objects.filter(level__in=LEVELS_WITH_FUND)
        own = units.allowed(user, Permission.SUPPORT_PROPOSE)
        self.fields["committee"].queryset = own
        above = paths_above_seats(user, Permission.SUPPORT_PROPOSE)
        self.fields["drive"].queryset = Drive.objects.filter(campaign__root__path__in=above)
        if support_list:
            del self.fields["committee"]
        else:
            first = own.order_by("path").first()
            self.fields["committee"].initial = first and first.pk

    def clean(self):
        said = self.cleaned_data
        if said.get("source") == FROM_GIVER and not said.get("giver"):
            self.add_error("giver", "Hãy ghi đơn vị, cá nhân hỗ trợ.")
        return said

    def terms(self) -> Terms:
        """The terms typed, for the action."""
        said = self.cleaned_data
        return Terms(
            title=said["title"],
            kind=said["kind"],
            date=said["date"],
            giver=said["giver"] if said["source"] == FROM_GIVER else "",
            drive=said["drive"],
        )


class RecipientFilter(forms.Form):
    """By which rule households are offered for a list."""

    q = forms.CharField(label="Tìm chủ hộ, mã hộ", required=False, max_length=100)
    hamlet = forms.ModelChoiceField(
        Committee.objects.none(), label="Thôn, ấp", required=False, empty_label="Tất cả"
    )
    kind = forms.ChoiceField(
        label="Phân loại", choices=[ANY, *Classification.Kind.choices], required=False
    )
    unsupported = forms.BooleanField(label="Chỉ hộ chưa được hỗ trợ", required=False)

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        if committee.level == Committee.Level.COMMUNE:
            units = Committee.objects.under(committee).filter(level=Committee.Level.HAMLET)
        else:
            units = Committee.objects.under(committee).filter(level=Committee.Level.COMMUNE)
            self.fields["hamlet"].label = "Xã"
        self.fields["hamlet"].queryset = units


class RecipientsForm(forms.Form):
    """The households ticked (or all that the filter finds) and what each of them gets."""

    households = forms.ModelMultipleChoiceField(Household.objects.none(), required=False)
    everyone = forms.BooleanField(label="Chọn tất cả các hộ đang lọc", required=False)
    value = DongField(label="Mỗi hộ nhận (đồng)")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["households"].queryset = rows

    def clean(self):
        said = self.cleaned_data
        if not said.get("households") and not said.get("everyone"):
            raise forms.ValidationError("Hãy đánh dấu ít nhất một hộ.")
        return said


class DecisionForm(forms.Form):
    agree = forms.TypedChoiceField(
        label="Quyết định",
        widget=forms.RadioSelect,
        choices=[("1", "Đồng ý chi theo danh sách"), ("0", "Không đồng ý")],
        coerce=lambda value: value == "1",
        empty_value=None,
    )
    note = TextField(
        label="Ý kiến", max_length=300, required=False, help_text="Bắt buộc khi không đồng ý"
    )

    def clean(self):
        said = self.cleaned_data
        if said.get("agree") is False and not said.get("note"):
            self.add_error("note", "Hãy ghi lý do không đồng ý.")
        return said


class PaymentForm(forms.Form):
    """From which account, on which day."""

    account = forms.ChoiceField(label="Chi từ", choices=ACCOUNTS, widget=forms.RadioSelect)
    on = VnDateField(label="Ngày chi")


class WelfareForm(forms.Form):
    place = forms.ModelChoiceField(Committee.objects.none(), label="Đơn vị nhận")
    date = VnDateField(label="Ngày")
    giver = TextField(label="Đơn vị thực hiện", max_length=200)
    content = TextField(label="Nội dung", max_length=200)
    portions = CountField(label="Số suất", least=1, required=False)
    value = DongField(label="Trị giá (đồng)")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        units = Committee.objects.filter(level__in=LEVELS_WITH_FUND)
        own = units.allowed(user, Permission.SUPPORT_PROPOSE)
        self.fields["place"].queryset = own
        first = own.order_by("path").first()
        self.fields["place"].initial = first and first.pk

    def given(self) -> WelfareGiven:
        """What was typed, for the action."""
        said = self.cleaned_data
        return WelfareGiven(
            giver=said["giver"],
            content=said["content"],
            date=said["date"],
            value=said["value"],
            portions=said["portions"],
        )


def _terms_of(support_list: SupportList) -> dict:
    giver = support_list.giver
    return {
        "title": support_list.title,
        "drive": support_list.drive_id,
        "kind": support_list.kind,
        "date": support_list.date,
        "source": FROM_GIVER if giver else FROM_FUND,
        "giver": giver.name if giver else "",
    }

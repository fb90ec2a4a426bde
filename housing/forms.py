"""Forms of the houses: what was typed, checked; the views call the actions."""

from django import forms
from django.forms import formset_factory
from django.urls import reverse_lazy

from committees.access import Permission
from committees.models import Committee, User
from config.forms import CountField, DongField, PickerField, VnDateField, VnDecimalField
from fund.forms import ANY, TextField
from fund.support_forms import ACCOUNTS, commune_field
from households.finding.ranking import matching
from households.models import Household
from housing.actions import Decision, Money, Proposal
from housing.models import FundingLine, House
from housing.queries import payers_for

MOST_SOURCES = 20


class HouseFilter(forms.Form):
    state = forms.ChoiceField(
        label="Tình trạng", choices=[ANY, *House.State.choices], required=False
    )
    kind = forms.ChoiceField(label="Hình thức", choices=[ANY, *House.Kind.choices], required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"] = commune_field(user, Permission.HOUSE_VIEW)
        self.order_fields(["place", "state", "kind"])


class ProposalForm(forms.Form):
    """A house asked for by a commune, without its money (``MoneyRow``)."""

    household = PickerField(
        Household.objects.none(),
        search_url=reverse_lazy("households:household-search"),
        find=matching,
        label="Hộ",
        help_text="Gõ tên chủ hộ hoặc mã hộ",
    )
    kind = forms.ChoiceField(label="Hình thức", choices=House.Kind.choices)
    payer = forms.ModelChoiceField(Committee.objects.none(), label="Đơn vị quyết định, chi quỹ")
    on = VnDateField(label="Ngày đề nghị")
    floor_area = VnDecimalField(label="Diện tích (m²)", places=1, required=False)
    reason = TextField(
        label="Hoàn cảnh của hộ",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        own = Household.objects.allowed(user, Permission.HOUSE_PROPOSE).living()
        self.fields["household"].queryset = own.select_related("commune")
        communes = Committee.objects.filter(level=Committee.Level.COMMUNE)
        payers = {
            payer.pk: payer
            for commune in communes.allowed(user, Permission.HOUSE_PROPOSE)
            for payer in payers_for(commune)
        }
        self.fields["payer"].queryset = Committee.objects.filter(pk__in=payers)
        self.fields["payer"].initial = next(iter(payers), None)

    def clean_floor_area(self):
        area = self.cleaned_data["floor_area"]
        if area is not None and not 0 < area < 10_000:
            raise forms.ValidationError("Diện tích không hợp lý, hãy kiểm tra lại.")
        return area

    def proposal(self, money: tuple[Money, ...]) -> Proposal:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Proposal(
            kind=said["kind"],
            payer=said["payer"],
            on=said["on"],
            money=money,
            floor_area=said["floor_area"],
            reason=said["reason"] or "",
        )


class MoneyRow(forms.Form):
    """Money from one source."""

    source = forms.ChoiceField(label="Nguồn", choices=FundingLine.Source.choices)
    sponsor = TextField(label="Đơn vị, cá nhân tài trợ", max_length=200, required=False)
    amount = DongField(label="Số tiền (đồng)", help_text="")

    def clean(self):
        said = self.cleaned_data
        if said.get("source") == FundingLine.Source.SPONSOR and not said.get("sponsor"):
            self.add_error("sponsor", "Hãy ghi tên đơn vị, cá nhân tài trợ.")
        return said

    def has_changed(self) -> bool:
        return bool({"sponsor", "amount"} & set(self.changed_data))


MoneyRows = formset_factory(
    MoneyRow, extra=3, max_num=MOST_SOURCES, absolute_max=MOST_SOURCES, validate_max=True
)


def money_of(rows) -> tuple[Money, ...]:
    """The filled lines of a valid formset."""
    return tuple(
        Money(said["source"], said["amount"], said["sponsor"] or "")
        for said in (row.cleaned_data for row in rows)
        if said
    )


class RoundForm(forms.Form):
    """One decision and the houses ticked for it."""

    houses = forms.ModelMultipleChoiceField(
        House.objects.none(),
        error_messages={"required": "Hãy đánh dấu ít nhất một nhà."},
        label="Nhà",
    )
    number = TextField(
        label="Số quyết định",
        max_length=60,
        required=False,
        help_text="Ví dụ: 12/QĐ-MTTQ-BVĐ; để trống nếu chưa vào số",
    )
    on = VnDateField(label="Ngày quyết định")
    title = TextField(label="Tên đợt", max_length=200, required=False)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["houses"].queryset = rows

    def decision(self) -> Decision:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Decision(title=said["title"] or "", on=said["on"], number=said["number"] or "")


class RefusalForm(forms.Form):
    reason = TextField(label="Lý do không duyệt", max_length=300)
    on = VnDateField(label="Ngày")


class DayForm(forms.Form):
    on = VnDateField(label="Ngày")


class LabourForm(forms.Form):
    days = CountField(label="Tổng số ngày công")


class PayForm(forms.Form):
    """From which account, on which day."""

    account = forms.ChoiceField(label="Chi từ", choices=ACCOUNTS, widget=forms.RadioSelect)
    on = VnDateField(label="Ngày chi")

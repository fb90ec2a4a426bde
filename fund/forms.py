"""Forms of the books: they read and check what was typed; the views call the actions."""

from django import forms
from django.forms import formset_factory

from campaigns.donors import guess_kind
from campaigns.models import Donor
from committees.access import Permission
from committees.models import Committee
from config.forms import DongField, ReadField, VnDateField, VnDecimalField
from config.vietnamese.names import clean
from fund.actions import LEVELS_WITH_FUND, GiftGiven, GoodsGiven
from fund.models import Account, Fund, Receipt, Voucher

MOST_GIFTS = 200
ANY = ("", "Tất cả")


class TextField(ReadField):
    """Vietnamese text as it is stored: NFC, single spaces, nothing invisible."""

    def __init__(self, *, max_length: int, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length

    def read(self, value) -> str:
        return clean(value, max_length=self.max_length)


class ReceiptForm(forms.Form):
    """The head of a draft receipt of money."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label="Quỹ của")
    date = VnDateField(label="Ngày chứng từ")
    form = forms.ChoiceField(
        label="Hình thức",
        choices=[
            (form.value, form.label)
            for form in (Receipt.Form.CASH, Receipt.Form.BANK, Receipt.Form.TREASURY)
        ],
    )
    description = TextField(
        label="Diễn giải",
        max_length=300,
        required=False,
        help_text="Để trống thì ghi: Ủng hộ Quỹ “Vì người nghèo”",
    )

    def __init__(self, *args, user, is_goods: bool, voucher: Voucher | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if is_goods:
            del self.fields["form"]
        if voucher:
            del self.fields["committee"]
            return
        units = Committee.objects.filter(level__in=LEVELS_WITH_FUND)
        self.fields["committee"].queryset = units.allowed(user, Permission.VOUCHER_DRAFT)
        first = self.fields["committee"].queryset.order_by("path").first()
        self.fields["committee"].initial = first and first.pk


class GiftRow(forms.Form):
    """One giver on a receipt."""

    name = TextField(label="Đơn vị, cá nhân ủng hộ", max_length=200)
    donor_kind = forms.ChoiceField(
        label="Đối tượng", choices=[("", "Nhận theo tên"), *Donor.Kind.choices], required=False
    )

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(character.isalnum() for character in name):
            raise forms.ValidationError("Hãy ghi tên bằng chữ.")
        return name

    def gift(self) -> GiftGiven:
        """What this line says, for the action."""
        said = self.cleaned_data
        kind = said["donor_kind"] or guess_kind(said["name"])
        return GiftGiven(said["name"], kind, said.get("amount") or 0, self.goods())

    def goods(self) -> GoodsGiven | None:
        return None


class MoneyRow(GiftRow):
    amount = DongField(label="Số tiền (đồng)", help_text="")


class GoodsRow(GiftRow):
    goods_name = TextField(label="Hiện vật", max_length=120)
    unit = TextField(label="ĐVT", max_length=30)
    quantity = VnDecimalField(label="Số lượng", places=3)
    unit_value = DongField(label="Đơn giá (đồng)", help_text="")

    def goods(self) -> GoodsGiven:
        said = self.cleaned_data
        return GoodsGiven(said["goods_name"], said["unit"], said["quantity"], said["unit_value"])


def rows_for(*, is_goods: bool, can_remove: bool) -> type[forms.BaseFormSet]:
    """The lines of a receipt of money or goods; saved lines can be marked to be removed."""
    return formset_factory(
        GoodsRow if is_goods else MoneyRow,
        extra=0 if can_remove else 3,
        min_num=1,
        max_num=MOST_GIFTS,
        absolute_max=MOST_GIFTS,
        validate_min=True,
        validate_max=True,
        can_delete=can_remove,
    )


def gifts_of(rows) -> list[GiftGiven]:
    """The filled lines of a valid formset; lines left empty or marked for removal say nothing."""
    return [row.gift() for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]


def initial_rows(voucher: Voucher) -> list[dict]:
    """The lines of a draft, to be edited."""
    return [
        {
            "name": receipt.donor.name,
            "donor_kind": receipt.donor.kind,
            "amount": receipt.amount,
            **_goods_of(receipt),
        }
        for receipt in voucher.receipts.select_related("donor", "goods")
    ]


def _goods_of(receipt: Receipt) -> dict:
    if receipt.form != Receipt.Form.GOODS:
        return {}
    lot = receipt.goods
    return {
        "goods_name": lot.name,
        "unit": lot.unit,
        "quantity": lot.quantity_text,
        "unit_value": lot.unit_value,
    }


class ReasonForm(forms.Form):
    """Why something recorded is taken back."""

    reason = TextField(label="Lý do", max_length=300)


class PostForm(forms.Form):
    """What the person saw on the page "Kiểm tra lại" and means to enter in the books."""

    seen = forms.CharField(widget=forms.HiddenInput)


class LockForm(forms.Form):
    until = VnDateField(label="Khóa sổ đến hết ngày")


class PeriodFields(forms.Form):
    since = VnDateField(label="Từ ngày", required=False, help_text="")
    until = VnDateField(label="Đến ngày", required=False, help_text="")

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "Ngày cuối phải từ ngày đầu trở đi.")
        return self.cleaned_data


class FundFilter(PeriodFields):
    """A period, and the one fund that a link named."""

    fund = forms.ModelChoiceField(Fund.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = Fund.objects.allowed(
            user, Permission.FUND_VIEW
        ).select_related("committee")


class VoucherFilter(FundFilter):
    q = forms.CharField(label="Tìm người ủng hộ, số", required=False, max_length=100)
    kind = forms.ChoiceField(label="Loại", choices=[ANY, *Voucher.Kind.choices], required=False)
    state = forms.ChoiceField(
        label="Tình trạng", choices=[ANY, *Voucher.State.choices], required=False
    )
    field_order = ["q", "kind", "state", "since", "until"]


class DonationFilter(FundFilter):
    q = forms.CharField(label="Tìm đơn vị, cá nhân", required=False, max_length=100)
    kind = forms.ChoiceField(label="Đối tượng", choices=[ANY, *Donor.Kind.choices], required=False)
    form = forms.ChoiceField(
        label="Hình thức", choices=[ANY, *Receipt.Form.choices], required=False
    )
    field_order = ["q", "kind", "form", "since", "until"]


class StatementForm(PeriodFields):
    account = forms.ChoiceField(
        label="Tài khoản",
        choices=[(kind.value, kind.label) for kind in Account.ASSETS],
        required=False,
    )
    field_order = ["account", "since", "until"]

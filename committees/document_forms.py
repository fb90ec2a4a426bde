"""Forms of the steps of a paper; plans and reports use the same."""

from django import forms

from committees.letterhead import Capacity, capacities
from config.forms import VnDateField


class SignatureForm(forms.Form):
    """What văn thư writes down once a paper was signed; ``signature()`` feeds the action."""

    signed_as = forms.ChoiceField(label="Thẩm quyền, chức vụ")
    signer_name = forms.CharField(
        label="Người ký", max_length=120, help_text="Họ và tên, không ghi học hàm, học vị"
    )
    signed_on = VnDateField(label="Ngày ký")

    def __init__(self, *args, document, **kwargs):
        kwargs.setdefault("initial", {"signer_name": document.signer_name})
        super().__init__(*args, **kwargs)
        usual = capacities(document.series)
        own = Capacity(document.capacity, document.signer_title)
        self.ways = usual if own in usual else [own, *usual]
        self.fields["signed_as"].choices = [
            (str(place), f"{way.capacity} – {way.title}".replace("\n", ", "))
            for place, way in enumerate(self.ways)
        ]
        self.initial.setdefault("signed_as", str(self.ways.index(own)))

    def signature(self) -> dict:
        """The arguments of ``documents.record_signature``."""
        way = self.ways[int(self.cleaned_data["signed_as"])]
        return {
            "signer_name": self.cleaned_data["signer_name"],
            "signer_title": way.title,
            "capacity": way.capacity,
            "signed_on": self.cleaned_data["signed_on"],
        }


class NumberForm(forms.Form):
    """Vào số: the number of the register and the date of the paper."""

    number = forms.CharField(label="Số", max_length=40)
    dated_on = VnDateField(label="Ngày ban hành")

    def __init__(self, *args, document, **kwargs):
        kwargs.setdefault("initial", {"dated_on": document.signed_on})
        super().__init__(*args, **kwargs)
        self.fields[
            "number"
        ].help_text = f"Số trong sổ công văn, ví dụ 50; ký hiệu {document.symbol} tự thêm"


class WithdrawalForm(forms.Form):
    """Why a recorded signature is taken back."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea({"rows": 3}))

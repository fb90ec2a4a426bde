"""What is asked before people's data is shown whole or leaves the house."""

from django import forms
from django.core.exceptions import ValidationError

from committees.intake_rows import hide_numbers
from config.forms import VnDateField
from households.forms.registry import CleanField
from households.models import Sighting
from households.privacy.unmasking import SHORTEST_REASON


class ReasonField(CleanField):
    """Why somebody needs people's data: a sentence, without anybody's number in it."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", f"Ít nhất {SHORTEST_REASON} ký tự; được lưu lại kèm tên bạn."
        )
        super().__init__(max_length=300, **kwargs)

    def read(self, value) -> str:
        reason = super().read(value)
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(f"Hãy ghi rõ hơn, ít nhất {SHORTEST_REASON} ký tự.")
        if hide_numbers(reason) != reason:
            raise ValidationError("Đừng ghi số CCCD, số điện thoại vào đây.")
        return reason


class UnmaskForm(forms.Form):
    reason = ReasonField(label="Lý do xem số đầy đủ")


class SightingFilter(forms.Form):
    """Filters of "Ai đã xem hộ này"; their names are the address's."""

    cach = forms.ChoiceField(
        label="Cách xem", required=False, choices=[("", "Mọi cách"), *Sighting.How.choices]
    )
    tu = VnDateField(label="Từ ngày", required=False)
    den = VnDateField(label="Đến hết ngày", required=False)

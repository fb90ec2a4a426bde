"""What is asked before people's data is shown whole or leaves the house."""

from django import forms
from django.core.exceptions import ValidationError

from committees.intake_rows import hide_numbers
from config.forms import VnDateField
from households.forms.registry import CleanField
from households.models import Sighting
from households.privacy.columns import ALWAYS, INDICATORS, LABELS, SENSITIVE
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


class ExportForm(forms.Form):
    """What goes into the file and why. ``year``: the one filtered by, if any."""

    purpose = ReasonField(
        label="Mục đích",
        help_text=f"Ghi ở đầu tệp và trong nhật ký; ít nhất {SHORTEST_REASON} ký tự.",
    )
    format_ = forms.ChoiceField(
        label="Dạng tệp",
        choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV (.csv)")],
        initial="xlsx",
        widget=forms.RadioSelect,
        help_text="Mở CSV bằng Excel sẽ mất số 0 ở đầu số CCCD, điện thoại; Excel thì không.",
    )
    columns = forms.MultipleChoiceField(
        label="Cột thêm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mã hộ, ấp, họ tên chủ hộ, số nhân khẩu, phân loại luôn có.",
    )
    sensitive = forms.MultipleChoiceField(
        label="Cột nhạy cảm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ chọn cột thật cần cho mục đích trên.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, may_unmask, year, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [name for name in LABELS if name not in (*SENSITIVE, *ALWAYS)]
        plain = [(name, LABELS[name]) for name in offered]
        if year:
            plain.append((INDICATORS, f"Các chỉ số thiếu hụt của năm {year}"))
        self.fields["columns"].choices = plain
        self.fields["columns"].initial = [name for name, _ in plain]
        self.fields["sensitive"].choices = [(name, LABELS[name]) for name in SENSITIVE]
        if not may_unmask:
            del self.fields["sensitive"]

    def order(self) -> dict:
        """The cleaned answers as ``exporting.Order`` names them."""
        said = self.cleaned_data
        columns = (*said["columns"], *said.get("sensitive", ()))
        return {"columns": columns, "format_": said["format_"], "purpose": said["purpose"]}


class SightingFilter(forms.Form):
    """Filters of "Ai đã xem hộ này"; their names are the address's."""

    cach = forms.ChoiceField(
        label="Cách xem", required=False, choices=[("", "Mọi cách"), *Sighting.How.choices]
    )
    tu = VnDateField(label="Từ ngày", required=False)
    den = VnDateField(label="Đến hết ngày", required=False)

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from committees.intake_undo import LONGEST_REASON
from committees.models import Committee, ImportBatch

NOT_HERE = "Đơn vị này không nhập được loại danh sách đã chọn; hãy chọn lại."


class UploadForm(forms.Form):
    """A list to import. ``places``: kind → the units where this person may import it."""

    kind = forms.ChoiceField(label="Loại danh sách")
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label="Đơn vị lập danh sách", empty_label=None
    )
    file = forms.FileField(
        label="Tệp Excel, LibreOffice hoặc CSV",
        help_text="Giữ nguyên tệp như đơn vị đã lập. Xem lại từng dòng rồi mới ghi vào sổ.",
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt"}),
    )

    def __init__(self, *args, places: dict[str, list[Committee]], **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["kind"].choices = [
            (kind, ImportBatch.Kind(kind).label) for kind in ImportBatch.Kind if kind in places
        ]
        keys = {unit.pk for units in places.values() for unit in units}
        self.fields["committee"].queryset = Committee.objects.filter(pk__in=keys)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
            raise ValidationError(f"Tệp lớn hơn {limit} MB: hãy chia danh sách thành nhiều tệp.")
        return file

    def clean(self):
        kind, committee = self.cleaned_data.get("kind"), self.cleaned_data.get("committee")
        if kind and committee and committee not in self.places[kind]:
            self.add_error("committee", NOT_HERE)
        return self.cleaned_data


class UndoForm(forms.Form):
    """Why a whole import is taken back."""

    reason = forms.CharField(
        label="Lý do hoàn tác",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text="Ghi vào nhật ký cùng tên người hoàn tác.",
    )


class BatchFilter(forms.Form):
    """Filters of the lists already uploaded."""

    loai = forms.ChoiceField(label="Loại danh sách", required=False)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), *ImportBatch.State.choices],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", "Tất cả"), *ImportBatch.Kind.choices]

    def add_prefix(self, field_name):
        return field_name.replace("_", "-")

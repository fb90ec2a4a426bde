from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError

from committees.access import Role
from committees.audit_words import ACTIONS
from committees.models import Committee
from config.forms import VnDateField
from config.vietnamese.names import BadText, clean

HAMLET_ROLES = [Role.HAMLET, Role.LEADER]
PASSWORD_SENTENCES = {
    "password_too_similar": "Mật khẩu quá giống tên của anh/chị; hãy chọn mật khẩu khác.",
    "password_too_short": "Mật khẩu phải có ít nhất 10 ký tự.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ đoán; hãy chọn mật khẩu khác.",
}


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng; hãy gõ lại.",
        "inactive": "Tài khoản này đã khóa; hãy hỏi người quản trị của đơn vị.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"


class OwnPasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "Mật khẩu hiện nay không đúng; hãy gõ lại.",
        "password_mismatch": "Hai lần gõ mật khẩu mới không giống nhau; hãy gõ lại.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu hiện nay"
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields[
            "new_password1"
        ].help_text = "Ít nhất 10 ký tự; không cần ký tự đặc biệt, nên ghép vài từ dễ nhớ."
        self.fields["new_password2"].label = "Gõ lại mật khẩu mới"

    def validate_password_for_user(self, user, field_name):
        password = self.cleaned_data.get(field_name)
        try:
            validate_password(password or "", user)
        except ValidationError as refusal:
            if password:
                self.add_error(
                    field_name,
                    [PASSWORD_SENTENCES.get(error.code, error) for error in refusal.error_list],
                )

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu hiện nay.")
        return password


class RoleForm(forms.Form):
    """A role at one unit; a hamlet has its head only."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        validators=[
            ASCIIUsernameValidator(
                message="Tên đăng nhập chỉ gồm chữ không dấu, chữ số và các dấu . - _ @ +"
            )
        ],
        help_text="Chữ không dấu, ví dụ: canbo.my-thanh",
    )
    role = forms.ChoiceField(label="Vai trò")

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        roles = HAMLET_ROLES if committee.is_hamlet else [r for r in Role if r != Role.HAMLET]
        self.fields["role"].choices = [("", "Chọn vai trò"), *((r.value, r.label) for r in roles)]


class NewPersonForm(RoleForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    field_order = ["full_name", "username", "role"]

    def clean_full_name(self):
        return cleaned_text(self.cleaned_data["full_name"])


class UnitFilter(forms.Form):
    q = forms.CharField(label="Tên hoặc mã", required=False, max_length=120)
    level = forms.ChoiceField(
        label="Cấp", required=False, choices=[("", "Mọi cấp"), *Committee.Level.choices]
    )
    only_live = forms.BooleanField(label="Chỉ đơn vị đang hoạt động", required=False)


class UserFilter(forms.Form):
    q = forms.CharField(label="Họ tên hoặc tên đăng nhập", required=False, max_length=120)
    role = forms.ChoiceField(
        label="Vai trò", required=False, choices=[("", "Mọi vai trò"), *Role.choices]
    )


class AuditFilter(forms.Form):
    q = forms.CharField(label="Người làm", required=False, max_length=120)
    action = forms.ChoiceField(
        label="Việc", required=False, choices=[("", "Mọi việc"), *ACTIONS.items()]
    )
    since = VnDateField(label="Từ ngày", required=False)
    until = VnDateField(label="Đến hết ngày", required=False)


def cleaned_text(text: str) -> str:
    """Text as it is stored; what cannot be stored becomes a remark on the field."""
    try:
        return clean(text)
    except BadText as refusal:
        raise ValidationError(str(refusal)) from refusal

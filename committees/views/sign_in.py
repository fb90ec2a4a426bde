"""Coming and going: login, logout, one's own password."""

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from committees import audit, users
from committees.forms import LoginForm, OwnPasswordForm
from committees.models import User
from committees.sessions import SIGNED_IN_AT
from config.requests import client_address


class Login(LoginView):
    """Django's login with our words; who came, who failed and who is locked out is recorded."""

    http_method_names = ["get", "head", "post"]
    template_name = "committees/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        user = form.get_user()
        self.request.session[SIGNED_IN_AT] = int(timezone.now().timestamp())
        _record("session.begun", user, self.request, by=user)
        return response

    def form_invalid(self, form):
        is_locked = getattr(self.request, "axes_locked_out", False)
        typed = self.request.POST.get("username", "").replace("\0", "")
        # What was typed is kept only when it names an account: it may be a password.
        user = User.objects.filter(username=typed).first()
        _record("session.locked" if is_locked else "session.refused", user, self.request, by=None)
        return super().form_invalid(form)


@require_POST
def logout(request):
    _record("session.ended", request.user, request, by=request.user)
    end_session(request)
    return redirect("committees:login")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def change_password(request):
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        users.change_own_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác đang đăng nhập đã bị thoát.")
        return HttpResponseRedirect(resolve_url("home"))
    return render(
        request,
        "committees/password_change.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


def _record(action, user, request, *, by):
    audit.record(
        action,
        user,
        by=by,
        committee=users.home_of(user) if user else None,
        address=client_address(request),
    )

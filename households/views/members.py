from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from committees.access import Permission, requires
from households.actions import members
from households.actions.looking_up import sentence_of
from households.errors import HouseholdError, StaleRecord
from households.forms.members import LeavingForm, MemberEditForm, MemberForm, initial_of
from households.models import Member
from households.views.reaching import (
    editable,
    editable_member,
    not_followed,
    to_household,
)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def member_new(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    form = MemberForm(request.POST or None, initial={"ethnicity": household.ethnicity})
    if request.method == "POST" and form.is_valid():
        try:
            member = members.add_member(
                household,
                details=form.details(),
                number=form.cleaned_data["identity"],
                by=request.user,
            )
        except HouseholdError as refusal:
            form.add_error(None, sentence_of(refusal, by=request.user))
        else:
            _warn(request, form)
            messages.success(request, f"Đã thêm {member.name}.")
            if request.POST.get("more"):
                return redirect("households:member-new", household.pk)
            return to_household(household)
    return _form_page(request, form, household, "Thêm thành viên", more="Lưu, thêm người nữa")


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def member_edit(request, person_pk):
    member = editable_member(request, person_pk)
    household = member.household
    answer = not_followed(request, household) or _not_here(request, member)
    if answer:
        return answer
    form = MemberEditForm(request.POST or None, is_head=member.is_head, initial=initial_of(member))
    if request.method == "POST" and form.is_valid():
        try:
            members.edit_member(
                member,
                version=form.cleaned_data["version"],
                changes=form.details(),
                number=form.cleaned_data["identity"] if form.cleaned_data["number"] else None,
                by=request.user,
            )
        except StaleRecord as refusal:
            messages.warning(request, str(refusal))
            return redirect("households:member-edit", member.pk)
        except HouseholdError as refusal:
            form.add_error(None, sentence_of(refusal, by=request.user))
        else:
            _warn(request, form)
            messages.success(request, "Đã lưu.")
            return to_household(household)
    return _form_page(request, form, household, f"Sửa thành viên {member.name}")


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def member_leave(request, person_pk):
    member = editable_member(request, person_pk)
    household = member.household
    answer = not_followed(request, household) or _not_here(request, member)
    if answer:
        return answer
    if member.is_head:
        messages.warning(request, "Đây là chủ hộ: hãy dùng “Chủ hộ chết” hoặc “Đổi chủ hộ”.")
        return to_household(household)
    form = LeavingForm(request.POST or None, initial={"version": household.version})
    if request.method == "POST" and form.is_valid():
        try:
            _leave(member, form.cleaned_data, by=request.user)
        except StaleRecord as refusal:
            messages.warning(request, str(refusal))
            return redirect("households:member-leave", member.pk)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi {member.name} không còn trong hộ.")
            return to_household(household)
    return _form_page(request, form, household, f"{member.name} không còn trong hộ")


@require_POST
@requires(Permission.HOUSEHOLD_EDIT)
def member_return(request, person_pk):
    member = editable_member(request, person_pk)
    try:
        members.member_returned(member, by=request.user)
    except HouseholdError as refusal:
        messages.error(request, sentence_of(refusal, by=request.user))
    else:
        messages.success(request, f"{member.name} lại là người trong hộ.")
    return to_household(member.household)


def _leave(member, said, *, by):
    told = {"on": said["on"], "version": said["version"], "by": by}
    if said["why"] == Member.Leaving.DIED:
        members.member_died(member, **told)
    else:
        members.member_left(member, why=said["why"], **told)


def _not_here(request, member):
    if member.left_on is None:
        return None
    messages.warning(request, f"{member.name} không còn trong hộ này.")
    return to_household(member.household)


def _warn(request, form):
    for sentence in form.cleaned_data["identity"].warnings:
        messages.warning(request, sentence)


def _form_page(request, form, household, title, *, more=""):
    context = {"form": form, "household": household, "title": title, "more": more}
    status = 422 if form.errors else 200
    return render(request, "households/member_form.html", context, status=status)

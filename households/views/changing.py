"""The acts on a household: each a page; what cannot be taken back easily is asked once more."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from committees.access import Permission, requires
from committees.models import Committee
from config import clock
from households.actions import changing, heads, moving, splitting
from households.actions.members import present
from households.errors import HouseholdError, StaleRecord
from households.forms.answers import answers_of, sent_again
from households.forms.changing import (
    AwayForm,
    CodeForm,
    EndForm,
    HamletForm,
    HeadDiedForm,
    HeadForm,
    ReasonForm,
    SplitForm,
)
from households.views.reaching import editable, hamlets_of, not_followed, to_household


@dataclass(frozen=True)
class Act:
    """What a page says of one act. ``after``: what follows from it, said before it is done;
    with it the act is reviewed first."""

    title: str
    submit: str
    done: str
    hint: str = ""
    after: str = ""
    danger: bool = False


def carry_out(request, household, form, act: Act, do: Callable[[dict], object]):
    """Ask, review, do, and go back to the household's page."""
    is_sent = request.method == "POST" and "back" not in request.POST
    if is_sent and form.is_valid():
        if act.after and "confirmed" not in request.POST:
            return _review(request, household, form, act)
        try:
            do(form.cleaned_data)
        except StaleRecord as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, act.done)
            return to_household(household)
    context = {"form": form, "household": household, "act": act}
    status = 422 if is_sent and form.errors else 200
    return render(request, "households/change_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_split(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    people = present(household).filter(is_head=False)
    if not people.exists():
        messages.warning(request, "Sổ chưa ghi ai khác ngoài chủ hộ: hãy thêm thành viên trước.")
        return to_household(household)
    form = SplitForm(
        request.POST or None,
        people=people,
        hamlets=hamlets_of(request, household.commune),
        listed=splitting.class_to_keep(household, clock.today()),
        initial={
            "version": household.version,
            "hamlet": household.hamlet_id,
            "address": household.address,
            "keeps_class": "",
        },
    )
    act = Act(
        "Tách hộ",
        "Tách hộ",
        "Đã tách hộ.",
        hint="Người tách ra thành một hộ mới của xã; giấy tờ, thông tin của họ đi theo.",
        after="Hộ mới có mã riêng. Muốn gộp lại thì nhập hai hộ làm một.",
    )
    return carry_out(request, household, form, act, lambda said: _split(household, said, request))


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_hamlet(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    hamlets = hamlets_of(request, household.commune).exclude(pk=household.hamlet_id)
    initial = {"version": household.version, "address": household.address}
    form = HamletForm(request.POST or None, hamlets=hamlets, initial=initial)
    act = Act(
        "Chuyển thôn, ấp trong xã",
        "Chuyển hộ",
        "Đã chuyển hộ sang thôn, ấp mới.",
        hint="Danh sách các năm giữ thôn, ấp cũ, nên số liệu đã báo cáo không đổi.",
    )
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: changing.move_within(household, by=request.user, **said),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_away(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    communes = Committee.objects.filter(level=Committee.Level.COMMUNE)
    form = AwayForm(
        request.POST or None,
        communes=communes.exclude(pk=household.commune_id),
        initial={"version": household.version},
    )
    act = Act(
        "Hộ chuyển đi khỏi xã",
        "Ghi chuyển đi",
        "Đã ghi hộ chuyển đi.",
        after="Hộ thôi theo dõi ở xã này và ra khỏi danh sách của năm. Chuyển đến xã trong hệ"
        " thống thì xã đó tiếp nhận; trước đó rút lại được.",
    )
    return carry_out(request, household, form, act, lambda said: _away(household, said, request))


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_head_died(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    people = present(household).filter(is_head=False)
    has_people = people.exists()
    form = HeadDiedForm(request.POST or None, people=people, initial={"version": household.version})
    known = household.members_declared or 1
    hint = ""
    if not has_people and known > 1:
        hint = (
            f"Hộ có {known} nhân khẩu nhưng sổ mới ghi chủ hộ: nếu còn người, hãy quay lại thêm"
            " thành viên trước."
        )
    after = (
        "Người được chọn thành chủ hộ."
        if has_people
        else "Không còn ai trong hộ: hộ thôi theo dõi và ra khỏi danh sách của năm."
    )
    act = Act("Chủ hộ chết", "Ghi chủ hộ chết", "Đã ghi.", hint=hint, after=after, danger=True)
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: heads.head_died(household, by=request.user, **said),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_head(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    people = present(household).filter(is_head=False)
    if not people.exists():
        messages.warning(request, "Sổ chưa ghi ai khác ngoài chủ hộ: hãy thêm thành viên trước.")
        return to_household(household)
    form = HeadForm(request.POST or None, people=people, initial={"version": household.version})
    act = Act(
        "Đổi chủ hộ",
        "Đổi chủ hộ",
        "Đã đổi chủ hộ. Hãy xem lại quan hệ của các thành viên với chủ hộ mới.",
        hint="Chủ hộ cũ ở lại trong hộ.",
    )
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: heads.change_head(household, by=request.user, **said),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_end(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    form = EndForm(request.POST or None, initial={"version": household.version})
    act = Act(
        "Hộ không còn",
        "Ghi hộ không còn",
        "Đã ghi hộ không còn.",
        hint="Dùng khi không còn ai trong hộ. Hộ chuyển đi thì dùng “Chuyển đi khỏi xã”.",
        after="Hộ thôi theo dõi và ra khỏi danh sách của năm. Ghi nhầm thì theo dõi lại được.",
        danger=True,
    )
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: changing.end_household(household, by=request.user, **said),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_code(request, household_pk):
    household = editable(request, household_pk)
    answer = not_followed(request, household)
    if answer:
        return answer
    form = CodeForm(request.POST or None, initial={"version": household.version})
    act = Act(
        f"Đổi mã hộ {household.code}",
        "Đổi mã",
        "Đã đổi mã hộ.",
        hint="Mã cũ vẫn tìm được hộ và không cấp cho hộ khác.",
    )
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: changing.change_code(household, by=request.user, **said),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def change_restore(request, household_pk):
    household = editable(request, household_pk)
    form = ReasonForm(request.POST or None)
    act = Act(
        "Theo dõi lại hộ",
        "Theo dõi lại",
        "Hộ được theo dõi lại.",
        hint="Như chưa từng ghi chuyển đi hoặc không còn: hộ lại ở trong danh sách của năm.",
    )
    return carry_out(
        request,
        household,
        form,
        act,
        lambda said: changing.restore_household(household, by=request.user, **said),
    )


def _split(household, said, request):
    version = said.pop("version")
    told = said | {"people": list(said["people"])}
    new = splitting.split_household(
        household, version=version, split=splitting.Split(**told), by=request.user
    )
    messages.info(request, f"Hộ mới: {new}. Hãy ghi quan hệ của các thành viên với chủ hộ mới.")


def _away(household, said, request):
    told = {"version": said["version"], "on": said["on"], "by": request.user}
    if said["to"]:
        moving.send_move(household, to=said["to"], note=said["reason"], **told)
        messages.info(request, f"Chờ {said['to']} tiếp nhận.")
    else:
        changing.leave_registry(household, place=said["place"], reason=said["reason"], **told)


def _review(request, household, form, act):
    context = {
        "household": household,
        "act": act,
        "rows": answers_of(form),
        "sent": sent_again(request.POST),
    }
    return render(request, "households/change_review.html", context)

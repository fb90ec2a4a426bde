"""Hộ có hoàn cảnh khó khăn: proposed by the hamlet, confirmed by the commune."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.access import Permission, requires
from committees.models import User
from committees.todo import Todo
from config import clock
from config.vietnamese.names import fold
from households.actions import hardship as actions
from households.errors import HouseholdError
from households.forms.hardship import DETAILS, DecisionForm, EndForm, HardshipFilter, HardshipForm
from households.models import HardshipCase, Household, Sighting
from households.privacy.sightings import saw

PAGE = 50
State = HardshipCase.State


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def hardship_list(request):
    rows = HardshipCase.objects.allowed(request.user, Permission.HOUSEHOLD_VIEW)
    filters, today = HardshipFilter(request.GET), clock.today()
    rows = filters.narrow(rows, today).select_related("hamlet", "household")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    told = _told_to(request.user).filter(pk__in=[case.pk for case in page])
    keys = set(told.values_list("pk", flat=True))
    for case in page:
        case.may_read = case.pk in keys
    return render(
        request,
        "households/hardship_list.html",
        {
            "filters": filters,
            "page": page,
            "today": today,
            "may_propose": request.user.holds(Permission.HARDSHIP_PROPOSE),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HARDSHIP_PROPOSE)
def hardship_new(request):
    form = _form(request, initial={"household": _asked_household(request)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            case = actions.propose_hardship(
                said["hamlet"],
                said=form.hardship(),
                household=said["household"],
                by=request.user,
            )
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã gửi đề nghị; xã sẽ xác nhận.")
            return redirect("households:hardship-detail", case.pk)
    return _form_page(request, form, "Đề nghị hộ khó khăn", reverse("households:hardship-list"))


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def hardship_detail(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HOUSEHOLD_VIEW)
    if case.household:
        saw(case.household, request.user, Sighting.How.PAGE)
    is_open = case.state == State.PROPOSED
    place, today = case.hamlet, clock.today()
    return render(
        request,
        "households/hardship_detail.html",
        {
            "case": case,
            "reasons": _reasons_of(case),
            "today": today,
            "is_overdue": case.state == State.CONFIRMED and case.until < today,
            "may_read": _told_to(request.user).filter(pk=case.pk).exists(),
            "may_edit": is_open and request.user.may(Permission.HARDSHIP_PROPOSE, place),
            "may_decide": is_open
            and case.proposed_by_id != request.user.pk
            and request.user.may(Permission.HARDSHIP_CONFIRM, place),
            "may_end": case.state == State.CONFIRMED
            and request.user.may(Permission.HARDSHIP_CONFIRM, place),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HARDSHIP_PROPOSE)
def hardship_edit(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HARDSHIP_PROPOSE)
    initial = {name: getattr(case, name) for name in (*DETAILS, "reasons", "story", "until")}
    initial |= {"household": case.household_id, "hamlet": case.hamlet_id}
    form = _form(request, initial=initial)
    for name in ("household", "hamlet"):
        del form.fields[name]
    if case.household_id:
        for name in DETAILS:
            del form.fields[name]
    back = reverse("households:hardship-detail", args=[case.pk])
    if request.method == "POST" and form.is_valid():
        form.cleaned_data |= {n: None for n in DETAILS if n not in form.cleaned_data}
        try:
            actions.edit_hardship(case, said=form.hardship(), by=request.user)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã lưu đề nghị.")
            return redirect(back)
    return _form_page(request, form, "Sửa đề nghị", back)


@require_POST
@requires(Permission.HARDSHIP_PROPOSE)
def hardship_withdraw(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HARDSHIP_PROPOSE)
    try:
        actions.withdraw_hardship(case, by=request.user)
    except HouseholdError as refusal:
        messages.error(request, str(refusal))
        return redirect("households:hardship-detail", case.pk)
    messages.success(request, "Đã rút đề nghị.")
    return redirect("households:hardship-list")


@require_http_methods(["GET", "POST"])
@requires(Permission.HARDSHIP_CONFIRM)
def hardship_confirm(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HARDSHIP_CONFIRM)
    form = DecisionForm(request.POST or None, alike=None if case.household_id else _alike(case))

    def act(said):
        return actions.confirm_hardship(
            case,
            household=said.get("household"),
            on=said["on"],
            answer=said["answer"],
            by=request.user,
        )

    return _step(request, case, form, act, "Xác nhận hộ khó khăn", "Đã xác nhận.")


@require_http_methods(["GET", "POST"])
@requires(Permission.HARDSHIP_CONFIRM)
def hardship_refuse(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HARDSHIP_CONFIRM)
    form = DecisionForm(request.POST or None, alike=None)
    form.fields["answer"].label = "Lý do không xác nhận"

    def act(said):
        return actions.refuse_hardship(case, on=said["on"], answer=said["answer"], by=request.user)

    return _step(request, case, form, act, "Không xác nhận", "Đã ghi là không xác nhận.")


@require_http_methods(["GET", "POST"])
@requires(Permission.HARDSHIP_CONFIRM)
def hardship_end(request, hardship_pk):
    case = _case(request, hardship_pk, Permission.HARDSHIP_CONFIRM)
    form = EndForm(request.POST or None)

    def act(said):
        return actions.end_hardship(case, on=said["on"], answer=said["answer"], by=request.user)

    return _step(request, case, form, act, "Kết thúc hoàn cảnh khó khăn", "Đã kết thúc.")


def waiting(user: User) -> list[Todo]:
    """The lines of the home page: proposals to confirm, confirmations past their day."""
    reach = HardshipCase.objects.allowed(user, Permission.HARDSHIP_CONFIRM)
    confirmed = reach.filter(state=State.CONFIRMED, until__lt=clock.today())
    address = reverse("households:hardship-list")
    confirm = Permission.HARDSHIP_CONFIRM
    return [
        Todo(
            "hộ khó khăn chờ xác nhận",
            reach.filter(state=State.PROPOSED).count(),
            f"{address}?tinh-trang=proposed",
            confirm,
        ),
        Todo(
            "hộ khó khăn đã quá thời hạn, cần xem lại",
            confirmed.count(),
            f"{address}?tinh-trang=overdue",
            confirm,
        ),
    ]


def _case(request, hardship_pk, permission) -> HardshipCase:
    rows = HardshipCase.objects.allowed(request.user, permission)
    rows = rows.select_related("hamlet", "household", "proposed_by", "decided_by")
    return get_object_or_404(rows, pk=hardship_pk)


def _told_to(user: User):
    """The cases of which this person reads the story: illness and misfortune are told to those
    who propose and decide there, not to every reader."""
    proposes = user.reach(Permission.HARDSHIP_PROPOSE, "hamlet")
    return HardshipCase.objects.filter(proposes | user.reach(Permission.HARDSHIP_CONFIRM, "hamlet"))


def _form(request, *, initial):
    own = Household.objects.allowed(request.user, Permission.HARDSHIP_PROPOSE).living()
    return HardshipForm(request.POST or None, user=request.user, households=own, initial=initial)


def _asked_household(request):
    """The household that a link from its page names, if the person may propose for it."""
    asked = request.GET.get("ho", "")
    own = Household.objects.allowed(request.user, Permission.HARDSHIP_PROPOSE)
    is_key = asked.isascii() and asked.isdigit() and len(asked) < 19
    return own.filter(pk=asked).values_list("pk", flat=True).first() if is_key else None


def _alike(case: HardshipCase):
    """Households of the commune that the proposal may mean: the same name without accents."""
    commune = case.hamlet.parent_path
    rows = Household.objects.living().filter(
        commune__path=commune, head_fold=fold(case.head_name)[:160]
    )
    return rows.order_by("head_sort_key", "pk")


def _form_page(request, form, title, back):
    context = {"form": form, "title": title, "back": back}
    status = 422 if form.errors else 200
    return render(request, "households/hardship_form.html", context, status=status)


def _reasons_of(case):
    labels = dict(HardshipCase.Reason.choices)
    return [labels.get(reason, reason) for reason in case.reasons]


def _step(request, case, form, act, title, done):
    back = reverse("households:hardship-detail", args=[case.pk])
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "back_url": back, "case": case, "may_read": True}
    context["reasons"] = _reasons_of(case)
    status = 422 if form.errors else 200
    return render(request, "households/hardship_step.html", context, status=status)

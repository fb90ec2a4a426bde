"""Households that move from one commune to another: what waits, what was answered."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from committees.access import Permission, requires
from committees.todo import Todo
from config import clock
from households.actions import moving
from households.errors import HouseholdError, StaleRecord
from households.forms.answers import answers_of, sent_again
from households.forms.changing import ReasonForm, ReceiveForm
from households.models import FormerCode, Household, HouseholdMove, Member, Sighting
from households.privacy.sightings import saw
from households.views.reaching import hamlets_of, to_household

PAGE = 30
ARRIVING, LEAVING = "den", "di"


@require_GET
@requires(Permission.HOUSEHOLD_VIEW)
def move_list(request):
    way = LEAVING if request.GET.get("chieu") == LEAVING else ARRIVING
    lookup = "from_commune" if way == LEAVING else "to_commune"
    rows = HouseholdMove.objects.filter(request.user.reach(Permission.HOUSEHOLD_VIEW, lookup))
    waiting = request.GET.get("cho") == "1"
    if waiting:
        rows = rows.filter(state=HouseholdMove.State.SENT)
    old = FormerCode.objects.filter(
        household=OuterRef("household"), commune=OuterRef("from_commune")
    )
    rows = rows.select_related("household", "from_commune", "to_commune", "answered_by")
    rows = rows.annotate(old_code=Subquery(old.order_by("-until").values("code")[:1]))
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    _say_what_may_be_done(page, request.user, way)
    return render(
        request,
        "households/move_list.html",
        {"page": page, "way": way, "is_arriving": way == ARRIVING, "is_waiting": waiting},
    )


def waiting(user):
    """The line of the home page: households that moved here and that nobody received."""
    count = moving.received_by(user).filter(state=HouseholdMove.State.SENT).count()
    address = f"{reverse('households:move-list')}?cho=1"
    return [Todo("hộ chuyển đến chờ tiếp nhận", count, address, Permission.HOUSEHOLD_EDIT)]


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def move_receive(request, move_pk):
    move = _move(moving.received_by(request.user), move_pk)
    answer = _answered(request, move)
    if answer:
        return answer
    saw(move.household, request.user, Sighting.How.PAGE)
    form = ReceiveForm(
        request.POST or None,
        hamlets=hamlets_of(request, move.to_commune),
        since=move.on,
        initial={"on": clock.today(), "kind": ""},
    )
    is_sent = request.method == "POST" and "back" not in request.POST
    if is_sent and form.is_valid():
        if "confirmed" not in request.POST:
            said = {"rows": answers_of(form), "sent": sent_again(request.POST)}
            return _page(request, "households/move_review.html", move, **said)
        arrival = moving.Arrival(**form.cleaned_data)
        try:
            household = moving.receive_move(move, arrival=arrival, by=request.user)
        except HouseholdError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã tiếp nhận hộ {household}.")
            return to_household(household)
    status = 422 if is_sent and form.errors else 200
    return _page(request, "households/move_receive.html", move, status=status, form=form)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def move_return(request, move_pk):
    move = _move(moving.received_by(request.user), move_pk)
    return _take_back(
        request,
        move,
        "Trả lại hộ",
        lambda said: moving.return_move(move, answer=said["reason"], by=request.user),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLD_EDIT)
def move_withdraw(request, sent_pk):
    move = _move(moving.sent_by(request.user), sent_pk)
    return _take_back(
        request,
        move,
        "Rút lại việc chuyển hộ",
        lambda said: moving.withdraw_move(move, reason=said["reason"], by=request.user),
    )


def _take_back(request, move, title, do):
    answer = _answered(request, move)
    if answer:
        return answer
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except (StaleRecord, HouseholdError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Hộ lại được theo dõi ở {move.from_commune}.")
            return redirect("households:move-list")
    status = 422 if form.errors else 200
    return _page(request, "households/move_back.html", move, status=status, form=form, title=title)


def _move(rows, move_pk):
    people = Member.objects.filter(left_on=None, is_living=True)
    rows = rows.select_related(
        "household__commune", "household__hamlet", "from_commune", "to_commune", "sent_by"
    ).prefetch_related(Prefetch("household__members", queryset=people, to_attr="people"))
    return get_object_or_404(rows, pk=move_pk)


def _answered(request, move):
    if move.state == HouseholdMove.State.SENT:
        return None
    state = move.get_state_display().lower()
    messages.warning(request, f"Việc chuyển hộ {move.household.head_name} {state}.")
    return redirect("households:move-list")


def _page(request, name, move, *, status=200, **more):
    context = {"move": move, "household": move.household} | more
    return render(request, name, context, status=status)


def _say_what_may_be_done(page, user, way):
    """Which of the page's moves this person may answer or take back, and whose page may open."""
    keys = [move.pk for move in page]
    rows = moving.sent_by(user) if way == LEAVING else moving.received_by(user)
    either = user.reach(Permission.HOUSEHOLD_EDIT, "from_commune")
    either |= user.reach(Permission.HOUSEHOLD_EDIT, "to_commune")
    worked = HouseholdMove.objects.filter(either, pk__in=keys)
    worked_on = set(worked.values_list("pk", flat=True))
    open_ = rows.filter(pk__in=keys, state=HouseholdMove.State.SENT)
    acted = set(open_.values_list("pk", flat=True))
    seen = Household.objects.filter(pk__in=[move.household_id for move in page])
    reached = set(seen.allowed(user, Permission.HOUSEHOLD_VIEW).values_list("pk", flat=True))
    for move in page:
        move.may_act = move.pk in acted
        move.sees = move.pk in worked_on
        move.is_open = move.household_id in reached

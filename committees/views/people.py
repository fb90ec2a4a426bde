"""Accounts and seats, for the person who manages the users of a unit and of those below it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees import users
from committees.access import Permission, requires
from committees.errors import CommitteeError
from committees.forms import NewPersonForm, RoleForm, UserFilter
from committees.models import Committee, Seat
from committees.people import end_seat
from config import clock

PAGE = 50


@require_GET
@requires(Permission.USER_MANAGE)
def user_list(request):
    filters = UserFilter(request.GET)
    seats = Seat.objects.allowed(request.user, Permission.USER_MANAGE)
    live = seats.live().select_related("committee").order_by("committee__path", "role")
    people = users.users_in_reach(request.user).prefetch_related(
        Prefetch("seats", queryset=live, to_attr="seats_here")
    )
    if filters.is_valid():
        people = _chosen(people, seats, filters.cleaned_data)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    return render(request, "committees/user_list.html", {"filters": filters, "page": page})


@require_GET
@requires(Permission.USER_MANAGE)
def user_detail(request, user_pk):
    person = get_object_or_404(users.users_in_reach(request.user), pk=user_pk)
    seats = Seat.objects.allowed(request.user, Permission.USER_MANAGE).filter(user=person)
    today = clock.today()
    return render(
        request,
        "committees/user_detail.html",
        {
            "person": person,
            "held": [
                (seat, seat.valid_to is None or seat.valid_to >= today)
                for seat in seats.select_related("committee").order_by("-valid_from", "-pk")
            ],
            "may_reset": users.users_wholly_in_reach(request.user).filter(pk=user_pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.USER_MANAGE)
@sensitive_variables("password")
@never_cache
def user_create(request, committee_pk):
    unit = _managed_unit(request, committee_pk)
    form = NewPersonForm(request.POST or None, committee=unit)
    if request.method == "POST" and form.is_valid():
        try:
            person, password = users.add_person(unit, **form.cleaned_data, by=request.user)
        except CommitteeError as refusal:
            form.add_error("username", str(refusal))
        else:
            return _show_password(request, person, password, "Đã thêm người dùng")
    return _form_page(request, form, unit, "Thêm người dùng")


@require_http_methods(["GET", "POST"])
@requires(Permission.USER_MANAGE)
def seat_give(request, committee_pk):
    unit = _managed_unit(request, committee_pk)
    form = RoleForm(request.POST or None, committee=unit)
    if request.method == "POST" and form.is_valid():
        try:
            seat = users.seat_person(unit, **form.cleaned_data, by=request.user)
        except CommitteeError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã giao vai trò {seat.get_role_display()} cho {seat.user}.")
            return redirect("committees:committee-detail", unit.pk)
    return _form_page(request, form, unit, "Giao vai trò")


@require_POST
@requires(Permission.USER_MANAGE)
def seat_end(request, seat_pk):
    seats = Seat.objects.live().allowed(request.user, Permission.USER_MANAGE)
    seat = get_object_or_404(seats.select_related("user", "committee"), pk=seat_pk)
    end_seat(seat, by=request.user)
    messages.success(request, f"{seat.user} không còn giữ vai trò {seat.get_role_display()}.")
    return redirect("committees:committee-detail", seat.committee_id)


@require_POST
@requires(Permission.USER_MANAGE)
@sensitive_variables("password")
@never_cache
def password_reset(request, user_pk):
    person = get_object_or_404(users.users_wholly_in_reach(request.user), pk=user_pk)
    password = users.reset_password(person, by=request.user)
    return _show_password(request, person, password, "Đã đặt lại mật khẩu")


def _chosen(people, seats, chosen):
    if chosen["role"]:
        people = people.filter(pk__in=seats.live().filter(role=chosen["role"]).values("user"))
    if chosen["q"]:
        people = people.filter(
            Q(full_name__unaccent__icontains=chosen["q"]) | Q(username__icontains=chosen["q"])
        )
    return people


def _managed_unit(request, committee_pk):
    units = Committee.objects.allowed(request.user, Permission.USER_MANAGE)
    return get_object_or_404(units, pk=committee_pk)


def _form_page(request, form, unit, title):
    status = 422 if form.is_bound else 200
    context = {"form": form, "unit": unit, "title": title}
    return render(request, "committees/person_form.html", context, status=status)


def _show_password(request, person, password, title):
    context = {"person": person, "password": password, "title": title}
    return render(request, "committees/password_shown.html", context)

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from committees.access import Role
from committees.models import AuditEvent
from committees.people import end_seat, give_seat, system_user
from tests.factories.committees import make_unit, make_user

HOME, LOGIN, PASSWORD_PAGE = "/", "/dang-nhap/", "/doi-mat-khau/"
OLD, NEW = "mat-khau-thu-1", "ba-con-ga-mai-vang"


@pytest.fixture
def officer(db):
    return make_user((Role.OFFICER, make_unit("commune")), username="can-bo")


def test_a_session_ends_after_an_hour_without_work(client, officer):
    now = timezone.now()
    client.force_login(officer)
    client.get(HOME)

    with time_machine.travel(now + timedelta(minutes=59)):
        assert client.get(HOME).status_code == 200
    with time_machine.travel(now + timedelta(minutes=118)):
        assert client.get(HOME).status_code == 200
    with time_machine.travel(now + timedelta(minutes=179)):
        assert client.get(HOME).url == f"{LOGIN}?next=/"


def test_a_session_ends_after_twelve_hours_of_work(client, officer):
    now = timezone.now()
    client.force_login(officer)
    for half_hours in range(25):
        with time_machine.travel(now + timedelta(minutes=30 * half_hours)):
            assert client.get(HOME).status_code == 200

    with time_machine.travel(now + timedelta(minutes=30 * 25)):
        response = client.get(HOME, follow=True)

    assert response.redirect_chain == [(f"{LOGIN}?next=/", 302)]
    assert "Phiên làm việc đã quá 12 giờ; hãy đăng nhập lại." in response.text


def test_a_new_password_ends_the_sessions_on_other_machines(client, officer):
    other = Client()
    client.force_login(officer)
    other.force_login(officer)

    response = client.post(PASSWORD_PAGE, passwords(NEW))

    assert response.url == HOME
    assert client.get(HOME).status_code == 200
    assert other.get(HOME).url == f"{LOGIN}?next=/"
    assert AuditEvent.objects.get(action="password.changed").actor == officer


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("ngan", "Mật khẩu phải có ít nhất 10 ký tự."),
        ("1234567890", "Mật khẩu này nhiều người dùng, dễ đoán"),
        ("can-bo-can-bo", "Mật khẩu quá giống tên"),
        (OLD, "Mật khẩu mới phải khác mật khẩu hiện nay."),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(client, db, new, sentence):
    client.force_login(make_user(username="can-bo-can-bo-1"))

    response = client.post(PASSWORD_PAGE, passwords(new))

    assert response.status_code == 422
    assert sentence in response.text


def test_a_wrong_old_password_changes_nothing(client, officer):
    client.force_login(officer)

    response = client.post(PASSWORD_PAGE, passwords(NEW, old="khong-phai"))

    assert "Mật khẩu hiện nay không đúng" in response.text
    officer.refresh_from_db()
    assert officer.check_password(OLD)


def test_who_got_a_password_from_another_changes_it_before_anything_else(client, officer):
    officer.must_change_password = True
    officer.save()
    client.force_login(officer)

    assert client.get("/to-chuc/").url == PASSWORD_PAGE
    assert client.post("/to-chuc/").url == PASSWORD_PAGE
    assert "do người khác đặt" in client.get(PASSWORD_PAGE).text
    client.post(PASSWORD_PAGE, passwords(NEW))
    assert client.get("/to-chuc/").status_code == 200


def test_a_part_of_a_page_is_never_filled_with_the_login_form(client, db):
    response = client.get("/to-chuc/don-vi/tim/?q=an", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response["HX-Redirect"].startswith(LOGIN)


def test_a_seat_that_ends_is_gone_on_the_very_next_request(client, db):
    commune = make_unit("commune")
    auditor = make_user((Role.AUDITOR, commune))
    client.force_login(auditor)
    assert client.get("/to-chuc/nhat-ky/").status_code == 200

    end_seat(auditor.seats.get(), by=system_user())

    assert client.get("/to-chuc/nhat-ky/").status_code == 403


def test_refusals_and_other_peoples_records_are_written_down(client, officer):
    stranger = make_unit("commune")
    client.force_login(officer)

    client.get("/to-chuc/nhat-ky/")
    client.get(f"/to-chuc/don-vi/{stranger.pk}/")

    events = AuditEvent.objects.filter(action="access.refused", actor=officer).order_by("pk")
    assert [event.detail["page"] for event in events] == [
        "committees:audit-log",
        "committees:committee-detail",
    ]


def passwords(new, old=OLD):
    return {"old_password": old, "new_password1": new, "new_password2": new}


def test_no_page_of_a_person_is_kept_by_the_browser(client, officer):
    client.force_login(officer)

    for page in (HOME, "/ho/", "/ho/xuat/", "/ho/999/"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_a_seat_given_elsewhere_does_not_move_the_log_of_a_person(client, officer):
    earlier = make_unit("commune", parent=None)
    home = officer.seats.get().committee
    assert earlier.path > home.path
    person = make_user((Role.OFFICER, earlier), username="lau-nam")
    give_seat(person, committee=home, role=Role.LEADER, by=system_user())

    client.post(LOGIN, {"username": "lau-nam", "password": OLD})

    assert AuditEvent.objects.get(action="session.begun", actor=person).committee == earlier

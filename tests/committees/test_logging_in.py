from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from committees.access import Role
from committees.models import AuditEvent
from tests.factories.committees import make_unit, make_user

PASSWORD = "mat-khau-thu-1"
LOGIN, HOME = "/dang-nhap/", "/"


@pytest.fixture
def officer(db):
    return make_user((Role.OFFICER, make_unit("commune")), username="can-bo")


def test_the_right_password_leads_to_what_waits(client, officer):
    response = client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})

    assert response.url == HOME
    assert AuditEvent.objects.get(action="session.begun").actor == officer


def test_login_returns_to_the_page_asked_for_but_never_to_another_site(client, officer):
    typed = {"username": "can-bo", "password": PASSWORD}

    assert client.get("/to-chuc/").url == f"{LOGIN}?next=/to-chuc/"
    assert client.post(f"{LOGIN}?next=/to-chuc/", typed).url == "/to-chuc/"
    client.logout()
    assert client.post(f"{LOGIN}?next=https://xau.example/", typed).url == HOME


@pytest.mark.parametrize("username", ["can-bo", "nguoi-la", "CAN-BO"])
def test_a_refusal_does_not_tell_whether_the_name_exists(client, officer, username):
    response = client.post(LOGIN, {"username": username, "password": "sai-mat-khau"})

    assert "Tên đăng nhập hoặc mật khẩu không đúng; hãy gõ lại." in response.text


def test_what_a_stranger_typed_as_a_name_is_not_kept(client, officer):
    client.post(LOGIN, {"username": "099123456789", "password": "sai"})

    event = AuditEvent.objects.get(action="session.refused")
    assert "099123456789" not in f"{event.detail} {event.object_id}"


def test_the_sixth_try_is_locked_out_even_with_the_right_password(client, officer):
    fail(client, times=5)

    response = client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})

    assert response.status_code == 429
    assert "Hãy đợi 15 phút" in response.text
    assert AuditEvent.objects.filter(action="session.locked").exists()


def test_a_lockout_touches_neither_colleagues_nor_other_addresses(client, officer):
    make_user(username="dong-nghiep")
    fail(client, times=6)

    colleague = client.post(LOGIN, {"username": "dong-nghiep", "password": PASSWORD})
    client.logout()
    elsewhere = client.post(
        LOGIN, {"username": "can-bo", "password": PASSWORD}, REMOTE_ADDR="10.9.8.7"
    )

    assert (colleague.status_code, elsewhere.status_code) == (302, 302)


def test_the_lock_opens_by_itself_and_trying_on_does_not_lengthen_it(client, officer):
    now = timezone.now()
    fail(client, times=5)
    with time_machine.travel(now + timedelta(minutes=10)):
        fail(client, times=3)

    with time_machine.travel(now + timedelta(minutes=16)):
        response = client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})

    assert response.status_code == 302


def test_four_slips_and_a_success_start_counting_anew(client, officer):
    fail(client, times=4)
    client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})
    client.logout()
    fail(client, times=4)

    response = client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})

    assert response.status_code == 302


def test_an_account_that_is_switched_off_cannot_come_in(client, officer):
    officer.is_active = False
    officer.save()

    response = client.post(LOGIN, {"username": "can-bo", "password": PASSWORD})

    assert response.status_code == 200
    assert client.get(HOME).status_code == 302


def test_logging_out_takes_a_post(client, officer):
    client.force_login(officer)

    assert client.get(reverse("committees:logout")).status_code == 405
    assert client.post(reverse("committees:logout")).url == LOGIN
    assert client.get(HOME).url == f"{LOGIN}?next=/"


def fail(client, times):
    for _ in range(times):
        client.post(LOGIN, {"username": "can-bo", "password": "sai-mat-khau"})

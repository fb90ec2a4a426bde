"""Keys: given by command, shown once, kept as a hash, taken back; a browser needs its token."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from committees.models import ApiToken, AuditEvent
from committees.tokens import TokenRefused, issue_token, live_token, revoke_token
from committees.users import reset_password
from config import clock
from tests.api.asking import Program, answer
from tests.factories.committees import make_user
from tests.factories.households import make_household


@pytest.fixture
def person(units):
    return make_user(("officer", units["commune1"]), username="can-bo")


def told_by(capsys, *arguments) -> dict:
    call_command("api_token", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_a_key_is_issued_listed_and_taken_back_by_command(capsys, client, person):
    issued = told_by(capsys, "issue", "can-bo", "--name", "Phần mềm một cửa", "--days", "30")
    program = Program(client, issued["token"])
    answer(program.get("/households/"))
    (listed,) = told_by(capsys, "list", "can-bo")
    assert (listed["name"], listed["revoked_at"]) == ("Phần mềm một cửa", None)
    assert listed["last_used_at"]
    assert "token" not in listed
    assert told_by(capsys, "revoke", str(issued["id"])) == {"id": issued["id"], "revoked": True}
    assert answer(program.get("/households/"), 401) == {
        "detail": "Hãy đăng nhập hoặc gửi khóa truy cập còn hiệu lực."
    }
    assert told_by(capsys, "revoke", str(issued["id"]))["revoked"] is False
    actions = AuditEvent.objects.filter(action__startswith="token.").values_list("action")
    assert sorted(actions) == [("token.issued",), ("token.revoked",)]


def test_the_database_and_the_log_hold_no_key(capsys, person):
    call_command("api_token", "issue", "can-bo", "--name", "Thử")
    text = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("vnn_"))
    token = ApiToken.objects.get()
    assert text not in str(vars(token))
    assert text not in str(AuditEvent.objects.values_list("detail"))
    assert live_token(text) == token


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["issue", "khong-co", "--name", "x"], "Không có tài khoản"),
        (["issue", "he-thong", "--name", "x"], "không dùng để đăng nhập"),
        (["issue", "can-bo", "--name", " "], "dùng cho phần mềm nào"),
        (["issue", "can-bo", "--name", "x", "--days", "0"], "từ 1 đến 366 ngày"),
        (["issue", "can-bo", "--name", "x", "--days", "367"], "từ 1 đến 366 ngày"),
        (["revoke", "9"], "Không có khóa số 9"),
    ],
)
def test_a_wrong_command_says_why(person, arguments, said):
    make_household_unit = person.live_seats[0].committee
    assert make_household_unit.level == "commune"
    with pytest.raises(CommandError, match=said):
        call_command("api_token", *arguments)


def test_a_key_sees_what_the_person_sees(client, person, units):
    _, text = issue_token(person, name="Thử", days=1, by=person)
    make_household(units["hamlet1_1"], head_name="Trong Xã")
    make_household(units["hamlet2_1"], head_name="Ngoài Xã")
    rows = answer(Program(client, text).get("/households/"))["results"]
    assert [row["head_name"] for row in rows] == ["Trong Xã"]
    person.seats.update(valid_to=clock.today() - timedelta(days=1))
    assert answer(Program(client, text).get("/households/"), 403)


def test_a_key_ends_with_its_day(person, clock_at):
    token, text = issue_token(person, name="Thử", days=1, by=person)
    assert live_token(text) == token
    ApiToken.objects.update(expires_on=clock.today())
    assert live_token(text) == token
    ApiToken.objects.update(expires_on=clock.today() - timedelta(days=1))
    assert live_token(text) is None


@pytest.mark.parametrize("field", ["is_active", "must_change_password"])
def test_a_key_is_dead_while_its_account_is(person, field):
    _, text = issue_token(person, name="Thử", days=1, by=person)
    setattr(person, field, field == "must_change_password")
    person.save()
    assert live_token(text) is None


def test_a_reset_password_takes_the_keys_back(person):
    token, _ = issue_token(person, name="Thử", days=1, by=person)
    reset_password(person, by=make_user())
    token.refresh_from_db()
    assert token.revoked_at


def test_an_account_that_is_off_gets_no_key(person):
    person.is_active = False
    with pytest.raises(TokenRefused):
        issue_token(person, name="Thử", days=1, by=person)


@pytest.mark.parametrize("value", ["", "x", "vnn_", "Ω" * 5, "a b", "\udcff", "9" * 5000])
def test_a_wrong_key_is_401_and_no_accident(client, db, value):
    headers = {"Authorization": f"Bearer {value}".encode("utf-8", "replace").decode("latin-1")}
    response = client.get("/api/v1/households/", headers=headers)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_without_login_there_is_nothing(client, db):
    for path in ("/households/", "/poverty-lists/", "/households/1/"):
        assert answer(Program(client).get(path), 401)
    assert answer(client.get("/api/schema/"), 401)


def test_a_key_needs_no_token_of_a_form_but_a_session_does(units, person):
    _, text = issue_token(person, name="Thử", days=1, by=person)
    client = Client(enforce_csrf_checks=True)
    body = {"name": "Lê Thị Ba"}
    path = f"/households/{make_household(units['hamlet1_1']).pk}/members/"
    answer(Program(client, text).post(path, body), 201)
    client.force_login(person)
    assert answer(Program(client).post(path, body), 403)


def test_too_many_requests_are_slowed_down(client, units, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    client.force_login(make_user(("officer", units["commune1"])))
    program = Program(client)
    answer(program.get("/households/"))
    answer(program.get("/poverty-lists/"))
    data = answer(program.get("/households/"), 429)
    assert "Bạn hỏi quá nhanh" in data["detail"]


def test_changes_are_slowed_down_before_reading_is(client, units, settings):
    settings.API_CHANGES_A_MINUTE = 1
    client.force_login(make_user(("officer", units["commune1"])))
    program = Program(client)
    answer(program.post("/households/", {}), 400)
    answer(program.post("/households/", {}), 429)
    answer(program.get("/households/"))


def test_a_refusal_by_key_stands_in_the_log(client, units, person):
    _, text = issue_token(person, name="Thử", days=1, by=person)
    other = make_household(units["hamlet2_1"])
    answer(Program(client, text).get(f"/households/{other.pk}/"), 404)
    event = AuditEvent.objects.get(action="access.refused")
    assert (event.actor, event.detail["arguments"]) == (person, {"household_pk": str(other.pk)})


def test_a_key_is_taken_back_once(person):
    token, _ = issue_token(person, name="Thử", days=1, by=person)
    assert revoke_token(token, by=person) is True
    assert revoke_token(token, by=person) is False
    assert ApiToken.objects.get().expires_on > date(2020, 1, 1)

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from committees import audit, people
from committees import todo as todo_module
from committees.access import Permission, Role
from committees.audit_words import ACTIONS
from committees.models import AuditEvent, Succession
from committees.todo import Todo, register, todos_of
from tests.factories.committees import make_district, make_unit, make_user

RECORDED = re.compile(r"audit\.record(?:_many)?\(\s*\"([^\"]+)\"")
LIST, LOG = "/to-chuc/", "/to-chuc/nhat-ky/"


@pytest.fixture
def units(db):
    return make_district()


def test_the_list_holds_ones_own_units_and_those_below(client, units):
    stranger = make_unit("province", "Tỉnh Xa Lạ")
    client.force_login(make_user((Role.OFFICER, units["district"])))

    text = client.get(LIST).text

    assert "7</strong> đơn vị" in text
    assert str(units["hamlet2_2"]) in text
    assert str(stranger) not in text


def test_the_list_asks_the_same_for_few_and_for_many(client, units, django_assert_max_num_queries):
    client.force_login(make_user((Role.OFFICER, units["district"])))
    with django_assert_max_num_queries(12) as for_one:
        client.get(f"{LIST}?level=district")

    with django_assert_max_num_queries(len(for_one)):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "count"), [("level=hamlet", 4), ("q=huyen", 1), ("only_live=on", 0), ("level=x", 0)]
)
def test_the_list_narrows(client, units, query, count):
    client.force_login(make_user((Role.OFFICER, units["district"])))

    text = client.get(f"{LIST}?{query}").text

    assert (f"{count}</strong> đơn vị" if count else "Không có đơn vị nào như vậy.") in text


def test_a_unit_shows_people_children_and_what_became_of_it(client, units):
    heir = make_unit("commune", "Xã Kế Thừa", valid=(date(2025, 7, 1), None))
    Succession.objects.create(old=units["commune1"], new=heir, extent="whole", on=date(2025, 7, 1))
    officer = make_user((Role.OFFICER, units["commune1"]))
    client.force_login(officer)

    text = client.get(reverse("committees:committee-detail", args=[units["commune1"].pk])).text

    assert officer.full_name in text
    assert str(units["hamlet1_2"]) in text
    assert "Xã Kế Thừa" in text
    assert reverse("committees:committee-detail", args=[heir.pk]) not in text


def test_the_log_shows_the_doings_at_ones_own_units_only(client, units):
    for unit in (units["commune1"], units["commune2"]):
        audit.record("fund.locked", None, by=people.system_user(), committee=unit, year=2023)
    client.force_login(make_user((Role.STANDING, units["commune1"])))

    text = client.get(LOG).text

    assert text.count("Khóa sổ quỹ</th>") == 1
    assert "năm: 2023" in text
    assert "vai trò: Ban Thường trực" in text


def test_the_log_goes_back_page_by_page(client, units, django_assert_max_num_queries):
    client.force_login(make_user((Role.AUDITOR, units["commune1"])))
    for number in range(60):
        audit.record("fund.locked", None, by=None, committee=units["commune1"], number=number)
    with django_assert_max_num_queries(8):
        first = client.get(LOG)

    oldest = first.context["older"]
    with django_assert_max_num_queries(8):
        second = client.get(LOG, {"truoc": oldest})

    assert len(first.context["events"]) == 50
    assert len(second.context["events"]) == AuditEvent.objects.filter(pk__lt=oldest).count()
    assert second.context["older"] is None


@pytest.mark.parametrize(
    "query",
    [
        "truoc=abc",
        "truoc=-1",
        "truoc=99999999999999999999",
        "since=31/02/2023",
        "action=x",
        "q=%00",
    ],
)
def test_the_log_survives_nonsense_in_its_address(client, units, query):
    client.force_login(make_user((Role.AUDITOR, units["commune1"])))

    assert client.get(f"{LOG}?{query}").status_code == 200


def test_the_log_narrows_by_person_act_and_day(client, units):
    clerk = make_user((Role.CLERK, units["commune1"]))
    audit.record("fund.locked", None, by=clerk, committee=units["commune1"])
    client.force_login(make_user((Role.AUDITOR, units["commune1"])))

    def found(**query):
        return [event.action for event in client.get(LOG, query).context["events"]]

    assert found(q=clerk.username) == ["fund.locked"]
    assert found(action="fund.locked") == ["fund.locked"]
    assert found(action="fund.locked", until="01/01/2020") == []


@pytest.fixture
def waiting(monkeypatch):
    """What the apps above would register; only this test's provider is asked."""
    monkeypatch.setattr(todo_module, "_PROVIDERS", [])

    def provider(user):
        return [
            Todo("khoản thu nháp chờ ghi sổ", 3, "/quy/", Permission.VOUCHER_POST),
            Todo("báo cáo chờ gửi", 0, "/bao-cao/", Permission.HOME),
        ]

    register(provider)
    register(provider)


def test_the_home_page_lists_what_waits_and_for_whom(client, units, waiting):
    accountant = make_user((Role.ACCOUNTANT, units["commune1"]))
    client.force_login(accountant)

    text = client.get("/").text

    assert text.count("khoản thu nháp chờ ghi sổ") == 1
    assert "báo cáo chờ gửi" not in text
    assert f'Kế toán, <a href="/to-chuc/don-vi/{units["commune1"].pk}/">' in text


def test_what_a_person_may_not_do_does_not_wait_for_them(units, waiting):
    assert todos_of(make_user((Role.LEADER, units["commune1"]))) == []


def test_an_empty_home_page_says_so(client, units, monkeypatch):
    monkeypatch.setattr(todo_module, "_PROVIDERS", [])
    client.force_login(make_user((Role.OFFICER, units["commune1"])))

    assert "Không có việc nào đang chờ." in client.get("/").text


def test_a_person_without_a_seat_sees_no_section_at_all(client, db):
    client.force_login(make_user())

    assert client.get("/").status_code == 403
    assert client.get(LIST).status_code == 403


def test_every_act_that_the_apps_record_has_words():
    recorded = {
        action
        for app in apps.get_app_configs()
        if Path(app.path).parent == settings.BASE_DIR
        for file in Path(app.path).rglob("*.py")
        for action in re.findall(
            r"audit\.record(?:_many)?\(\s*\"([^\"]+)\"", file.read_text("utf-8")
        )
    }

    missing = recorded - ACTIONS.keys()
    assert not missing, f"committees/audit_words.py: {sorted(missing)}"
    assert len(recorded) > 30


def test_a_nul_finds_no_unit_and_harms_nothing(client, units):
    client.force_login(make_user((Role.OFFICER, units["commune1"])))

    assert client.get("/to-chuc/don-vi/tim/", {"q": "a\0b"}).status_code == 200

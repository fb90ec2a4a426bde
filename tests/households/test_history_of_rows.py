"""The history page: who did what, before → after; what is private or sealed stays so."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.people import system_user
from households.actions import changing, members, registering, splitting
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.history.pages import history_of
from households.identity import Identity
from households.models import Household
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

# Each act in a transaction of its own, as on the site.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def fresh(household):
    return Household.objects.get(pk=household.pk)


def edit(household, by, number=None, **changes):
    version = fresh(household).version
    registering.edit_household(household, version=version, changes=changes, number=number, by=by)


def entries(household, sees=True):
    return history_of(household, sees=sees, offset=0, limit=50)[0]


def told(entry):
    return {
        (row.title, column.label): (column.before, column.after)
        for row in entry.rows
        for column in row.columns
    }


def page(client, household, **query):
    response = client.get(reverse("households:household-history", args=[household.pk]), query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.text)


def test_an_edit_is_told_column_by_column_with_its_labels(units, officer):
    household = make_household(
        units["hamlet1_1"], by=officer, house_condition="weak", phone="0909123456"
    )
    edit(
        household, officer, house_condition="solid", birth_year=1980, birth_date=date(1980, 2, 3),
        causes=["land", "illness"], phone="",
    )  # fmt: skip
    last, first = entries(household)
    assert (last.who, last.acts) == (officer.full_name, ["Sửa hộ"])
    changes = told(last)
    assert changes["Hộ", "Tình trạng nhà ở"] == ("Thiếu kiên cố", "Kiên cố")
    assert changes["Hộ", "Ngày sinh"] == ("trống", "03/02/1980")
    assert changes["Hộ", "Điện thoại"] == ("0909123456", "trống")
    assert changes["Hộ", "Nguyên nhân nghèo"][1] == (
        "Không có đất sản xuất, Có người ốm đau, bệnh nặng, tai nạn"
    )
    assert (household.head_name, "Ngày sinh") in changes  # the head's own row followed
    assert first.acts == ["Ghi hộ mới"]


def test_a_number_is_told_as_changed_and_nothing_more(client, units, officer):
    household = make_household(units["hamlet1_1"], number=national_id(1), by=officer)
    edit(household, officer, number=Identity(national_id(2)))
    client.force_login(officer)
    text = page(client, household)
    assert "Số CCCD: đã đổi" in text
    for secret in (national_id(1), national_id(2), "id_cipher", "\\x"):
        assert secret not in text


def test_who_does_not_work_there_reads_that_private_values_changed(client, units, officer):
    household = make_household(units["hamlet1_1"], ethnicity="Kinh", by=officer)
    edit(household, officer, ethnicity="Khơ-me", phone="0909123456", area="urban")
    changing.change_code(
        household, version=fresh(household).version, code="M-1", reason="Chị Ba xin", by=officer
    )
    client.force_login(make_user(("leader", units["district"])))
    text = page(client, household)
    assert not any(secret in text for secret in ("Khơ-me", "0909123456", "Chị Ba xin"))
    assert "Nông thôn → <strong>Thành thị</strong>" in text
    assert "Dân tộc: đã đổi" in text
    assert "Lý do: Đã che" in text
    client.force_login(officer)
    assert "Khơ-me" in page(client, household)


def test_members_classes_and_movements_stand_beside_the_household(units, officer):
    household = make_household(units["hamlet1_1"], year=2023, by=officer)
    classify_household(household, listed=Listed(2024, "poor"), by=officer)
    person = members.add_member(household, details={"name": "Lê Thị Hai"}, by=officer)
    members.edit_member(
        person, version=fresh(household).version, changes={"work": "working"}, by=officer
    )
    changing.end_household(
        household, version=fresh(household).version, on=date(2024, 5, 1), reason="Chết hết",
        by=officer,
    )  # fmt: skip
    ended, edited, added, *_ = entries(household)
    assert told(ended)["Phân loại năm 2024", "Phân loại"] == ("Hộ nghèo", "trống")
    assert told(ended)["Hộ", "Tình trạng"] == ("Đang theo dõi", "Không còn")
    assert ended.reasons == ["Chết hết"]
    assert any("không còn ai (chết)" in act for act in ended.acts)
    assert told(edited)["Lê Thị Hai", "Việc làm"] == ("trống", "Có việc làm")
    assert added.acts == ["Thêm thành viên của hộ, Lê Thị Hai"]


def test_a_split_is_told_in_both_households(units, officer):
    household = make_household(units["hamlet1_1"], code="A-1", by=officer)
    son = members.add_member(household, details={"name": "Lê Văn Con"}, by=officer)
    new = splitting.split_household(
        household,
        version=fresh(household).version,
        split=splitting.Split([son], son, household.hamlet, date(2024, 5, 1), "Ra riêng", "B-1"),
        by=officer,
    )
    for one, act in ((household, "Tách hộ, Lê Văn Con, hộ B-1"), (new, "Hộ mới do tách hộ")):
        entry = entries(one)[0]
        assert entry.acts[0].startswith(act)
        assert told(entry)["Lê Văn Con", "Hộ"] == ("A-1", "B-1")
        assert "ngày 01/05/2024" in entry.acts[0]


def test_it_comes_page_by_page_and_asks_the_same_however_long(client, units, officer):
    household = make_household(units["hamlet1_1"], by=officer)
    client.force_login(officer)
    edit(household, officer, note="Lần 0")
    page(client, household)
    with CaptureQueriesContext(connection) as for_two:
        page(client, household)
    for number in range(1, 25):
        edit(household, officer, note=f"Lần {number}")
    with CaptureQueriesContext(connection) as for_many:
        first = page(client, household)
    assert len(for_two) == len(for_many) <= 20
    assert "Tổng số: <strong>26</strong> lần thay đổi" in first
    assert "Lần 24" in first
    assert "Lần 2 " not in first
    assert "Ghi hộ mới" in page(client, household, page=2)


def test_a_household_of_another_commune_has_no_history_here(client, units, officer):
    household = make_household(units["hamlet2_1"], by=system_user())
    client.force_login(officer)
    address = reverse("households:household-history", args=[household.pk])
    assert client.get(address).status_code == 404

"""What the API changes: by the page's forms and actions, refused in the same words."""

import pytest

from committees.models import AuditEvent
from households.models import Household, Member
from tests.api.asking import Program, answer
from tests.factories.committees import make_user
from tests.factories.households import make_household, national_id

NUMBER = national_id(522, sex="female", year=1987)


def a_household(units, **changes):
    return {
        "hamlet": units["hamlet1_1"].pk, "head_name": " Đặng  Thị Thử ", "sex": "female",
        "birth_date": "1987-03-05", "id_number": NUMBER, "phone": "0909123456",
        "members_declared": 4, "floor_area": "36.5", "flags": ["merit"], "needs": ["nha_o"],
        "listed": {"year": 2023, "kind": "poor", "income_score": 110},
    } | changes  # fmt: skip


def test_a_class_other_than_the_points_is_a_doubt(program, units):
    listed = {"year": 2023, "kind": "near_poor", "income_score": 110, "deprivation_score": 40}
    data = answer(program.post("/households/", a_household(units, listed=listed)), 201)
    assert len(data["warnings"]) == 1
    assert "đã ghi “Hộ cận nghèo”" in data["warnings"][0]
    path = f"/households/{data['id']}/classifications/"
    assert answer(program.post(path, listed))["warnings"] == data["warnings"]
    assert answer(program.post(path, listed | {"kind": "poor"}))["warnings"] == []


def test_a_household_may_stand_on_no_list(program, units):
    body = a_household(units)
    del body["listed"]
    data = answer(program.post("/households/", body), 201)
    assert answer(program.get(f"/households/{data['id']}/classifications/")) == []


def test_a_household_that_is_gone_gets_no_class(program, units):
    household = make_household(units["hamlet1_1"])
    Household.objects.update(state="ended")
    body = {"year": 2024, "kind": "poor"}
    data = answer(program.post(f"/households/{household.pk}/classifications/", body), 400)
    assert "không còn theo dõi" in data["detail"][0]


def test_where_a_known_number_stands_is_told_seldom(program, units, monkeypatch):
    monkeypatch.setattr("households.actions.looking_up.MOST_AN_HOUR", 1)
    make_household(units["hamlet2_1"], number=NUMBER)
    said = answer(program.post("/households/", a_household(units)), 400)["detail"][0]
    assert units["commune2"].name in said
    said = answer(program.post("/households/", a_household(units)), 400)["detail"][0]
    assert units["commune2"].name not in said


def test_a_household_is_registered(program, units, officer):
    data = answer(program.post("/households/", a_household(units)), 201)
    household = Household.objects.get()
    assert (data["id"], data["head_name"]) == (household.pk, "Đặng Thị Thử")
    assert (household.phone, str(household.floor_area)) == ("0909123456", "36.5")
    assert (household.created_by, household.area) == (officer, "rural")
    assert (household.flags, household.needs) == (["merit"], ["nha_o"])
    assert Member.objects.get().id_tail == NUMBER[-3:]
    listed = household.classifications.get()
    assert (listed.poverty_list.year, listed.kind, listed.income_score) == (2023, "poor", 110)
    assert AuditEvent.objects.filter(action="household.registered", actor=officer).exists()
    assert NUMBER not in str(data)


def test_doubts_come_with_the_answer(program, units):
    data = answer(program.post("/households/", a_household(units, sex="male")), 201)
    assert data["warnings"] == ["Số CCCD không khớp giới tính."]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"head_name": ""}, "head_name", "Hãy điền ô này"),
        ({"head_name": "Lê <b>"}, "head_name", "ký tự lạ"),
        ({"head_name": 5}, "head_name", "chuỗi ký tự"),
        ({"birth_date": "31/02/1987"}, "birth_date", "NĂM-THÁNG-NGÀY"),
        ({"birth_date": "2999-01-01", "id_number": ""}, "birth_date", ""),
        ({"id_number": "1234"}, "id_number", "phải đủ 12"),
        ({"id_number": 99181894887}, "id_number", "chuỗi ký tự"),
        ({"phone": 909123456}, "phone", "chuỗi ký tự"),
        ({"members_declared": 0}, "members_declared", "quá nhỏ"),
        ({"members_declared": "4x"}, "members_declared", "không đúng kiểu"),
        ({"note": f"số {NUMBER}"}, "note", "không được chứa số CCCD"),
        ({"flags": "merit"}, "flags", "một danh sách"),
        ({"flags": ["?"]}, "flags", "chọn một giá trị"),
        ({"needs": ["?"]}, "needs", "Hãy chọn"),
        ({"floor_area": "36.55"}, "floor_area", "chữ số lẻ"),
        ({"hamlet": 0}, "hamlet", "quá nhỏ"),
        ({"hamlet": 2**70}, "hamlet", "Hãy chọn"),
        ({"ho_ten": "x"}, "ho_ten", "Không có ô này"),
        ({"note": "a\0b"}, "note", "không in được"),
    ],
)
def test_what_is_sent_wrong_is_said_by_field(program, units, changes, field, said):
    data = answer(program.post("/households/", a_household(units, **changes)), 400)
    assert list(data) == [field], data
    assert said in data[field][0]
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("listed", "field"),
    [
        ({"year": 1999, "kind": "poor"}, "year"),
        ({"year": 2023, "kind": "rich"}, "kind"),
        ({"year": 2023}, "kind"),
        ({"year": 2023, "kind": "poor", "deprivations": ["?"]}, "deprivations"),
        ({"year": 2023, "kind": "poor", "deprivation_score": 500}, "deprivation_score"),
    ],
)
def test_a_wrong_class_is_said_under_listed(program, units, listed, field):
    data = answer(program.post("/households/", a_household(units, listed=listed)), 400)
    assert list(data) == ["listed"]
    assert list(data["listed"]) == [field]


def test_rules_refuse_in_their_own_words(program, units):
    answer(program.post("/households/", a_household(units, code="A-1")), 201)
    again = a_household(units, code="A-1", id_number="")
    data = answer(program.post("/households/", again), 400)
    assert "Mã hộ này đã có trong xã" in data["detail"][0]
    data = answer(program.post("/households/", a_household(units)), 400)
    assert "Số CCCD này" in data["detail"][0]
    assert Household.objects.count() == 1


def test_a_hamlet_of_another_commune_is_no_choice(program, units):
    body = a_household(units, hamlet=units["hamlet2_1"].pk)
    assert list(answer(program.post("/households/", body), 400)) == ["hamlet"]


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "null", "5", '{"a": NaN}', ""])
def test_a_body_that_is_no_object_is_refused(program, units, text):
    assert program.post("/households/", text).status_code == 400


def test_only_json_is_taken(program, client):
    response = client.post("/api/v1/households/", {"head_name": "x"})
    assert answer(response, 415) == {"detail": "Hãy gửi nội dung dạng application/json."}


def test_a_change_keeps_what_was_not_sent(program, units):
    household = make_household(
        units["hamlet1_1"], number=NUMBER, phone="0909123456", birth_year=1987, floor_area="36.5",
        flags=["merit"], members_declared=4,
    )  # fmt: skip
    data = answer(program.patch(f"/households/{household.pk}/", {"version": 1, "note": "Một"}))
    household.refresh_from_db()
    assert (data["version"], data["note"]) == (2, "Một")
    assert (household.phone, household.birth_year, household.flags) == (
        "0909123456",
        1987,
        ["merit"],
    )
    assert str(household.floor_area) == "36.5"
    assert household.members.get().id_tail == NUMBER[-3:]
    cleared = {"version": 2, "phone": "", "birth_year": None, "members_declared": None}
    answer(program.patch(f"/households/{household.pk}/", cleared))
    household.refresh_from_db()
    assert (household.phone, household.birth_year, household.members_declared) == ("", None, None)


def test_a_stale_change_is_a_conflict(program, units):
    household = make_household(units["hamlet1_1"])
    path = f"/households/{household.pk}/"
    answer(program.patch(path, {"version": 1, "note": "Một"}))
    data = answer(program.patch(path, {"version": 1, "note": "Hai"}), 409)
    assert "vừa được người khác sửa" in data["detail"]
    household.refresh_from_db()
    assert household.note == "Một"


def test_a_change_must_say_what_it_was_made_from(program, units):
    household = make_household(units["hamlet1_1"])
    data = answer(program.patch(f"/households/{household.pk}/", {"note": "Một"}), 400)
    assert data == {"version": ["Hãy điền ô này."]}


def test_a_person_is_added_and_corrected(program, units):
    household = make_household(units["hamlet1_1"], members_declared=1)
    path = f"/households/{household.pk}/members/"
    body = {"name": "Lê Thị Ba", "relation": "Con", "birth_year": 2015, "is_insured": True}
    added = answer(program.post(path, body), 201)
    assert (added["name"], added["is_insured"], added["is_head"]) == ("Lê Thị Ba", True, False)
    household.refresh_from_db()
    change = {"version": household.version, "birth_date": "2015-06-01", "is_insured": None}
    changed = answer(program.patch(f"/members/{added['id']}/", change))
    assert (changed["birth_date"], changed["is_insured"]) == ("2015-06-01", None)
    assert (changed["relation"], changed["name"]) == ("Con", "Lê Thị Ba")
    assert answer(program.patch(f"/members/{added['id']}/", change), 409)


def test_who_only_reads_changes_nothing(client, units):
    household = make_household(units["hamlet1_1"])
    member = household.members.get()
    client.force_login(make_user(("leader", units["commune1"])))
    program = Program(client)
    answer(program.get(f"/households/{household.pk}/"))
    forbidden = {"detail": "Bạn không có quyền làm việc này."}
    assert answer(program.post("/households/", a_household(units)), 403) == forbidden
    assert answer(program.patch(f"/households/{household.pk}/", {"version": 1}), 403) == forbidden
    assert answer(program.patch(f"/members/{member.pk}/", {"version": 1}), 403) == forbidden


def test_an_officer_above_reads_but_does_not_change(client, units):
    household = make_household(units["hamlet1_1"])
    client.force_login(make_user(("officer", units["district"])))
    program = Program(client)
    answer(program.get(f"/households/{household.pk}/"))
    assert answer(program.patch(f"/households/{household.pk}/", {"version": 1}), 404)

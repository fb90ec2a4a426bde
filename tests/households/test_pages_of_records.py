"""The pages on which officers keep records: long forms, members, acts with a second look."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import AuditEvent
from committees.people import system_user
from committees.todo import todos_of
from households.actions import members, moving
from households.identity import Identity
from households.models import Household, HouseholdMove, Likeness, Member, Sighting
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


@pytest.fixture
def household(units):
    return make_household(units["hamlet1_1"], year=2024, head_name="Lê Văn Cha")


def address(name, *keys):
    return reverse(f"households:{name}", args=keys)


def person(household, name="Lê Thị Con", **details):
    number = Identity(details.pop("number", ""))
    return members.add_member(
        household, details={"name": name, **details}, number=number, by=system_user()
    )


def fresh(household):
    return Household.objects.get(pk=household.pk)


def post(client, name, household, **said):
    """What the form of the page sends, with the version that it shows."""
    said = {"version": fresh(household).version} | said
    return client.post(address(name, household.pk), said)


def sentences(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_every_fact_of_the_household_goes_through_the_form(client, officer, household):
    response = post(
        client, "household-edit", household,
        head_name="Rơ-Chăm H'Len", sex="female", born="1970", ethnicity="Gia-rai", area="rural",
        address="Tổ 1", current_address="Rẫy", phone="0909123456", members_declared="3",
        house_condition="weak", floor_area="36,5", weak_parts=["wall", "roof"], water="rain",
        latrine="none", flags=["no_labour"], causes=["land", "illness"], needs=["nha_o"],
        note="Ghi chú",
    )  # fmt: skip
    assert response.status_code == 302
    after = fresh(household)
    assert (str(after.floor_area), after.weak_parts) == ("36.5", ["wall", "roof"])
    assert (after.water, after.latrine, after.current_address) == ("rain", "none", "Rẫy")
    assert (after.flags, after.causes) == (["minority", "no_labour"], ["land", "illness"])
    listed = after.classifications.get()
    assert (listed.flags, listed.members_declared) == (["minority", "no_labour"], 3)
    text = client.get(address("household-detail", household.pk)).text
    for shown in ("36,5 m²", "không bền chắc: tường; mái", "Nước mưa", "Gia-rai", "Rẫy"):
        assert shown in text


@pytest.mark.parametrize(
    "name", ["Sùng", "H'Len Niê", "Rơ-Chăm Y Bia", "K’Brăm", "Ng. Văn An", "Ƀiên"]
)
def test_names_of_every_people_are_accepted(client, officer, household, name):
    response = post(client, "household-edit", household, head_name=name, area="rural")
    assert response.status_code == 302
    assert fresh(household).head_name == name
    assert client.post(address("member-new", household.pk), {"name": name}).status_code == 302


@pytest.mark.parametrize("name", ["Лев", "Lê 2", "Lê <b>", "李明"])
def test_what_no_name_has_is_refused(client, officer, household, name):
    response = client.post(address("member-new", household.pk), {"name": name})
    assert response.status_code == 422
    assert household.members.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("floor_area", "0", "từ 0,1 đến 2.000"),
        ("floor_area", "36,55", "nhiều nhất 1 chữ số"),
        ("born", "01/01/2999", "1900–2100"),
        ("born", "01/01/2099", "chưa tới"),
        ("current_address", national_id(1), "không được chứa số CCCD"),
        ("weak_parts", "floor", "Hãy chọn"),
    ],
)
def test_a_wrong_answer_opens_its_folded_part(client, officer, household, field, typed, said):
    response = post(
        client, "household-edit", household, head_name="Lê", area="rural", **{field: typed}
    )
    assert response.status_code == 422
    assert said in response.text
    if field != "born":
        assert '<details class="form-part" open>' in response.text


def test_a_household_is_entered_without_a_class_and_goes_on_to_its_people(client, units, officer):
    form = {"hamlet": units["hamlet1_1"].pk, "head_name": "Sùng", "area": "rural", "more": "1"}
    response = client.post(address("household-new"), form)
    household = Household.objects.get()
    assert response["Location"] == address("member-new", household.pk)
    assert not household.classifications.exists()


def test_a_member_is_added_corrected_and_leaves_by_the_pages(client, officer, household):
    said = {"name": "Lê Thị Con", "relation": "Con", "born": "2015", "is_insured": "1",
            "organisations": ["youth"], "more": "1"}  # fmt: skip
    response = client.post(address("member-new", household.pk), said)
    assert response["Location"] == address("member-new", household.pk)
    member = Member.objects.get(is_head=False)
    assert (member.relation, member.is_insured, member.has_contract) == ("Con", True, None)

    text = client.get(address("member-edit", member.pk)).text
    assert 'value="Con" selected' in text
    edited = said | {"name": "Lê Thị Cúc", "version": fresh(household).version, "is_insured": "0"}
    assert client.post(address("member-edit", member.pk), edited).status_code == 302
    member.refresh_from_db()
    assert (member.name, member.is_insured) == ("Lê Thị Cúc", False)

    left = {"why": "died", "on": "01/03/2024", "version": fresh(household).version}
    assert client.post(address("member-leave", member.pk), left).status_code == 302
    text = client.get(address("household-detail", household.pk)).text
    assert "Người không còn trong hộ" in text
    assert "chết, ngày 01/03/2024" in text
    client.post(address("member-return", member.pk))
    member.refresh_from_db()
    assert (member.left_on, member.is_living) == (None, True)


def test_a_number_of_another_commune_is_told_with_the_commune_and_written_down(
    client, units, officer, household
):
    make_household(units["hamlet2_1"], head_name="Ai Đó", number=national_id(9))
    said = {"name": "Lê Thị Con", "number": national_id(9)}
    response = client.post(address("member-new", household.pk), said)
    assert response.status_code == 422
    assert f"đã có ở {units['commune2']}" in response.text
    assert "Ai Đó" not in response.text
    assert AuditEvent.objects.filter(action="household.number_looked_up", actor=officer).exists()


def test_a_split_is_looked_at_once_more_before_it_is_done(client, units, officer, household):
    son = person(household)
    said = {
        "people": [son.pk], "head": son.pk, "hamlet": units["hamlet1_2"].pk, "on": "01/05/2024",
        "reason": "Ra ở riêng", "keeps_class": "",
    }  # fmt: skip
    review = post(client, "change-split", household, **said)
    assert "Kiểm tra lại: tách hộ" in review.text
    assert "Lê Thị Con" in review.text
    assert Household.objects.count() == 1
    back = post(client, "change-split", household, **said, back="1")
    assert back.status_code == 200
    assert "Ra ở riêng" in back.text
    done = post(client, "change-split", household, **said, confirmed="1")
    assert done["Location"] == address("household-detail", household.pk)
    new = Household.objects.get(split_from=household)
    assert (new.head_name, new.hamlet) == ("Lê Thị Con", units["hamlet1_2"])
    text = client.get(address("household-detail", household.pk)).text
    assert "Hộ đã tách ra" in text
    assert "Ra ở riêng" in text


def test_acts_that_need_people_say_so(client, officer, household):
    for name in ("change-split", "change-head"):
        response = client.get(address(name, household.pk))
        assert response["Location"] == address("household-detail", household.pk)
        assert "thêm thành viên trước" in sentences(response)
    text = client.get(address("change-head-died", household.pk)).text
    assert "Hộ có 4 nhân khẩu nhưng sổ mới ghi chủ hộ" in text


def test_the_head_dies_by_the_page(client, officer, household):
    heir = person(household)
    said = {"on": "01/05/2024", "new_head": heir.pk, "confirmed": "1"}
    assert post(client, "change-head-died", household, **said).status_code == 302
    assert fresh(household).head_name == "Lê Thị Con"


def test_another_head_hamlet_and_code_by_their_pages(client, units, officer, household):
    heir = person(household)
    told = {"reason": "Theo giấy xin", "on": "01/05/2024"}
    head = told | {"new_head": heir.pk, "relation": "Bố"}
    assert post(client, "change-head", household, **head).status_code == 302
    there = told | {"hamlet": units["hamlet1_2"].pk, "address": "Tổ 2"}
    assert post(client, "change-hamlet", household, **there).status_code == 302
    assert post(client, "change-code", household, reason="Sai", code="m-01").status_code == 302
    after = fresh(household)
    assert (after.head_name, after.hamlet, after.code) == (
        "Lê Thị Con", units["hamlet1_2"], "M-01",
    )  # fmt: skip
    assert "Mã cũ: " + household.code in client.get(address("household-detail", after.pk)).text


def test_gone_and_back_by_their_pages(client, officer, household):
    said = {"place": "Nước ngoài", "on": "01/05/2024", "confirmed": "1"}
    assert post(client, "change-away", household, **said).status_code == 302
    text = client.get(address("household-detail", household.pk)).text
    assert "Đã chuyển đi từ 01/05/2024" in text
    assert "Theo dõi lại" in text
    response = client.get(address("household-classify", household.pk))
    assert "hãy theo dõi lại hộ" in sentences(response)
    client.post(address("change-restore", household.pk), {"reason": "Nhầm"})
    assert fresh(household).state == "active"
    end = {"reason": "Không còn ai", "on": "01/05/2024", "confirmed": "1"}
    assert post(client, "change-end", household, **end).status_code == 302
    assert fresh(household).state == "ended"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Hãy chọn xã nơi đến"),
        ({"place": "Mỹ", "to": "commune2"}, "không ghi cả hai"),
        ({"to": "commune2", "on": "01/05/2090"}, "chưa tới"),
        ({"to": "district"}, "Hãy chọn một mục"),
    ],
)
def test_a_way_out_is_asked_for_plainly(client, units, officer, household, said, sentence):
    said = {"on": "01/05/2024"} | said
    if "to" in said:
        said["to"] = units[said["to"]].pk
    response = post(client, "change-away", household, **said, confirmed="1")
    assert response.status_code == 422
    assert sentence in response.text
    assert fresh(household).state == "active"


def test_a_page_that_is_stale_does_nothing(client, officer, household):
    said = {"version": "1", "code": "M-1", "reason": "Sai"}
    person(household)
    response = client.post(address("change-code", household.pk), said)
    assert response["Location"] == address("change-code", household.pk)
    assert "vừa được người khác sửa" in sentences(response)
    assert fresh(household).code == household.code


def test_a_household_goes_over_by_the_pages_of_both_communes(client, units, officer, household):
    there = make_user(("officer", units["commune2"]))
    said = {"to": units["commune2"].pk, "on": "01/05/2024", "reason": "", "confirmed": "1"}
    assert post(client, "change-away", household, **said).status_code == 302
    move = HouseholdMove.objects.get()
    assert "Rút lại" in client.get(address("move-list"), {"chieu": "di"}).text
    assert client.get(address("move-receive", move.pk)).status_code == 404

    client.force_login(there)
    assert [(t.label, t.count) for t in todos_of(there) if "chuyển đến" in t.label] == [
        ("hộ chuyển đến chờ tiếp nhận", 1)
    ]
    assert "Tiếp nhận" in client.get(address("move-list"), {"cho": "1"}).text
    page = client.get(address("move-receive", move.pk)).text
    assert "Lê Văn Cha" in page
    assert client.get(address("household-detail", household.pk)).status_code == 404
    told = {"hamlet": units["hamlet2_1"].pk, "on": "05/05/2024", "kind": ""}
    review = client.post(address("move-receive", move.pk), told)
    assert "Kiểm tra lại" in review.text
    assert fresh(household).state == "moved"
    done = client.post(address("move-receive", move.pk), told | {"confirmed": "1"})
    assert done["Location"] == address("household-detail", household.pk)
    assert fresh(household).hamlet == units["hamlet2_1"]
    assert "Chờ" not in client.get(address("move-list")).text
    again = client.get(address("move-receive", move.pk))
    assert again["Location"] == address("move-list")


@pytest.mark.parametrize(
    ("name", "who"), [("move-return", "commune2"), ("move-withdraw", "commune1")]
)
def test_a_move_is_sent_back_by_either_side(client, units, household, name, who):
    move = moving.send_move(
        household, version=fresh(household).version, to=units["commune2"], on=date(2024, 5, 1),
        note="", by=system_user(),
    )  # fmt: skip
    client.force_login(make_user(("officer", units[who])))
    assert client.post(address(name, move.pk), {"reason": ""}).status_code == 422
    assert client.post(address(name, move.pk), {"reason": "Nhầm"}).status_code == 302
    assert fresh(household).state == "active"


def test_lists_of_moves_ask_as_much_for_three_as_for_one(client, units, officer):
    def send():
        one = make_household(units["hamlet1_1"])
        moving.send_move(
            one, version=1, to=units["commune2"], on=date(2024, 5, 1), note="", by=officer
        )

    counts = []
    for number in (1, 2):
        for _ in range(number):
            send()
        client.get(address("move-list"), {"chieu": "di"})
        with CaptureQueriesContext(connection) as asked:
            client.get(address("move-list"), {"chieu": "di"})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_the_page_asks_as_much_for_many_people_and_years(client, units, officer, household):
    person(household)
    client.get(address("household-detail", household.pk))
    with CaptureQueriesContext(connection) as for_few:
        client.get(address("household-detail", household.pk))
    for number in range(3):
        person(household, f"Người {number}")
    other = make_household(units["hamlet1_1"])
    first, second = sorted((household.pk, other.pk))
    Likeness.objects.create(
        commune=units["commune1"], first_id=first, second_id=second, score=90, reasons=["name"]
    )
    with CaptureQueriesContext(connection) as for_many:
        text = client.get(address("household-detail", household.pk)).text
    assert len(for_few) == len(for_many) <= 26
    assert "nghi trùng" in text


def test_opening_the_page_is_written_down(client, officer, household):
    client.get(address("household-detail", household.pk))
    seen = Sighting.objects.get()
    assert (seen.household, seen.user, seen.how) == (household, officer, "page")


def test_who_only_reads_sees_no_acts_and_no_private_facts(client, units, household):
    Household.objects.update(ethnicity="Khơ-me", phone="0909123456", note="Ốm nặng")
    person(household, ethnicity="Khơ-me", disability="severe")
    client.force_login(make_user(("leader", units["commune1"])))
    text = client.get(address("household-detail", household.pk)).text
    for hidden in ("Khơ-me", "0909123456", "Ốm nặng", "khuyết tật", "Việc khác", "Rời hộ"):
        assert hidden not in text
    assert "Đã che" in text

"""Households split, move, end, get other codes and heads; nothing of before is lost."""

from datetime import date, timedelta

import pytest

from committees.models import AuditEvent
from committees.people import system_user
from config import clock
from households.actions import changing, members, moving, splitting
from households.actions.classifying import classify_household
from households.actions.listing import Listed, poverty_list_of
from households.codes import by_code, next_code
from households.errors import (
    CodeTaken,
    StaleRecord,
    WrongDay,
    WrongMove,
    WrongPerson,
    WrongPlace,
    WrongReview,
    WrongState,
)
from households.models import FormerCode, Household, HouseholdMove, PovertyList
from households.review.standing import balance_of, previous_of
from tests.factories.committees import make_district
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db

DAY = date(2024, 5, 20)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def household(units):
    return make_household(
        units["hamlet1_1"], code="", head_name="Lê Văn Cha", year=2024, address="Tổ 1"
    )


def fresh(household):
    return Household.objects.get(pk=household.pk)


def person(household, name, **details):
    return members.add_member(household, details={"name": name, **details}, by=system_user())


def split(household, people, head=None, **more):
    told = {"hamlet": household.hamlet, "on": DAY, "reason": "Con lập gia đình"} | more
    return splitting.split_household(
        household,
        version=fresh(household).version,
        split=splitting.Split(people=people, head=head or people[0], **told),
        by=system_user(),
    )


def send(household, to, on=DAY, note=""):
    version = fresh(household).version
    return moving.send_move(household, version=version, to=to, on=on, note=note, by=system_user())


def receive(move, hamlet, on=DAY, **more):
    arrival = moving.Arrival(hamlet=hamlet, on=on, **more)
    return moving.receive_move(move, arrival=arrival, by=system_user())


def leave(household, place="TP Hồ Chí Minh", on=DAY):
    return changing.leave_registry(
        household, version=fresh(household).version, place=place, on=on, reason="", by=system_user()
    )


def restore(household):
    return changing.restore_household(household, reason="Ghi nhầm", by=system_user())


def kinds(household):
    return {c.poverty_list.year: c.kind for c in household.classifications.all()}


def codes_of(household):
    return [t.code for t in household.transitions.filter(origin="monthly").order_by("pk")]


def assert_balanced(commune, year):
    poverty_list = PovertyList.objects.get(commune=commune, year=year)
    assert balance_of(poverty_list, previous_of(poverty_list)).is_proved


def test_some_people_become_a_household_of_their_own(units, household):
    son = person(household, "Lê Văn Con", sex="male", birth_year=1995, relation="Con")
    wife = person(household, "H'Nga", relation="Con dâu", ethnicity="Ê-đê")
    new = split(household, [son, wife], hamlet=units["hamlet1_2"], keeps_class=True)

    assert (new.head_name, new.birth_year, new.split_from) == ("Lê Văn Con", 1995, household)
    assert (new.hamlet, new.members_declared) == (units["hamlet1_2"], 2)
    assert new.code == f"{units['commune1'].code}-0002"
    assert [m.name for m in new.members.all()] == ["Lê Văn Con", "H'Nga"]
    assert new.members.get(is_head=True).pk == son.pk  # the same rows, with all they know
    assert [m.name for m in household.members.all()] == ["Lê Văn Cha"]
    assert (kinds(new), codes_of(new)) == ({2024: "poor"}, ["tach_ho"])
    assert fresh(household).members_declared == 2
    for one, action in ((household, "household.split"), (new, "household.split_off")):
        event = AuditEvent.objects.get(object_id=one.pk, action=action)
        assert event.detail["members"] == [son.pk, wife.pk]


def test_a_split_without_a_class_stays_off_the_list(household):
    new = split(household, [person(household, "Lê Văn Con")])
    assert (kinds(new), codes_of(new)) == ({}, [])


@pytest.mark.parametrize("whom", ["head", "nobody", "stranger", "gone"])
def test_only_people_of_the_household_other_than_the_head_go(units, household, whom):
    gone = person(household, "Lê Thị Đi")
    members.member_left(gone, on=DAY, why="moved", by=system_user())
    stranger = make_household(units["hamlet1_1"]).members.get()
    people = {
        "head": [household.members.get(is_head=True)],
        "nobody": [],
        "stranger": [stranger],
        "gone": [gone],
    }[whom]
    with pytest.raises(WrongPerson):
        split(household, people, head=gone)
    assert household.split_off.count() == 0


def test_a_split_keeps_to_the_commune_the_day_and_the_version(units, household):
    son = person(household, "Lê Văn Con")
    with pytest.raises(WrongPlace):
        split(household, [son], hamlet=units["hamlet2_1"])
    with pytest.raises(WrongDay):
        split(household, [son], on=clock.today() + timedelta(days=1))
    with pytest.raises(CodeTaken):
        split(household, [son], code=household.code)
    with pytest.raises(WrongReview, match="2023"):
        split(household, [son], on=date(2023, 5, 1), keeps_class=True)
    with pytest.raises(StaleRecord):
        splitting.split_household(
            household,
            version=1,
            split=splitting.Split([son], son, household.hamlet, DAY, ""),
            by=system_user(),
        )


def test_a_move_within_the_commune_leaves_the_lists_as_decided(units, household):
    changing.move_within(
        household, version=1, hamlet=units["hamlet1_2"], address="Tổ 9", on=DAY,
        reason="Về ở với con", by=system_user(),
    )  # fmt: skip
    after = fresh(household)
    assert (after.hamlet, after.address, after.version) == (units["hamlet1_2"], "Tổ 9", 2)
    assert after.classifications.get().hamlet == units["hamlet1_1"]
    for hamlet in (units["hamlet1_2"], units["hamlet2_1"]):
        with pytest.raises(WrongPlace):
            changing.move_within(
                household, version=2, hamlet=hamlet, address="", on=DAY, reason="",
                by=system_user(),
            )  # fmt: skip


def test_a_code_that_was_changed_still_finds_the_household(units, household):
    old = household.code
    changing.change_code(household, version=1, code="M-9", reason="Đánh lại mã", by=system_user())
    commune = units["commune1"]
    rows = Household.objects.filter(commune=commune)
    assert by_code(rows, [old, "M-9"]) == {commune.pk: {old: household, "M-9": household}}
    assert next_code(commune) == f"{commune.code}-0002"  # never the old one again
    other = make_household(units["hamlet1_1"])
    with pytest.raises(CodeTaken, match="từng là mã"):
        changing.change_code(other, version=1, code=old, reason="", by=system_user())
    with pytest.raises(CodeTaken):
        make_household(units["hamlet1_1"], code=old)
    changing.change_code(household, version=2, code=old, reason="Ghi nhầm", by=system_user())
    assert fresh(household).code == old


def test_a_household_goes_on_in_the_commune_that_received_it(units, household):
    poverty_list_of(units["commune2"], 2024, by=system_user())
    old = household.code
    move = send(household, units["commune2"], note="Theo con")
    assert (fresh(household).state, fresh(household).state_on) == ("moved", DAY)
    assert (kinds(household), codes_of(household)) == ({}, ["chuyen_di"])

    got = receive(move, units["hamlet2_1"], address="Tổ 3", kind="poor", on=DAY + timedelta(days=4))

    assert got.pk == household.pk
    after = fresh(household)
    assert (after.commune, after.hamlet) == (units["commune2"], units["hamlet2_1"])
    assert (after.state, after.state_on, after.address) == ("active", None, "Tổ 3")
    assert after.code == f"{units['commune2'].code}-0001"
    former = FormerCode.objects.get(household=household)
    assert (former.commune, former.code, former.until) == (units["commune1"], old, DAY)
    assert codes_of(household) == ["chuyen_di", "chuyen_den"]
    listed = after.classifications.get()
    assert (listed.poverty_list.commune, listed.kind) == (units["commune2"], "poor")
    assert next_code(units["commune1"]) == f"{units['commune1'].code}-0002"


@pytest.mark.parametrize("act", [moving.return_move, moving.withdraw_move])
def test_a_move_that_came_to_nothing_leaves_everything_as_it_was(units, household, act):
    household.classifications.update(income_score=120, deprivations=["bhyt"])
    move = send(household, units["commune2"])
    said = {"answer": "Không có"} if act is moving.return_move else {"reason": "Ghi nhầm"}
    act(move, by=system_user(), **said)
    after = fresh(household)
    assert (after.state, after.state_on, after.state_reason) == ("active", None, "")
    listed = after.classifications.get()
    assert (listed.kind, listed.income_score, listed.deprivations) == ("poor", 120, ["bhyt"])
    assert codes_of(household) == []
    assert HouseholdMove.objects.get().state in ("returned", "withdrawn")
    with pytest.raises(WrongMove, match="tải lại"):
        receive(move, units["hamlet2_1"])


def test_a_move_is_refused_where_it_makes_no_sense(units, household):
    for place in (units["commune1"], units["district"], units["hamlet2_1"]):
        with pytest.raises(WrongMove):
            send(household, place)
    with pytest.raises(WrongMove, match="không có vào ngày"):
        send(household, units["commune2"], on=date(2025, 7, 2))
    move = send(household, units["commune2"])
    with pytest.raises(WrongState):
        send(household, units["commune2"])
    with pytest.raises(WrongState, match="rút lại"):
        restore(household)
    with pytest.raises(WrongPlace):
        receive(move, units["hamlet1_1"])
    with pytest.raises(WrongDay):
        receive(move, units["hamlet2_1"], on=DAY - timedelta(days=1))
    with pytest.raises(WrongReview, match="chưa có danh sách"):
        receive(move, units["hamlet2_1"], kind="poor")
    assert HouseholdMove.objects.get().state == "sent"


def test_leaving_before_the_lists_day_leaves_on_that_day_and_every_later_list(units, household):
    PovertyList.objects.update(decided_on=date(2024, 6, 1))
    leave(household, on=date(2024, 5, 1))
    assert household.transitions.get(code="chuyen_di").on == date(2024, 6, 1)
    assert fresh(household).state_reason == "Chuyển đến TP Hồ Chí Minh."


def test_what_left_or_ended_is_taken_back(units, household):
    for go in (
        lambda: leave(household),
        lambda: changing.end_household(
            household, version=fresh(household).version, on=DAY, reason="Không còn ai",
            by=system_user(),
        ),
    ):  # fmt: skip
        go()
        assert kinds(household) == {}
        restore(household)
        assert fresh(household).state == "active"
        assert kinds(household) == {2024: "poor"}
        assert codes_of(household) == []
    with pytest.raises(WrongState, match="đang được theo dõi"):
        restore(household)


def test_the_lists_balance_after_every_coming_and_going(units):
    officer = system_user()
    for year in (2023, 2024):
        poverty_list_of(units["commune2"], year, by=officer)
    stays, goes, ends = (
        make_household(units["hamlet1_1"], year=2023, head_name=f"Lê Văn {name}")
        for name in ("Ở", "Đi", "Hết")
    )
    for one in (stays, goes, ends):
        classify_household(one, listed=Listed(2024, "poor"), by=officer)
    son = person(stays, "Lê Văn Con")
    split(stays, [son], keeps_class=True)
    receive(send(goes, units["commune2"]), units["hamlet2_1"], kind="near_poor")
    changing.end_household(
        ends, version=fresh(ends).version, on=DAY, reason="Không còn ai", by=officer
    )
    for commune in ("commune1", "commune2"):
        assert_balanced(units[commune], 2024)

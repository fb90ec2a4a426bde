"""The people of a household: entered without papers too, corrected, gone, back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from committees.models import AuditEvent
from committees.people import system_user
from config import clock
from households import identity
from households.actions import heads, members
from households.errors import (
    IdentityTaken,
    StaleRecord,
    WrongDay,
    WrongPerson,
    WrongState,
)
from households.identity import Identity
from households.models import Classification, Household, Member
from tests.factories.committees import make_district
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 1)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def household(units):
    return make_household(units["hamlet1_1"], head_name="Y Bliu", ethnicity="Ê-đê", year=2024)


def fresh(household):
    return Household.objects.get(pk=household.pk)


def add(household, name="H'Len Niê", number="", **details):
    return members.add_member(
        household, details={"name": name, **details}, number=Identity(number), by=system_user()
    )


def edit(member, number=None, version=None, **changes):
    version = version or fresh(member.household).version
    return members.edit_member(
        member, version=version, changes=changes, number=number, by=system_user()
    )


def leave(member, why=Member.Leaving.MOVED, on=DAY):
    return members.member_left(member, on=on, why=why, by=system_user())


def die(member, on=DAY):
    return members.member_died(member, on=on, by=system_user())


def acts(household):
    events = AuditEvent.objects.filter(
        object_type="households.household", object_id=household.pk
    ).order_by("pk")
    return [event.action for event in events]


def test_a_person_needs_no_papers(household):
    child = add(household, relation="Con", birth_year=2020)
    assert (child.id_index, child.id_tail, child.old_id) == (None, "", "")
    assert acts(household)[-1] == "household.member_added"
    assert fresh(household).version == household.version + 1


def test_an_old_number_of_nine_digits_lies_apart_and_sealed(household):
    person = members.add_member(
        household,
        details={"name": "Sùng"},
        number=identity.read_identity("301234568"),
        by=system_user(),
    )
    assert (person.id_index, person.id_tail) == (None, "")
    assert "301234568" not in person.old_id
    assert identity.unseal_old(person.old_id) == "301234568"


def test_a_known_number_is_refused_saying_where(units, household):
    neighbour = make_household(units["hamlet1_2"], code="B-7", number=national_id(1))
    with pytest.raises(IdentityTaken, match=rf"{neighbour.head_name} \(B-7\)"):
        add(household, number=national_id(1))
    make_household(units["hamlet2_1"], code="C-7", head_name="Ai Đó", number=national_id(2))
    with pytest.raises(IdentityTaken) as refusal:
        add(household, number=national_id(2))
    sentence = str(refusal.value)
    assert units["commune2"].name in sentence
    assert refusal.value.elsewhere == units["commune2"]
    assert not any(secret in sentence for secret in ("Ai Đó", "C-7", national_id(2)))


def test_the_database_alone_refuses_a_number_twice_among_the_living(household):
    fields = identity.sealed_fields(national_id(5))
    Member.objects.create(household=household, name="Một", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(household=household, name="Hai", **fields)


def test_the_declared_number_of_people_never_lags_behind_the_known(units):
    household = make_household(units["hamlet1_1"], members_declared=1)
    add(household)
    assert fresh(household).members_declared == 2
    leave(household.members.get(is_head=False))
    assert fresh(household).members_declared == 1


def test_what_is_corrected_of_the_head_goes_over_to_the_household(household):
    head = household.members.get()
    edit(head, name="Y Bliu Êban", sex="male", birth_year=1970, ethnicity="Kinh", work="working")
    after = fresh(household)
    assert (after.head_name, after.head_fold) == ("Y Bliu Êban", "y bliu eban")
    assert (after.birth_year, after.ethnicity) == (1970, "Kinh")
    assert after.flags == []  # the mark came from the head's ethnic group
    assert Member.objects.get(pk=head.pk).work == "working"


def test_merit_and_allowance_of_a_person_mark_the_household_and_this_years_line(household):
    add(household, is_of_merit=True, has_allowance=True)
    assert fresh(household).flags == ["allowance", "merit", "minority"]
    assert Classification.objects.get().flags == ["allowance", "merit", "minority"]


def test_a_stale_correction_and_one_that_changes_nothing(household):
    person = add(household)
    with pytest.raises(StaleRecord, match="người khác"):
        edit(person, version=1, name="Khác")
    before = acts(household)
    edit(person, name=person.name)
    assert acts(household) == before


def test_who_left_stays_on_the_page_and_may_come_back(household):
    person = leave(add(household))
    assert (person.left_on, person.left_why, person.is_living) == (DAY, "moved", True)
    with pytest.raises(WrongPerson, match="không còn trong hộ"):
        edit(person, name="Khác")
    members.member_returned(person, by=system_user())
    assert Member.objects.get(pk=person.pk).left_on is None
    assert acts(household)[-2:] == ["household.member_left", "household.member_returned"]


def test_the_number_of_the_dead_is_free_until_they_turn_out_alive(units, household):
    person = die(add(household, number=national_id(3)))
    assert (person.is_living, person.left_why) == (False, "died")
    make_household(units["hamlet2_1"], number=national_id(3))
    with pytest.raises(IdentityTaken):
        members.member_returned(person, by=system_user())


def test_the_head_leaves_only_after_another_took_over(household):
    head = household.members.get()
    with pytest.raises(WrongPerson, match="chủ hộ"):
        leave(head)
    with pytest.raises(WrongPerson, match="chủ hộ"):
        die(head)


def test_nobody_leaves_in_the_future_or_before_being_born(household):
    person = add(household, birth_date=date(2024, 4, 1), birth_year=2024)
    with pytest.raises(WrongDay, match="chưa tới"):
        leave(person, on=clock.today() + timedelta(days=1))
    with pytest.raises(WrongDay, match="01/04/2024"):
        leave(person, on=DAY)


def test_another_head(household):
    person = add(household, "H Bia", ethnicity="Kinh", sex="female", birth_year=1980)
    household = fresh(household)
    heads.change_head(
        household, version=household.version, new_head=person, relation="Chồng", on=DAY,
        reason="Chủ hộ già yếu", by=system_user(),
    )  # fmt: skip
    after = fresh(household)
    assert (after.head_name, after.sex, after.flags) == ("H Bia", "female", [])
    old, new = household.members.order_by("is_head")
    assert (old.name, old.relation, old.is_head, old.left_on) == ("Y Bliu", "Chồng", False, None)
    assert (new.name, new.relation) == ("H Bia", "Chủ hộ")


def test_the_head_dies_and_one_of_the_people_takes_over(household):
    person = add(household, "H Bia")
    household = fresh(household)
    with pytest.raises(WrongPerson, match="chọn chủ hộ mới"):
        heads.head_died(household, version=household.version, on=DAY, by=system_user())
    heads.head_died(household, version=household.version, on=DAY, new_head=person, by=system_user())
    old, new = household.members.order_by("is_head")
    assert (old.is_living, old.left_on, old.left_why) == (False, DAY, "died")
    assert (new.name, new.is_head) == ("H Bia", True)
    assert fresh(household).state == "active"
    assert household.classifications.exists()


def test_without_anybody_left_the_household_has_ended_and_is_off_the_list(household):
    heads.head_died(household, version=household.version, on=DAY, by=system_user())
    after = fresh(household)
    assert (after.state, after.state_on) == ("ended", DAY)
    assert not household.classifications.exists()
    change = household.transitions.get(origin="monthly")
    assert (change.code, change.kind_before, change.kind_after, change.on) == (
        "chet", "poor", "", DAY,
    )  # fmt: skip
    head = household.members.get()
    assert (head.is_head, head.is_living) == (True, False)
    with pytest.raises(WrongState, match="theo dõi lại"):
        add(after)

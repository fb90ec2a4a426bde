import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from committees.models import AuditEvent
from committees.people import system_user
from households import identity
from households.actions import registering
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.errors import CodeTaken, IdentityTaken, NoStandard, StaleRecord, WrongPlace
from households.identity import Identity
from households.models import Household, Member
from tests.factories.committees import make_district
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


def edit(household, version=1, number=None, **changes):
    return registering.edit_household(
        household, version=version, changes=changes, number=number, by=system_user()
    )


def test_a_registered_household_has_its_head_class_and_record(units):
    household = make_household(
        units["hamlet1_1"], year=2023, head_name="Đỗ Thị Ánh", number=national_id(1)
    )
    assert household.commune == units["commune1"]
    assert household.head_fold == "do thi anh"
    head = household.members.get()
    assert (head.name, head.is_head, head.id_tail) == ("Đỗ Thị Ánh", True, national_id(1)[-3:])
    assert identity.unseal(head.id_cipher, head.id_index) == national_id(1)
    assert household.classifications.get().kind == "poor"
    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"household.registered", "poverty_list.begun", "household.classified"} <= acts


def test_codes_follow_on_by_themselves(units):
    codes = [make_household(units["hamlet1_1"], code="").code for _ in range(2)]
    commune = units["commune1"].code
    assert codes == [f"{commune}-0001", f"{commune}-0002"]


def test_a_code_is_taken_once_in_a_commune_and_free_in_the_next(units):
    make_household(units["hamlet1_1"], code="A-1")
    make_household(units["hamlet2_1"], code="A-1")
    with pytest.raises(CodeTaken):
        make_household(units["hamlet1_2"], code="A-1")


def test_a_number_belongs_to_one_living_person(units):
    first = make_household(units["hamlet1_1"], number=national_id(1))
    with pytest.raises(IdentityTaken, match=units["commune1"].name):
        make_household(units["hamlet2_1"], number=national_id(1))
    Member.objects.filter(household=first).update(is_living=False)
    make_household(units["hamlet2_1"], number=national_id(1))


def test_a_household_lives_in_a_hamlet_of_a_commune(units):
    with pytest.raises(WrongPlace):
        make_household(units["commune1"])


def test_a_year_without_a_standard_is_refused(units):
    with pytest.raises(NoStandard, match="2015"):
        make_household(units["hamlet1_1"], year=2015)


def test_an_edit_changes_the_head_too_and_names_what_it_changed(units):
    household = make_household(units["hamlet1_1"], code="A-1")
    edited = edit(household, head_name="Đặng Văn Mới", birth_year=1980, note="")
    assert (edited.head_fold, edited.version) == ("dang van moi", 2)
    head = edited.members.get()
    assert (head.name, head.birth_year) == ("Đặng Văn Mới", 1980)
    event = AuditEvent.objects.get(action="household.edited")
    assert event.detail == {"fields": ["birth_year", "head_name"]}


def test_an_edit_of_what_somebody_else_changed_is_refused(units):
    household = make_household(units["hamlet1_1"])
    edit(household, note="trước")
    with pytest.raises(StaleRecord, match="người khác"):
        edit(household, note="sau")
    household.refresh_from_db()
    assert household.note == "trước"


def test_an_edit_that_changes_nothing_leaves_no_trace(units):
    household = make_household(units["hamlet1_1"])
    assert edit(household, note="", area="rural").version == 1
    assert not AuditEvent.objects.filter(action="household.edited").exists()


def test_another_number_replaces_the_first_and_is_never_written_down(units):
    household = make_household(units["hamlet1_1"], number=national_id(1))
    edit(household, number=Identity(national_id(2)))
    assert bytes(household.members.get().id_index) == identity.blind_index(national_id(2))
    event = AuditEvent.objects.get(action="household.edited")
    assert event.detail == {"fields": ["identity"]}
    other = make_household(units["hamlet2_1"], number=national_id(3))
    with pytest.raises(IdentityTaken):
        edit(other, number=Identity(national_id(2)))


def test_a_class_of_a_year_is_corrected_in_place(units):
    household = make_household(units["hamlet1_1"], year=2023)
    classify_household(household, listed=Listed(2023, "near_poor"), by=system_user())
    assert household.classifications.get().kind == "near_poor"


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE households_household SET birth_date = '1980-02-03', birth_year = 1981",
         IntegrityError),
        ("UPDATE households_household SET members_declared = 0", IntegrityError),
        ("UPDATE households_household SET head_name = U&'Nguye\\0302\\0303n'", IntegrityError),
        ("UPDATE households_member SET id_tail = '123'", IntegrityError),
        ("UPDATE households_household SET hamlet_id = commune_id", DatabaseError),
        ("UPDATE households_household SET code = 'T-x'", IntegrityError),
    ],
)  # fmt: skip
def test_the_database_keeps_the_rules_by_itself(units, statement, error):
    make_household(units["hamlet1_1"])
    make_household(units["hamlet1_1"])
    with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_one_head_a_household(units):
    household = make_household(units["hamlet1_1"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(household=household, is_head=True, name="Lê Văn Hai")
    assert Household.objects.count() == 1

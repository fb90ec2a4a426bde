import pytest

from committees import intake
from committees.models import AuditEvent
from committees.people import system_user
from households.models import Classification, Household, Member
from tests.factories.committees import make_unit
from tests.factories.households import household_list, national_id

pytestmark = pytest.mark.django_db

FIRST = {"Mã hộ": "H-0001"}
SECOND = {
    "Mã hộ": "H-0002", "Họ và tên chủ hộ": "Lê Văn Hai", "Giới tính": "Nam", "Ngày sinh": 1970,
    "Số CCCD": national_id(2), "Thôn/ấp": "Ấp 2", "Ghi chú": "Neo đơn",
}  # fmt: skip


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def imported(commune, *rows, year):
    data = household_list(commune, *rows, year=year)
    return intake.import_file(
        "households", data, name="ho.xlsx", committee=commune, by=system_user()
    )


def test_the_same_household_keeps_its_row_and_gets_another_class(commune):
    imported(commune, FIRST, SECOND, year=2023)
    before = Household.objects.get(code="H-0002")
    batch = imported(
        commune,
        FIRST,
        SECOND | {"Phân loại": "Cận nghèo", "Thôn/ấp": "Ấp 3", "Số nhân khẩu": 2, "Ghi chú": None},
        year=2024,
    )
    after = Household.objects.get(code="H-0002")
    assert after.pk == before.pk
    assert (after.hamlet.name, after.members_declared, after.version) == ("Ấp 3", 2, 2)
    assert after.note == "Neo đơn"  # an empty cell says nothing
    classes = after.classifications.order_by("poverty_list__year")
    assert list(classes.values_list("kind", "hamlet__name", "members_declared")) == [
        ("poor", "Ấp 2", 5),
        ("near_poor", "Ấp 3", 2),
    ]
    assert batch.summary["created"] == {
        "households": 0, "updated": 1, "same": 1, "classifications": 2, "corrected": 0,
        "hamlets": 1,
    }  # fmt: skip
    assert Household.objects.get(code="H-0001").version == 1
    event = AuditEvent.objects.filter(object_id=after.pk, action="household.imported").first()
    assert {"hamlet_id", "members_declared"} == set(event.detail["fields"])


def test_an_older_list_adds_a_class_and_changes_nothing_else(commune):
    imported(commune, SECOND, year=2024)
    imported(commune, SECOND | {"Số nhân khẩu": 9, "Họ và tên chủ hộ": "Lê Văn Cũ"}, year=2023)
    household = Household.objects.get()
    assert (household.head_name, household.members_declared) == ("Lê Văn Hai", 5)
    assert household.classifications.get(poverty_list__year=2023).members_declared == 9


def test_a_corrected_list_of_the_same_year_corrects_with_a_warning(commune):
    imported(commune, SECOND, year=2023)
    batch = imported(commune, SECOND | {"Phân loại": "Cận nghèo"}, year=2023)
    assert Classification.objects.get().kind == "near_poor"
    assert batch.summary["created"]["corrected"] == 1
    assert any("sẽ sửa thành “Hộ cận nghèo”" in finding["text"] for finding in batch.findings)


def test_another_head_joins_and_the_first_stays_a_member(commune):
    imported(commune, SECOND, year=2023)
    heir = {"Họ và tên chủ hộ": "Lê Thị Con", "Giới tính": "Nữ", "Ngày sinh": 1995,
            "Số CCCD": national_id(3, sex="female", year=1995)}  # fmt: skip
    batch = imported(commune, SECOND | heir, year=2024)
    household = Household.objects.get()
    assert household.head_name == "Lê Thị Con"
    heads = dict(household.members.values_list("name", "is_head"))
    assert heads == {"Lê Văn Hai": False, "Lê Thị Con": True}
    assert any("Chủ hộ trong sổ là “Lê Văn Hai”" in finding["text"] for finding in batch.findings)
    imported(commune, SECOND | {"Mã hộ": "H-0002"}, year=2025)  # and back again
    assert Member.objects.get(is_head=True).name == "Lê Văn Hai"
    assert Member.objects.count() == 2


def test_a_number_that_was_missing_is_filled_in(commune):
    imported(commune, SECOND | {"Số CCCD": None}, year=2023)
    imported(commune, SECOND, year=2024)
    assert Member.objects.get().id_tail == national_id(2)[-3:]


def test_a_household_that_had_left_is_followed_again(commune):
    imported(commune, SECOND, year=2023)
    Household.objects.update(state=Household.State.MOVED)
    batch = imported(commune, SECOND, year=2024)
    assert Household.objects.get().state == Household.State.ACTIVE
    assert any("được theo dõi lại" in finding["text"] for finding in batch.findings)

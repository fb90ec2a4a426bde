from datetime import date

import pytest

from committees import intake, intake_undo
from committees.errors import AlreadyImported, FileRefused
from committees.models import AuditEvent, Committee, ImportBatch, RowChange
from committees.people import system_user
from households.actions.registering import edit_household
from households.models import (
    Classification,
    FormerCode,
    Household,
    Member,
    PovertyList,
    Sighting,
    Transition,
)
from households.review.transitions import derive
from tests.factories.committees import make_unit
from tests.factories.households import household_list, national_id

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = {"Mã hộ": "H-0001"}
SECOND = {
    "Mã hộ": "H-0002", "Họ và tên chủ hộ": "Lê Văn Hai", "Giới tính": "Nam", "Ngày sinh": 1970,
    "Số CCCD": national_id(2), "Ghi chú": "Neo đơn",
}  # fmt: skip
HEIR = {
    "Họ và tên chủ hộ": "Lê Thị Con", "Giới tính": "Nữ", "Ngày sinh": 1995,
    "Số CCCD": national_id(3, sex="female", year=1995),
}  # fmt: skip
TABLES = (Household, Member, Classification, Transition, PovertyList, Committee)


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def imported(commune, *rows, year, titles=None):
    data = household_list(commune, *rows, year=year, titles=titles)
    return intake.import_file(
        "households", data, name="ho.xlsx", committee=commune, by=system_user()
    )


def undone(batch):
    return intake_undo.undo(batch, by=system_user(), reason="Nhầm tệp")


def everything() -> dict[str, list]:
    """Every row of the registry; versions and what triggers work out aside."""
    return {
        model._meta.label: [
            {key: value for key, value in row.items() if key not in ("version", "numchild", "path")}
            for row in model.objects.order_by("pk").values()
        ]
        for model in TABLES
    }


def test_what_a_list_made_is_gone_and_the_file_goes_in_again(commune):
    before = everything()
    batch = imported(commune, FIRST, SECOND, year=2023)
    undone(batch)
    assert everything() == before
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE
    assert batch.summary["undone"] == {
        "removed": 2, "restored": 0, "unlisted": 0, "lists": 1, "hamlets": 1,
    }  # fmt: skip
    event = AuditEvent.objects.get(action="import.undone")
    assert event.detail["reason"] == "Nhầm tệp"
    again = imported(commune, FIRST, SECOND, year=2023)
    assert again.summary["created"]["households"] == 2


def test_what_a_list_changed_is_as_before_column_by_column(commune):
    imported(commune, FIRST, SECOND, year=2023)
    before = everything()
    titles = [
        f"UBND {commune.name}",
        "DANH SÁCH HỘ NGHÈO NĂM 2024",
        "Quyết định số 5/QĐ-UBND ngày 12/12/2023",
    ]
    batch = imported(
        commune,
        FIRST | {"Phân loại": "Cận nghèo", "Thôn/ấp": "Ấp 9", "Số nhân khẩu": 1, "Dân tộc": "Tày"},
        SECOND | {"Số CCCD": national_id(7), "Ngày sinh": "02/03/1970"},
        {"Mã hộ": "H-0003", "Họ và tên chủ hộ": "Võ Ba", "Số CCCD": None},
        year=2024,
        titles=titles,
    )
    assert everything() != before
    undone(batch)
    assert everything() == before
    assert Household.objects.get(code="H-0001").version == 3


def test_a_corrected_list_of_the_same_year_goes_back_to_the_first(commune):
    imported(commune, FIRST, SECOND, year=2023)
    before = everything()
    batch = imported(commune, SECOND | {"Phân loại": "Cận nghèo", "Điểm B": 10}, year=2023)
    assert Classification.objects.filter(kind="near_poor").exists()
    undone(batch)
    assert everything() == before


def test_another_head_steps_down_again(commune):
    imported(commune, SECOND, year=2023)
    before = everything()
    undone(imported(commune, SECOND | HEIR, year=2024))
    assert everything() == before


def test_a_member_who_became_head_is_a_member_again(commune):
    imported(commune, SECOND, year=2022)
    imported(commune, SECOND | HEIR, year=2023)
    before = everything()
    undone(imported(commune, SECOND, year=2024))
    assert everything() == before
    assert Member.objects.get(is_head=True).name == "Lê Thị Con"


def test_the_years_beside_it_are_compared_anew(commune):
    imported(commune, FIRST, SECOND, year=2022)
    middle = imported(commune, FIRST | {"Phân loại": "Cận nghèo"}, SECOND, year=2023)
    assert Transition.objects.filter(poverty_list__year=2023).count() == 2
    last = imported(commune, FIRST, year=2024)
    codes = Transition.objects.filter(poverty_list__year=2024).values_list("code", flat=True)
    assert sorted(codes) == ["can_xuong_ngheo", "chua_ro"]
    with pytest.raises(FileRefused, match="H-0001"):
        undone(middle)  # the later list stands on it
    undone(last)
    undone(middle)  # what was taken back stands in no way
    assert Transition.objects.count() == 0
    assert PovertyList.objects.get().year == 2022


def test_a_household_somebody_edited_stands_in_the_way(commune):
    batch = imported(commune, FIRST, SECOND, year=2023)
    before = RowChange.objects.count()
    household = Household.objects.get(code="H-0002")
    edit_household(household, version=1, changes={"note": "Đã sửa"}, by=system_user())
    with pytest.raises(FileRefused, match=r"từ khi nhập đã có thay đổi ở các hộ H-0002\. Hãy sửa"):
        undone(batch)
    assert Household.objects.count() == 2
    assert RowChange.objects.count() == before + 1
    assert ImportBatch.objects.get().state == ImportBatch.State.COMMITTED


def test_a_record_that_refers_to_a_new_household_stands_in_the_way(commune):
    batch = imported(commune, FIRST, SECOND, year=2023)
    household = Household.objects.get(code="H-0001")
    FormerCode.objects.create(
        commune=commune, code="X", household=household, until=date(2023, 1, 1)
    )
    with pytest.raises(FileRefused, match="H-0001"):
        undone(batch)


def test_no_more_than_ten_are_named(commune):
    rows = [
        {"Mã hộ": f"H-{n:04d}", "Họ và tên chủ hộ": f"Lê {chr(65 + n)}n", "Số CCCD": None}
        for n in range(12)
    ]
    batch = imported(commune, *rows, year=2023)
    for household in Household.objects.all():
        edit_household(household, version=1, changes={"note": "Đã sửa"}, by=system_user())
    with pytest.raises(FileRefused, match="H-0009 và 2 hộ khác"):
        undone(batch)


def test_an_answer_about_an_absent_household_stands_in_the_way(commune):
    imported(commune, FIRST, SECOND, year=2023)
    batch = imported(commune, FIRST, year=2024)
    absent = Transition.objects.get(household__code="H-0002", poverty_list__year=2024)
    Transition.objects.filter(pk=absent.pk).update(
        code="thoat_ngheo_vuot_chuan", answered_by=system_user(), answered_at="2024-01-05T00:00Z"
    )
    with pytest.raises(FileRefused, match="H-0002"):
        undone(batch)


def test_whoever_only_looked_does_not_stand_in_the_way(commune):
    batch = imported(commune, FIRST, year=2023)
    household = Household.objects.get()
    Sighting.objects.create(household=household, user=system_user(), how="page")
    AuditEvent.objects.create(
        action="household.unmasked",
        object_type="households.household",
        object_id=household.pk,
        actor=system_user(),
    )
    undone(batch)
    assert not Household.objects.exists()
    assert Sighting.objects.get().household_id == household.pk


def test_the_list_stays_for_households_that_came_to_it_otherwise(commune):
    first = imported(commune, FIRST, year=2023)
    imported(commune, SECOND, year=2023)
    undone(first)
    assert list(Classification.objects.values_list("household__code", flat=True)) == ["H-0002"]
    assert PovertyList.objects.count() == 1
    derive(PovertyList.objects.get())


def test_it_is_done_once_and_with_a_reason(commune):
    batch = imported(commune, FIRST, year=2023)
    with pytest.raises(FileRefused, match="lý do"):
        intake_undo.undo(batch, by=system_user(), reason="  ")
    undone(batch)
    with pytest.raises(AlreadyImported):
        undone(batch)

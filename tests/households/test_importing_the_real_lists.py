import json

import pytest
from django.db.models import Sum

from committees import intake
from committees.models import AuditEvent, Committee
from committees.people import system_user
from households.models import Classification, Household, Member, PovertyList
from tests.factories.households import EXPECTED, LISTS, make_thu_thua

pytestmark = pytest.mark.django_db

EXPECTED_COMMUNES = json.loads(EXPECTED.read_text())["communes"]


@pytest.fixture
def thu_thua():
    return make_thu_thua()


def import_real_list(commune: Committee):
    file = next(LISTS.glob(f"{commune.code}-*.xlsx"))
    return intake.import_file(
        "households", file.read_bytes(), name=file.name, committee=commune, by=system_user()
    )


@pytest.mark.parametrize("code", sorted(EXPECTED_COMMUNES))
def test_a_list_of_the_sample_district_goes_in_with_the_expected_figures(thu_thua, code):
    commune, expected = thu_thua[code], EXPECTED_COMMUNES[code]
    batch = import_real_list(commune)
    assert batch.errors == 0
    assert batch.year == 2023
    classes = Classification.objects.filter(poverty_list__commune=commune, poverty_list__year=2023)
    found = {kind: classes.filter(kind=kind).count() for kind in ("poor", "near_poor", "hardship")}
    assert found == {kind: expected[kind] for kind in found}
    assert classes.count() == expected["households"] == batch.summary["created"]["households"]
    assert classes.aggregate(n=Sum("members_declared"))["n"] == expected["members"]
    assert classes.values("hamlet").distinct().count() == expected["hamlets"]
    assert batch.summary["created"]["hamlets"] == expected["hamlets"]


def test_what_goes_in_is_clean_and_on_record(thu_thua):
    batch = import_real_list(thu_thua["28036"])
    household = Household.objects.get(code="28036-0055")
    assert household.head_name == "Đặng Thanh Dũng"  # spaces around it in the file
    assert household.area == Household.Area.URBAN
    assert household.hamlet.name == "Ấp 6"
    head = household.members.get()
    assert (head.is_head, head.id_tail) == (True, "895")  # the zero was lost in the file
    assert AuditEvent.objects.filter(action="household.imported").count() == batch.accepted
    event = AuditEvent.objects.get(action="household.imported", object_id=household.pk)
    assert event.detail["batch"] == batch.pk
    assert PovertyList.objects.get().standard.code == "2022-2026"


def test_lost_zeros_are_filled_in_with_a_warning(thu_thua):
    batch = import_real_list(thu_thua["28036"])
    said = [f for f in batch.findings if f["column"] == "Số CCCD"]
    assert said
    assert {f["level"] for f in said} == {"warning"}
    assert all("số 0 ở đầu" in f["text"] for f in said)
    assert Member.objects.get(household__code="28036-0005").id_tail == "307"


def test_the_same_file_goes_in_once(thu_thua):
    import_real_list(thu_thua["28051"])
    with pytest.raises(intake.AlreadyImported, match="đã nhập ngày"):
        import_real_list(thu_thua["28051"])
    assert Household.objects.count() == EXPECTED_COMMUNES["28051"]["households"]

"""People ask to be forgotten: their rows name nobody, money and figures stay as they were."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from committees import intake, storage
from committees.intake_undo import undo
from committees.models import AuditEvent, ImportBatch, RowChange, StoredFile
from committees.people import system_user
from fund import support_actions
from fund.models import Support, Voucher
from households.actions.registering import edit_household
from households.errors import EraseRefused
from households.models import (
    Classification,
    FormerCode,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    Member,
    Sighting,
)
from households.privacy.erasing import NAMELESS, erase_household, erase_member
from households.privacy.expiring import due_households, past_retention, remove
from households.privacy.register import REGISTER
from households.privacy.sightings import saw
from jobs.models import Job
from jobs.queue import enqueue
from reports.figures import gather
from reports.invariants import verify
from tests.factories.campaigns import make_campaign
from tests.factories.committees import make_district, make_user
from tests.factories.fund import make_fund, make_receipt
from tests.factories.households import household_list, make_hardship, make_household, national_id
from tests.factories.housing import make_house
from tests.factories.support import make_list

pytestmark = pytest.mark.django_db

NAME = "Đàng Thị Khuyết"
NUMBER = national_id(4321, sex="female", year=1987)
PHONE = "0909123456"
WHY = "Bà có đơn đề nghị xóa ngày 01/11"
# What of her must be nowhere but on the papers of the fund, in the log and among uploaded bytes.
TRACES = ("Khuyết", "khuyet", PHONE, "Số nhà 77", "Tai biến", "U Minh Thử", "VBKHUYET")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGE_ROOT = tmp_path


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


@pytest.fixture
def household(units, officer):
    """A household with a past: imported, edited, seen, in hardship, alike to another."""
    commune = units["commune1"]
    row = {
        "Mã hộ": "VBKHUYET", "Họ và tên chủ hộ": NAME, "Số CCCD": NUMBER, "Dân tộc": "U Minh Thử",
        "Điện thoại": PHONE, "Địa chỉ": "Số nhà 77", "Ghi chú": "Tai biến", "Điểm B": 70,
    }  # fmt: skip
    labels = [*household_list.__kwdefaults__["labels"], "Điện thoại", "Địa chỉ"]
    source = household_list(commune, row, labels=labels)
    intake.import_file(
        "households", source, name="a.xlsx", committee=commune, by=officer, skip_errors=True
    )
    household = Household.objects.get()
    changes = {"note": "Tai biến, nằm viện", "phone": "0909123457"}
    household = edit_household(household, version=household.version, changes=changes, by=officer)
    household = edit_household(
        household, version=household.version, changes={"phone": PHONE}, by=officer
    )
    member = {"name": "Con của Khuyết", "relation": "Con", "disability": "severe"}
    Member.objects.create(household=household, **member)
    FormerCode.objects.create(
        commune=commune, code="VBKHUYET-0", household=household, until=date(2023, 1, 1)
    )
    other = make_household(units["hamlet1_2"], year=2023)
    Likeness.objects.create(
        commune=commune, first=household, second=other, score=80, reasons=["name"],
        note="Khuyết khác người", state="different", decided_by=officer, decided_at=timezone.now(),
    )  # fmt: skip
    HardshipCase.objects.create(
        hamlet=units["hamlet1_1"], household=household, head_name=NAME, reasons=["illness"],
        story="Tai biến liệt nửa người", until=date(2024, 12, 31), state="confirmed",
        proposed_by=officer, decided_by=system_user(), decided_on=date(2023, 6, 1),
    )  # fmt: skip
    HouseholdMove.objects.create(
        household=household, from_commune=commune, to_commune=units["commune2"],
        on=date(2023, 5, 1), note="Khuyết về quê", state="withdrawn", sent_by=officer,
        answered_by=officer, answered_at=timezone.now(),
    )  # fmt: skip
    saw(household, officer, Sighting.How.PAGE)
    return household


@pytest.fixture
def helped(units, household, officer):
    """It got a gift of the fund and one of a giver."""
    make_receipt(make_fund(units["commune1"]), 20_000_000, on=date(2023, 1, 5))
    standing = make_user(("standing", units["commune1"]))
    for giver in ("", "Hội Chữ thập đỏ huyện"):
        made = make_list(units["commune1"], [household], giver=giver, by=officer)
        if giver:
            support_actions.record_list(made, by=officer)
            continue
        support_actions.propose_list(made, by=officer)
        support_actions.decide_list(made, agree=True, by=standing)
        accountant = make_user(("accountant", units["commune1"]))
        support_actions.pay_list(made, account="cash", on=date(2023, 10, 21), by=accountant)
    return household


def everything_said() -> dict[str, str]:
    """All texts of our tables, by model; what is sealed or only ever added to is left out."""
    left_out = {"committees.AuditEvent", "households.Sighting", "fund.Voucher"}
    said = {}
    for model in apps.get_models():
        if model._meta.label in REGISTER and model._meta.label not in left_out:
            names = [f.name for f in model._meta.fields if not isinstance(f, models.BinaryField)]
            said[model._meta.label] = str(list(model._base_manager.values_list(*names)))
    return said


def test_nothing_names_the_people_any_more(units, helped, officer):
    said = everything_said()
    assert all(any(trace in text for text in said.values()) for trace in TRACES)
    erased = erase_household(helped, reason=WHY, by=officer)
    after = everything_said()
    found = {(label, trace) for label, text in after.items() for trace in TRACES if trace in text}
    # What the fund paid keeps the name, as its voucher does.
    assert found == {("fund.Support", "Khuyết")}
    assert Support.objects.get(recipient_name=NAME).fund is not None
    assert Support.objects.get(recipient_name=NAMELESS).giver is not None
    assert erased.counts["members"] == 2
    assert erased.counts["history"] > 0
    head = helped.members.get(is_head=True)
    assert (head.id_cipher, head.id_index, head.id_tail) == (None, None, "")
    assert not Member.objects.exclude(id_index=None).filter(household=helped).exists()
    assert not RowChange.objects.filter(table="households_household", row=helped.pk).exists()
    assert not RowChange.objects.filter(table="households_member", row=head.pk).exists()


def test_money_figures_and_invariants_stay(units, helped, officer):
    campaign = make_campaign(units["province"])

    def figures():
        return (
            str(gather(campaign, units["province"])),
            list(Voucher.objects.order_by("pk").values()),
            list(Classification.objects.order_by("pk").values()),
            Support.objects.aggregate(total=models.Sum("value"), count=models.Count("pk")),
        )

    before = figures()
    erase_household(helped, reason=WHY, by=officer)
    assert figures() == before
    with connection.cursor() as cursor:  # the books are sealed when they are committed
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert [answer for answer in verify() if answer["violations"]] == []


def test_it_is_told_who_had_it_erased_and_who_had_seen_it(household, officer):
    erase_household(household, reason=f"{WHY}, số {NUMBER}", by=officer)
    event = AuditEvent.objects.get(action="household.erased")
    assert (event.actor, event.object_id, event.committee) == (
        officer, household.pk, household.commune,
    )  # fmt: skip
    assert NUMBER not in event.detail["reason"]
    assert Sighting.objects.filter(household=household, how="page").exists()


def test_households_that_went_into_it_go_with_it(units, household, officer):
    gone = make_household(units["hamlet1_1"], head_name="Cũng Khuyết")
    Household.objects.filter(pk=gone.pk).update(
        state="merged", merged_into=household, state_on=date(2023, 7, 1)
    )
    gone.refresh_from_db()
    with pytest.raises(EraseRefused, match="hãy xóa hộ đó"):
        erase_household(gone, reason=WHY, by=officer)
    assert erase_household(household, reason=WHY, by=officer).counts["households"] == 2
    gone.refresh_from_db()
    assert (gone.head_name, gone.code) == (NAMELESS, f"XOA-{gone.pk}")


def test_a_second_erasure_a_poor_reason_and_open_matters_are_refused(units, household, officer):
    def refused(saying, one=household, reason=WHY):
        with pytest.raises(EraseRefused, match=saying):
            erase_household(one, reason=reason, by=officer)

    refused("ít nhất 10", reason="xóa")
    moving, asked, building, helped = (make_household(units["hamlet1_1"]) for _ in range(4))
    HouseholdMove.objects.create(
        household=moving, from_commune=units["commune1"], to_commune=units["commune2"],
        on=date(2023, 5, 1), sent_by=officer,
    )  # fmt: skip
    refused("chờ nơi đến", moving)
    make_hardship(units["hamlet1_1"], household=asked)
    refused("chưa xác nhận", asked)
    make_house(building, payer=units["district"])
    refused("nhà chưa bàn giao", building)
    make_list(units["commune1"], [helped])
    refused("danh sách hỗ trợ chưa xong", helped)
    erase_household(household, reason=WHY, by=officer)
    household.refresh_from_db()
    refused("đã xóa trước đây")


def test_history_goes_in_no_other_way(household):
    """``app`` may not delete it, and the function only takes that of nameless people."""
    for statement in (
        "DELETE FROM committees_rowchange",
        f"SELECT erase_history(ARRAY[{household.pk}]::bigint[], ARRAY[]::bigint[])",
        f"SELECT erase_history(ARRAY[]::bigint[], ARRAY[{household.members.first().pk}]::bigint[])",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert RowChange.objects.filter(row=household.pk).exists()


def test_one_person_goes_and_the_household_stays(household, officer):
    person = household.members.get(is_head=False)
    person.name = "Con Khuyết tên mới"
    person.save()
    erase_member(person, reason=WHY, by=officer)
    person.refresh_from_db()
    household.refresh_from_db()
    assert (person.name, person.disability, person.relation) == (NAMELESS, "", "")
    assert not RowChange.objects.filter(table="households_member", row=person.pk).exists()
    assert household.head_name == NAME
    with pytest.raises(EraseRefused, match="chủ hộ mới trước"):
        erase_member(household.members.get(is_head=True), reason=WHY, by=officer)


# The command -------------------------------------------------------------------------------


def erase(capsys, household, *flags, by, member=None):
    place = f"{household.code}@{household.commune.code}@2024-01-01"
    words = [f"--household={place}", f"--reason={WHY}", f"--by={by.username}", "--json", *flags]
    call_command("erase_household", *words, *([f"--member={member}"] if member else []))
    return json.loads(capsys.readouterr().out)


def test_the_command_says_first_and_does_it_on_commit(capsys, household, officer):
    said = erase(capsys, household, by=officer)
    assert said["committed"] is False
    assert said["erased"]["households"] == 1
    assert [one["relation"] for one in said["people"]] == ["Chủ hộ", "Con"]
    assert [file["name"] for file in said["files"]] == ["a.xlsx"]
    assert NAME not in json.dumps(said, ensure_ascii=False)
    household.refresh_from_db()
    assert household.head_name == NAME
    assert erase(capsys, household, "--commit", by=officer)["committed"] is True
    household.refresh_from_db()
    assert household.head_name == NAMELESS
    assert ImportBatch.objects.get().file.removed_at is None


def test_the_command_takes_the_files_along_when_told(
    capsys, household, officer, django_capture_on_commit_callbacks
):
    (place,) = (path for path in Path(storage.settings.STORAGE_ROOT).rglob("*.sealed"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(capsys, household, "--commit", "--files", by=officer)
    assert not place.exists()
    batch = ImportBatch.objects.get()
    assert batch.findings == []
    with pytest.raises(storage.FileRemoved):
        storage.read(batch.file)
    assert [answer for answer in verify() if answer["violations"]] == []


def test_the_command_erases_one_person(capsys, household, officer):
    person = household.members.get(is_head=False)
    said = erase(capsys, household, "--commit", by=officer, member=person.pk)
    assert said["erased"]["members"] == 1
    with pytest.raises(CommandError, match="không có thành viên"):
        erase(capsys, household, by=officer, member=10**9)


def test_the_command_asks_who_answers_for_it(capsys, units, household):
    for stranger in (
        make_user(("officer", units["commune2"])), make_user(("leader", units["commune1"])),
    ):  # fmt: skip
        with pytest.raises(CommandError, match="không phải người được xem đầy đủ"):
            erase(capsys, household, by=stranger)
    household.code = "KHONG-CO"
    with pytest.raises(CommandError, match="không có hộ mã"):
        erase(capsys, household, by=stranger)


# Retention ---------------------------------------------------------------------------------


def test_files_past_their_time_go_and_bytes_shared_with_others_stay(
    units, household, officer, django_capture_on_commit_callbacks
):
    batch = ImportBatch.objects.get()
    data = storage.read(batch.file)
    again = storage.keep(
        data, name="b.xlsx", content_type="x", committee=units["commune2"], by=officer
    )
    preview = intake.preview(
        "households", household_list(units["commune1"], {"Mã hộ": "M-9"}, year=2024),
        name="c.xlsx", committee=units["commune1"], by=officer,
    )  # fmt: skip
    now = timezone.now()
    assert [line.count for line in past_retention(now)] == [0, 0, 0, 0, 0]
    later = now + timedelta(days=3 * 365)
    assert [line.count for line in past_retention(later)] == [1, 1, 0, 0, 0]
    with django_capture_on_commit_callbacks(execute=True):
        counts = remove(later, by=system_user())
    assert counts == {"uploads": 1, "previews": 1, "jobs": 0, "exports": 0}
    batch.refresh_from_db()
    preview.refresh_from_db()
    assert (batch.findings, preview.state) == ([], "dropped")
    assert StoredFile.objects.filter(removed_at=None).get() == again
    assert storage.read(again) == data
    assert len(list(Path(storage.settings.STORAGE_ROOT).rglob("*.sealed"))) == 1
    assert remove(later, by=system_user())["uploads"] == 0


def test_ended_jobs_go_after_a_year(officer):
    job = enqueue("walk", key="one", arguments={}, by=officer)
    Job.objects.filter(pk=job.pk).update(state="done", finished_at=timezone.now())
    waiting = enqueue("walk", key="two", arguments={}, by=officer)
    remove(timezone.now() + timedelta(days=366), by=system_user())
    assert list(Job.objects.all()) == [waiting]


def test_households_long_gone_are_due(units, clock_at, officer):
    long_gone, lately, followed = (
        make_household(units["hamlet1_1"], year=year) for year in (2022, 2023, 2022)
    )
    Household.objects.exclude(pk=followed.pk).update(state="moved", state_on=date(2023, 6, 1))
    clock_at(timezone.make_aware(timezone.datetime(2033, 2, 1)))
    assert list(due_households()) == [long_gone]
    erase_household(long_gone, reason=WHY, by=officer)
    assert list(due_households()) == []
    assert lately.pk != followed.pk


def test_a_list_is_taken_back_though_somebody_looked(units, officer):
    """Who saw a household is kept even of one that went with the list that made it."""
    commune = units["commune2"]
    source = household_list(commune, {"Số CCCD": None})
    batch = intake.import_file("households", source, name="a.xlsx", committee=commune, by=officer)
    made = Household.objects.get(commune=commune)
    saw(made, officer, Sighting.How.PAGE)
    undo(batch, by=officer, reason="Nhầm tệp của xã")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Household.objects.filter(pk=made.pk).exists()
    assert Sighting.objects.filter(household_id=made.pk).count() == 1


def test_the_report_counts_and_removes_only_on_commit(capsys, units, household):
    call_command("retention_report", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["removed"] is None
    assert {line["what"] for line in answer["past"]} >= {"tệp danh sách đã nhập", "hộ đến hạn xóa"}
    call_command("retention_report", "--commit")
    assert "Đã bỏ" in capsys.readouterr().out
    assert AuditEvent.objects.filter(action="retention.applied").exists()

"""Lists that leave the house: what is in them, why, on whose record, and how long they wait."""

import csv
import io
import tracemalloc
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees import intake
from committees.models import AuditEvent
from committees.people import end_seat
from households.models import Household, PovertyList, Sighting
from households.privacy import exporting, files, parcels
from households.privacy.export_job import EXPORT
from households.privacy.retention import EXPORTS_KEPT
from households.tasks import remove_expired_exports
from jobs import running
from jobs.models import Job
from tests.factories.committees import make_district, make_user
from tests.factories.households import household_list, make_household, national_id

pytestmark = pytest.mark.django_db

NUMBER = national_id(4321, sex="female", year=1987)
PHONE = "0909123456"
WHY = "Rà soát hộ nghèo cuối năm"
SECRETS = (NUMBER, PHONE, "Khơ-me", "05/03/1987", "Số nhà 12", "Bệnh nặng")
SENSITIVE = ["born", "ethnicity", "number", "phone", "address", "note"]
PLAIN = ["sex", "birth_year", "commune", "area", "year", "income", "deprivation", "state"]


@pytest.fixture
def units():
    return make_district()


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGE_ROOT = tmp_path


@pytest.fixture
def household(units):
    return make_household(
        units["hamlet1_1"], head_name="Lê Thị Ba", code="=1+1", number=NUMBER, year=2023,
        ethnicity="Khơ-me", phone=PHONE, sex="female", birth_year=1987, birth_date="1987-03-05",
        address="Số nhà 12", note="Bệnh nặng",
    )  # fmt: skip


@pytest.fixture
def officer(client, units):
    return signed_in(client, ("officer", units["commune1"]))


def signed_in(client, *seats):
    user = make_user(*seats)
    client.force_login(user)
    return user


def export(client, *, query="", sensitive=(), **changes):
    """Send the form with all plain columns that it offers."""
    columns = [*PLAIN, *(["indicators"] if "nam=" in query else [])]
    answers = {
        "purpose": WHY, "format_": "xlsx", "columns": columns, "sensitive": sensitive,
        "token": uuid4(),
    } | changes  # fmt: skip
    return client.post(f"{reverse('households:household-export')}?{query}", answers)


def content(response) -> bytes:
    assert response.status_code == 200, response.content.decode()[-3000:]
    return b"".join(response.streaming_content)


def table(data: bytes) -> tuple[list[str], list[dict]]:
    """The lines above the table, and the table as mappings."""
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if row[0] == "STT")
    titles = [row[0] for row in rows[:top] if row[0]]
    return titles, [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def test_the_purpose_is_asked_before_anything_leaves(client, household, officer):
    page = client.get(reverse("households:household-export"))
    assert "Mục đích" in page.text
    assert "Tệp sẽ có <strong>1</strong> hộ" in page.text
    for purpose in ("", "in", f"cho số {NUMBER}"):
        assert export(client, purpose=purpose).status_code == 422
    assert not Sighting.objects.exists()


def test_a_file_says_who_took_it_when_and_why(client, units, household, officer):
    titles, rows = table(content(export(client)))
    assert titles[0] == f"DANH SÁCH HỘ – {units['commune1'].name}"
    assert officer.full_name in titles[1]
    assert f"{timezone.localtime():%d/%m/%Y}" in titles[1]
    assert titles[2] == f"Mục đích: {WHY}"
    assert (rows[0]["Mã hộ"], rows[0]["Phân loại"], rows[0]["Danh sách năm"]) == (
        "=1+1", "Hộ nghèo", 2023,
    )  # fmt: skip


def test_without_asking_there_is_nothing_sensitive_and_never_a_formula(client, household, officer):
    data = content(export(client))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"n", "s"}
    text = str([cell.value for cell in cells])
    assert "Lê Thị Ba" in text
    assert not any(secret in text for secret in SECRETS)


def test_an_export_is_told_to_the_unit_and_at_every_household(client, units, household, officer):
    make_household(units["hamlet1_2"])
    make_household(units["hamlet2_1"])
    content(export(client, sensitive=["phone"]))
    event = AuditEvent.objects.get(action="household.exported")
    assert event.committee == units["commune1"]
    assert event.detail == {"rows": 2, "purpose": WHY, "columns": ["phone"]}
    seen = Sighting.objects.filter(user=officer, how="export", purpose=WHY)
    own = Household.objects.filter(commune=units["commune1"])
    assert {sighting.household_id for sighting in seen} == {row.pk for row in own}


def test_every_unit_whose_households_went_out_is_told(client, units, household):
    make_household(units["hamlet2_1"])
    signed_in(client, ("leader", units["commune1"]), ("officer", units["commune2"]))
    content(export(client))
    told = AuditEvent.objects.filter(action="household.exported")
    assert {event.committee for event in told} == {units["commune1"], units["commune2"]}


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_numbers_and_telephones_keep_their_zeros(client, household, officer, format_):
    data = content(export(client, sensitive=SENSITIVE, format_=format_))
    if format_ == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        top = next(number for number, row in enumerate(lines) if row[:1] == ["STT"])
        row = dict(zip(lines[top], lines[top + 1], strict=True))
        assert row["Mã hộ"] == "'=1+1"
    else:
        titles, (row,) = table(data)
        assert "dữ liệu nhạy cảm" in titles[3]
    assert (row["Số CCCD"], row["Điện thoại"], row["Ngày sinh"]) == (NUMBER, PHONE, "05/03/1987")
    assert "Năm sinh" not in row


@pytest.mark.parametrize("start", ["=cmd", "+84", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_text_file_is_a_formula(tmp_path, start):
    path = tmp_path / "a.csv"
    files.write(files.Sheet(["Tên"], ["Mã hộ"], [[start]]), path, format_="csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1] == [f"'{start}"]


def test_who_may_not_see_numbers_cannot_ask_for_them(client, units, household):
    signed_in(client, ("leader", units["commune1"]))
    assert "Cột nhạy cảm" not in client.get(reverse("households:household-export")).text
    text = str(table(content(export(client, sensitive=SENSITIVE))))
    assert not any(secret in text for secret in SECRETS)


def test_numbers_of_another_unit_are_not_given(client, units, household):
    signed_in(client, ("officer", units["commune2"]), ("leader", units["district"]))
    response = export(client, sensitive=["number"])
    assert response.status_code == 422
    assert "không được xem số đầy đủ" in response.text
    assert not Sighting.objects.exists()


def test_a_short_list_asks_as_much_for_three_as_for_one(client, units, household, officer):
    counts = []
    for _ in range(2):
        content(export(client, query="nam=2023", sensitive=SENSITIVE))
        with CaptureQueriesContext(connection) as queries:
            content(export(client, query="nam=2023", sensitive=SENSITIVE))
        counts.append(len(queries))
        make_household(units["hamlet1_2"], year=2023)
        make_household(units["hamlet1_1"], year=2023)
    assert counts[0] == counts[1]


def test_the_filters_of_the_list_hold_for_the_file(client, units, household, officer):
    make_household(units["hamlet1_2"], head_name="Trần Văn Bốn", year=2023)
    query = f"nam=2023&noi={units['hamlet1_2'].pk}"
    titles, rows = table(content(export(client, query=query)))
    assert [row["Họ và tên chủ hộ"] for row in rows] == ["Trần Văn Bốn"]
    assert titles[0] == f"DANH SÁCH HỘ NĂM 2023 – Ấp 2, {units['commune1'].name}"


@pytest.mark.parametrize("sensitive", [SENSITIVE, []], ids=["whole", "covered"])
@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_a_file_goes_in_again_unchanged(client, units, officer, format_, sensitive):
    commune = units["commune1"]
    source = household_list(
        commune,
        {"Địa chỉ": "Tổ 1", "Điện thoại": PHONE, "Việc làm": "x", "Ghi chú": "Neo đơn"},
        {"Mã hộ": "0012", "Số CCCD": None, "Họ và tên chủ hộ": "Y Bih Niê", "Ngày sinh": "1990"},
        labels=[*household_list.__kwdefaults__["labels"], "Địa chỉ", "Điện thoại", "Việc làm"],
    )
    intake.import_file("households", source, name="a.xlsx", committee=commune, by=officer)
    before = list(Household.objects.order_by("pk").values())
    response = export(
        client, query="nam=2023", sensitive=sensitive, format_=format_,
        purpose="Đối chiếu với danh sách năm 2024 của xã khác",
    )  # fmt: skip
    name = f"lai.{format_}"
    batch = intake.preview(
        "households", content(response), name=name, committee=commune, by=officer
    )
    assert (batch.rows, batch.errors, batch.year) == (2, 0, 2023)
    assert batch.summary["verdicts"]["same"] == 2
    intake.commit(batch, by=officer)
    after = list(Household.objects.order_by("pk").values())
    assert after == before
    listed = PovertyList.objects.get().classifications.order_by("household_id")
    assert [row.deprivations for row in listed] == [["viec_lam"], []]
    assert {row.household.members.get(is_head=True).id_tail for row in listed} == {"950", ""}


# Long lists --------------------------------------------------------------------------------


@pytest.fixture
def long_list(monkeypatch, units, household):
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 1)
    make_household(units["hamlet1_2"], head_name="Trần Văn Bốn", year=2023)
    make_household(units["hamlet2_1"], head_name="Người Xã Khác", year=2023)


def run_the_job() -> Job:
    job = Job.objects.get(kind=EXPORT)
    running.run(job.pk)
    job.refresh_from_db()
    return job


def fetched(client, job):
    return client.get(reverse("households:household-export-file", args=[job.pk]))


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_a_long_list_is_written_by_a_job(client, units, long_list, officer, format_):
    response = export(client, format_=format_, sensitive=["phone"])
    job = run_the_job()
    assert response["Location"] == reverse("jobs:job-detail", args=[job.pk])
    assert (job.state, job.progress, job.total, job.result["rows"]) == ("done", 2, 2, 2)
    assert "Tải tệp" in client.get(response["Location"]).text
    data = content(fetched(client, job))
    assert (PHONE in (data.decode("utf-8-sig") if format_ == "csv" else str(table(data)))) is True
    assert Sighting.objects.filter(user=officer, how="export", purpose=WHY).count() == 2
    assert AuditEvent.objects.get(action="household.exported").detail["rows"] == 2
    assert AuditEvent.objects.filter(action="household.export_downloaded", actor=officer).exists()


def test_a_long_list_is_for_who_asked_alone(client, units, long_list, officer):
    export(client)
    job = run_the_job()
    signed_in(client, ("officer", units["commune1"]))
    assert fetched(client, job).status_code == 404


def test_a_form_sent_twice_is_one_job(client, long_list, officer):
    token = uuid4()
    export(client, token=token)
    export(client, token=token)
    assert Job.objects.count() == 1


def test_a_file_waits_a_day_and_is_gone(client, long_list, officer):
    export(client)
    job = run_the_job()
    parcels.remove_older_than(timezone.now() - EXPORTS_KEPT)
    assert parcels.place_of(job.pk).exists()
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(hours=25))
    assert fetched(client, job).status_code == 302
    parcels.remove_older_than(timezone.now() + timedelta(seconds=1))
    assert not parcels.place_of(job.pk).exists()
    remove_expired_exports()


def test_who_lost_the_seat_gets_no_file(client, units, long_list, officer):
    other = make_user(("officer", units["commune1"]), ("leader", units["district"]))
    client.force_login(other)
    export(client)
    job = run_the_job()
    end_seat(other.seats.get(role="leader"), by=other)
    assert fetched(client, job)["Location"] == reverse("households:household-export")


def test_a_job_asks_for_the_rights_of_the_hour(client, units, long_list, officer):
    export(client, sensitive=["number"])
    end_seat(officer.seats.get(), by=officer)
    make_user(("officer", units["commune1"]))
    job = run_the_job()
    assert job.result is None or job.result["rows"] == 0


def test_a_second_try_writes_nothing_down_twice(client, long_list, officer):
    export(client)
    job = run_the_job()
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None, token=None)
    running.run(job.pk)
    assert Sighting.objects.filter(how="export").count() == 2


def test_a_file_that_was_cut_or_exchanged_is_not_given(tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "PIECE", 10)
    plain = tmp_path / "plain"
    plain.write_bytes(b"0123456789" * 3)
    parcels.keep(1, plain)
    assert b"".join(parcels.read(1)) == plain.read_bytes()
    sealed = parcels.place_of(1).read_bytes()
    assert b"0123" not in sealed
    for broken in (sealed[: -10 - parcels.SEAL], sealed[:-1]):
        parcels.place_of(1).write_bytes(broken)
        with pytest.raises(InvalidTag):
            list(parcels.read(1))
    parcels.place_of(2).write_bytes(sealed)
    with pytest.raises(InvalidTag):
        list(parcels.read(2))
    plain.write_bytes(b"")
    parcels.keep(3, plain)
    assert b"".join(parcels.read(3)) == b""


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_a_file_is_written_in_little_memory_however_long(tmp_path, format_):
    def peak(lines):
        rows = ([n, f"Nguyễn Văn {n}", "0909123456"] for n in range(lines))
        tracemalloc.start()
        sheet = files.Sheet(["Danh sách"], ["STT", "Họ tên", "Điện thoại"], rows)
        files.write(sheet, tmp_path / f"{lines}.{format_}", format_=format_)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < 2 * peak(2_000) + 500_000

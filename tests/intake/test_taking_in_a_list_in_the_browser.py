import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from committees import storage
from committees.intake_rows import hide_numbers
from committees.models import AuditEvent, ImportBatch
from committees.todo import todos_of
from households.models import Household
from tests.factories.committees import make_district, make_user
from tests.factories.households import GOOD, household_list, make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def commune(units):
    return units["commune1"]


@pytest.fixture
def officer(client, commune):
    user = make_user(("officer", commune))
    client.force_login(user)
    return user


def upload(client, commune, *rows, data=None, kind="households"):
    data = household_list(commune, *rows) if data is None else data
    return client.post(
        reverse("intake:batch-new"),
        {
            "kind": kind,
            "committee": commune.pk,
            "file": SimpleUploadedFile("danh sách hộ.xlsx", data),
        },
    )


def act(client, name, batch, **data):
    return client.post(reverse(f"intake:batch-{name}", args=[batch.pk]), data, follow=True)


def waiting_of(officer) -> list[int]:
    return [todo.count for todo in todos_of(officer) if "tải lên" in todo.label]


def test_uploaded_looked_at_confirmed_once(client, commune, officer):
    response = upload(client, commune, {}, {"Mã hộ": "H-2", "Số CCCD": None})
    batch = ImportBatch.objects.get()
    assert response["Location"] == reverse("intake:batch-detail", args=[batch.pk])
    preview = client.get(response["Location"]).content.decode()
    assert "Xác nhận, ghi 2 dòng vào sổ" in preview
    assert "Ấp 1" in preview
    assert not Household.objects.exists()
    assert waiting_of(officer) == [1]

    result = act(client, "commit", batch).content.decode()
    assert Household.objects.count() == 2
    assert "2 hộ mới" in result
    assert waiting_of(officer) == []
    again = act(client, "commit", batch).content.decode()
    assert "đã được xử lý" in again
    assert Household.objects.count() == 2


def test_the_same_file_is_refused_by_its_bytes(client, commune, officer):
    data = household_list(commune, {})
    upload(client, commune, data=data)
    act(client, "commit", ImportBatch.objects.get())
    response = upload(client, commune, data=data)
    assert response.status_code == 422
    assert "đã nhập ngày" in response.content.decode()
    assert ImportBatch.objects.count() == 1


def test_lines_in_error_are_shown_by_themselves_and_downloaded(client, commune, officer):
    wrong = {"Mã hộ": "H-2", "Số CCCD": "123456789012", "Họ và tên chủ hộ": "Lê Văn Sai"}
    upload(client, commune, {}, wrong)
    batch = ImportBatch.objects.get()
    address = reverse("intake:batch-detail", args=[batch.pk])
    shown = client.get(address, {"chi": "loi"}).context["page"]
    assert [line.number for line in shown] == [6]
    response = client.get(reverse("intake:batch-errors", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    *_titles, head, line = sheet.iter_rows(values_only=True)
    assert (head[0], head[-1]) == ("Dòng", "Cần sửa")
    assert line[0] == "6"
    assert "không phải số thật" in line[-1]
    assert AuditEvent.objects.filter(action="import.errors_downloaded").exists()


def test_a_list_with_errors_is_not_confirmed_but_its_good_lines_may_be(client, commune, officer):
    upload(client, commune, {}, {"Mã hộ": "H-2", "Số CCCD": "1"})
    batch = ImportBatch.objects.get()
    assert "Còn 1 dòng có lỗi" in act(client, "commit", batch).content.decode()
    assert not Household.objects.exists()
    act(client, "commit", batch, skip="1")
    assert Household.objects.count() == 1


def test_a_dropped_list_writes_nothing(client, commune, officer):
    upload(client, commune, {})
    batch = ImportBatch.objects.get()
    act(client, "drop", batch)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DROPPED
    act(client, "commit", batch)
    assert not Household.objects.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", b"<html>", b"Ma ho;Ten"])
def test_a_file_that_is_no_list_comes_back_with_a_sentence(client, commune, officer, data):
    response = upload(client, commune, data=data)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_list_of_the_neighbour_is_refused(client, units, commune, officer):
    data = household_list(units["commune2"], {})
    response = upload(client, commune, data=data)
    assert commune.name in response.content.decode()
    assert response.status_code == 422


def test_the_neighbours_commune_is_no_choice(client, units, officer):
    assert upload(client, units["commune2"], {}).status_code == 422
    assert not ImportBatch.objects.exists()


def test_a_kind_the_person_may_not_import_is_no_choice(client, commune, officer):
    response = upload(client, commune, {}, kind="receipts")
    assert response.status_code == 422


def test_a_file_too_large_is_refused(client, commune, officer, settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    response = upload(client, commune, {})
    assert response.status_code == 422


def test_what_changed_since_the_preview_counts(client, units, commune, officer):
    upload(client, commune, {})
    make_household(units["hamlet2_1"], number=GOOD["Số CCCD"])
    batch = ImportBatch.objects.get()
    assert "đã có ở" in client.get(reverse("intake:batch-detail", args=[batch.pk])).content.decode()
    assert "Còn 1 dòng có lỗi" in act(client, "commit", batch).content.decode()


def test_no_page_of_an_upload_shows_a_number(client, commune, officer):
    odd = {"Mã hộ": "H-2", "Số CCCD": "099.187.094.951", "Ghi chú": "cũ 099187094952"}
    upload(client, commune, {}, odd, {"Mã hộ": "H-3", "Số CCCD": 99187094953, "Giới tính": "Nam"})
    batch = ImportBatch.objects.get()
    text = client.get(reverse("intake:batch-detail", args=[batch.pk])).content.decode()
    text += str(batch.findings)
    assert "187094" not in text.replace(".", "")
    assert b"099187094950" not in storage._place(batch.sha256, True).read_bytes()


@pytest.mark.parametrize("number", ["099187094953", "099.187.094.953", 99187094953])
def test_a_number_in_another_column_is_shown_and_kept_nowhere(client, commune, officer, number):
    columns = [
        "Mã hộ", "Thôn/ấp", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Dân tộc",
        "Số nhân khẩu", "Điểm A", "Phân loại", "Ghi chú",
    ]  # fmt: skip
    lines = [
        {"Mã hộ": f"H-{place}", "Số CCCD": None, column: number}
        for place, column in enumerate(columns, start=2)
    ]
    upload(client, commune, {"Số CCCD": None}, *lines)
    batch = ImportBatch.objects.get()
    seen = client.get(reverse("intake:batch-detail", args=[batch.pk])).text
    errors = client.get(reverse("intake:batch-errors", args=[batch.pk])).content
    for row in openpyxl.load_workbook(io.BytesIO(errors)).active.iter_rows(values_only=True):
        seen += str(row)
    act(client, "commit", batch, skip="1")
    batch.refresh_from_db()
    seen += str(batch.findings) + str(list(Household.objects.values()))
    assert batch.state == "committed"
    assert "99187094" not in seen.replace(".", "")


def test_the_uploaded_lists_are_found_again(client, commune, officer):
    upload(client, commune, {})
    address = reverse("intake:batch-list")
    assert "danh sách hộ.xlsx" in client.get(address).content.decode()
    assert "danh sách hộ.xlsx" in client.get(f"{address}?tinh-trang=previewed").content.decode()
    assert "Chưa có danh sách" in client.get(f"{address}?tinh-trang=dropped").content.decode()
    assert "Chưa có danh sách" in client.get(f"{address}?loai=houses").content.decode()


@pytest.mark.parametrize("text", ["10.000.000.000.000 đ", "hãy ghi 1.500.000", "28051-0001"])
def test_sums_and_codes_are_no_citizens_numbers(text):
    assert hide_numbers(text) == text

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from committees.models import ImportBatch
from fund.models import Fund
from households.models import Household
from tests.factories.committees import make_district, make_user
from tests.factories.households import household_list

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commune():
    return make_district()["commune1"]


@pytest.fixture
def batch(client, commune):
    client.force_login(make_user(("officer", commune)))
    data = household_list(commune, {}, {"Mã hộ": "H-2", "Số CCCD": None})
    file = SimpleUploadedFile("danh sách hộ.xlsx", data)
    client.post(
        reverse("intake:batch-new"),
        {"kind": "households", "committee": commune.pk, "file": file},
    )
    batch = ImportBatch.objects.get()
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    return batch


def address(name, batch):
    return reverse(f"intake:batch-{name}", args=[batch.pk])


def test_a_whole_import_is_taken_back_with_a_reason(client, batch):
    result = client.get(address("detail", batch)).content.decode()
    assert address("undo", batch) in result
    page = client.get(address("undo", batch)).content.decode()
    assert "2" in page
    assert "hộ mới" in page
    empty = client.post(address("undo", batch), {"reason": ""})
    assert empty.status_code == 422
    assert Household.objects.count() == 2
    done = client.post(address("undo", batch), {"reason": "Nhầm danh sách"}, follow=True)
    text = done.content.decode()
    assert "Đã hoàn tác cả đợt nhập." in text
    assert "Nhầm danh sách" in text
    assert "2 hộ mới đã gỡ" in text
    assert address("undo", batch) not in text
    assert not Household.objects.exists()


def test_the_refusal_names_the_households(client, batch):
    Household.objects.filter(code="H-2").update(note="Đã sửa")
    refused = client.post(address("undo", batch), {"reason": "Nhầm"})
    assert refused.status_code == 422
    assert "đã có thay đổi ở các hộ H-2" in refused.content.decode()
    assert Household.objects.count() == 2


def test_a_list_that_waits_or_moved_money_is_not_taken_back(client, batch, commune):
    ImportBatch.objects.filter(pk=batch.pk).update(kind="receipts")
    client.force_login(make_user(("accountant", commune)))
    answer = client.post(address("undo", batch), {"reason": "Nhầm"}, follow=True)
    assert "không hoàn tác được" in answer.content.decode()
    assert not Fund.objects.exists()

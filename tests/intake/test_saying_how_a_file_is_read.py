import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from committees import intake, intake_preview
from committees.errors import FileRefused
from committees.models import ImportBatch, ListLayout
from households.models import Household, PovertyList
from tests.factories.committees import make_district, make_unit, make_user
from tests.factories.households import GOOD, LABELS, household_list, make_household

pytestmark = pytest.mark.django_db

ODD = {"Họ và tên chủ hộ": "Người đứng đầu", "Phân loại": "Diện"}


@pytest.fixture
def commune():
    return make_district()["commune1"]


@pytest.fixture
def officer(client, commune):
    user = make_user(("officer", commune))
    client.force_login(user)
    return user


def odd_list(commune, *rows) -> bytes:
    """A list whose columns bear names that nobody knows."""
    labels = [ODD.get(label, label) for label in LABELS]
    lines = [{ODD.get(k, k): v for k, v in (GOOD | row).items()} for row in rows]
    return household_list(commune, *lines, labels=labels)


def upload(client, commune, data, name="danh sách.xlsx"):
    answer = client.post(
        reverse("intake:batch-new"),
        {
            "kind": "households",
            "committee": commune.pk,
            "file": SimpleUploadedFile(name, data),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.latest("pk")


def detail(client, batch, **query):
    return client.get(reverse("intake:batch-detail", args=[batch.pk]), query)


def say(client, batch, **data):
    return client.post(reverse("intake:batch-read", args=[batch.pk]), data, follow=True)


def columns_of(response) -> dict[str, str]:
    """What the page's form of columns would send if nothing was chosen otherwise."""
    (question,) = response.context["preview"].questions
    return {f"cot-0-{field.place}": field.key for field in question.fields}


def place_of(response, label: str) -> str:
    (question,) = response.context["preview"].questions
    return next(f"cot-0-{field.place}" for field in question.fields if field.label == label)


def test_what_was_understood_of_the_columns_is_shown(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {"Tôn giáo": "Không"}))
    shown = detail(client, batch)
    (question,) = shown.context["preview"].questions
    read = {field.label: field.key for field in question.fields}
    assert read["Họ và tên chủ hộ"] == "name"
    assert read["STT"] == ""
    assert "Mục trong sổ" in shown.content.decode()
    examples = str([field.examples for field in question.fields])
    assert GOOD["Số CCCD"] not in examples


def test_columns_nobody_knows_are_asked_for_and_remembered(client, commune, officer):
    batch = upload(client, commune, odd_list(commune, {}))
    asked = detail(client, batch)
    assert "thiếu cột “Họ và tên chủ hộ”, “Phân loại”" in asked.content.decode()
    assert "Xác nhận, ghi" not in asked.content.decode()
    said = columns_of(asked) | {
        place_of(asked, "Người đứng đầu"): "name",
        place_of(asked, "Diện"): "kind",
    }
    shown = say(client, batch, columns="1", **said)
    assert "Xác nhận, ghi 1 dòng vào sổ" in shown.content.decode()
    assert not ListLayout.objects.exists()
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    assert Household.objects.get().head_name == GOOD["Họ và tên chủ hộ"]
    assert ListLayout.objects.get().committee == commune
    other = odd_list(commune, {"Mã hộ": "H-2", "Số CCCD": None, "Họ và tên chủ hộ": "Lê Hai"})
    second = upload(client, commune, other)
    assert "Xác nhận, ghi 1 dòng vào sổ" in detail(client, second).content.decode()


def test_one_entry_is_not_two_columns(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {}))
    page = detail(client, batch)
    said = columns_of(page) | {place_of(page, "STT"): "code"}
    shown = say(client, batch, columns="1", **said).content.decode()
    assert "“Mã hộ” được chọn cho hai cột" in shown
    batch.refresh_from_db()
    assert batch.reading == {}


def test_a_required_column_taken_away_can_be_chosen_again(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {}))
    said = columns_of(detail(client, batch))
    nothing = dict.fromkeys(said, "")
    refused = say(client, batch, columns="1", **nothing)
    assert refused.context["preview"].refusal
    again = say(client, batch, columns="1", **said).content.decode()
    assert "Xác nhận, ghi 1 dòng vào sổ" in again


def two_sheets(commune) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(household_list(commune, {})))
    first = book.active
    first.title = "Ấp 1"
    second = book.copy_worksheet(first)
    second.title = "Ấp 2"
    second["B5"], second["C5"], second["D5"] = "H-2", "Ấp 2", "Lê Thị Hai"
    second["H5"] = None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_sheets_of_a_file_are_joined_or_chosen(client, commune, officer):
    batch = upload(client, commune, two_sheets(commune))
    shown = detail(client, batch)
    assert [line.sheet for line in shown.context["preview"].lines] == ["Ấp 1", "Ấp 2"]
    said = columns_of(shown) | {"sheet": ["Ấp 2"], "columns": "1"}
    only = say(client, batch, **said)
    assert [line.sheet for line in only.context["preview"].lines] == ["Ấp 2"]
    assert only.context["preview"].sheet_names == ["Ấp 1", "Ấp 2"]
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    assert Household.objects.get().code == "H-2"


def test_both_sheets_go_in_as_one_list(client, commune, officer):
    batch = upload(client, commune, two_sheets(commune))
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    kept = batch.imported.values_list("sheet", "number")
    assert list(kept) == [("Ấp 1", 5), ("Ấp 2", 5)]


def test_the_decision_is_asked_for_and_kept(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {}))
    refused = say(client, batch, answers="1", decision_number="", decided_on="15/12/2022")
    assert refused.status_code == 422
    assert "hãy ghi cả số quyết định" in refused.content.decode()
    say(client, batch, answers="1", decision_number="7/QĐ-UBND", decided_on="15/12/2022")
    shown = detail(client, batch).content.decode()
    assert 'value="7/QĐ-UBND"' in shown
    assert 'value="15/12/2022"' in shown
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    kept = PovertyList.objects.get()
    assert (kept.decision_number, str(kept.decided_on)) == ("7/QĐ-UBND", "2022-12-15")


def test_a_decision_typed_and_not_saved_goes_in_with_the_confirmation(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {}))
    confirm = reverse("intake:batch-commit", args=[batch.pk])
    shown = detail(client, batch).content.decode()
    assert f'form="quyet-dinh" formaction="{confirm}"' in shown
    said = {"answers": "1", "decision_number": "", "decided_on": "15/12/2022"}
    assert client.post(confirm, said).status_code == 422
    assert not PovertyList.objects.exists()
    client.post(confirm, said | {"decision_number": "7/QĐ-UBND"})
    kept = PovertyList.objects.get()
    assert (kept.decision_number, str(kept.decided_on)) == ("7/QĐ-UBND", "2022-12-15")


def test_lines_are_chosen_by_what_they_are(client, commune, officer):
    first = upload(client, commune, household_list(commune, {}, {"Mã hộ": "H-2", "Số CCCD": None}))
    client.post(reverse("intake:batch-commit", args=[first.pk]))
    lines = [
        {}, {"Mã hộ": "H-2", "Số CCCD": None, "Số nhân khẩu": 1},
        {"Mã hộ": "H-3", "Số CCCD": None, "Họ và tên chủ hộ": "Lê Ba"},
        {"Mã hộ": "H-3", "Số CCCD": None}, {"Mã hộ": "H-4", "Số CCCD": "1"},
    ]  # fmt: skip
    batch = upload(client, commune, household_list(commune, *lines))
    seen = {
        key: [line.number for line in detail(client, batch, chi=key).context["page"]]
        for key in ("moi", "doi", "nhu-cu", "trung", "loi", "")
    }
    assert seen == {
        "moi": [7], "doi": [6], "nhu-cu": [5], "trung": [8], "loi": [9], "": [5, 6, 7, 8, 9],
    }  # fmt: skip
    page = detail(client, batch, chi="doi").content.decode()
    assert "<strong>Số nhân khẩu:</strong> 5 → 1" in page
    assert "ghi 3 dòng" in page


def test_a_long_list_is_paged_through_without_reading_it_again(
    client, commune, officer, monkeypatch
):
    monkeypatch.setattr(intake_preview, "LONG", 60)
    lines = [
        {"Mã hộ": f"H-{n}", "Số CCCD": None, "Ngày sinh": None, "Số nhân khẩu": n % 3 or None}
        for n in range(1, 121)
    ]
    batch = upload(client, commune, household_list(commune, *lines))
    reads = []
    whole = intake.understand_batch
    monkeypatch.setattr(intake, "understand_batch", lambda *said: reads.append(1) or whole(*said))
    first = detail(client, batch)
    assert "khi xác nhận, tệp được đọc lại" in first.content.decode()
    page = detail(client, batch, page=3)
    assert [line.number for line in page.context["page"]] == list(range(105, 125))
    assert reads == []
    with_remarks = detail(client, batch, chi="canh-bao").context["page"]
    assert with_remarks.paginator.count == len(first.context["preview"].only("canh-bao"))
    assert with_remarks.paginator.count == 40
    assert with_remarks[0].findings[0].text == "Chưa ghi số nhân khẩu."
    say(client, batch, answers="1", decision_number="7/QĐ-UBND", decided_on="")
    assert reads == [1]  # what was said changes how it is read
    client.post(reverse("intake:batch-commit", args=[batch.pk]))
    assert Household.objects.count() == 120


def test_templates_are_offered_for_the_persons_own_units(client, commune, officer):
    page = client.get(reverse("intake:batch-new"))
    ((address, label),) = page.context["templates"]
    assert label == f"Danh sách hộ, {commune.name}"
    file = client.get(address)
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert commune.name.upper() in sheet["A1"].value
    other = make_district()["commune1"]
    refused = client.get(
        reverse("intake:batch-template"), {"loai": "households", "don-vi": other.pk}
    )
    assert refused.status_code == 404


def test_what_somebody_enters_at_the_same_moment_is_a_sentence(client, commune, officer):
    batch = upload(client, commune, household_list(commune, {}))
    understood = intake.understand_batch(batch)
    make_household(make_unit("hamlet", parent=commune), code=GOOD["Mã hộ"])
    with pytest.raises(FileRefused, match="có người vừa ghi trùng"):
        intake._write(batch, understood, by=officer, skip_errors=False)
    batch.refresh_from_db()
    assert (batch.state, Household.objects.count()) == ("previewed", 1)

"""Printed lists in the three forms: what stands in them, what must not, what is written down."""

import io
from datetime import date

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import AuditEvent, Committee
from households.models import PovertyList, Sighting
from households.printing.entries import Entry
from households.printing.papers import is_child
from tests.documents import reading_pdf as ruler
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

NUMBER = national_id(612, sex="female", year=1987)
PURPOSE = "Họp Ban Thường trực xét quà Tết"


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


def a_few(units):
    """Three households of two hamlets: poor 4 people, near-poor 3, hardship 2."""
    hamlet1, hamlet2 = units["hamlet1_1"], units["hamlet1_2"]
    make_household(
        hamlet1, year=2023, head_name="Đặng Thị Bưởi", code="T-1", birth_year=1987,
        birth_date=date(1987, 3, 5), number=NUMBER, phone="0909123456", ethnicity="Khơ-me",
        address="Số nhà 12", sex="female",
    )  # fmt: skip
    make_household(
        hamlet1, year=2023, kind="near_poor", head_name="Lê Văn Cam", code="T-2",
        birth_year=1950, members_declared=3,
    )  # fmt: skip
    make_household(
        hamlet2, year=2023, kind="hardship", head_name="Trần Thị Ổi", code="T-3",
        birth_year=1962, members_declared=2,
    )  # fmt: skip


def printed(client, *, year_list=None, query="", **asked) -> bytes:
    """The bytes that come back for the form filled in so."""
    address = reverse("households:list-print")
    if year_list:
        address = reverse("households:list-print-year", args=[year_list.pk])
    unit = Committee.objects.get(pk=asked.pop("issuer", _commune_of(client)))
    form = {
        "what": "whole", "kind_of_file": "pdf", "purpose": PURPOSE, "issuer": unit.pk,
        "capacity": "0", "signer": "",
    }  # fmt: skip
    response = client.post(f"{address}?{query}", form | asked)
    assert response.status_code == 200, response.content.decode()
    return b"".join(response.streaming_content)


def _commune_of(client) -> int:
    page = client.get(reverse("households:list-print"))
    return page.context["form"].fields["issuer"].queryset.first().pk


def test_the_whole_list_of_a_year_in_the_official_layout(client, units, officer):
    a_few(units)
    PovertyList.objects.update(decision_number="123/QĐ-UBND", decided_on=date(2022, 12, 20))
    commune = units["commune1"]
    pdf = printed(client, query="nam=2023", signer="Phạm Văn Quýt")
    text = ruler.text(pdf)
    assert "ỦY BAN MTTQ VIỆT NAM" in text
    assert commune.name.upper() in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "/DS-MTTQ-BTT" in text
    assert "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ CÓ HOÀN CẢNH KHÓ KHĂN NĂM 2023" in text
    assert "Theo Quyết định số 123/QĐ-UBND ngày 20 tháng 12 năm 2022 của Ủy ban nhân dân" in text
    assert "Ấp 1: 2 hộ" in text
    assert "1 T-1 Đặng Thị Bưởi 1987 Ấp 1 4 Hộ nghèo" in text
    assert "3 T-3 Trần Thị Ổi 1962 Ấp 2 2 Hộ khó khăn" in text
    assert (
        "Danh sách này có 3 hộ, 9 nhân khẩu; trong đó: 1 hộ nghèo (4 nhân khẩu), 1 hộ cận nghèo"
        " (3 nhân khẩu), 1 hộ có hoàn cảnh khó khăn (2 nhân khẩu)./."
    ) in text
    assert "TM. BAN THƯỜNG TRỰC" in text
    assert "Phạm Văn Quýt" in text
    assert f"bởi {officer.full_name}. Mục đích: {PURPOSE}." in text
    assert not any(secret in text for secret in (NUMBER, "0909", "Khơ-me", "05/03", "Số nhà 12"))


def test_the_pdf_keeps_the_margins_and_the_embedded_face(client, units, officer):
    for number in range(60):
        make_household(units["hamlet1_1"], head_name=f"Nguyễn Thị Hường {'I' * (number % 3 + 1)}")
    pdf = printed(client)
    lines = ruler.lines(pdf)
    assert set(ruler.page_sizes(pdf)) == {(210, 297)}
    assert len(ruler.page_sizes(pdf)) >= 2
    assert {font.split("-")[0] for font in ruler.fonts(pdf)} == {"LiberationSerif"}
    assert all(line.left >= 29.5 and line.right <= 195.5 for line in lines)
    numbers = [line for line in lines if line.bottom < 20 and line.text.isdigit()]
    assert [(line.page, line.text) for line in numbers][:1] == [(2, "2")]
    headers = [line for line in lines if line.text == "STT"]
    assert {line.page for line in headers} == set(range(1, len(ruler.page_sizes(pdf)) + 1))


def test_what_is_posted_holds_name_year_place_and_class_only(client, units, officer):
    a_few(units)
    make_household(
        units["hamlet1_2"], year=2023, head_name="Võ Thị Me", code="T-4", birth_year=2015
    )
    pdf = printed(client, query="nam=2023", what="posted", purpose="")
    text = ruler.text(pdf)
    assert "1 Đặng Thị Bưởi 1987 Ấp 1 Hộ nghèo" in text
    assert "V.T.M. Ấp 2 Hộ nghèo" in text  # a child: initials, no year
    assert "Danh sách này có 4 hộ; trong đó: 2 hộ nghèo" in text
    hidden = ("T-1", NUMBER, NUMBER[-3:], "0909", "Khơ-me", "05/03", "Số nhà", "Võ Thị Me", "2015")
    assert not any(secret in text for secret in (*hidden, "nhân khẩu", officer.full_name))


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_no_form_of_the_posted_list_says_more(client, units, officer, kind):
    a_few(units)
    text = text_of(printed(client, what="posted", kind_of_file=kind), kind)
    assert "Đặng Thị Bưởi" in text
    assert not any(secret in text for secret in ("T-1", NUMBER, "0909", "Khơ-me", "Số nhà 12"))


def test_the_workbook_holds_texts_as_texts(client, units, officer):
    make_household(units["hamlet1_1"], code="=1+1", head_name="Lê Thị Ba", year=2023)
    make_household(units["hamlet1_1"], code="0012", head_name="Lê Thị Tư", year=2023)
    book = openpyxl.load_workbook(io.BytesIO(printed(client, kind_of_file="xlsx")))
    sheet = book.active
    rows = {row[2].value: row for row in sheet.iter_rows() if row[0].data_type == "n"}
    assert (rows["Lê Thị Ba"][1].value, rows["Lê Thị Ba"][1].data_type) == ("=1+1", "s")
    assert rows["Lê Thị Tư"][1].value == "0012"
    assert rows["Lê Thị Tư"][5].value == 4
    assert sheet.print_title_rows is not None
    assert officer.full_name in sheet.oddFooter.center.text


def test_the_word_file_has_the_same_parts(client, units, officer):
    a_few(units)
    document = docx.Document(io.BytesIO(printed(client, kind_of_file="docx")))
    head, rows, signature = document.tables
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.cell(0, 1).text
    assert [cell.text for cell in rows.rows[0].cells][:3] == ["STT", "Mã hộ", "Họ và tên chủ hộ"]
    assert [cell.text for cell in rows.rows[2].cells][1:4] == ["T-1", "Đặng Thị Bưởi", "1987"]
    assert "TM. BAN THƯỜNG TRỰC" in signature.cell(0, 1).text
    assert officer.full_name in signature.cell(0, 0).text
    assert PURPOSE in document.sections[0].footer.paragraphs[0].text
    assert round(document.sections[0].left_margin.mm) == 30


def test_the_list_of_a_year_tells_of_that_year(client, units, officer):
    """A household that has moved to another hamlet since stands where it stood."""
    a_few(units)
    from_then = PovertyList.objects.get()
    moved = from_then.classifications.get(household__code="T-1").household
    moved.hamlet = units["hamlet1_2"]
    moved.members_declared = 9
    moved.save()
    text = ruler.text(printed(client, year_list=from_then))
    assert "1 T-1 Đặng Thị Bưởi 1987 Ấp 1 4 Hộ nghèo" in text


def test_a_part_of_a_years_list(client, units, officer):
    a_few(units)
    poverty_list = PovertyList.objects.get()
    part = {"hamlet": units["hamlet1_1"].pk, "kind": "near_poor"}
    text = ruler.text(printed(client, year_list=poverty_list, **part))
    assert "DANH SÁCH HỘ CẬN NGHÈO NĂM 2023" in text
    assert "Lê Văn Cam" in text
    assert not any(name in text for name in ("Đặng Thị Bưởi", "Trần Thị Ổi"))


def test_the_filters_of_the_page_are_those_of_the_print(client, units, officer):
    a_few(units)
    make_household(units["hamlet2_1"], head_name="Người Xã Khác", year=2023)
    assert "Lê Văn Cam" not in ruler.text(printed(client, query="q=dang"))
    assert "Người Xã Khác" not in ruler.text(printed(client))
    text = ruler.text(printed(client, query=f"noi={units['hamlet1_2'].pk}"))
    assert ("Trần Thị Ổi" in text, "Đặng Thị Bưởi" in text) == (True, False)


def test_who_prints_for_what_and_whom_is_written_down(client, units, officer):
    a_few(units)
    make_household(units["hamlet2_1"], head_name="Người Xã Khác")
    printed(client, query="nam=2023&loai=poor")
    event = AuditEvent.objects.get(action="household.list_printed")
    assert (event.actor, event.committee) == (officer, units["commune1"])
    assert (event.detail["rows"], event.detail["purpose"]) == (1, PURPOSE)
    seen = Sighting.objects.get()
    assert (seen.household.code, seen.how, seen.purpose) == ("T-1", "print", PURPOSE)


@pytest.mark.parametrize("purpose", ["", "ngắn", f"{' ' * 20}abc"])
def test_a_whole_list_needs_a_purpose(client, units, officer, purpose):
    a_few(units)
    form = {"what": "whole", "kind_of_file": "pdf", "purpose": purpose, "capacity": "0"}
    response = client.post(
        reverse("households:list-print"), form | {"issuer": units["commune1"].pk}
    )
    assert response.status_code == 422
    assert "Hãy ghi mục đích in" in response.text
    assert not Sighting.objects.exists()


def test_a_citizens_number_typed_as_purpose_is_not_kept(client, units, officer):
    a_few(units)
    printed(client, purpose=f"Kiểm tra số {NUMBER} của hộ")
    assert NUMBER not in Sighting.objects.first().purpose


def test_nobody_prints_in_the_name_of_another_unit(client, units, officer):
    a_few(units)
    form = {"what": "posted", "kind_of_file": "pdf", "capacity": "0"}
    for unit in (units["commune2"], units["district"]):
        response = client.post(reverse("households:list-print"), form | {"issuer": unit.pk})
        assert response.status_code == 422


def test_a_seat_that_reads_no_households_lends_no_letterhead(client, units):
    a_few(units)
    client.force_login(make_user(("officer", units["commune1"]), ("cashier", units["commune2"])))
    form = {"what": "posted", "kind_of_file": "pdf", "capacity": "0"}
    address = reverse("households:list-print")
    assert client.post(address, form | {"issuer": units["commune2"].pk}).status_code == 422


def test_a_head_of_a_hamlet_prints_the_own_hamlet_under_the_communes_head(client, units):
    a_few(units)
    client.force_login(make_user(("hamlet", units["hamlet1_2"])))
    text = ruler.text(printed(client, what="posted"))
    assert units["commune1"].name.upper() in text
    assert ("Trần Thị Ổi" in text, "Đặng Thị Bưởi" in text) == (True, False)


def test_a_district_names_the_commune_of_each_hamlet(client, units):
    a_few(units)
    make_household(units["hamlet2_1"], head_name="Người Xã Khác")
    client.force_login(make_user(("officer", units["district"])))
    text = ruler.text(printed(client))
    assert f"Ấp 1, {units['commune1']}: 2 hộ" in text
    assert f"Ấp 1, {units['commune2']}: 1 hộ" in text
    assert units["district"].name.upper() in text


def test_nothing_to_print_says_so(client, units, officer):
    response = client.get(reverse("households:list-print"))
    assert "Không có hộ nào để in" in response.text


def test_thousands_of_rows_are_no_word_file(client, units, officer, monkeypatch):
    monkeypatch.setattr("households.forms.printing.MOST_IN_WORD", 1)
    a_few(units)
    form = {"what": "posted", "kind_of_file": "docx", "issuer": units["commune1"].pk}
    response = client.post(reverse("households:list-print"), form | {"capacity": "0"})
    assert "hãy chọn PDF, Excel" in response.text


def test_the_page_and_the_file_ask_as_much_for_three_as_for_one(client, units, officer):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("households:list-print"))
            printed(client)
        return len(asked)

    make_household(units["hamlet1_1"], year=2023)
    queries()
    for_one = queries()
    for _ in range(2):
        make_household(units["hamlet1_2"], year=2023)
    assert queries() == for_one


@pytest.mark.parametrize(
    ("birth_year", "birth_date", "child"),
    [
        (2010, date(2010, 11, 23), True),  # sixteen tomorrow
        (2010, date(2010, 11, 22), False),
        (2010, None, True),  # may still be fifteen
        (2009, None, False),
        (None, None, False),
    ],
)
def test_a_head_under_sixteen_is_a_child(birth_year, birth_date, child):
    entry = Entry(1, "", "", birth_year, birth_date, None, None, None, "", "")
    assert is_child(entry, date(2026, 11, 22)) is child


def text_of(file: bytes, kind: str) -> str:
    """Everything a person could read in it."""
    if kind == "pdf":
        return ruler.text(file)
    if kind == "docx":
        document = docx.Document(io.BytesIO(file))
        return document.element.xml + document.sections[0].footer._element.xml
    book = openpyxl.load_workbook(io.BytesIO(file))
    return str([list(row) for row in book.active.iter_rows(values_only=True)])

"""The summary tables as pages, spreadsheets and papers."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.committees import make_district, make_user
from tests.households.counting import count, make_town, make_village

pytestmark = pytest.mark.django_db
TABLES = ("don-vi", "chi-so", "doi-tuong", "nguyen-nhan", "cac-nam")


@pytest.fixture
def units():
    units = make_district()
    make_village(units)
    count(units["commune1"], 2023, 80, 20)
    count(units["commune1"], 2024, 100, 25)
    return units


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def get(client, name="summary", **asked):
    return client.get(reverse(f"households:{name}"), asked)


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("place", ["hamlet1_1", "commune1", "district", "province", "centre"])
def test_every_table_opens_at_every_level(client, units, place, table):
    client.force_login(make_user(("leader", units[place])))
    page = get(client, bieu=table, nam=2024)
    assert page.status_code == 200
    assert str(units[place]) in page.text
    assert get(client, "summary-xlsx", bieu=table, nam=2024).status_code == 200


def test_the_newest_year_and_poor_households_come_first(client, units, officer):
    client.force_login(officer)
    page = get(client)
    assert "Tổng hợp kết quả rà soát hộ nghèo năm 2024" in page.text
    assert "✓ Khớp" in page.text
    assert "4 hộ đầu năm − 3 giảm + 2 tăng = 3 hộ cuối năm" in plain(page)


@pytest.mark.parametrize(
    "asked",
    [
        {"nam": "1999"},
        {"nam": "abc"},
        {"loai": "giàu"},
        {"bieu": "khác"},
        {"nam": "\0", "loai": "'", "bieu": "<b>"},
    ],
)
def test_nonsense_in_the_address_shows_the_usual_table(client, officer, asked):
    client.force_login(officer)
    assert "hộ nghèo năm 2024" in get(client, **asked).text


@pytest.mark.parametrize("unit", ["0", "abc", "²", "9" * 30, "-1"])
def test_a_unit_that_is_none_is_not_found(client, officer, unit):
    client.force_login(officer)
    assert get(client, noi=unit).status_code == 404


def test_another_communes_table_is_not_found(client, units, officer):
    client.force_login(officer)
    for name in ("summary", "summary-xlsx", "summary-pdf", "summary-households"):
        for place in ("commune2", "district"):
            assert get(client, name, noi=units[place].pk, so="cuoi").status_code == 404


def test_a_number_opens_its_households_and_their_names(client, units, officer):
    client.force_login(officer)
    page = get(client, "summary-households", nam=2024, loai="poor", so="thoat")
    names = set(re.findall(r"Trần Thị Thử \w", page.text))
    assert names == {"Trần Thị Thử B", "Trần Thị Thử C"}
    assert "Thoát nghèo, vượt chuẩn cận nghèo" in page.text
    assert get(client, "summary-households", so="khac").status_code == 404
    standing = get(client, "summary-households", nam=2024, loai="poor", so="cuoi")
    assert f"{reverse('households:household-list')}?noi=" in standing.text


def test_an_empty_unit_says_what_comes_next(client, units):
    client.force_login(make_user(("officer", units["commune2"])))
    page = get(client)
    assert "Chưa có danh sách hộ nghèo của năm nào." in page.text
    assert reverse("households:household-import") in page.text
    for name in ("summary-xlsx", "summary-pdf", "summary-households"):
        assert get(client, name).status_code == 302


def test_the_spreadsheet_holds_numbers_and_leaves_the_unknown_blank(client, units, officer):
    client.force_login(officer)
    answer = get(client, "summary-xlsx", nam=2024)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
    total = rows["Tổng cộng"]
    assert total[2:8] == (100, 25, 4, 5, 1, 5)  # of 80 then, 1 of 20 minority households
    assert rows["Ấp 1"][2] is None
    assert Decimal(str(total[-2])) == Decimal("-2")
    assert officer.full_name in sheet["A3"].value


def test_shares_take_a_column_of_their_own_in_the_spreadsheet(client, units, officer):
    client.force_login(officer)
    answer = get(client, "summary-xlsx", nam=2024, bieu="doi-tuong")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
    assert rows["Tổng cộng"][2:5] == (3, 2, 66.67)


@pytest.mark.parametrize("table", TABLES)
def test_the_paper_lies_across_under_the_units_head(client, units, officer, table):
    client.force_login(officer)
    answer = get(client, "summary-pdf", nam=2024, bieu=table)
    assert answer["Content-Type"] == "application/pdf"
    first = PdfReader(io.BytesIO(answer.content)).pages[0]
    assert first.mediabox.width > first.mediabox.height
    text = first.extract_text()
    assert units["commune1"].name.upper() in text
    assert "NGƯỜI LẬP BIỂU" in text


def test_a_hamlet_prints_no_paper(client, units):
    client.force_login(make_user(("hamlet", units["hamlet1_1"])))
    answer = client.get(reverse("households:summary-pdf"), follow=True)
    assert "không có con dấu" in answer.text


def test_the_page_asks_as_often_for_one_commune_as_for_three(
    client, units, django_assert_max_num_queries
):
    client.force_login(make_user(("leader", units["district"])))
    get(client)
    with django_assert_max_num_queries(30) as one:
        get(client)
    make_village(units, 2)
    make_town(units, 3)
    make_village(units, 3)
    with django_assert_max_num_queries(len(one)):
        get(client)

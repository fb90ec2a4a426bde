import io
import zipfile
from datetime import date
from unicodedata import normalize

import openpyxl
import pytest
from django.db import connection

from committees import intake
from committees.errors import FileRefused
from committees.people import system_user
from committees.tree import children_of
from households.models import Classification, Household, Member
from tests.factories.committees import make_unit
from tests.factories.households import (
    GOOD,
    LABELS,
    LISTS,
    household_list,
    make_household,
    make_thu_thua,
    national_id,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def understood(commune, *rows, **options):
    data = household_list(commune, *rows, **options)
    return intake.understand("households", data, name="ho.xlsx", committee=commune, day=None)


def imported(commune, *rows, **options):
    data = household_list(commune, *rows, **options)
    return intake.import_file(
        "households", data, name="ho.xlsx", committee=commune, by=system_user()
    )


def remarks(commune, row):
    """(level, column, text) of what is said of one line."""
    return [(f.level, f.column, f.text) for f in understood(commune, row).rows[0].findings]


def test_a_good_line_has_no_remarks(commune):
    assert remarks(commune, {}) == []


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"Mã hộ": None}, "Mã hộ", "Chưa ghi mã hộ"),
        ({"Thôn/ấp": None}, "Thôn/ấp", "Chưa ghi thôn, ấp"),
        ({"Thôn/ấp": "7"}, "Thôn/ấp", "ghi cả Ấp"),
        ({"Họ và tên chủ hộ": None}, "Họ và tên chủ hộ", "Chưa ghi họ và tên"),
        ({"Họ và tên chủ hộ": "<script>"}, "Họ và tên chủ hộ", "ký tự lạ"),
        ({"Họ và tên chủ hộ": "Nguyễn Vаn A"}, "Họ và tên chủ hộ", "lẫn chữ cái"),
        ({"Giới tính": "Khác"}, "Giới tính", "Nam hoặc Nữ"),
        ({"Ngày sinh": "31/02/1980"}, "Ngày sinh", "Không có ngày"),
        ({"Ngày sinh": "00/00/1980x"}, "Ngày sinh", "hãy ghi"),
        ({"Ngày sinh": "10/17/1980"}, "Ngày sinh", "Không có tháng"),
        ({"Ngày sinh": "05/03/87"}, "Ngày sinh", "hai chữ số"),
        ({"Ngày sinh": 1807}, "Ngày sinh", "1900"),
        ({"Ngày sinh": 2044}, "Ngày sinh", "sau năm của danh sách"),
        ({"Số CCCD": "123456789012"}, "Số CCCD", "không phải số thật"),
        ({"Số CCCD": "(chưa có)"}, "Số CCCD", "để trống"),
        ({"Số nhân khẩu": 0}, "Số nhân khẩu", "từ 1 đến 60"),
        ({"Số nhân khẩu": 4.5}, "Số nhân khẩu", ""),
        ({"Số nhân khẩu": -2}, "Số nhân khẩu", ""),
        ({"Điểm B": 130}, "Điểm B", "từ 0 đến 120"),
        ({"Phân loại": "Khá"}, "Phân loại", "Nghèo, Cận nghèo hoặc Khó khăn"),
        ({"Phân loại": None}, "Phân loại", "Chưa ghi phân loại"),
        ({"Điểm A": "=1+1"}, "Điểm A", ""),
    ],
)
def test_what_cannot_be_understood_is_an_error_at_its_place(commune, cells, column, said):
    if cells == {"Điểm A": "=1+1"}:
        data = formula_without_value(commune)
        found = intake.understand("households", data, name="a.xlsx", committee=commune, day=None)
    else:
        found = understood(commune, cells)
    row = found.rows[0]
    errors = [finding for finding in row.findings if finding.level == "error"]
    assert [(error.sheet, error.row, error.column) for error in errors] == [
        ("Danh sách", 5, column)
    ]
    assert said in errors[0].text
    assert row.record is None


def formula_without_value(commune):
    """A list whose "Điểm A" is a formula that no program has calculated."""
    book = openpyxl.load_workbook(io.BytesIO(household_list(commune, {})))
    book.active.cell(5, LABELS.index("Điểm A") + 1).value = "=1+1"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("cells", "level", "column"),
    [
        ({"Họ và tên chủ hộ": "  Đặng  Thị Thử "}, "changed", "Họ và tên chủ hộ"),
        ({"Họ và tên chủ hộ": normalize("NFD", "Đặng Thị Thử")}, "changed", "Họ và tên chủ hộ"),
        ({"Họ và tên chủ hộ": "Thử"}, "warning", "Họ và tên chủ hộ"),
        ({"Họ và tên chủ hộ": "Đặng Thị Thử (vợ)"}, "warning", "Họ và tên chủ hộ"),
        ({"Họ và tên chủ hộ": "Bà Đặng Thị Thử"}, "warning", "Họ và tên chủ hộ"),
        ({"Dân tộc": "Ê đê"}, "changed", "Dân tộc"),
        ({"Dân tộc": "Sao Hỏa"}, "warning", "Dân tộc"),
        ({"Số CCCD": "099.187.094.950"}, "changed", "Số CCCD"),
        ({"Số CCCD": 99187094950}, "warning", "Số CCCD"),
        ({"Số CCCD": "301234567"}, "warning", "Số CCCD"),
        ({"Giới tính": "Nam"}, "warning", "Số CCCD"),
        ({"Phân loại": "Khó khăn"}, "warning", "Phân loại"),
        ({"Ngày sinh": 1905, "Số CCCD": None}, "warning", "Ngày sinh"),
        ({"Ngày sinh": 2015, "Số CCCD": None}, "warning", "Ngày sinh"),
        ({"Số nhân khẩu": None}, "warning", "Số nhân khẩu"),
        ({"Ghi chú": "CCCD 099187094950"}, "warning", "Ghi chú"),
        ({"Mã hộ": "28051-0001"}, "warning", "Mã hộ"),
    ],
)
def test_what_is_mended_or_doubtful_is_said_and_taken(commune, cells, level, column):
    row = understood(commune, cells).rows[0]
    assert (level, column) in {(finding.level, finding.column) for finding in row.findings}
    assert row.record is not None


def test_names_in_old_fonts_are_errors_that_say_what_is_meant(commune):
    level, column, said = remarks(commune, {"Họ và tên chủ hộ": "NguyÔn V¨n Nam"})[0]
    assert (level, column) == ("error", "Họ và tên chủ hộ")
    assert "Nguyễn Văn Nam" in said


@pytest.mark.parametrize(
    "typed", ["05/03/1987", "5-3-1987", "1987-03-05", date(1987, 3, 5), "ngày 05 tháng 3 năm 1987"]
)
def test_days_are_read_in_every_form(commune, typed):
    imported(commune, {"Ngày sinh": typed})
    assert Household.objects.get().birth_date == date(1987, 3, 5)


def test_the_year_of_birth_alone_is_enough(commune):
    imported(commune, {"Ngày sinh": 1987})
    household = Household.objects.get()
    assert (household.birth_year, household.birth_date) == (1987, None)


def test_ways_of_writing_a_hamlet_meet(commune):
    make_unit("hamlet", "Ấp 1", parent=commune)
    rows = [{"Thôn/ấp": name, "Mã hộ": f"H-{n}", "Số CCCD": None}
            for n, name in enumerate(["Ấp 1", "ẤP 01", "ấp I", "1", "Ấp số 1"])]  # fmt: skip
    batch = imported(commune, *rows)
    assert batch.summary["created"]["hamlets"] == 0
    assert {h.hamlet.name for h in Household.objects.select_related("hamlet")} == {"Ấp 1"}


def test_new_hamlets_are_shown_before_they_are_made(commune):
    found = understood(commune, {"Thôn/ấp": "ẤP TRUNG HÒA"})
    assert found.creates == {"hamlets": ["Ấp Trung Hòa"]}
    assert not children_of(commune).exists()


def test_a_list_of_another_commune_is_refused(commune):
    other = make_unit("commune", "Xã Khác Hẳn")
    data = household_list(other, {})
    with pytest.raises(FileRefused, match="Xã Thử Nghiệm"):
        intake.understand("households", data, name="a.xlsx", committee=commune, day=None)


def test_accents_tell_communes_apart():
    units = make_thu_thua()
    file = next(LISTS.glob("28042-*.xlsx"))  # Xã Tân Thành
    other = make_unit("commune", "Xã Tân Thạnh", parent=units["804"])
    with pytest.raises(FileRefused):
        intake.understand(
            "households", file.read_bytes(), name=file.name, committee=other, day=None
        )


def test_only_communes_have_household_lists(commune):
    district = make_unit("district", "Huyện Thử")
    with pytest.raises(FileRefused, match="cấp xã"):
        understood(district, {})


@pytest.mark.parametrize("year", [1995, 2007, 2029, 2098])
def test_a_year_that_cannot_be_is_refused(commune, year):
    with pytest.raises(FileRefused, match=r"Năm|năm"):
        understood(commune, {}, year=year)


def test_a_list_without_a_year_takes_it_from_the_day_or_is_refused(commune):
    titles = ["ỦY BAN MTTQ VIỆT NAM XÃ THỬ NGHIỆM", "DANH SÁCH HỘ NGHÈO"]
    data = household_list(commune, {}, titles=titles)
    with pytest.raises(FileRefused, match="không ghi năm"):
        intake.understand("households", data, name="a.xlsx", committee=commune, day=None)
    found = intake.understand(
        "households", data, name="a.xlsx", committee=commune, day=date(2024, 5, 1)
    )
    assert found.year == 2024


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"Ma ho;Thon;Ho va ten\n1;2;3\n", b"<html><table></table></html>", b"%PDF-1.7 ",
        b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, bomb(),
    ],
    ids=["empty", "csv", "html", "pdf", "truncated", "old .xls", "zip bomb"],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_one_sentence(commune, data):
    with pytest.raises(FileRefused, match=r"[Hh]ãy"):
        intake.understand("households", data, name="ho.xls", committee=commune, day=None)


def test_a_missing_column_is_named(commune):
    labels = [label for label in LABELS if label != "Phân loại"]
    with pytest.raises(FileRefused, match="Phân loại"):
        understood(commune, {}, labels=labels)


def test_columns_in_another_order_and_unknown_ones_do_no_harm(commune):
    found = understood(commune, {"Tôn giáo": "Không"}, labels=[*reversed(LABELS), "Tôn giáo"])
    assert found.rows[0].record.name == GOOD["Họ và tên chủ hộ"]
    assert any("Tôn giáo" in finding.text for finding in found.findings)


def test_the_same_code_and_the_same_number_twice_are_errors(commune):
    found = understood(commune, {}, {"Họ và tên chủ hộ": "Lê Thị Hai"})
    said = [(f.column, f.text) for f in found.rows[1].findings if f.level == "error"]
    assert [column for column, _ in said] == ["Mã hộ", "Số CCCD"]
    assert all("dòng 5" in text for _, text in said)


def test_a_number_of_another_commune_says_no_more_than_where(commune):
    hamlet = make_unit("hamlet", parent=make_unit("commune", "Xã Bên Cạnh"))
    make_household(hamlet, number=GOOD["Số CCCD"], head_name="Bí Mật", code="X-9")
    text = next(t for level, _, t in remarks(commune, {}) if level == "error")
    assert text.startswith("Số CCCD này đã có ở Xã Bên Cạnh")
    assert "Bí Mật" not in text
    assert "X-9" not in text


def test_likeness_by_name_neither_merges_nor_stops(commune):
    batch = imported(commune, {}, {"Mã hộ": "H-0002", "Số CCCD": None})
    assert Household.objects.count() == 2
    assert any("Trùng họ tên" in finding["text"] for finding in batch.findings)


def test_one_error_and_nothing_is_written(commune):
    with pytest.raises(FileRefused, match="Còn 1 dòng có lỗi"):
        imported(commune, {}, {"Mã hộ": "H-0002", "Số CCCD": "1"})
    assert (Household.objects.count(), Member.objects.count()) == (0, 0)
    assert not children_of(commune).exists()


def test_the_lines_without_error_may_go_in_alone(commune):
    data = household_list(commune, {}, {"Mã hộ": "H-2", "Số CCCD": "1", "Thôn/ấp": "Ấp 9"})
    batch = intake.import_file(
        "households", data, name="a.xlsx", committee=commune, by=system_user(), skip_errors=True
    )
    assert (batch.accepted, batch.errors) == (1, 1)
    assert Classification.objects.count() == 1
    assert [hamlet.name for hamlet in children_of(commune)] == ["Ấp 1"]


def test_no_national_number_lies_open_in_the_database(commune):
    imported(commune, {}, {"Mã hộ": "H-2", "Số CCCD": national_id(7, sex="female", year=1987)})
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f"SELECT count(*) FROM {table} t"
                " WHERE t::text LIKE %s OR t::text LIKE %s OR t::text LIKE %s",
                ["%099187094950%", "%099187000007%", f"%{b'099187094950'.hex()}%"],
            )
            assert cursor.fetchone()[0] == 0, table

import io

import openpyxl
import pytest

from committees import intake
from committees.errors import FileRefused
from committees.intake_errors import errors_workbook
from committees.intake_reading import Reading
from committees.intake_rows import Verdict
from committees.people import system_user
from households.lists.importer import IMPORTER
from households.lists.template import EXAMPLE, template_of
from households.models import Household, Member
from tests.factories.committees import make_unit
from tests.factories.households import LABELS, household_list, national_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    commune = make_unit("commune", "Xã Thử Nghiệm")
    make_unit("hamlet", "Ấp 1", parent=commune)
    make_unit("hamlet", "Ấp 2", parent=commune)
    return commune


def understood(commune, data, reading=None):
    return intake.understand(
        "households", data, name="ho.xlsx", committee=commune, day=None, reading=reading
    )


def saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_untouched_template_is_understood_and_holds_nothing(commune):
    found = understood(commune, template_of(commune))
    assert found.rows == []
    (said,) = [finding.text for finding in found.findings]
    assert said == "Dòng 6 là dòng ví dụ của mẫu nên bỏ qua."
    with pytest.raises(FileRefused, match="không có dòng nào"):
        intake.import_file(
            "households",
            template_of(commune),
            name="mau.xlsx",
            committee=commune,
            by=system_user(),
        )


def test_the_template_offers_choices_and_keeps_zeros(commune):
    book = openpyxl.load_workbook(io.BytesIO(template_of(commune)))
    assert book.sheetnames == ["Danh sách", "Hướng dẫn"]
    sheet, guide = book.worksheets
    labels = [cell.value for cell in sheet[5]]
    column = {label.strip(" *"): number for number, label in enumerate(labels, start=1)}
    assert sheet.cell(6, column["Mã hộ"]).value == EXAMPLE
    assert sheet.cell(6, column["Số CCCD"]).value.startswith("099")
    letters = {sheet.cell(5, column[label]).column_letter for label in ("Số CCCD", "Điện thoại")}
    assert {sheet.column_dimensions[letter].number_format for letter in letters} == {"@"}
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    source = offered[sheet.cell(5, column["Thôn/ấp"]).column_letter]
    cells = guide[source.split("!")[1].replace("$", "")]
    assert [cell.value for (cell,) in cells] == ["Ấp 1", "Ấp 2"]
    assert offered[sheet.cell(5, column["Việc làm"]).column_letter] == '"x"'
    wanted = ("Giới tính", "Dân tộc", "Phân loại", "DTTS", "Nguyên nhân", "Nhu cầu")
    assert all(sheet.cell(5, column[label]).column_letter in offered for label in wanted)


def test_a_filled_template_goes_in_whole(commune):
    book = openpyxl.load_workbook(io.BytesIO(template_of(commune)))
    sheet = book.active
    example = [cell.value for cell in sheet[6]]
    labels = [cell.value.strip(" *") for cell in sheet[5]]
    line = dict(zip(labels, example, strict=True)) | {
        "Mã hộ": "H-1",
        "Họ và tên chủ hộ": "Đặng Thị Thử",
        "Kết quả so năm trước": None,
    }
    for place, label in enumerate(labels, start=1):
        sheet.cell(7, place).value = line[label]
    sheet["A3"] = "(Kèm theo Quyết định số 9/QĐ-UBND ngày 10/01/2025 của Ủy ban nhân dân)"
    found = understood(commune, saved(book))
    (row,) = found.rows
    assert row.verdict == Verdict.NEW
    assert row.findings == []
    assert found.answers["decision_number"] == "9/QĐ-UBND"
    intake.import_file(
        "households", saved(book), name="mau.xlsx", committee=commune, by=system_user()
    )
    household = Household.objects.get()
    assert (household.hamlet.name, household.phone) == ("Ấp 1", "0900000000")
    assert (household.causes, household.needs) == (["capital"], ["von"])
    assert (household.water, household.latrine) == ("piped", "septic")
    assert household.classifications.get().deprivations == ["viec_lam", "bhyt"]
    assert Member.objects.get().id_tail == "001"


def test_the_file_of_lines_in_error_is_mended_and_goes_in(commune):
    labels = [*LABELS[:-1], "Điện thoại", "Ghi chú", "Tôn giáo"]
    wrong = {
        "Mã hộ": "H-2", "Họ và tên chủ hộ": "=SUM(A1)", "Ngày sinh": 1970, "Giới tính": "Nam",
        "Số CCCD": national_id(2), "Điện thoại": "0900000001", "Tôn giáo": "Không",
        "Ghi chú": "cũ 099187094952",
    }  # fmt: skip
    data = household_list(commune, {}, wrong, labels=labels)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active.cell(6, labels.index("Họ và tên chủ hộ") + 1).value = "Lê <Hai>"
    data = saved(book)
    reading = Reading()
    found = understood(commune, data, reading)
    assert [row.verdict for row in found.rows] == [Verdict.NEW, Verdict.ERROR]
    file = errors_workbook(found, reading, IMPORTER.numbers)
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book.active
    *titles, header, line = sheet.iter_rows()
    assert "NĂM 2023" in str([cell.value for row in titles for cell in row])
    named = {cell.value: line[number] for number, cell in enumerate(header)}
    assert next(iter(named)) == "Dòng"
    assert list(named)[-1] == "Cần sửa"
    assert "ký tự lạ" in named["Cần sửa"].value
    assert named["Số CCCD"].value == national_id(2)
    assert "187094" not in str([cell.value for cell in line])
    named["Họ và tên chủ hộ"].value = "Lê Văn Hai"
    named["Ghi chú"].value = None
    batch = intake.import_file(
        "households", saved(book), name="loi.xlsx", committee=commune, by=system_user()
    )
    assert (batch.rows, batch.accepted, batch.warnings) == (1, 1, 0)
    household = Household.objects.get()
    assert (household.code, household.phone) == ("H-2", "0900000001")
    assert Member.objects.get().id_tail == national_id(2)[-3:]

"""The list of households as a spreadsheet: what may leave the house.

Sensitive columns stay in (domain.md §8.2): no identity number, phone, ethnicity or full date
of birth.
"""

import io
from datetime import datetime

import xlsxwriter
from import_export import fields, resources
from tablib import Dataset

from households.models import Classification, Household


class HouseholdResource(resources.ModelResource):
    code = fields.Field("code", "Mã hộ")
    head_name = fields.Field("head_name", "Họ và tên chủ hộ")
    sex = fields.Field("get_sex_display", "Giới tính")
    birth_year = fields.Field("birth_year", "Năm sinh")
    hamlet = fields.Field("hamlet__name", "Thôn/ấp")
    commune = fields.Field("commune__name", "Xã")
    members = fields.Field("members_declared", "Số nhân khẩu")
    year = fields.Field(column_name="Danh sách năm")
    kind = fields.Field(column_name="Phân loại")
    income = fields.Field(column_name="Điểm A")
    deprivation = fields.Field(column_name="Điểm B")
    state = fields.Field("get_state_display", "Theo dõi")

    class Meta:
        model = Household
        fields = [
            "code", "head_name", "sex", "birth_year", "hamlet", "commune", "members", "year",
            "kind", "income", "deprivation", "state",
        ]  # fmt: skip
        export_order = fields

    def dehydrate_year(self, household):
        return _listed(household).poverty_list.year if _listed(household) else ""

    def dehydrate_kind(self, household):
        return _listed(household).get_kind_display() if _listed(household) else ""

    def dehydrate_income(self, household):
        return _listed(household).income_score if _listed(household) else ""

    def dehydrate_deprivation(self, household):
        return _listed(household).deprivation_score if _listed(household) else ""


def _listed(household: Household) -> Classification | None:
    return household.shown_classes[0] if household.shown_classes else None


def as_workbook(dataset: Dataset, *, by: str, at: datetime) -> bytes:
    """The dataset as .xlsx under a line saying who took it and when; text is never a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Danh sách hộ")
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, f"Danh sách hộ, {by} xuất lúc {at:%H:%M ngày %d/%m/%Y}")
    sheet.write_row(2, 0, dataset.headers, bold)
    for number, line in enumerate(dataset, start=3):
        for column, value in enumerate(line):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value not in (None, ""):
                sheet.write_string(number, column, str(value))
    sheet.freeze_panes(3, 0)
    book.close()
    return buffer.getvalue()

"""The same list through django-import-export as it comes: one row after the other.

The resource reads only what a made list holds and checks less than the importer does; it
writes the same household, head, class, audit event and line of the import.
"""

import io
from datetime import datetime

import openpyxl
import tablib
from import_export import fields, resources

from committees import audit, storage
from committees.intake import XLSX
from committees.models import Committee, ImportBatch, ImportedRow, User
from config.vietnamese.dates import parse_birth
from config.vietnamese.names import clean
from households import identity
from households.actions.listing import poverty_list_of
from households.actions.registering import name_keys
from households.benches.lists import INDICATOR_LABELS, LABELS
from households.models import Classification, Household, Member
from households.queries import hamlets_of

FIRST_ROW = 6
KINDS = {"Nghèo": "poor", "Cận nghèo": "near_poor", "Khó khăn": "hardship"}
SEXES = {"Nam": "male", "Nữ": "female"}


class HouseholdRows(resources.ModelResource):
    code = fields.Field("code", "Mã hộ")
    head_name = fields.Field("head_name", "Họ và tên chủ hộ")
    members_declared = fields.Field("members_declared", "Số nhân khẩu")
    ethnicity = fields.Field("ethnicity", "Dân tộc")

    class Meta:
        model = Household
        import_id_fields = ["code"]
        fields = ["code", "head_name", "members_declared", "ethnicity"]

    def __init__(self, batch: ImportBatch):
        super().__init__()
        self.batch, self.commune, self.by = batch, batch.committee, batch.uploaded_by
        commune = batch.committee
        self.poverty_list = poverty_list_of(commune, batch.year, by=self.by)
        self.hamlets = {hamlet.name: hamlet for hamlet in hamlets_of(commune)}

    def get_queryset(self):
        return super().get_queryset().filter(commune=self.commune)

    def after_import(self, dataset, result, **kwargs):
        """Leave the sequences alone: ``app`` may not set them."""

    def before_import_row(self, row, **kwargs):
        row["Họ và tên chủ hộ"] = clean(row["Họ và tên chủ hộ"])

    def after_init_instance(self, instance, new, row, **kwargs):
        born = row["Ngày sinh"]
        born = born.date() if isinstance(born, datetime) else born
        instance.birth_year, instance.birth_date = parse_birth(born)
        instance.commune, instance.created_by = self.commune, self.by
        instance.hamlet = self.hamlets[row["Thôn/ấp"]]
        instance.sex = SEXES[row["Giới tính"]]
        instance.area = Household.Area.RURAL

    def before_save_instance(self, instance, row, **kwargs):
        for name, value in name_keys(instance.head_name).items():
            setattr(instance, name, value)

    def after_save_instance(self, instance, row, **kwargs):
        number = str(row["Số CCCD"] or "").zfill(12) if row["Số CCCD"] else ""
        Member.objects.create(
            household=instance,
            is_head=True,
            name=instance.head_name,
            relation="Chủ hộ",
            sex=instance.sex,
            birth_year=instance.birth_year,
            birth_date=instance.birth_date,
            ethnicity=instance.ethnicity,
            **identity.sealed_fields(number),
        )
        Classification.objects.create(
            poverty_list=self.poverty_list,
            household=instance,
            hamlet=instance.hamlet,
            kind=KINDS[row["Phân loại"]],
            income_score=row["Điểm A"],
            deprivation_score=row["Điểm B"],
            deprivations=[code for code in INDICATOR_LABELS if row[code]],
            members_declared=instance.members_declared,
        )
        audit.record("household.imported", instance, by=self.by, committee=self.commune)
        ImportedRow.objects.create(
            batch=self.batch, number=row["STT"], record=instance.pk, verdict=ImportedRow.Verdict.NEW
        )


def import_row_by_row(data: bytes, commune: Committee, year: int, by: User) -> None:
    """Read a made list with openpyxl and let the resource take it row by row."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).active
    dataset = tablib.Dataset(headers=[*LABELS, *INDICATOR_LABELS])
    for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True):
        if row[1]:
            dataset.append(row[: len(dataset.headers)])
    file = storage.keep(data, name="ho.xlsx", content_type=XLSX, committee=commune, by=by)
    batch = ImportBatch.objects.create(
        committee=commune,
        kind=ImportBatch.Kind.HOUSEHOLDS,
        file=file,
        sha256=file.sha256,
        year=year,
        rows=len(dataset),
        uploaded_by=by,
    )
    result = HouseholdRows(batch).import_data(dataset, raise_errors=True)
    if result.totals["new"] != len(dataset):
        raise RuntimeError(f"only {result.totals} of {len(dataset)} rows went in")

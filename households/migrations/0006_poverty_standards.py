from datetime import date

from django.db import migrations

# Lines in đồng a person a month, (rural, urban). QĐ 59/2015/QĐ-TTg had two: up to the lower one a
# household was poor whatever it lacked. Points: TT 07/2021/TT-BLĐTBXH; for the other standards
# no source gives them.
LINES = {
    "2016-2021": {"rural": (1_000_000, 700_000, None), "urban": (1_300_000, 900_000, None)},
    "2022-2026": {"rural": (1_500_000, None, 140), "urban": (2_000_000, None, 175)},
    "2027-2030": {"rural": (2_200_000, None, None), "urban": (2_800_000, None, None)},
}
INDICATORS = {
    "2016-2021": [
        ("dich_vu_y_te", "Tiếp cận các dịch vụ y tế"),
        ("bhyt", "Bảo hiểm y tế"),
        ("giao_duc_nguoi_lon", "Trình độ giáo dục của người lớn"),
        ("di_hoc_tre_em", "Tình trạng đi học của trẻ em"),
        ("chat_luong_nha", "Chất lượng nhà ở"),
        ("dien_tich_nha", "Diện tích nhà ở bình quân đầu người"),
        ("nguon_nuoc", "Nguồn nước sinh hoạt"),
        ("nha_tieu", "Hố xí, nhà tiêu hợp vệ sinh"),
        ("vien_thong", "Sử dụng dịch vụ viễn thông"),
        ("phuong_tien_thong_tin", "Tài sản phục vụ tiếp cận thông tin"),
    ],
    "2027-2030": [
        ("viec_lam", "Việc làm"),
        ("nguoi_phu_thuoc", "Người phụ thuộc trong hộ"),
        ("bhyt", "Bảo hiểm y tế"),
        ("dinh_duong", "Dinh dưỡng"),
        ("giao_duc_nguoi_lon", "Trình độ giáo dục của người lớn"),
        ("di_hoc_tre_em", "Tình trạng đi học của trẻ em"),
        ("dien_tich_nha", "Diện tích nhà ở bình quân đầu người"),
        ("chat_luong_nha", "Chất lượng nhà ở"),
        ("vien_thong", "Sử dụng dịch vụ viễn thông"),
        ("nguon_nuoc", "Nguồn nước sinh hoạt"),
        ("nha_tieu", "Nhà tiêu hợp vệ sinh"),
        ("xu_ly_chat_thai", "Xử lý chất thải"),
    ],
}
STANDARDS = [
    {
        "code": "2016-2021",
        "name": "Chuẩn nghèo tiếp cận đa chiều giai đoạn 2016–2020, áp dụng đến hết năm 2021",
        "legal_text": "Quyết định 59/2015/QĐ-TTg",
        "valid_from": date(2016, 1, 1),
        "valid_to": date(2021, 12, 31),
        "income_label": "điểm B1",
        "deprivation_label": "điểm B2",
    },
    {
        "code": "2027-2030",
        "name": "Chuẩn nghèo đa chiều quốc gia giai đoạn 2027–2030",
        "legal_text": "Nghị định 351/2025/NĐ-CP",
        "valid_from": date(2027, 1, 1),
        "valid_to": date(2030, 12, 31),
    },
]


def add(apps, schema_editor):
    standards = apps.get_model("households", "PovertyStandard").objects
    indicator = apps.get_model("households", "PovertyIndicator")
    line = apps.get_model("households", "PovertyLine")
    for facts in STANDARDS:
        standards.create(
            **facts, deprivation_points=30, income_points_rural=0, income_points_urban=0
        )
    for standard in standards.all():
        line.objects.bulk_create(
            line(standard=standard, area=area, income=income, lower_income=lower, points=points)
            for area, (income, lower, points) in LINES[standard.code].items()
        )
        indicator.objects.bulk_create(
            indicator(standard=standard, code=code, label=label, position=position)
            for position, (code, label) in enumerate(INDICATORS.get(standard.code, []), start=1)
        )


def remove(apps, schema_editor):
    apps.get_model("households", "PovertyLine").objects.all().delete()
    codes = [facts["code"] for facts in STANDARDS]
    indicators = apps.get_model("households", "PovertyIndicator").objects
    indicators.filter(standard__code__in=codes).delete()
    apps.get_model("households", "PovertyStandard").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("households", "0005_registry_grows")]
    operations = [migrations.RunPython(add, remove)]

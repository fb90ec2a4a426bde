from datetime import date

from django.db import migrations

# NĐ 07/2021/NĐ-CP Điều 3 and annex; points: TT 07/2021/TT-BLĐTBXH. Run to 31/12/2026 by
# NĐ 351/2025/NĐ-CP.
INDICATORS = [
    ("viec_lam", "Việc làm"),
    ("nguoi_phu_thuoc", "Người phụ thuộc trong hộ gia đình"),
    ("dinh_duong", "Dinh dưỡng"),
    ("bhyt", "Bảo hiểm y tế"),
    ("giao_duc_nguoi_lon", "Trình độ giáo dục của người lớn"),
    ("di_hoc_tre_em", "Tình trạng đi học của trẻ em"),
    ("chat_luong_nha", "Chất lượng nhà ở"),
    ("dien_tich_nha", "Diện tích nhà ở bình quân đầu người"),
    ("nguon_nuoc", "Nguồn nước sinh hoạt"),
    ("nha_tieu", "Nhà tiêu hợp vệ sinh"),
    ("vien_thong", "Sử dụng dịch vụ viễn thông"),
    ("phuong_tien_thong_tin", "Phương tiện phục vụ tiếp cận thông tin"),
]


def add(apps, schema_editor):
    standard = apps.get_model("households", "PovertyStandard").objects.create(
        code="2022-2026",
        name="Chuẩn nghèo đa chiều quốc gia giai đoạn 2022–2026",
        legal_text="Nghị định 07/2021/NĐ-CP; Nghị định 351/2025/NĐ-CP",
        valid_from=date(2022, 1, 1),
        valid_to=date(2026, 12, 31),
        income_points_rural=140,
        income_points_urban=175,
        deprivation_points=30,
    )
    indicator = apps.get_model("households", "PovertyIndicator")
    indicator.objects.bulk_create(
        indicator(standard=standard, code=code, label=label, position=position)
        for position, (code, label) in enumerate(INDICATORS, start=1)
    )


def remove(apps, schema_editor):
    apps.get_model("households", "PovertyIndicator").objects.all().delete()
    apps.get_model("households", "PovertyStandard").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("households", "0002_registry_rules")]
    operations = [migrations.RunPython(add, remove)]

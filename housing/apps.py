from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "Nhà Đại đoàn kết"
    default_auto_field = "django.db.models.BigAutoField"

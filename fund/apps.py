from django.apps import AppConfig


class FundConfig(AppConfig):
    name = "fund"
    verbose_name = "Quỹ Vì người nghèo"
    default_auto_field = "django.db.models.BigAutoField"

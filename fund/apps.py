from django.apps import AppConfig


class FundConfig(AppConfig):
    name = "fund"
    verbose_name = "Quỹ Vì người nghèo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import intake  # noqa: PLC0415 - models are ready only now
        from fund.receipts_intake import IMPORTER  # noqa: PLC0415

        intake.register(IMPORTER)

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = "Sổ hộ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from households import intake  # noqa: PLC0415 - models are not there any earlier

        intake.register()

from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "Nhà Đại đoàn kết"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import intake, todo  # noqa: PLC0415 - models are ready only now
        from housing.intake import IMPORTER  # noqa: PLC0415
        from housing.todo import houses  # noqa: PLC0415

        intake.register(IMPORTER)
        todo.register(houses)

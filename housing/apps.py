from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "Nhà Đại đoàn kết"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import intake, todo  # noqa: PLC0415 - models are ready only now
        from households.privacy import erasing  # noqa: PLC0415
        from housing.erasing import erase_stories  # noqa: PLC0415
        from housing.intake import IMPORTER  # noqa: PLC0415
        from housing.todo import houses  # noqa: PLC0415

        erasing.register(erase_stories)
        intake.register(IMPORTER)
        todo.register(houses)

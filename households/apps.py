from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = "Sổ hộ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import intake, todo  # noqa: PLC0415 - models are ready only now
        from committees.intake_batches import waiting  # noqa: PLC0415
        from households.lists import alike  # noqa: PLC0415
        from households.lists.importer import IMPORTER  # noqa: PLC0415
        from households.privacy import export_job  # noqa: PLC0415
        from households.views import absent, hardship, likeness, moves  # noqa: PLC0415
        from jobs import handlers  # noqa: PLC0415

        intake.register(IMPORTER)
        handlers.register(alike.FIND_ALIKE, alike.find_alike, label="Tìm hộ nghi trùng")
        handlers.register(export_job.EXPORT, export_job.export_list, label="Xuất danh sách hộ")
        todo.register(waiting)
        todo.register(absent.waiting)
        todo.register(hardship.waiting)
        todo.register(likeness.waiting)
        todo.register(moves.waiting)

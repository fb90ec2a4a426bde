from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import todo  # noqa: PLC0415 – models are ready only now
        from jobs import handlers  # noqa: PLC0415
        from reports import jobs  # noqa: PLC0415
        from reports.todo import waiting  # noqa: PLC0415

        todo.register(waiting)
        handlers.register(jobs.COMPILE, jobs.compile_drafts, label="Lập dự thảo báo cáo")

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from campaigns import board  # noqa: PLC0415 – models are ready only now
        from committees import todo  # noqa: PLC0415
        from jobs import handlers  # noqa: PLC0415
        from reports import board_counts, jobs  # noqa: PLC0415
        from reports.todo import waiting  # noqa: PLC0415

        todo.register(waiting)
        board.register("houses", board_counts.houses_begun)
        board.register("receipts", board_counts.money_received)
        board.register("gifts", board_counts.gifts_given)
        handlers.register(jobs.COMPILE, jobs.compile_drafts, label="Lập dự thảo báo cáo")

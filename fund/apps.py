from django.apps import AppConfig


class FundConfig(AppConfig):
    name = "fund"
    verbose_name = "Quỹ Vì người nghèo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from committees import intake, todo  # noqa: PLC0415 - models are ready only now
        from fund import receipts_intake, support_intake, welfare_intake  # noqa: PLC0415
        from fund.erasing import erase_recipients  # noqa: PLC0415
        from fund.support_todo import support_lists  # noqa: PLC0415
        from fund.voucher_todo import drafts_to_post  # noqa: PLC0415
        from households.privacy import erasing  # noqa: PLC0415

        erasing.register(erase_recipients)
        for module in (receipts_intake, support_intake, welfare_intake):
            intake.register(module.IMPORTER)
        todo.register(drafts_to_post)
        todo.register(support_lists)

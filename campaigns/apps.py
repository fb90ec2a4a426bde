from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from campaigns.document_todo import plans_waiting  # noqa: PLC0415 – models are ready now
        from committees import todo  # noqa: PLC0415

        todo.register(plans_waiting)

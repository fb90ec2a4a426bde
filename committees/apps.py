from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Hệ thống tổ chức"
    default_auto_field = "django.db.models.BigAutoField"

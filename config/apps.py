from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Every process that has Django must know the Celery app before a task is defined:
        # @shared_task binds to it.
        import config.celery  # noqa: F401, PLC0415

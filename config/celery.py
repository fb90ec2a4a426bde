"""The Celery application; tasks live in each app's ``tasks`` module."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("vinguoingheo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_djangos_logging(**_: object) -> None:
    """Receiving this signal is what stops Celery from setting up loggers of its own."""

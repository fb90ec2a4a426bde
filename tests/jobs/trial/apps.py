from django.apps import AppConfig


class TrialConfig(AppConfig):
    """Loaded by the workers of these tests only (tests.jobs.worker_settings)."""

    name = "tests.jobs.trial"
    label = "trial"

    def ready(self):
        from tests.jobs.trial import work  # noqa: PLC0415 – models are ready only now

        work.register()

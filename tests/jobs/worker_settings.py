"""Settings of the workers in the tests of jobs: the site's own, and the trial kinds of jobs."""

from config.settings import *  # noqa: F403, TID251
from config.settings import INSTALLED_APPS  # noqa: TID251

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.trial.apps.TrialConfig"]

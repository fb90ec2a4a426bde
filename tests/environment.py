"""The surroundings of a test run, set before Django reads its settings.

Loaded by ``-p tests.environment``. Every run has its own database, its own Valkey, its own
keys and files, so several runs and the demo may go on side by side on one machine.
"""

import os
import shutil
import tempfile
from pathlib import Path

from config import embedded, keys

FOLDER = Path(tempfile.mkdtemp(prefix="vnn-tests-"))
VALKEY_SOCKET = FOLDER / "valkey.sock"
SETTINGS = {
    "DATABASE_NAME": f"vinguoingheo_test_{os.getpid()}",
    "DATABASE_ROLE": "app",
    "REDIS_URL": f"unix://{VALKEY_SOCKET}?db=0",
    "VNN_KEYS_FILE": str(FOLDER / "keys.json"),
    "STORAGE_ROOT": str(FOLDER / "files"),
    "BEAT_SCHEDULE_FILE": str(FOLDER / "beat-schedule"),
    "PASSWORD_HASHERS": "django.contrib.auth.hashers.MD5PasswordHasher",  # speed alone
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "API_REQUESTS_A_MINUTE": "1000000",  # the walk of all addresses asks thousands
    "API_CHANGES_A_MINUTE": "1000000",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in the test's thread
}
FOREIGN_SETTINGS = ("DATABASE_URL", "DATABASE_OWNER_URL", "CLOCK_SHIFT", "SECURE", "DEBUG")

for name in FOREIGN_SETTINGS:
    os.environ.pop(name, None)
os.environ.update(SETTINGS)
keys.create(Path(SETTINGS["VNN_KEYS_FILE"]))


def pytest_sessionstart() -> None:
    embedded.start()
    start_valkey()


def pytest_unconfigure() -> None:
    if VALKEY_SOCKET.exists():
        stop_valkey()
    shutil.rmtree(FOLDER, ignore_errors=True)


def start_valkey() -> None:
    """Bring up this run's Valkey; also after a test has stopped it."""
    embedded.start_valkey(FOLDER, VALKEY_SOCKET)


def stop_valkey() -> None:
    embedded.stop_valkey(VALKEY_SOCKET)

"""The whole site as real processes on a database of its own: web, worker, beat, Chromium.

Nothing of it shares Django's connection with the tests: what a test knows, it saw in the
browser or had a management command print.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from config import embedded, prepare, processes
from tests import databases, environment

SITE_PREFIX = "vinguoingheo_site_"
PATIENCE = 60  # seconds


class Site:
    """One running site. ``start()`` makes its database with all units; ``stop()`` drops it."""

    def __init__(self, name: str, *, valkey_db: int) -> None:
        self.database = f"{SITE_PREFIX}{os.getpid()}_{name}"
        self.folder = environment.FOLDER / name
        self.folder.mkdir()
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = os.environ | {
            "DATABASE_NAME": self.database,
            "REDIS_URL": f"unix://{environment.VALKEY_SOCKET}?db={valkey_db}",
            "STORAGE_ROOT": str(self.folder / "files"),
            "BEAT_SCHEDULE_FILE": str(self.folder / "beat"),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": "1",
            "WORKER_CONCURRENCY": "1",
            "SWEEP_SECONDS": "2",
        }
        self.children: list[subprocess.Popen] = []

    def start(self, *, beat: bool = True) -> "Site":
        drop_sites_left_behind()
        databases.create_test_database(self.database)
        self.manage("load_units")
        for name in ("web", "worker", "beat") if beat else ("web", "worker"):
            self._run(name)
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        databases.drop_database(self.database)

    def manage(self, *arguments: str) -> str:
        """Run a management command against this site; its standard output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=prepare.ROOT,
            env=self.settings,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{arguments} → {done.returncode}\n{done.stderr}\n{done.stdout}")
        return done.stdout

    def ask(self, *arguments: str) -> dict:
        """Run a command with --json; its answer."""
        return json.loads(self.manage(*arguments, "--json"))

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def _run(self, name: str) -> None:
        process = processes.PROCESSES[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.children.append(
                subprocess.Popen(
                    [sys.executable, "-m", *process.command],
                    cwd=prepare.ROOT,
                    env=self.settings | dict(process.settings),
                    stdout=log,
                    stderr=log,
                )
            )

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The site did not start:\n{self.log('web')}")


def drop_sites_left_behind() -> None:
    """Databases of sites whose test run is gone."""
    opened = databases.connect(embedded.SUPERUSER, "postgres")
    with opened.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [SITE_PREFIX]
        )
        for (name,) in cursor.fetchall():
            run = name.removeprefix(SITE_PREFIX).partition("_")[0]
            if not Path(f"/proc/{run}").exists():
                databases.drop_database(name)
    opened.close()


def chromium() -> str | None:
    """The browser of the system; None lets Playwright take its own."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]

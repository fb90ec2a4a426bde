"""The scale registry behind the real web server, and a reader's browser without the browser."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.urls import reverse

from config import embedded, prepare, processes

PATIENCE = 60  # seconds
HOST = "127.0.0.1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer(NamedTuple):
    """A page as it came, and how long it took from the first byte sent to the last received."""

    status: int
    text: str
    milliseconds: float
    location: str


class Reader:
    """Somebody signed in over HTTP; each page comes on a connection of its own."""

    def __init__(self, port: int, username: str):
        self.port = port
        self.cookies = SimpleCookie()
        login = reverse("committees:login")
        token = TOKEN.search(self.get(login).text)[1]
        form = {
            "username": username, "password": settings.DEMO_PASSWORD, "csrfmiddlewaretoken": token
        }  # fmt: skip
        answer = self._ask("POST", login, urllib.parse.urlencode(form))
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"{username} cannot sign in: {answer.status}")

    def get(self, path: str, **query: object) -> Answer:
        """One page."""
        return self._ask("GET", f"{path}?{urllib.parse.urlencode(query)}" if query else path)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{c.key}={c.value}" for c in self.cookies.values())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        took = (time.perf_counter() - started) * 1000
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        return Answer(answer.status, text, took, answer.getheader("Location", ""))


def scale_database() -> str:
    """The name of the scale database that goes with the database of this process."""
    name = connection.settings_dict["NAME"]
    return name if name.startswith("scale_") else f"scale_{name}"


def command(name: str, *arguments: str) -> str:
    """Run a management command on the scale database, made and migrated first; its output."""
    if os.environ.get("DATABASE_URL"):
        raise RuntimeError("Phép đo này cần PostgreSQL của dự án: hãy bỏ biến DATABASE_URL.")
    embedded.create_database(scale_database())
    _manage("migrate", "--no-input", "--verbosity", "0", DATABASE_ROLE="owner")
    _manage("load_units")
    return _manage(name, *arguments)


@contextmanager
def served() -> Iterator[int]:
    """The web server on the scale database, as production runs it; its port."""
    web = processes.PROCESSES["web"]
    with TemporaryDirectory() as folder, socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
        free.close()
        environment = _environment() | dict(web.settings)
        environment |= {"BIND": f"{HOST}:{port}", "STORAGE_ROOT": folder}
        with (Path(folder) / "web.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", *web.command],
                cwd=prepare.ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_until_ready(port, Path(folder) / "web.log")
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _environment() -> dict[str, str]:
    # Moving a million rows to a new schema takes longer than a page may.
    return os.environ | {"DATABASE_NAME": scale_database(), "STATEMENT_TIMEOUT_MS": "0"}


def _manage(*arguments: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=prepare.ROOT,
        env=_environment() | more,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments} → {done.returncode}: {done.stdout}")
    return done.stdout


def _wait_until_ready(port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        line = http.client.HTTPConnection(HOST, port, timeout=2)
        try:
            line.request("GET", "/readyz")
            if line.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise RuntimeError(f"The web server did not start:\n{log.read_text()}")

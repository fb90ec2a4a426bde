"""The project's own servers: from nothing, twice, side by side, under a closed home."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest
import redis

from config import embedded

ROOT = Path(embedded.__file__).resolve().parent.parent


class Checkout:
    """The one module that starts servers, in a place of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "config").mkdir(parents=True)
        (folder / "config" / "__init__.py").touch()
        shutil.copy(ROOT / "config" / "embedded.py", folder / "config")

    def run(self, code: str) -> str:
        program = f"from config import embedded\n{code}"
        answer = subprocess.run(
            [sys.executable, "-c", program],
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
        )
        return answer.stdout.strip()

    def start(self) -> tuple[str, str]:
        """Folder of the sockets and Valkey's address."""
        places = self.run("p = embedded.start(); print(p.sockets); print(p.redis_url)")
        sockets, redis_url = places.splitlines()
        return sockets, redis_url

    def remove(self) -> None:
        home = Path(self.run("embedded.stop(); print(embedded.servers().home)"))
        shutil.rmtree(home, ignore_errors=True)  # not there if it never started
        shutil.rmtree(self.folder)


@pytest.fixture
def checkouts(tmp_path: Path) -> Iterator[list[Checkout]]:
    """Two checkouts in folders that only their owner may enter."""
    tmp_path.chmod(0o700)
    made = [Checkout(tmp_path / name) for name in ("first", "second")]
    yield made
    for checkout in made:
        if checkout.folder.exists():
            checkout.remove()


def ask(sockets: str, sql: str, *, user: str = "postgres") -> object:
    line = psycopg2.connect(host=sockets, user=user, dbname="postgres")
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else (None,)
    line.close()
    return row[0]


def test_two_checkouts_run_side_by_side_and_keep_their_data(checkouts):
    first, second = (checkout.start() for checkout in checkouts)
    ask(first[0], "CREATE TABLE kept AS SELECT 1 AS one")
    redis.Redis.from_url(first[1]).set("kept", "1")

    assert ask(second[0], "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'") == 0
    assert redis.Redis.from_url(second[1]).get("kept") is None

    checkouts[0].run("embedded.stop()")
    with pytest.raises(psycopg2.OperationalError):
        ask(first[0], "SELECT 1")
    assert checkouts[0].start() == first
    assert ask(first[0], "SELECT one FROM kept") == 1
    assert redis.Redis.from_url(first[1]).get("kept") == b"1"


def test_a_second_start_leaves_the_servers_running(checkouts):
    sockets, _ = checkouts[0].start()
    started_at = ask(sockets, "SELECT pg_postmaster_start_time()")

    checkouts[0].start()

    assert ask(sockets, "SELECT pg_postmaster_start_time()") == started_at


def test_the_server_sorts_alike_everywhere_and_has_the_two_roles(checkouts):
    sockets, _ = checkouts[0].start()

    locale = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'template1'"
    assert ask(sockets, locale) == "bC.UTF-8"
    assert ask(sockets, "SELECT lower('ĐẶNG')") == "đặng"
    assert ask(sockets, "SELECT current_user", user="app") == "app"
    assert ask(sockets, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'owner'") is True
    assert ask(sockets, "SHOW listen_addresses") == ""


def test_the_servers_do_not_run_as_root():
    servers = embedded.servers()
    pid = int((servers.home / "postgres" / "postmaster.pid").read_text().split()[0])
    info = redis.Redis.from_url(servers.redis_url).info("server")

    for process in (pid, info["process_id"]):
        assert Path(f"/proc/{process}").stat().st_uid == (os.geteuid() or 65534)


def test_what_a_deleted_checkout_left_behind_is_cleared(checkouts):
    _, redis_url = checkouts[0].start()
    home = Path(checkouts[0].run("print(embedded.servers().home)"))
    shutil.rmtree(checkouts[0].folder)

    checkouts[1].start()

    assert not home.exists()
    with suppress(redis.ConnectionError):  # inside the deleted folder nobody else can clear it
        redis.Redis.from_url(redis_url).shutdown(nosave=True)

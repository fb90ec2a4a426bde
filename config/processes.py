"""The processes of the site, once: ``./dev demo`` starts them, docker-compose.yml names them.

A test compares both. ``python -m config.processes`` starts workers, builds the demo and, unless
told ``--no-serve``, serves it until interrupted; it takes its children with it.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRACE = 20  # seconds between asking a child to end and ending it


@dataclass(frozen=True)
class Process:
    """A command (to be run as ``python -m``) and the settings that differ for it."""

    command: list[str]
    settings: Mapping[str, str] = field(default_factory=dict)


# Jobs may take minutes and wait for Redis; pages may not.
FOR_JOBS = {"STATEMENT_TIMEOUT_MS": "300000", "BROKER_TIMEOUT_SECONDS": "30"}
PROCESSES = {
    "web": Process(["gunicorn", "--config", "deploy/gunicorn.conf.py", "config.wsgi"]),
    "worker": Process(
        ["celery", "--app", "config.celery", "worker", "--queues", "quick,report,import"],
        FOR_JOBS,
    ),
    "beat": Process(["celery", "--app", "config.celery", "beat"], FOR_JOBS),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev demo")
    parser.add_argument("--no-serve", action="store_true", help="kết thúc sau khi có báo cáo")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    if not options.no_serve:
        _refuse_taken_port(options.port)
    children = {name: _start(name) for name in ("worker", "beat")}
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _end_at_once)
    try:
        build = subprocess.run([sys.executable, "manage.py", "build_demo"], cwd=ROOT, check=False)
        if build.returncode or options.no_serve:
            return build.returncode
        children["web"] = _start("web", BIND=f"127.0.0.1:{options.port}")
        print(f"» Mở http://127.0.0.1:{options.port} (Ctrl+C để dừng)", flush=True)
        return children["web"].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)


def _start(name: str, **more: str) -> subprocess.Popen:
    """In a process group of its own, so that Ctrl+C reaches it through us, in order."""
    process = PROCESSES[name]
    log = ROOT / ".local" / "logs" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", *process.command],
            cwd=ROOT,
            env=os.environ | process.settings | more,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _stop(children: Mapping[str, subprocess.Popen]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as line:
        if line.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"✗ Cổng {port} đang có chương trình khác dùng; hãy thêm --port N.")


def _end_at_once(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

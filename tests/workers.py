"""Real Celery workers for tests: own processes, the test's database, the run's Valkey."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from config import prepare, processes

PATIENCE = 30  # seconds


class Worker:
    """One ``celery worker`` process with its children, in a process group of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.log_file = folder / f"worker-{time.monotonic_ns()}.log"
        self.settings = settings
        self.process: subprocess.Popen | None = None

    def start(self) -> "Worker":
        """Start and wait until it takes tasks."""
        worker = processes.PROCESSES["worker"]
        settings = os.environ | worker.settings | {"WORKER_CONCURRENCY": "1"} | self.settings
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *worker.command],
                cwd=prepare.ROOT,
                env=settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_for(" ready.")
        return self

    def kill(self) -> None:
        """SIGKILL to the worker and its children at once, as an out-of-memory killer would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """End in good order."""
        self._signal(signal.SIGTERM)

    @property
    def log(self) -> str:
        return self.log_file.read_text() if self.log_file.exists() else ""

    def _signal(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def _wait_for(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words not in self.log:
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"The worker did not start:\n{self.log}")
            time.sleep(0.05)


def wait_until(condition, *, seconds: float = PATIENCE, what: str = "the condition"):
    """Ask again every 50 ms; return the first true answer, fail after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come true within {seconds} s")

"""``./dev`` keeps stdout for the command's own answer and hands its exit code on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import embedded, prepare


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=prepare.ROOT, capture_output=True, text=True, check=False)


def test_a_command_prints_its_answer_and_nothing_else():
    done = run("./dev", "manage", "check")

    assert done.returncode == 0
    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_a_failing_command_fails():
    assert run("./dev", "manage", "check", "--tag", "không-có").returncode == 1


def test_an_unknown_word_explains_the_known_ones():
    done = run("./dev", "deploy")

    assert done.returncode == 2
    assert done.stdout == ""
    for command in ("demo", "test", "manage", "bench", "check", "fix", "stop"):
        assert command in done.stderr


@pytest.fixture
def stamp() -> Iterator[Path]:
    name = f"{os.environ['DATABASE_NAME']}-schema"
    place = embedded.servers().home / "stamps" / name
    yield place
    place.unlink(missing_ok=True)


def test_a_schema_that_stands_is_not_migrated_again(transactional_db, stamp):
    command = (sys.executable, "-m", "config.prepare", "--no-units")
    first, second = run(*command), run(*command)

    assert (first.returncode, first.stdout) == (0, "")
    assert "lược đồ dữ liệu" in first.stderr
    assert stamp.read_text() == prepare.fingerprint(prepare.MIGRATIONS)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")

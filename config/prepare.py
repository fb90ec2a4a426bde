"""Make everything stand that a command needs: keys, servers, database, schema, units.

Each step that has nothing to do costs milliseconds: what was applied is remembered, by a
fingerprint of its files, beside the data it was applied to. Progress goes to stderr, since
the command that follows may print one JSON value on stdout.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from config import embedded, keys

ROOT = Path(__file__).resolve().parent.parent
MIGRATIONS = ("*/migrations/*.py", "requirements/runtime.txt")
UNITS = (
    "committees/management/commands/load_units.py",
    "committees/unit_lists.py",
    "committees/data/*",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.prepare")
    parser.add_argument("--no-units", action="store_true", help="only schema, no units")
    parser.add_argument("--no-schema", action="store_true", help="only keys, servers, database")
    options = parser.parse_args()
    prepare(schema=not options.no_schema, units=not options.no_units and not options.no_schema)


def prepare(*, schema: bool = True, units: bool = True) -> None:
    """Bring up what is asked for; units need the schema."""
    if not os.environ.get("VNN_KEYS_FILE"):
        keys.create(keys.place())
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        embedded.start()
    if not os.environ.get("DATABASE_URL"):
        embedded.create_database(database_name())
    with embedded.only_one("prepare"):
        if schema:
            migrate = ["migrate", "--no-input", "--verbosity", "0"]
            _once("schema", MIGRATIONS, migrate, "lược đồ dữ liệu")
        if units and (ROOT / UNITS[0]).exists():
            _once("units", UNITS, ["load_units"], "danh mục đơn vị hành chính")


def database_name() -> str:
    """The database of this process on the project's own server."""
    return os.environ.get("DATABASE_NAME") or embedded.DATABASE


def fingerprint(patterns: Iterable[str]) -> str:
    """SHA-256 over names and bytes of the project's files that match."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(ROOT)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _once(what: str, patterns: Iterable[str], command: list[str], title: str) -> None:
    """Run a management command unless it ran for these files on this database."""
    stamp = _stamp(what)
    wanted = fingerprint(patterns)
    if stamp and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"· Chuẩn bị {title} ({database_name()})…", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, stdout=sys.stderr, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    if stamp:
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(wanted)


def _stamp(what: str) -> Path | None:
    """Beside the data, so that it goes when they go; none for a server that is not ours."""
    if os.environ.get("DATABASE_URL"):
        return None
    return embedded.servers().home / "stamps" / f"{database_name()}-{what}"


if __name__ == "__main__":
    main()

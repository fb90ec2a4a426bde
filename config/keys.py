"""The one secret file: kept outside the database and outside its backups.

{"secret_key": text, "field_keys": {key id: base64 of 32 bytes}, "current": key id,
 "index_key": base64 of 32 bytes}. Values encrypted in the database name their key id, so an
old key stays readable after a new one becomes current; the blind index has a key of its own.
"""

import base64
import json
import os
import secrets
from pathlib import Path


class KeysMissing(RuntimeError):
    """The secret file is not there; the text says how to make it."""


def load(path: Path) -> dict:
    """Read the keys; the field keys and the index key come back as bytes."""
    try:
        written = json.loads(path.read_text())
    except FileNotFoundError:
        raise KeysMissing(
            f"No secret file at {path}: run `python -m config.keys` or set VNN_KEYS_FILE."
        ) from None
    return {
        "secret_key": written["secret_key"],
        "field_keys": {name: base64.b64decode(key) for name, key in written["field_keys"].items()},
        "current": written["current"],
        "index_key": base64.b64decode(written["index_key"]),
    }


def create(path: Path) -> bool:
    """Write fresh keys, readable by the owner only; False if the file stands already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as file:
        json.dump(
            {
                "secret_key": secrets.token_urlsafe(48),
                "field_keys": {"k1": _new_key()},
                "current": "k1",
                "index_key": _new_key(),
            },
            file,
            indent=2,
        )
    return True


def place() -> Path:
    """Where this installation keeps its secret file."""
    beside_the_code = Path(__file__).resolve().parent.parent / ".local" / "keys.json"
    return Path(os.environ.get("VNN_KEYS_FILE") or beside_the_code)


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":
    create(place())

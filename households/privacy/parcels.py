"""Large exported files waiting for the person who asked: sealed on disk, gone after a day.

Written and read piece by piece (AES-256-GCM each, bound to the job, its place and whether it
is the last), so that neither needs memory for the whole, and a cut or mixed file is noticed.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PIECE = 1024 * 1024
SEAL = 16
PREFIX = 8


def place_of(job: int) -> Path:
    """Where the file of this job lies while it is kept."""
    return Path(settings.STORAGE_ROOT) / "exports" / f"{job}.sealed"


def keep(job: int, plain: Path) -> None:
    """Seal a finished file under the job's number; an earlier try's file is replaced."""
    place = place_of(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(6)}")
    key_id = settings.KEYS["current"]
    cipher, prefix = AESGCM(settings.KEYS["field_keys"][key_id]), secrets.token_bytes(PREFIX)
    with plain.open("rb") as source, temporary.open("wb") as target:
        target.write(key_id.encode() + b"\0" + prefix)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            bound = _bound(job, number, is_last=not following)
            target.write(cipher.encrypt(_nonce(prefix, number), piece, bound))
            if not following:
                break
            number, piece = number + 1, following
    temporary.replace(place)


def read(job: int) -> Iterator[bytes]:
    """The file piece by piece. Raises ``cryptography``'s InvalidTag for a file tampered with."""
    with place_of(job).open("rb") as source:
        key_id = b"".join(iter(lambda: source.read(1), b"\0")).decode()
        cipher, prefix = AESGCM(settings.KEYS["field_keys"][key_id]), source.read(PREFIX)
        number, piece = 0, source.read(PIECE + SEAL)
        while piece:
            following = source.read(PIECE + SEAL)
            bound = _bound(job, number, is_last=not following)
            yield cipher.decrypt(_nonce(prefix, number), piece, bound)
            number, piece = number + 1, following


def remove_older_than(moment: datetime) -> int:
    """Remove the files that were finished before ``moment``; how many."""
    old = [
        path
        for path in place_of(0).parent.glob("*.sealed")
        if path.stat().st_mtime < moment.timestamp()
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _bound(job: int, number: int, *, is_last: bool) -> bytes:
    return f"export:{job}:{number}:{is_last}".encode()

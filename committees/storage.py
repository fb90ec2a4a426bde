"""Files under the SHA-256 of their content; private ones encrypted with the field keys.

A file is written whole under a temporary name, flushed and renamed before its row is made:
a row means that the file is there.
"""

import hashlib
import os
import secrets
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from committees.errors import CommitteeError
from committees.models import Committee, StoredFile, User
from config.vietnamese.text import clean_file_name

STASHED_FOR = 24 * 60 * 60  # seconds


def keep(
    data: bytes, *, name: str, content_type: str, committee: Committee, by: User, private=True
) -> StoredFile:
    """Store ``data`` and return its row; the same bytes lie on disk once."""
    digest = hashlib.sha256(data).hexdigest()
    path = _place(digest, private)
    if not path.exists():
        _write(path, _seal(data, digest) if private else data)
    return StoredFile.objects.create(
        committee=committee,
        sha256=digest,
        name=clean_file_name(name),
        content_type=content_type,
        size=len(data),
        is_private=private,
        stored_by=by,
    )


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file; ``FileDamaged`` when they are not what was stored,
    ``FileRemoved`` when they were taken away on purpose."""
    if file.removed_at:
        raise FileRemoved(f"Nội dung tệp {file.name} đã được bỏ khi hết hạn lưu giữ.")
    data = _place(file.sha256, file.is_private).read_bytes()
    if file.is_private:
        data = _open(data, file.sha256)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileDamaged(file.sha256)
    return data


def stash(name: str, data: bytes) -> None:
    """Keep something that can be made again, encrypted, under a name; over what lay there.

    What was stashed more than a day ago is swept away.
    """
    place = _stash_place(name)
    if place.parent.exists():
        for old in place.parent.iterdir():
            if time.time() - old.stat().st_mtime > STASHED_FOR:
                old.unlink(missing_ok=True)
    _write(place, _seal(data, name))


def stashed(name: str) -> bytes | None:
    """What was stashed under a name, None when nothing (any more)."""
    try:
        return _open(_stash_place(name).read_bytes(), name)
    except FileNotFoundError:
        return None


def unstash(name: str) -> None:
    """Forget what was stashed."""
    _stash_place(name).unlink(missing_ok=True)


@transaction.atomic
def remove(file: StoredFile) -> None:
    """Take away the bytes of a file for good; its row stays. Other rows with the same bytes
    keep them. The bytes go when the transaction is committed."""
    StoredFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=Now())
    file.refresh_from_db(fields=["removed_at"])
    same = StoredFile.objects.filter(sha256=file.sha256, is_private=file.is_private)
    if not same.filter(removed_at=None).exists():
        place = _place(file.sha256, file.is_private)
        transaction.on_commit(lambda: place.unlink(missing_ok=True))


class FileRemoved(CommitteeError):
    """The bytes were taken away on purpose."""


class FileDamaged(RuntimeError):
    """The bytes on disk do not have the hash in their row."""


def _place(digest: str, private: bool) -> Path:
    suffix = ".sealed" if private else ""
    return Path(settings.STORAGE_ROOT) / digest[:2] / f"{digest}{suffix}"


def _stash_place(name: str) -> Path:
    return Path(settings.STORAGE_ROOT) / "stash" / f"{name}.sealed"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _seal(data: bytes, digest: str) -> bytes:
    key_id = settings.KEYS["current"]
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(settings.KEYS["field_keys"][key_id]).encrypt(nonce, data, digest.encode())
    return key_id.encode() + b"\0" + nonce + sealed


def _open(sealed: bytes, digest: str) -> bytes:
    key_id, _, rest = sealed.partition(b"\0")
    key = settings.KEYS["field_keys"][key_id.decode()]
    return AESGCM(key).decrypt(rest[:12], rest[12:], digest.encode())

"""Stores that are backed up, and backups that were tampered with."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.models.records.base import new_id
from desktop.models.records.households import Household
from desktop.models.store.backup import restore_backup
from desktop.models.store.backup_file import MAGIC, BackupFailure, BackupFault
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta

PASSPHRASE = "kopi pahit 17"
VILLAGE = "36.01.01.2001"


def make_passphrases_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs 0.2 s on purpose; here it need not."""
    stretched: dict[tuple[str, bytes], bytes] = {}

    def stretch(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
        del cost
        return stretched.setdefault(
            (passphrase, salt), hashlib.sha256(passphrase.encode() + salt).digest()
        )

    monkeypatch.setattr("desktop.models.store.keys._stretch", stretch)


@contextmanager
def store_of_five(folder: Path) -> Iterator[Store]:
    """A store with five families."""
    opened = Store.open(folder)
    with opened.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(new_id()))
    register(opened, 5)
    yield opened
    opened.close()


def register(store: Store, families: int) -> None:
    for _ in range(families):
        with store.recording() as writer:
            writer.insert(Household(scope=VILLAGE))


def count(folder: Path) -> int:
    store = Store.open(folder)
    try:
        with store.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM household").scalar_one())
    finally:
        store.close()


def fault_of(path: Path, folder: Path, passphrase: str = PASSPHRASE) -> BackupFault:
    with pytest.raises(BackupFailure) as caught:
        restore_backup(path, passphrase, folder)
    return caught.value.fault


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def rewritten(path: Path, **changes: Any) -> None:
    """Writes a backup anew with another header that is sealed as it should be."""
    content = path.read_bytes()
    start = len(MAGIC) + 4
    length = int.from_bytes(content[len(MAGIC) : start], "big")
    header = json.loads(content[start : start + length]) | changes
    raw = json.dumps(header).encode()
    body = content[start + length + 32 :]
    path.write_bytes(
        MAGIC + len(raw).to_bytes(4, "big") + raw + hashlib.sha256(raw).digest() + body
    )

"""Photos and files go with a backup; damaged ones stay behind, and the rest is saved all the same."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.store.backup import read_info, restore_backup, write_backup
from desktop.models.store.backup_file import MAGIC, BackupFault
from desktop.models.store.local import Store
from tests.models.store.backups import (
    PASSPHRASE,
    count,
    fault_of,
    make_passphrases_cheap,
    rewritten,
    store_of_five,
)


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passphrases_cheap(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_of_five(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def put_photos(store: Store, count: int = 3) -> list[str]:
    return [store.blobs.put(bytes([number]) * 40_000, b"small") for number in range(count)]


def test_photos_are_restored_with_the_rest(store: Store, stick: Path) -> None:
    digests = put_photos(store)
    told: list[tuple[int, int]] = []
    info = write_backup(store, stick / "a", PASSPHRASE, lambda *step: told.append(step))
    assert info.files is not None
    assert (info.files.count, info.files.is_whole) == (3, True)
    assert read_info(stick / "a") == info
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] >= 3 * 40_000

    told.clear()
    restore_backup(stick / "a", PASSPHRASE, stick / "new", progress=lambda *step: told.append(step))

    assert told[-1] == (info.body_size, info.body_size)
    restored = Store.open(stick / "new")
    assert [restored.blobs.get(digest)[0] for digest in digests] == [0, 1, 2]
    assert restored.blobs.thumbnail(digests[0]) == b"small"
    assert restored.is_whole()
    restored.close()
    assert not list(store.folder.glob("backup-*"))


def test_a_backup_is_written_although_a_photo_is_damaged(store: Store, stick: Path) -> None:
    put_photos(store)
    store.close()
    path = store.folder / "attachments.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    info = write_backup(store, stick / "a", PASSPHRASE)

    assert info.files is not None
    assert (info.files.count, info.files.is_whole) == (2, False)
    restore_backup(stick / "a", PASSPHRASE, stick / "new")
    assert count(stick / "new") == 5


def test_a_backup_is_written_although_the_photos_cannot_be_opened(
    store: Store, stick: Path
) -> None:
    (store.folder / "attachments.db").write_bytes(b"something else entirely" * 400)

    info = write_backup(store, stick / "a", PASSPHRASE)

    assert info.files is not None
    assert (info.files.count, info.files.is_whole) == (0, False)
    restore_backup(stick / "a", PASSPHRASE, stick / "new")
    assert count(stick / "new") == 5


@pytest.mark.parametrize("part", [0.7, 0.9, 0.9999])
def test_a_flipped_bit_in_the_photos_is_refused(store: Store, stick: Path, part: float) -> None:
    put_photos(store, 12)
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    content = bytearray(path.read_bytes())
    content[int(len(content) * part)] ^= 0x10
    path.write_bytes(content)
    assert fault_of(path, store.folder) is BackupFault.DAMAGED


def test_a_backup_cut_off_in_its_photos_is_refused(store: Store, stick: Path) -> None:
    put_photos(store, 12)
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    path.write_bytes(path.read_bytes()[:-100_000])
    assert fault_of(path, store.folder) is BackupFault.CUT_OFF


def test_a_count_of_photos_that_does_not_fit_is_refused(store: Store, stick: Path) -> None:
    put_photos(store)
    path = stick / "a"
    info = write_backup(store, path, PASSPHRASE)
    assert info.files is not None
    rewritten(path, files={**vars(info.files), "count": 4})
    assert fault_of(path, store.folder) is BackupFault.DAMAGED


def test_a_backup_of_before_there_were_photos_is_restored(store: Store, stick: Path) -> None:
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    content = path.read_bytes()
    start = len(MAGIC) + 4
    length = int.from_bytes(content[len(MAGIC) : start], "big")
    header = json.loads(content[start : start + length])
    del header["files"]
    raw = json.dumps({**header, "format": 1}).encode()
    sealed = len(raw).to_bytes(4, "big") + raw + hashlib.sha256(raw).digest()
    path.write_bytes(MAGIC + sealed + content[start + length + 32 :])

    restore_backup(path, PASSPHRASE, stick / "new")
    assert count(stick / "new") == 5

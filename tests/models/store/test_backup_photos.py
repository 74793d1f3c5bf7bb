"""Photos and files go with a backup; damaged ones stay behind, and the rest is saved all the same."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.operations.attachments import forget_unnamed
from desktop.models.records.base import utc_now
from desktop.models.store.backup import read_info, restore_backup, write_backup
from desktop.models.store.backup_file import MAGIC, BackupFault
from desktop.models.store.blobs import NAME as BLOBS_NAME
from desktop.models.store.blobs import Blobs
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, Store
from tests.models.store.backups import (
    PASSPHRASE,
    count,
    fault_of,
    make_passphrases_cheap,
    register,
    rewritten,
    store_of_five,
)

OLD, NEW = b"old" * 9000, (b"new" * 9000, b"newer" * 9000)


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


@pytest.fixture
def used(store: Store, stick: Path) -> Store:
    """A laptop that was backed up with one photo, and took two since."""
    store.blobs.put(OLD, b"small")
    write_backup(store, stick / "a", PASSPHRASE)
    for body in NEW:
        store.blobs.put(body, b"small")
    store.close()
    return store


def held(folder: Path) -> list[bytes]:
    """Which of the three photos a store has."""
    store = Store.open(folder)
    digests = [(body, hashlib.sha256(body).hexdigest()) for body in (OLD, *NEW)]
    found = [body for body, digest in digests if store.blobs.has(digest)]
    assert all(store.blobs.get(hashlib.sha256(body).hexdigest()) == body for body in found)
    assert store.blobs.stock()[0] == len(found)
    store.close()
    return found


def test_photos_of_after_the_backup_are_taken_along(used: Store, stick: Path) -> None:
    restored = restore_backup(stick / "a", PASSPHRASE, used.folder, used.close)
    assert restored.has_all
    assert restored.aside is not None
    assert held(used.folder) == held(restored.aside) == [OLD, *NEW]
    store = Store.open(used.folder)
    assert store.blobs.thumbnail(hashlib.sha256(NEW[0]).hexdigest()) == b"small"
    assert store.is_whole()
    store.close()


def test_photos_of_a_store_with_another_key_are_taken_along(used: Store, stick: Path) -> None:
    """The laptop was set up anew before somebody found the stick."""
    with store_of_five(stick / "anew") as anew:
        anew.blobs.put(NEW[1])
    assert anew.data_key() != used.data_key()
    assert restore_backup(stick / "a", PASSPHRASE, anew.folder, anew.close).has_all
    assert held(anew.folder) == [OLD, NEW[1]]


def test_of_damaged_photos_the_others_are_taken_along(used: Store, stick: Path) -> None:
    path = used.folder / BLOBS_NAME
    content = bytearray(path.read_bytes())
    content[-20_000] ^= 1
    path.write_bytes(content)
    assert not restore_backup(stick / "a", PASSPHRASE, used.folder).has_all
    assert held(used.folder) == [OLD, NEW[0]]


@pytest.mark.parametrize("name", [BLOBS_NAME, KEY_NAME, "database"])
@pytest.mark.parametrize("content", [b"", b"something else entirely" * 400])
def test_what_cannot_be_read_is_no_reason_against_a_restore(
    used: Store, stick: Path, name: str, content: bytes
) -> None:
    is_needed = name != "database"  # to read photos
    path = used.folder / (name if is_needed else DATABASE_NAME)
    path.write_bytes(content)
    restored = restore_backup(stick / "a", PASSPHRASE, used.folder)
    assert restored.has_all is not is_needed
    assert held(used.folder) == ([OLD] if is_needed else [OLD, *NEW])
    assert restored.aside is not None
    assert (restored.aside / path.name).read_bytes() == content


def test_without_room_for_photos_nothing_is_restored(
    used: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_ignored: object) -> None:
        raise StoreFailure(StoreFault.DISK_FULL, used.folder.with_name("data.restoring"))

    register(used, 1)
    used.close()
    with monkeypatch.context() as full:
        full.setattr(Blobs, "put_all", fail)
        assert fault_of(stick / "a", used.folder) is BackupFault.DISK_FULL
    assert count(used.folder) == 6
    assert held(used.folder) == [OLD, *NEW]
    assert not used.folder.with_name("data.restoring").exists()


def test_what_was_taken_along_waits_for_its_records_and_is_tidied_at_last(
    used: Store, stick: Path
) -> None:
    restore_backup(stick / "a", PASSPHRASE, used.folder)
    days, now = [0], utc_now()
    store = Store.open(used.folder, lambda: now + timedelta(days=days[-1]))
    digest = hashlib.sha256(NEW[0]).hexdigest()
    for day, is_there in ((0, True), (45, True), (89, True), (93, False)):
        days.append(day)
        forget_unnamed(store)
        assert store.blobs.has(digest) is is_there, day
    store.close()

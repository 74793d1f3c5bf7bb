"""A backup holds everything, opens with its passphrase only, and harms nothing when it fails."""

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.models.store import backup
from desktop.models.store.backup import (
    finish_restore,
    read_info,
    restore_backup,
    write_backup,
)
from desktop.models.store.backup_file import MAGIC, BackupFailure, BackupFault
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import DATABASE_NAME, Store
from desktop.models.store.meta import Meta, get_meta
from tests.models.store.backups import (
    PASSPHRASE,
    VILLAGE,
    count,
    fault_of,
    make_passphrases_cheap,
    register,
    rewritten,
    store_of_five,
    tree,
)

PAGE = 4096


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


def test_a_restored_store_is_the_one_that_was_backed_up(store: Store, stick: Path) -> None:
    info = write_backup(store, stick / "a.berdaya", PASSPHRASE, app="0.1.0")
    assert read_info(stick / "a.berdaya") == info
    assert info.counts["household"] == 5
    assert info.newest_op == (1, 5)

    assert restore_backup(stick / "a.berdaya", PASSPHRASE, stick / "new").aside is None

    assert count(stick / "new") == 5
    with store.reading() as connection:
        device = get_meta(connection, Meta.DEVICE_ID)
    restored = Store.open(stick / "new")
    with restored.reading() as connection:
        assert get_meta(connection, Meta.DEVICE_ID) == device
    restored.close()
    assert tree(stick) - {"a.berdaya"} == {"new", "new/berdaya.db", "new/berdaya.key"}


def test_nothing_readable_lies_in_the_file(store: Store, stick: Path) -> None:
    write_backup(store, stick / "a.berdaya", PASSPHRASE)
    content = (stick / "a.berdaya").read_bytes()
    assert VILLAGE.encode() not in content
    assert store.data_key().secret not in content


def test_a_backup_while_others_write_is_one_moment(store: Store, stick: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            register(store, 1)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        infos = [write_backup(store, stick / f"{number}", PASSPHRASE) for number in range(3)]
    finally:
        stop.set()
        writing.join()
    for number, info in enumerate(infos):
        assert info.counts["household"] == info.newest_op[1]
        restore_backup(stick / f"{number}", PASSPHRASE, stick / f"restored-{number}")
        assert count(stick / f"restored-{number}") == info.counts["household"]


def test_progress_reaches_its_total(store: Store, stick: Path) -> None:
    told: list[tuple[int, int]] = []
    write_backup(store, stick / "a", PASSPHRASE, lambda *step: told.append(step))
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize("tenth", range(10))
def test_a_file_cut_off_anywhere_is_refused(store: Store, stick: Path, tenth: int) -> None:
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * tenth // 10])
    before = tree(store.folder)

    expected = BackupFault.CUT_OFF if tenth else BackupFault.FOREIGN
    assert fault_of(path, store.folder) is expected
    assert tree(store.folder) == before
    assert tree(stick) == {"a"}


@pytest.mark.parametrize("length", [1, 16, 18, 20, 60, -1])
def test_a_file_cut_off_at_its_edges_is_refused(store: Store, stick: Path, length: int) -> None:
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    path.write_bytes(path.read_bytes()[:length])
    assert fault_of(path, store.folder) is BackupFault.CUT_OFF


@pytest.mark.parametrize("part", [0.0005, 0.001, 0.003, 0.01, 0.2, 0.5, 0.9, 0.9999])
def test_a_flipped_bit_is_refused(store: Store, stick: Path, part: float) -> None:
    path = stick / "a"
    write_backup(store, path, PASSPHRASE)
    content = bytearray(path.read_bytes())
    place = max(int(len(content) * part), len(MAGIC) + 4)
    content[place] ^= 0x10
    path.write_bytes(content)
    assert fault_of(path, store.folder) is BackupFault.DAMAGED
    assert count(store.folder) == 5


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"format": 3}, BackupFault.NEWER),
        ({"schema": 99}, BackupFault.NEWER),
        ({"counts": {}}, BackupFault.DAMAGED),
        ({"newest_op": [1, 4]}, BackupFault.DAMAGED),
        ({"key": {}}, BackupFault.DAMAGED),
    ],
)
def test_a_header_that_does_not_fit_is_refused(
    store: Store, stick: Path, changes: dict[str, Any], fault: BackupFault
) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    rewritten(stick / "a", **changes)
    assert fault_of(stick / "a", store.folder) is fault


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else entirely", b"x"])
def test_a_foreign_file_is_refused(store: Store, stick: Path, content: bytes) -> None:
    (stick / "a").write_bytes(content)
    assert fault_of(stick / "a", store.folder) is BackupFault.FOREIGN


def test_a_wrong_passphrase_changes_nothing(store: Store, stick: Path) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    register(store, 1)
    released: list[bool] = []
    with pytest.raises(BackupFailure) as caught:
        restore_backup(stick / "a", "teh manis 17", store.folder, lambda: released.append(True))
    assert caught.value.fault is BackupFault.WRONG_PASSPHRASE
    assert not released
    assert count(store.folder) == 6
    assert tree(store.folder.parent) & {"data.restoring", "data.before-1"} == set()


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (errno.ENOSPC, BackupFault.DISK_FULL),
        (errno.EIO, BackupFault.PLACE_GONE),
        (errno.EROFS, BackupFault.READ_ONLY),
    ],
)
def test_a_place_that_fails_leaves_the_old_backup(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch, code: int, fault: BackupFault
) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    old = (stick / "a").read_bytes()

    def fail(*_ignored: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as broken:
        broken.setattr("shutil.copyfileobj", fail)
        with pytest.raises(BackupFailure) as caught:
            write_backup(store, stick / "a", PASSPHRASE)
    assert caught.value.fault is fault
    assert (stick / "a").read_bytes() == old
    assert tree(stick) == {"a"}
    assert not list(store.folder.glob("backup-*"))


def test_a_folder_that_is_gone_is_said(store: Store, stick: Path) -> None:
    with pytest.raises(BackupFailure) as caught:
        write_backup(store, stick / "away" / "a", PASSPHRASE)
    assert caught.value.fault is BackupFault.PLACE_GONE


def test_a_write_that_reads_back_otherwise_is_not_believed(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.copyfileobj", lambda source, target, _chunk: None)
    with pytest.raises(BackupFailure) as caught:
        write_backup(store, stick / "a", PASSPHRASE)
    assert caught.value.fault is BackupFault.NOT_VERIFIED
    assert not tree(stick)


@pytest.mark.parametrize("part", [0.2, 0.4, 0.6, 0.8])
def test_a_stick_is_not_blamed_for_a_store_that_is_damaged(
    store: Store, stick: Path, part: float
) -> None:
    register(store, 60)
    write_backup(store, stick / "a", PASSPHRASE)
    whole = (stick / "a").read_bytes()
    store.close()
    path = store.folder / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[int(len(content) / PAGE * part) * PAGE + 100] ^= 1
    path.write_bytes(content)

    with pytest.raises(StoreFailure) as caught:
        write_backup(store, stick / "a", PASSPHRASE)

    assert caught.value.fault is StoreFault.DAMAGED
    assert (stick / "a").read_bytes() == whole, "the one before is still there"
    assert tree(stick) == {"a"}


def test_what_was_there_lies_aside(store: Store, stick: Path) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    register(store, 2)
    first = restore_backup(stick / "a", PASSPHRASE, store.folder, store.close).aside
    assert first is not None
    assert count(store.folder) == 5
    assert count(first) == 7
    second = restore_backup(stick / "a", PASSPHRASE, store.folder).aside
    assert second != first, "what was put aside before is still there"
    assert count(first) == 7


def test_a_swap_that_fails_puts_the_old_one_back(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    register(store, 2)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name.endswith(".restoring"):
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(BackupFailure) as caught:
        restore_backup(stick / "a", PASSPHRASE, store.folder, store.close)
    assert caught.value.fault is BackupFault.IN_USE
    monkeypatch.undo()
    assert count(store.folder) == 7
    assert {path.name for path in store.folder.parent.iterdir()} == {"data", "stick"}


def test_a_restored_store_that_does_not_open_goes_out_again(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    register(store, 2)
    opened = backup._open_and_close

    def fail(folder: Path, path: Path) -> None:
        if folder == store.folder:
            raise BackupFailure(BackupFault.DAMAGED, path)
        opened(folder, path)

    monkeypatch.setattr(backup, "_open_and_close", fail)
    assert fault_of(stick / "a", store.folder) is BackupFault.DAMAGED
    assert count(store.folder) == 7


def test_a_power_cut_between_the_renames_is_mended(store: Store, stick: Path) -> None:
    write_backup(store, stick / "a", PASSPHRASE)
    store.close()
    restore_backup(stick / "a", PASSPHRASE, stick / "data")
    (stick / "data").rename(stick / "data.restoring")
    finish_restore(stick / "data")
    assert count(stick / "data") == 5
    finish_restore(stick / "data")
    assert count(stick / "data") == 5

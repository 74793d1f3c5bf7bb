"""A power cut at any moment, a disk that refuses: nothing is lost, and a program that never syncs fails."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from desktop.models.store.engine import StoreFailure, StoreFault, check_integrity
from desktop.models.store.local import DATABASE_NAME, Store
from tests.crash.disk import NO_COMPILER, compiler, run_with_layer
from tests.crash.record import PAGE, Call, Disk, inodes_below
from tests.models.store.families import new_store, record_family

needs_compiler = pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)


def sweep(*arguments: str) -> tuple[int, dict[str, int], str]:
    """The command's exit code, its JSON line, and all that it said."""
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "tests.crash", "--power-loss", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.stdout, said
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), said


@needs_compiler
def test_after_a_power_cut_and_on_a_bad_disk_nothing_is_lost() -> None:
    code, report, said = sweep("--acts", "0", "--moments", "6", "--refusals", "1")
    assert code == 0, said
    assert report["power_lost_torn"] == 6
    assert report["violations"] == 0
    assert report["gone_on"] > 0
    assert report["refused_syncs_of_laptop"] == report["refused_syncs_of_province"] == 1


@needs_compiler
def test_a_store_that_never_syncs_is_found_out() -> None:
    code, report, said = sweep(
        *("--acts", "0", "--moments", "4", "--refusals", "0", "--mutant", "never_synced")
    )
    assert code == 1, said
    assert report["violations"] > 0


def test_without_a_compiler_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match="no C compiler"):
        run_with_layer([])


def test_a_page_that_only_the_wal_has_whole_is_no_damage(tmp_path: Path) -> None:
    store = new_store(tmp_path / "store")
    record_family(store, *(f"Anak {number}" for number in range(200)))
    shutil.copytree(tmp_path / "store", tmp_path / "after the power cut")
    store.close()
    size = (tmp_path / "store" / DATABASE_NAME).stat().st_size
    cut = Store.open(tmp_path / "after the power cut")
    assert (cut.folder / DATABASE_NAME).stat().st_size < size
    os.truncate(cut.folder / DATABASE_NAME, size)  # its new size was there before its new pages
    with cut.reading() as connection:
        assert check_integrity(connection)
    cut.close()


def test_a_key_that_cannot_be_written_is_a_plain_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreFailure) as caught:
        Store.open(tmp_path)
    assert caught.value.fault is StoreFault.DAMAGED


def torn(disk: Disk) -> list[dict[str, bytes]]:
    """What may be left, many times over."""
    return [disk.torn(Random(seed)) for seed in range(60)]  # noqa: S311 a test, not a secret


def call(kind: str, name: str = "", file: int = 7, **more: int | bytes) -> Call:
    """A call as it would be in a record."""
    values: dict[str, int | bytes] = {"offset": 0, "size": 0, "data": b"", **more}
    return Call(kind, file, name=name, **values)  # type: ignore[arg-type]


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """A disk with one folder, `data`, in which nothing is."""
    (tmp_path / "data").mkdir()
    made = Disk(tmp_path, inodes_below(tmp_path))
    made.folder_inode = (tmp_path / "data").stat().st_ino  # type: ignore[attr-defined]
    return made


def sync_folder(disk: Disk) -> None:
    disk.play(call("d", file=disk.folder_inode))  # type: ignore[attr-defined]


def test_what_was_synced_stays_and_what_was_not_is_gone(disk: Disk) -> None:
    disk.play(call("c", "data/a"))
    disk.play(call("w", data=b"one"))
    disk.play(call("f"))
    assert disk.without_unsynced() == {}, "its name was not synced"
    sync_folder(disk)
    disk.play(call("w", offset=3, data=b"two"))
    assert disk.without_unsynced() == {"data/a": b"one"}
    disk.play(call("f"))
    assert disk.without_unsynced() == {"data/a": b"onetwo"}
    disk.play(call("u", "data/a"))
    assert disk.without_unsynced() == {"data/a": b"onetwo"}
    sync_folder(disk)
    assert disk.without_unsynced() == {}


def test_a_rename_is_certain_with_its_folder(disk: Disk) -> None:
    disk.play(call("c", "data/a.new"))
    disk.play(call("w", data=b"whole"))
    disk.play(call("f"))
    disk.play(call("r", "data/a.new", data=b"data/a"))
    possible = {json.dumps(sorted(state)) for state in torn(disk)}
    assert possible == {"[]", '["data/a.new"]', '["data/a"]'}
    sync_folder(disk)
    assert disk.without_unsynced() == {"data/a": b"whole"}


def test_torn_pages_are_each_old_or_new(disk: Disk) -> None:
    disk.play(call("c", "data/a"))
    disk.play(call("w", data=b"o" * 2 * PAGE))
    disk.play(call("f"))
    sync_folder(disk)
    disk.play(call("w", data=b"n" * 2 * PAGE))
    left = {state["data/a"] for state in torn(disk)}
    assert left == {one * PAGE + two * PAGE for one in (b"o", b"n") for two in (b"o", b"n")}


def test_a_file_that_shrank_may_be_long_or_short(disk: Disk) -> None:
    disk.play(call("c", "data/a"))
    disk.play(call("w", data=b"long"))
    disk.play(call("f"))
    sync_folder(disk)
    disk.play(call("t", size=1))
    left = {state["data/a"] for state in torn(disk)}
    assert {b"long", b"l"} <= left <= {b"long", b"l", b"l\0\0\0"}

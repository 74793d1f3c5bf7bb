"""A full disk, a lock or a missing permission: the right fault, nothing half-done, work goes on."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from desktop.models.records.households import Household
from desktop.models.store import engine as engines
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, Store
from desktop.models.tables import DRAFT, HOUSEHOLD, OUTBOX
from tests.models.store.children import NOBODY, child, hold_lock, use_as_nobody
from tests.models.store.families import (
    assert_consistent,
    begin_visit,
    finish_visit,
    new_store,
    record_family,
)
from tests.servers import VILLAGE

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX's")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "data")
    record_family(opened, "Nur Aini")
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a lock only as long as it takes to see that it is held."""
    monkeypatch.setattr(engines, "_BUSY_MS", 50)


def counts(store: Store) -> tuple[int, int, int]:
    """How many households, ops and drafts there are."""
    with store.reading() as connection:
        tables = (HOUSEHOLD, OUTBOX, DRAFT)
        return tuple(  # type: ignore[return-value]
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        )


def limit_pages(store: Store, pages: int) -> None:
    """Lets the file grow by some pages and no more: SQLite says what it says of a full disk."""
    store.engine.dispose()

    def limit(connection: Any, _record: object) -> None:
        (used,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {used + pages}")

    event.listen(store.engine, "connect", limit)


def lift_limit(store: Store) -> None:
    store.engine.dispose()

    def lift(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 4294967294")

    event.listen(store.engine, "connect", lift)


def record_much(store: Store) -> None:
    with store.recording() as writer:
        for _ in range(40):
            writer.insert(Household(scope=VILLAGE, note="panjang " * 100))


@pytest.mark.parametrize("pages", range(0, 22, 2))
def test_on_a_full_disk_all_or_nothing_is_written(store: Store, pages: int) -> None:
    before = counts(store)
    limit_pages(store, pages)
    with pytest.raises(StoreFailure) as caught:
        record_much(store)
    assert caught.value.fault is StoreFault.DISK_FULL
    assert counts(store) == before
    assert_consistent(store)

    lift_limit(store)
    record_much(store)
    assert counts(store) == (before[0] + 40, before[1] + 40, before[2])
    assert_consistent(store)


def test_what_could_not_be_written_is_not_said(store: Store) -> None:
    limit_pages(store, 0)
    with pytest.raises(StoreFailure) as caught:
        record_family(store, *["Siti Rahmawati"] * 60, national_id="3601014507850003")
    cause = str(caught.value.__cause__)
    assert "INSERT INTO" in cause
    assert "Siti Rahmawati" not in cause
    assert "3601014507850003" not in cause


def in_small_file_system(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command for which a folder is a file system of 2 MB, where the kernel allows that."""
    mount = f"mount -t tmpfs -o size=2m none {shlex.quote(str(place))}"
    return subprocess.run(  # noqa: S603 fixed words and our own paths
        ["unshare", "-Urm", "sh", "-c", f"{mount} && {shlex.join(command)}"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_disk_that_is_really_full_is_said_to_be_full(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or in_small_file_system(tmp_path, "true").returncode:
        pytest.skip("this system lets no test make a small file system")
    done = in_small_file_system(
        tmp_path, sys.executable, "-m", "tests.models.store.full_disk", str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "write": StoreFault.DISK_FULL,
        "open and write": StoreFault.DISK_FULL,
        "write again": "done",
    }


def test_a_visit_that_cannot_be_finished_on_a_full_disk_is_still_a_draft(store: Store) -> None:
    family = record_family(store, *(f"Anak {number}" for number in range(60)))
    draft = begin_visit(store, family, floor="earth")
    before = counts(store)
    limit_pages(store, 0)
    with pytest.raises(StoreFailure) as caught:
        finish_visit(store, family, draft)
    assert caught.value.fault is StoreFault.DISK_FULL
    assert counts(store) == before

    lift_limit(store)
    finish_visit(store, family, draft)
    assert counts(store)[2] == 0
    assert_consistent(store)


def test_a_program_error_in_the_middle_leaves_nothing_behind(store: Store) -> None:
    before = counts(store)

    def fail_half_way() -> None:
        with store.recording() as writer:
            writer.insert(Household(scope=VILLAGE))
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    assert counts(store) == before
    assert_consistent(store)


@pytest.mark.usefixtures("impatient")
def test_while_another_process_writes_reading_goes_on_and_writing_fails(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    record_family(store, "Nur Aini")
    before = counts(store)
    with child(hold_lock, tmp_path, "NORMAL") as (_, pipe):
        assert pipe.recv() == "held"
        with pytest.raises(StoreFailure) as caught:
            record_family(store, "Siti")
        assert caught.value.fault is StoreFault.LOCKED
        assert counts(store) == before

        pipe.send("let go")
        assert pipe.recv() == "released"
        record_family(store, "Siti")
    assert_consistent(store)
    store.close()


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_process_has_for_itself_is_refused(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    before = (tmp_path / DATABASE_NAME).read_bytes()
    with child(hold_lock, tmp_path, "EXCLUSIVE") as (_, pipe):
        assert pipe.recv() == "held"
        with pytest.raises(StoreFailure) as caught:
            Store.open(tmp_path)
        assert caught.value.fault is StoreFault.LOCKED
        assert (tmp_path / DATABASE_NAME).read_bytes() == before

        pipe.send("let go")
        assert pipe.recv() == "released"
        Store.open(tmp_path).close()


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A store of somebody without privileges, where every user may come."""
    home = Path(tempfile.mkdtemp(prefix="berdaya-nobody-"))
    home.chmod(0o755)
    folder = home / "data"
    store = new_store(folder)
    record_family(store, "Nur Aini")
    store.close()
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, NOBODY, NOBODY)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(home)


def as_nobody(folder: Path) -> tuple[StoreFault | None, StoreFault | None]:
    """The faults that somebody without privileges meets: when opening, when writing."""
    with child(use_as_nobody, folder) as (_, pipe):
        found: tuple[StoreFault | None, StoreFault | None] = pipe.recv()
        return found


MODES = {
    # name: (mode of the folder, of the database, of the key), (fault at opening, at writing)
    "as it should be": ((0o755, 0o644, 0o600), (None, None)),
    "folder": ((0o555, 0o644, 0o600), (StoreFault.READ_ONLY, None)),
    "database": ((0o755, 0o444, 0o600), (None, StoreFault.READ_ONLY)),
    "database, not even to be read": ((0o755, 0o000, 0o600), (StoreFault.READ_ONLY, None)),
    "key, not even to be read": ((0o755, 0o644, 0o000), (StoreFault.READ_ONLY, None)),
    "all": ((0o555, 0o444, 0o400), (StoreFault.READ_ONLY, None)),
}


@posix_only
@pytest.mark.parametrize("name", MODES)
def test_what_may_not_be_written_is_said_to_be_read_only(nobodys_folder: Path, name: str) -> None:
    (folder_mode, database_mode, key_mode), faults = MODES[name]
    database = nobodys_folder / DATABASE_NAME
    before = database.read_bytes()
    database.chmod(database_mode)
    (nobodys_folder / KEY_NAME).chmod(key_mode)
    nobodys_folder.chmod(folder_mode)

    assert as_nobody(nobodys_folder) == faults

    database.chmod(0o644)
    if faults != (None, None):
        assert database.read_bytes() == before, "a file that may not be written was written"


@posix_only
def test_no_store_is_begun_where_nothing_may_be_written(nobodys_folder: Path) -> None:
    nobodys_folder.chmod(0o555)
    assert as_nobody(nobodys_folder / "new") == (StoreFault.READ_ONLY, None)
    assert not (nobodys_folder / "new").exists()

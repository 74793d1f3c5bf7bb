"""A store that cannot be used is refused with the right fault, and its file is left as it was.

"As it was" means the main file and the key file, byte for byte. A file that is refused at sight
also gets no companion; one whose damage shows only when it is read may have an empty `-wal` and
`-shm` beside it while it is open.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import sqlcipher3.dbapi2
from sqlalchemy import text

from desktop.models.store.engine import (
    StoreFailure,
    StoreFault,
    StoreKind,
    check_integrity,
    open_engine,
)
from desktop.models.store.keys import DataKey, create_key_file, read_key_file
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, KIND, SCHEMA, Store
from tests.models.store.families import new_store, record_family

PAGE = 4096

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some families, closed; to be copied."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    store = new_store(folder)
    for number in range(40):
        record_family(store, f"Keluarga {number}", "Anak")
    store.close()
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def read_everything(folder: Path) -> None:
    """Opens a store and reads all of it; what opens and is not whole is damaged."""
    store = Store.open(folder)
    try:
        if not store.is_whole():
            raise StoreFailure(StoreFault.DAMAGED, folder / DATABASE_NAME)
    finally:
        store.close()


def fault_of(folder: Path) -> StoreFault:
    with pytest.raises(StoreFailure) as caught:
        read_everything(folder)
    return caught.value.fault


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def kept(folder: Path) -> dict[str, bytes]:
    return {
        name: content
        for name, content in contents(folder).items()
        if name in (DATABASE_NAME, KEY_NAME)
    }


def flip(start: float, length: int = 16) -> Damage:
    """Turns bytes over, beginning at a byte or at a part of the file."""

    def damage(path: Path) -> None:
        content = bytearray(path.read_bytes())
        at = int(start * len(content)) if 0 < start < 1 else int(start)
        for place in range(at, at + length):
            content[place] ^= 0xFF
        path.write_bytes(content)

    return damage


def cut(size: float) -> Damage:
    """Cuts a file to some bytes, or to a part of it."""

    def damage(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(size * len(content)) if 0 < size < 1 else int(size)])

    return damage


def sql(*statements: str) -> Damage:
    """Says something to the file with its own key."""

    def damage(path: Path) -> None:
        key = read_key_file(path.with_name(KEY_NAME)).secret.hex()
        with closing(sqlcipher3.dbapi2.connect(str(path), isolation_level=None)) as file:
            file.execute(f"PRAGMA key = \"x'{key}'\"")
            for statement in statements:
                file.execute(statement)

    return damage


def other_program(path: Path) -> None:
    path.unlink()
    sql("PRAGMA application_id = 1234", "CREATE TABLE note (text)")(path)


def nobodys(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE note (text)")(path)


def plain_sqlite(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE note (text)")


REFUSED = {
    # The first page is sealed with the key: damaged there, it looks like somebody else's file.
    "salt": (flip(0), StoreFault.FOREIGN),
    "first page": (flip(100), StoreFault.FOREIGN),
    "less than a page": (cut(100), StoreFault.FOREIGN),
    "second page": (flip(PAGE + 500), StoreFault.DAMAGED),
    "the middle": (flip(0.5), StoreFault.DAMAGED),
    "one byte": (flip(0.7, 1), StoreFault.DAMAGED),
    "cut at a page": (cut(3 * PAGE), StoreFault.DAMAGED),
    "cut within a page": (cut(0.6), StoreFault.DAMAGED),
    "last byte missing": (lambda path: cut(path.stat().st_size - 1)(path), StoreFault.DAMAGED),
    "empty": (cut(0), StoreFault.DAMAGED),
    "a web page": (lambda path: path.write_text("<html>" * 9000), StoreFault.FOREIGN),
    "plain SQLite": (plain_sqlite, StoreFault.FOREIGN),
    "other program": (other_program, StoreFault.FOREIGN),
    "no program's": (nobodys, StoreFault.FOREIGN),
    "newer": (sql(f"PRAGMA user_version = {SCHEMA + 1}"), StoreFault.NEWER),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_and_left_as_it_was(folder: Path, name: str) -> None:
    damage, fault = REFUSED[name]
    damage(folder / DATABASE_NAME)
    before = kept(folder)
    assert fault_of(folder) is fault
    assert kept(folder) == before, "the refused file was touched"


@pytest.mark.parametrize("name", ["first page", "empty", "plain SQLite", "other program", "newer"])
def test_a_file_refused_at_sight_gets_no_companion(folder: Path, name: str) -> None:
    REFUSED[name][0](folder / DATABASE_NAME)
    before = contents(folder)
    fault_of(folder)
    assert contents(folder) == before


def test_an_empty_file_does_not_cost_the_journal(folder: Path) -> None:
    (folder / DATABASE_NAME).write_bytes(b"")
    journal = folder / f"{DATABASE_NAME}-wal"
    journal.write_bytes(b"what was written last")
    assert fault_of(folder) is StoreFault.DAMAGED
    assert journal.read_bytes() == b"what was written last"


def test_a_journal_without_its_file_is_not_begun_anew(folder: Path) -> None:
    (folder / DATABASE_NAME).rename(folder / f"{DATABASE_NAME}-wal")
    before = contents(folder)
    assert fault_of(folder) is StoreFault.DAMAGED
    assert contents(folder) == before


def key_text(**changes: object) -> Damage:
    def damage(path: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**content, **changes}), encoding="utf-8")

    return damage


REFUSED_KEYS = {
    "missing": (Path.unlink, StoreFault.KEY_MISSING),
    "empty": (cut(0), StoreFault.KEY_UNUSABLE),
    "cut": (cut(0.5), StoreFault.KEY_UNUSABLE),
    "no text": (lambda path: path.write_bytes(b"\xff\xfe\x00"), StoreFault.KEY_UNUSABLE),
    "a list": (lambda path: path.write_text("[]"), StoreFault.KEY_UNUSABLE),
    "no number": (key_text(berdaya_key="one"), StoreFault.KEY_UNUSABLE),
    "no protector": (key_text(protector=None), StoreFault.KEY_UNUSABLE),
    "short": (key_text(wrapped="AAAA"), StoreFault.KEY_UNUSABLE),
    "altered": (key_text(wrapped="A" * 54 + "=="), StoreFault.KEY_UNUSABLE),
    "newer": (key_text(berdaya_key=2), StoreFault.NEWER),
    # It gives a key, but not the one of this file.
    "another store's": (
        lambda path: (path.unlink(), create_key_file(path)),
        StoreFault.FOREIGN,
    ),
}


@pytest.mark.parametrize("name", REFUSED_KEYS)
def test_without_its_key_a_store_is_refused_and_left_as_it_was(folder: Path, name: str) -> None:
    damage, fault = REFUSED_KEYS[name]
    damage(folder / KEY_NAME)
    before = contents(folder)
    assert fault_of(folder) is fault
    assert contents(folder) == before, "a store without its key was touched"


def test_a_server_s_file_is_not_a_laptop_s(tmp_path: Path) -> None:
    key = DataKey.random()
    path = tmp_path / "server.db"
    open_engine(path, key, StoreKind(application_id=KIND.application_id + 1, schema=1)).dispose()
    with pytest.raises(StoreFailure) as caught:
        open_engine(path, key, KIND)
    assert caught.value.fault is StoreFault.FOREIGN


def test_a_start_that_was_cut_short_begins_again(tmp_path: Path) -> None:
    create_key_file(tmp_path / KEY_NAME)
    (tmp_path / f"{DATABASE_NAME}.new").write_bytes(b"half a page")
    read_everything(tmp_path)
    assert set(contents(tmp_path)) == {DATABASE_NAME, KEY_NAME}


def test_a_refused_file_is_not_held_open(folder: Path) -> None:
    REFUSED["newer"][0](folder / DATABASE_NAME)
    with pytest.raises(StoreFailure) as caught:
        Store.open(folder)
    held = [file.path for file in psutil.Process().open_files() if str(folder) in file.path]
    assert not held, f"still open after {caught.value.fault}"


def test_damage_does_not_fill_the_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    flip(100)(folder / DATABASE_NAME)
    fault_of(folder)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("place", [PAGE + 500, 0.3, 0.5, 0.7])
def test_a_check_of_a_store_that_opens_says_that_it_is_damaged(folder: Path, place: float) -> None:
    flip(place)(folder / DATABASE_NAME)
    store = Store.open(folder)
    assert not store.is_whole()
    store.close()


def test_an_index_that_somebody_else_writes_to_is_no_damage(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    add = text("INSERT INTO search_index(rowid, words) VALUES (:id, :words)")
    with store.engine.connect() as looking, store.engine.connect() as writing:
        for number in range(1, 41):
            writing.execute(add, {"id": number, "words": f"nama{number}"})
            writing.commit()
            if number % 20 == 0:  # meanwhile parts of the index were put together
                assert check_integrity(looking)
                looking.commit()
    store.close()

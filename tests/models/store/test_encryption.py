"""Nothing of a family is ever on the disk in the clear, and each connection is a safe one."""

import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.store.local import DATABASE_NAME, KEY_NAME, Store
from tests.models.store.families import (
    USER,
    begin_visit,
    finish_visit,
    new_store,
    record_family,
)

NAME = "Uji Nur Aini"
NATIONAL_ID = "3601015111850009"
CARD = "3601010101250009"
SECRETS = [
    part.encode(encoding)
    for part in (NAME, NAME.lower(), "nuraini", NATIONAL_ID, CARD, "jawaban rahasia", "3601012001")
    for encoding in ("utf-8", "utf-16-le")
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "data")
    yield opened
    opened.close()


def write_something(store: Store) -> UUID:
    family = record_family(store, NAME, "Anak", national_id=NATIONAL_ID, card=CARD)
    finish_visit(store, family, begin_visit(store, family, floor="jawaban rahasia"))
    begin_visit(store, family, floor="jawaban rahasia")
    return family.id


def assert_unreadable(folder: Path) -> None:
    for path in folder.rglob("*"):
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        for secret in (*SECRETS, USER.bytes, str(USER).encode()):
            assert secret not in content, f"{secret!r} is readable in {path.name}"


def test_no_name_and_no_number_is_readable_while_it_is_written(store: Store) -> None:
    household = write_something(store)
    journal = store.folder / f"{DATABASE_NAME}-wal"
    assert journal.stat().st_size, "the journal holds what was just written"
    assert_unreadable(store.folder)
    assert all(household.bytes not in path.read_bytes() for path in store.folder.iterdir())


def test_no_name_and_no_number_is_readable_after_closing(store: Store) -> None:
    write_something(store)
    store.close()
    assert_unreadable(store.folder)


def test_the_first_byte_is_encrypted_before_anything_is_recorded(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    assert_unreadable(tmp_path)


def test_the_key_is_not_beside_the_data_unwrapped(store: Store) -> None:
    secret = store.data_key().secret
    for path in store.folder.iterdir():
        assert secret not in path.read_bytes()
        assert secret.hex().encode() not in path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists, not modes")
def test_only_this_user_may_read_the_key(store: Store) -> None:
    assert stat.S_IMODE((store.folder / KEY_NAME).stat().st_mode) == 0o600


WANTED = {
    "synchronous": 2,  # FULL: on the disk before a commit returns
    "journal_mode": "wal",
    "foreign_keys": 1,
    "fullfsync": 1,
    "temp_store": 2,  # MEMORY
}


def test_every_connection_is_durable_and_checks_foreign_keys(store: Store) -> None:
    with ExitStack() as stack:
        for number in range(8):  # all that the pool gives
            connection = stack.enter_context(store.reading())
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in WANTED
            }
            assert found == WANTED, f"connection {number}"


def test_a_connection_is_as_safe_after_the_schema_was_brought_up_to_date(tmp_path: Path) -> None:
    store = Store.open(tmp_path)  # migrated just now, with foreign keys off
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    store.close()

"""Every released schema comes up to this one with all that was in it; a failed upgrade does nothing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, func, select, text
from sqlmodel import SQLModel

from desktop.models.store import local
from desktop.models.store.backup import read_info, restore_backup
from desktop.models.store.backup_file import BackupInfo, hash_of, write_file
from desktop.models.store.engine import (
    StoreFailure,
    StoreFault,
    StoreKind,
    check_integrity,
    open_engine,
    reading,
    schema_of,
)
from desktop.models.store.keys import lock_with_passphrase, read_key_file
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, Store
from desktop.models.store.migrate import upgrade_file
from desktop.models.store.writer import current_log
from desktop.models.tables import DRAFT, OUTBOX, SYNCED
from server import database as server
from server.database import Database
from server.queries.schema import prepare
from server.tables import METADATA
from tests.fixtures import make_store
from tests.models.store.backups import PASSPHRASE, make_passphrases_cheap
from tests.models.store.families import assert_chained, finish_visit, new_store, record_family
from tests.servers import NOON

FIXTURES = Path(make_store.__file__).parent


def released(kind: str) -> list[Path]:
    return sorted((FIXTURES / kind).glob("schema_*"))


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """What the tables in the file are not as the program declares them."""

    def is_declared(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return not (kind == "table" and str(name).startswith(("search_index", "search_vocabulary")))

    options = {"include_object": is_declared, "compare_type": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_the_migrations_make_the_tables_that_the_program_declares(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.reading() as connection:
        assert differences(connection, SQLModel.metadata) == []
    store.close()


def test_the_server_s_migrations_make_the_tables_that_it_declares(database: Database) -> None:
    with database.reading() as connection:
        assert differences(connection, METADATA) == []


@pytest.mark.parametrize("kind", ["store", "server"])
def test_there_is_a_file_of_each_released_schema(kind: str) -> None:
    newest = {"store": local.SCHEMA, "server": server.SCHEMA}[kind]
    names = [folder.name for folder in released(kind)]
    assert names == [f"schema_{number:04}" for number in range(1, newest + 1)]
    for folder in released(kind):
        assert {path.suffix for path in folder.iterdir()} == {".db", ".key", ".json"}


@pytest.fixture
def expected(old: Path) -> dict[str, Any]:
    return dict(json.loads((old / "expected.json").read_text(encoding="utf-8")))


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a released database."""
    return Path(shutil.copytree(request.param, tmp_path / "old"))


stores = pytest.mark.parametrize("old", released("store"), indirect=True, ids=lambda p: p.name)
servers = pytest.mark.parametrize("old", released("server"), indirect=True, ids=lambda p: p.name)


@pytest.fixture
def upgraded(old: Path) -> Iterator[Store]:
    store = Store.open(old)
    yield store
    store.close()


@stores
def test_an_old_store_comes_up_with_everything(upgraded: Store, expected: dict[str, Any]) -> None:
    with upgraded.reading() as connection:
        assert schema_of(connection) == local.SCHEMA
        assert check_integrity(connection)
        assert differences(connection, SQLModel.metadata) == []
        assert counted(connection, expected["counts"]) == expected["counts"]
        assert_chained(connection)
        head = current_log(connection)
        assert [head.epoch, head.dseq, head.hash.hex()] == expected["head"]
        waiting = select(OUTBOX.c.dseq).where(OUTBOX.c.state == "waiting").order_by(OUTBOX.c.dseq)
        assert list(connection.execute(waiting).scalars()) == expected["waiting"]


@stores
def test_in_an_old_store_families_are_found(upgraded: Store, expected: dict[str, Any]) -> None:
    with upgraded.reading() as connection:
        query = text("SELECT count(*) FROM search_index WHERE search_index MATCH :words")
        for words, count in expected["found"].items():
            assert connection.execute(query, {"words": words}).scalar_one() == count, words


@stores
def test_work_goes_on_in_an_old_store(upgraded: Store, expected: dict[str, Any]) -> None:
    with upgraded.reading() as connection:
        draft = connection.execute(select(DRAFT)).one()
    family = record_family(upgraded, "Uji Baru")
    finish_visit(upgraded, family, draft.id)
    with upgraded.reading() as connection:
        assert_chained(connection)
        assert current_log(connection).dseq > expected["head"][1]
        assert check_integrity(connection)


@stores
def test_a_backup_of_an_old_store_is_restored(
    old: Path, expected: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_passphrases_cheap(monkeypatch)
    schema = schema_in(old)
    write_backup_of(old, schema, expected, tmp_path / "a.berdaya")
    assert read_info(tmp_path / "a.berdaya").schema == schema

    restore_backup(tmp_path / "a.berdaya", PASSPHRASE, tmp_path / "new")

    store = Store.open(tmp_path / "new")
    with store.reading() as connection:
        assert schema_of(connection) == local.SCHEMA
        assert counted(connection, expected["counts"]) == expected["counts"]
    store.close()


def schema_in(folder: Path) -> int:
    engine = open_engine(folder / DATABASE_NAME, read_key_file(folder / KEY_NAME), local.KIND)
    try:
        with reading(engine) as connection:
            return schema_of(connection)
    finally:
        engine.dispose()


def write_backup_of(folder: Path, schema: int, expected: dict[str, Any], path: Path) -> None:
    """The backup that the version of that schema wrote of a released database."""
    database, (epoch, dseq, _hash) = folder / DATABASE_NAME, expected["head"]
    counts = {
        name: count
        for name, count in expected["counts"].items()
        if name in SYNCED or name == DRAFT.name
    }
    info = BackupInfo(
        created="2026-10-01T05:00:00.000Z",
        app="0.0.9",
        schema=schema,
        counts=counts,
        newest_op=(epoch, dseq),
        size=database.stat().st_size,
        sha256=hash_of(database),
    )
    key = lock_with_passphrase(read_key_file(folder / KEY_NAME), PASSPHRASE)
    write_file(path, info, key, [database])


@servers
def test_an_old_province_comes_up_with_everything(old: Path, expected: dict[str, Any]) -> None:
    database = Database.in_folder(old)
    prepare(database, NOON)
    with database.reading() as connection:
        assert check_integrity(connection)
        assert differences(connection, METADATA) == []
        assert counted(connection, expected["counts"]) == expected["counts"]
        assert make_store.heads(connection) == list(range(1, expected["head"] + 1))
    database.close()


def counted(connection: Connection, tables: dict[str, int]) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(text(f'"{name}"'))).scalar_one()
        for name in tables
    }


BAD_MIGRATIONS = {
    "it fails": (
        'op.add_column("household", sa.Column("a", sa.Text))\n    raise LookupError',
        None,
    ),
    "it loses parents": ('op.execute("DELETE FROM household")', StoreFault.DAMAGED),
}


@pytest.mark.parametrize("name", BAD_MIGRATIONS)
def test_a_migration_that_fails_leaves_the_file_at_its_schema(tmp_path: Path, name: str) -> None:
    body, fault = BAD_MIGRATIONS[name]
    store = new_store(tmp_path / "data")
    record_family(store, "Nur Aini", "Siti")
    store.close()
    scripts = Path(shutil.copytree(local.MIGRATIONS, tmp_path / "scripts"))
    (scripts / "versions" / "9999_bad.py").write_text(
        f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "9999"\n'
        f'down_revision = "{local.SCHEMA:04}"\n\n\ndef upgrade() -> None:\n    {body}\n'
    )
    before = (tmp_path / "data" / DATABASE_NAME).read_bytes()
    key = read_key_file(tmp_path / "data" / KEY_NAME)
    kind = StoreKind(local.KIND.application_id, 9999)
    engine = open_engine(tmp_path / "data" / DATABASE_NAME, key, kind)
    with pytest.raises(LookupError if fault is None else StoreFailure) as caught:
        upgrade_file(engine, scripts, 9999)
    engine.dispose()
    assert fault is None or (isinstance(caught.value, StoreFailure) and caught.value.fault is fault)
    assert (tmp_path / "data" / DATABASE_NAME).read_bytes() == before

    store = Store.open(tmp_path / "data")
    with store.reading() as connection:
        assert schema_of(connection) == local.SCHEMA
        assert differences(connection, SQLModel.metadata) == []
        assert check_integrity(connection)
    store.close()

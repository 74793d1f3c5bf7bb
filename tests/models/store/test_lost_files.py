"""Photos that are nowhere else and are gone from this laptop: a check and a backup say so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.records.households import Household
from desktop.models.store.backup import restore_backup, write_backup
from desktop.models.store.blobs import NAME
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta
from desktop.models.tables import META, UNSENT_FILE
from tests.models.store.backups import (
    PASSPHRASE,
    VILLAGE,
    make_passphrases_cheap,
    store_of_five,
)
from tests.models.store.families import begin_visit, record_family


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passphrases_cheap(monkeypatch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with store_of_five(tmp_path / "data") as opened:
        yield opened


def kept(store: Store, body: bytes) -> Manifest:
    return Manifest(
        kind=AttachmentKind.PHOTO,
        media_type="image/jpeg",
        sha256=store.blobs.put(body),
        size=len(body),
        width=4,
        height=3,
    )


def photo(store: Store, body: bytes) -> None:
    manifest = kept(store, body)
    with store.recording() as writer:
        home = Household(scope=VILLAGE)
        writer.insert(home)
        attachments.attach(writer, home.id, VILLAGE, manifest)


def lose_files(store: Store) -> None:
    store.close()
    (store.folder / NAME).unlink()


def test_files_that_are_lost_are_missed(store: Store, tmp_path: Path) -> None:
    photo(store, b"first")
    assert store.is_whole()
    lose_files(store)
    assert store.is_sound()
    assert not store.has_its_files()

    info = write_backup(store, tmp_path / "a", PASSPHRASE)
    assert info.files is not None
    assert (info.files.count, info.files.is_whole) == (0, False)
    assert not store.has_blobs, "looking makes nothing"
    restore_backup(tmp_path / "a", PASSPHRASE, tmp_path / "new")


def test_they_are_missed_although_there_are_others_since(store: Store, tmp_path: Path) -> None:
    photo(store, b"first")
    lose_files(store)
    photo(store, b"second")
    attachments.forget_unnamed(store)
    assert not store.has_its_files()
    info = write_backup(store, tmp_path / "a", PASSPHRASE)
    assert info.files is not None
    assert (info.files.count, info.files.is_whole) == (1, False)


def test_files_of_a_draft_are_missed(store: Store) -> None:
    draft_id = begin_visit(store, record_family(store, "Nur Aini"), floor="earth")
    manifest = kept(store, b"first")
    with store.writing() as connection:
        attachments.keep_draft_attachment(connection, draft_id, "/kitchen", manifest)
    assert store.has_its_files()
    lose_files(store)
    assert not store.has_its_files()


def test_a_file_that_only_another_laptop_has_is_not_missed(store: Store) -> None:
    photo(store, b"first")
    with store.reading() as connection:
        (row_id,) = connection.execute(select(UNSENT_FILE.c.attachment_id)).scalars()
    lose_files(store)
    with store.writing() as connection:
        connection.execute(delete(UNSENT_FILE))  # as where its record came from another
    with store.recording() as writer:
        attachments.remove(writer, row_id)
    with store.recording() as writer:
        assert attachments.put_back(writer, row_id, store)
    assert store.has_its_files()


def test_what_an_upgrade_noted_of_others_is_not_missed(store: Store) -> None:
    photo(store, b"first")
    with store.writing() as connection:
        connection.execute(delete(META).where(META.c.key == Meta.UNSENT_IS_SURE.value))
        connection.execute(insert(UNSENT_FILE).values(attachment_id=new_id(), sha256="0" * 64))
    assert store.has_its_files(), "it is not sure yet"
    attachments.forget_unnamed(store)
    assert store.has_its_files()
    lose_files(store)
    assert not store.has_its_files(), "it is sure now"

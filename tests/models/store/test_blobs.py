"""Files of records are there once they were put, are what their digest says, and go when nobody names them."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from desktop.models.store.blobs import KIND, NAME, BlobFailure, BlobFault, Blobs
from desktop.models.store.engine import StoreFailure, StoreFault, open_engine
from desktop.models.store.local import Store

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data", clock)
    yield opened
    opened.close()


def body(number: int, size: int = 30_000) -> bytes:
    return Random(number).randbytes(size)  # noqa: S311 something to keep, not a secret


def fault_of(blobs: Blobs, digest: str) -> BlobFault:
    with pytest.raises(BlobFailure) as caught:
        blobs.get(digest)
    assert caught.value.digest == digest
    return caught.value.fault


def flip(path: Path, part: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * part)] ^= 1
    path.write_bytes(content)


def test_their_file_is_made_when_one_is_first_put(store: Store) -> None:
    assert store.is_whole()
    assert not (store.folder / NAME).exists(), "looking whether all is well makes nothing"

    digest = store.blobs.put(b"a photo")

    assert (store.folder / NAME).exists()
    assert digest == hashlib.sha256(b"a photo").hexdigest()
    assert store.blobs.get(digest) == b"a photo"


def test_putting_again_is_the_same_as_once(store: Store) -> None:
    first = store.blobs.put(b"a photo", b"small")
    assert store.blobs.put(b"a photo") == first
    assert store.blobs.stock() == (1, 7)
    assert store.blobs.thumbnail(first) == b"small"


def test_it_is_there_after_the_store_was_opened_anew(store: Store) -> None:
    digest = store.blobs.put(body(1), b"small")
    store.close()

    again = Store.open(store.folder)

    assert again.blobs.get(digest) == body(1)
    assert again.blobs.thumbnail(digest) == b"small"
    again.close()


def test_what_is_not_here_is_a_plain_fault(store: Store) -> None:
    digest = "0" * 64
    assert fault_of(store.blobs, digest) is BlobFault.MISSING
    assert not store.blobs.has(digest)
    assert store.blobs.thumbnail(digest) is None


def test_nothing_readable_lies_on_the_disk(store: Store) -> None:
    secret = b"the face of somebody" * 50
    store.blobs.put(secret, b"a small face" * 50)
    for path in store.folder.rglob("*"):
        content = path.read_bytes()
        assert b"face" not in content, path.name
        assert not content.startswith(b"SQLite format 3")


def test_damage_to_one_is_no_damage_to_the_others(store: Store) -> None:
    digests = [store.blobs.put(body(number), b"small") for number in range(20)]
    store.close()
    flip(store.folder / NAME, 0.5)

    read: dict[str, bytes] = {}
    damaged = []
    for digest in digests:
        try:
            read[digest] = store.blobs.get(digest)
        except BlobFailure as failure:
            damaged.append(failure.fault)

    assert damaged == [BlobFault.DAMAGED]
    assert len(read) == 19
    assert not store.is_whole()
    new = store.blobs.put(b"goes on")
    assert store.blobs.get(new) == b"goes on"


def test_content_that_is_not_what_its_digest_says_is_damage(store: Store) -> None:
    digest = store.blobs.put(body(1))
    store.close()
    engine = open_engine(store.folder / NAME, store.data_key(), KIND)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE blob SET body = x'00'")
    engine.dispose()

    assert fault_of(store.blobs, digest) is BlobFault.DAMAGED
    assert not store.blobs.is_whole()


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"something else entirely" * 400, StoreFault.FOREIGN), (b"", StoreFault.DAMAGED)],
)
def test_a_file_that_cannot_be_opened_is_a_plain_fault(
    store: Store, content: bytes, fault: StoreFault
) -> None:
    (store.folder / NAME).write_bytes(content)
    with pytest.raises(StoreFailure) as caught:
        _ = store.blobs
    assert caught.value.fault is fault
    assert (store.folder / NAME).read_bytes() == content, "it is left as it is"
    with store.reading():
        pass


def test_what_nobody_names_goes_after_a_day(store: Store, clock: Clock) -> None:
    named, forgotten = store.blobs.put(b"named"), store.blobs.put(b"forgotten", b"small")

    assert store.blobs.remove_unnamed({named}) == 0
    clock.now += timedelta(hours=23)
    assert store.blobs.remove_unnamed({named}) == 0, "it may be about to be named"
    clock.now += timedelta(hours=2)
    assert store.blobs.remove_unnamed({named}) == 1

    assert not store.blobs.has(forgotten)
    assert store.blobs.thumbnail(forgotten) is None
    assert store.blobs.get(named) == b"named"


def test_a_day_without_a_name_begins_anew(store: Store, clock: Clock) -> None:
    digest = store.blobs.put(b"a photo")
    store.blobs.remove_unnamed(set())
    clock.now += timedelta(days=2)
    store.blobs.remove_unnamed({digest})
    clock.now += timedelta(days=2)
    assert store.blobs.remove_unnamed(set()) == 0, "it was named until now"

    clock.now += timedelta(days=2)
    store.blobs.put(b"a photo")
    assert store.blobs.remove_unnamed(set()) == 0, "it was put again"
    assert store.blobs.has(digest)


def test_several_threads_open_it_once(store: Store) -> None:
    found: list[Blobs] = []
    threads = [threading.Thread(target=lambda: found.append(store.blobs)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


def test_a_copy_holds_what_is_whole(store: Store, tmp_path: Path) -> None:
    digests = [store.blobs.put(body(number), b"small") for number in range(20)]
    told: list[int] = []
    (tmp_path / "copy").mkdir()
    copy = Blobs.open(tmp_path / "copy", store.data_key())
    assert store.blobs.copy_to(copy, told.append).is_whole
    assert told[-1] == 20 * 30_000
    assert [copy.get(digest) for digest in digests] == [body(number) for number in range(20)]
    copy.close()

    store.close()
    flip(store.folder / NAME, 0.5)
    (tmp_path / "second").mkdir()
    second = Blobs.open(tmp_path / "second", store.data_key())
    copied = store.blobs.copy_to(second, told.append)
    assert (copied.count, copied.is_whole) == (19, False)
    assert second.is_whole()
    second.close()

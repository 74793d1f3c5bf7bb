"""A download that breaks off goes on where it was; what came false or too long is not kept."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, event

from desktop.models.records.people import Role
from desktop.models.store import arriving
from desktop.sync import download
from desktop.sync import snapshot as format_
from desktop.sync.client import Client
from desktop.sync.download import Download
from desktop.sync.engine import Engine as SyncEngine
from desktop.sync.faults import SyncFault
from desktop.sync.history import Run
from server.queries import snapshots
from server.tables import SNAPSHOT, SNAPSHOT_PIECE
from tests.scenarios.conftest import Province
from tests.scenarios.first_download.downloading import (
    OTHER,
    Watch,
    assert_same,
    families,
    fetch_by_pages,
    is_clean,
    newcomer,
    snapshots_of,
)
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE


@pytest.mark.parametrize("bytes_at_once", [40, 300])
def test_no_byte_is_fetched_twice_however_often_the_line_is_cut(
    province: Province,
    watched: Watch,
    monkeypatch: pytest.MonkeyPatch,
    bytes_at_once: int,
) -> None:
    families(province)
    asep, rina = newcomer(province, "asep", (VILLAGE,)), newcomer(province, "rina", (VILLAGE,))
    fetch_by_pages(asep, monkeypatch)
    client = watched(rina, cut_after=bytes_at_once)
    runs = 0
    while (run := rina.try_sync(client)).fault is SyncFault.CUT_OFF:
        runs += 1
    assert run.fault is None

    (made,) = snapshots_of(province)
    assert client.fetched == made.size
    assert len(client.asked) == 1
    assert runs >= made.size // bytes_at_once
    assert_same(rina, asep)


def test_a_connection_that_breaks_off_in_the_middle_is_gone_on_with(
    province: Province, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The province breaks off after every second piece, in the middle of its answer."""
    families(province)
    read = snapshots.read

    def breaking(*given: Any) -> Iterator[bytes]:
        for place, piece in enumerate(read(*given)):
            if place == 2:
                raise LookupError
            yield piece

    monkeypatch.setattr(snapshots, "read", breaking)
    rina = newcomer(province, "rina")
    client = watched(rina)
    faults = 0
    while rina.try_sync(client).fault is not None:
        faults += 1
        assert faults < 100
    assert faults > 1
    assert client.fetched == sum(made.size for made in snapshots_of(province))
    province.settle(rina)


class _Died(BaseException):
    """The process is gone before a commit."""


def test_a_program_that_dies_at_any_commit_begins_where_it_was(
    province: Province, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not province.database.is_file:
        pytest.skip("it is the laptop that dies: one kind of province is enough")
    families(province)
    province.user("rina", [VILLAGE, OTHER], Role.VERIFIER)
    asep, dead = newcomer(province, "asep", (VILLAGE, OTHER)), 0
    fetch_by_pages(asep, monkeypatch)
    for place in count():
        rina = province.another_laptop("rina")
        if not _dies(rina, watched(rina), place):
            break
        dead += 1
        rina.close()
        rina.__post_init__()
        rina.sync()
        assert_same(rina, asep)
        assert is_clean(rina)
    assert dead > 10


def _dies(laptop: Laptop, client: Client, commits: int) -> bool:
    """Syncs; dies before a commit of this laptop's files, if it comes so far."""
    left = [commits]

    def before_commit(connection: Any) -> None:
        if str(laptop.folder) not in str(connection.engine.url.database):
            return
        left[0] -= 1
        if left[0] < 0:
            raise _Died

    event.listen(Engine, "commit", before_commit)
    try:
        laptop.try_sync(client)
    except _Died:
        return True
    finally:
        event.remove(Engine, "commit", before_commit)
    return False


def test_it_stops_when_told_and_goes_on_later(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina")
    client = watched(rina)
    told: list[Download] = []

    def sync(*, stop: bool) -> Run:
        return SyncEngine(
            rina.store,
            client,
            "0.1.0",
            on_progress=lambda one: told.append(one.download) if one.download else None,
            is_cancelled=lambda: stop and client.fetched > 200,
        ).run()

    assert sync(stop=True).fault is SyncFault.STOPPED
    assert not rina.scopes() & {VILLAGE, OTHER}
    before = client.fetched
    assert 200 < before < sum(made.size for made in snapshots_of(province))
    assert sync(stop=False).fault is None
    assert client.fetched == sum(made.size for made in snapshots_of(province))
    assert told[-1].is_complete
    assert (told[-1].number, told[-1].of) == (2, 2)
    assert told[-1].done == told[-1].total == client.fetched
    province.settle(rina)


def test_a_snapshot_that_goes_away_meanwhile_is_replaced(
    province: Province, watched: Watch
) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    assert rina.try_sync(watched(rina, cut_after=100)).fault is SyncFault.CUT_OFF
    with province.database.writing() as connection:
        connection.execute(SNAPSHOT.delete())
        connection.execute(SNAPSHOT_PIECE.delete())
    client = watched(rina)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 1
    province.settle(rina)


def test_a_false_file_is_thrown_away_and_fetched_anew(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, falsify=1)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 2
    province.settle(rina)


def test_a_file_that_is_damaged_on_the_disk_is_begun_anew(
    province: Province, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_KEPT_AT_ONCE", 100)
    families(province, number=60)
    rina = newcomer(province, "rina", (VILLAGE,))
    assert rina.try_sync(watched(rina, cut_after=2500)).fault is SyncFault.CUT_OFF
    path = rina.folder / arriving.NAME
    content = bytearray(path.read_bytes())
    content[-3000:-2000] = bytes(1000)
    path.write_bytes(content)
    assert rina.try_sync(watched(rina)).fault is None
    province.settle(rina)


def test_a_file_that_is_always_false_is_replaced_by_pages(
    province: Province, watched: Watch
) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, falsify=99)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 3
    assert is_clean(rina)
    province.settle(rina)


def test_a_file_without_end_is_not_kept(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, endless=True)
    assert rina.try_sync(client).fault is None

    assert client.fetched < 4 * 64_000
    assert is_clean(rina)
    province.settle(rina)


def test_a_file_that_says_too_little_is_replaced_by_pages(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is right, but rows are missing: a mistake of the province's."""
    families(province)

    made = []

    def content(connection: Any, header: Any) -> Iterator[bytes]:
        made.append(header.scope)
        yield format_.header_bytes(header)

    monkeypatch.setattr(snapshots, "_content", content)
    rina = newcomer(province, "rina")
    rina.sync()
    assert made, "such a file was asked for"
    province.settle(rina)

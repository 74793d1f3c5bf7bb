"""The file itself: who may fetch it, when it is made anew, and that none of it lies anywhere in clear."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from desktop.models.store import arriving
from desktop.sync import snapshot as format_
from desktop.sync.download import SnapshotGone
from desktop.sync.faults import SyncFault
from server.queries import accounts
from server.tables import SNAPSHOT_PIECE
from tests.scenarios.conftest import Province
from tests.scenarios.first_download.downloading import (
    OTHER,
    Watch,
    families,
    is_clean,
    newcomer,
    snapshots_of,
)
from tests.servers import VILLAGE


def test_another_village_s_snapshot_is_as_if_it_were_not_there(
    province: Province, watched: Watch
) -> None:
    families(province)
    rina, asep = newcomer(province, "rina"), newcomer(province, "asep", (OTHER,))
    rina.sync()
    here = next(made for made in snapshots_of(province) if made.scope == VILLAGE)
    client = watched(asep)

    with pytest.raises(SnapshotGone):
        client.snapshot_of(VILLAGE)
    with pytest.raises(SnapshotGone):
        list(client.fetch(here.name, 0))
    there = client.snapshot_of(OTHER)
    rows = {
        entry.row_id
        for block in format_.read_blocks(there, client.fetch(there.name, 0))
        for entry in block
    }
    assert rows == {
        row_id for row_id, (_, scope, _) in province.everything().items() if scope == OTHER
    }


def test_a_grant_that_is_taken_away_meanwhile(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, cut_after=100)
    assert rina.try_sync(client).fault is SyncFault.CUT_OFF
    assert not is_clean(rina)
    with province.database.writing() as connection:
        account = accounts.named(connection, "rina")
        accounts.withdraw(connection, account, VILLAGE, province.clock())
    province.clock.advance(1)
    assert rina.try_sync(watched(rina)).fault is None

    assert is_clean(rina), "nothing of it stays on the disk"
    assert rina.row(next(iter(province.everything()))) is None
    province.settle(rina)


def test_a_grant_that_is_taken_away_between_two_words(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))

    def withdraw() -> None:
        with province.database.writing() as connection:
            account = accounts.named(connection, "rina")
            if VILLAGE in accounts.granted_scopes(connection, account.user_id, province.clock()):
                accounts.withdraw(connection, account, VILLAGE, province.clock())
        province.clock.advance(1)

    client = watched(rina, before_fetch=withdraw)
    assert rina.try_sync(client).fault is None

    assert client.fetched == 0
    assert is_clean(rina)
    assert VILLAGE not in rina.scopes()


def test_a_snapshot_is_made_once_until_the_log_has_grown(
    province: Province, watched: Watch
) -> None:
    families(province, number=10)
    names = []
    for number in range(3):
        laptop = newcomer(province, f"rina-{number}", (VILLAGE,))
        client = watched(laptop)
        assert laptop.try_sync(client).fault is None
        names += client.asked
        laptop.sync()
        writer = province.laptop(f"asep-{number}")
        writer.register("Nur Aini")
        writer.sync()
    assert len(set(names)) == 1
    province.settle(*province.laptops)


def test_of_who_has_left_since_it_tells_nothing_to_who_comes_later(
    province: Province, watched: Watch
) -> None:
    siti = families(province, number=20)
    newcomer(province, "rina", (VILLAGE,)).sync()  # for whom a snapshot is made
    rows = siti.everything().items()
    leaves, stays, *_ = (one for one, row in rows if row[:2] == ("household", VILLAGE))
    siti.relocate(leaves, OTHER)
    siti.sync()
    province.clock.advance(60)
    client = watched(newcomer(province, "budi", (VILLAGE,)))
    there = client.snapshot_of(VILLAGE)
    blocks = format_.read_blocks(there, client.fetch(there.name, 0))
    told = {entry.row_id for block in blocks for entry in block}
    assert stays in told
    assert leaves not in told


def test_an_old_snapshot_can_be_fetched_for_a_day(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina", (VILLAGE,))
    client = watched(rina)
    first = client.snapshot_of(VILLAGE)
    families(province, "budi")
    second = client.snapshot_of(VILLAGE)
    assert second.name != first.name
    assert b"".join(client.fetch(first.name, 0))

    province.clock.now += timedelta(days=1, seconds=1)
    families(province, "dewi", 10)
    third = client.snapshot_of(VILLAGE)
    with pytest.raises(SnapshotGone):
        next(client.fetch(first.name, 0))
    assert {made.name for made in snapshots_of(province)} == {second.name, third.name}
    with province.database.reading() as connection:
        owners = connection.execute(select(SNAPSHOT_PIECE.c.snapshot_id).distinct()).scalars()
        assert set(owners) == {made.id for made in snapshots_of(province)}


def test_bytes_after_the_end_are_refused(province: Province, watched: Watch) -> None:
    families(province)
    client = watched(newcomer(province, "rina"))
    made = client.snapshot_of(VILLAGE)

    whole = b"".join(client.fetch(made.name, 0))
    assert hashlib.sha256(whole).hexdigest() == made.name
    assert b"".join(client.fetch(made.name, 123)) == whole[123:]
    with pytest.raises(SnapshotGone):
        next(client.fetch(made.name, made.size))


def test_neither_side_holds_a_whole_scope_in_memory(province: Province, watched: Watch) -> None:
    """Blocks have no more rows than they may, and pieces no more bytes."""
    families(province)
    client = watched(newcomer(province, "rina"))
    made = client.snapshot_of(VILLAGE)
    blocks = list(format_.read_blocks(made, client.fetch(made.name, 0)))
    assert max(map(len, blocks)) == 3
    with province.database.reading() as connection:
        sizes = select(func.max(func.length(SNAPSHOT_PIECE.c.body)))
        assert connection.execute(sizes).scalar() == 200


def test_nothing_of_it_lies_on_a_disk_in_clear(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina")
    assert rina.try_sync(watched(rina, cut_after=300)).fault is SyncFault.CUT_OFF
    files = [path.read_bytes() for path in rina.folder.glob(f"{arriving.NAME}*")]

    assert files
    for words in (
        b"Rahasia",
        b"household",
        format_.MAGIC,
        b"SQLite format",
        b"\x1f\x8b\x08\x00\x00",
    ):
        assert not any(words in content for content in files), words

"""The first download of a long scope is a snapshot: it gives the same store as pages would have given."""

import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select, text

from desktop.models.operations import households
from desktop.models.records.people import Role
from desktop.models.store import arriving
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.writer import Writer
from desktop.models.tables import CONFLICT, CURSOR, REGION, SEARCH, SYNCED
from desktop.sync import client as client_
from desktop.sync import snapshot as format_
from desktop.sync.client import Client
from desktop.sync.download import Download, SnapshotGone
from desktop.sync.engine import Engine as SyncEngine
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Run
from desktop.sync.snapshot import Snapshot
from server.queries import accounts, snapshots
from server.tables import SNAPSHOT, SNAPSHOT_PIECE
from tests.models.store.families import begin_visit, finish_visit, record_family
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE
from tests.simulation.people import Person

OTHER = "36.01.01.2002"
DISTRICT = "36.01.01"


@pytest.fixture(autouse=True)
def _short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries are a long log here, and a few rows a block."""
    monkeypatch.setattr(snapshots, "OFFER_FROM", 10)  # of users there are fewer
    monkeypatch.setattr(snapshots, "BLOCK_ROWS", 3)
    monkeypatch.setattr(snapshots, "PIECE_BYTES", 200)
    monkeypatch.setattr(client_, "_READ_BYTES", 64)


@dataclass
class Hands:
    """A laptop as the people of the simulation use one."""

    laptop: Laptop
    role: Role

    @property
    def login(self) -> str:
        return self.laptop.login

    @property
    def user_id(self) -> UUID:
        with self.laptop.store.reading() as connection:
            return UUID(get_meta(connection, Meta.USER_ID))

    def now(self) -> Any:
        return self.laptop.clock()

    def at_work(self) -> AbstractContextManager[None]:
        return nullcontext()

    def record(self, work: Callable[[Writer], object]) -> None:
        with self.laptop.store.recording() as writer:
            work(writer)

    def ids(self, table: str, scopes: frozenset[str]) -> list[UUID]:
        rows = SYNCED[table]
        living = select(rows.c.id).where(rows.c.deleted_at.is_(None), rows.c.scope.in_(scopes))
        return [row.id for row in self._rows(living.order_by(rows.c.id))]

    def one(self, table: str, row_id: UUID) -> Any:
        return self._rows(select(SYNCED[table]).where(SYNCED[table].c.id == row_id))[0]

    def open_conflicts(self) -> list[Any]:
        return self._rows(select(CONFLICT).where(CONFLICT.c.resolved_at.is_(None)))

    def _rows(self, query: Any) -> list[Any]:
        with self.laptop.store.reading() as connection:
            return list(connection.execute(query).all())


def _work(province: Province, seed: int, doings: int = 60) -> None:
    """Three people record, edit, delete, decide and clash in two villages, by a seed."""
    chance = Random(seed)  # noqa: S311 a story, not a secret
    scopes = frozenset({VILLAGE, OTHER})
    laptops = [
        (province.laptop(f"{login}-{seed}", [DISTRICT], role), role)
        for login, role in (
            ("siti", Role.FACILITATOR),
            ("budi", Role.FACILITATOR),
            ("dewi", Role.VERIFIER),
        )
    ]
    store = laptops[0][0].store
    family = record_family(
        store, "Nur Aini", "Budi", national_id="3601010101010001", card="3601010101010009"
    )
    finish_visit(store, family, begin_visit(store, family, rooms=2))
    laptops[0][0].edit(family.id, welfare_decile=1, solar_panel="of a newer version")
    for laptop, _ in laptops[:2]:
        laptop.sync()
    for decile, (laptop, _) in enumerate(laptops[:2]):
        laptop.edit(family.id, welfare_decile=2 + decile)
    people = [Person(Hands(one, role), scopes, chance) for one, role in laptops]  # type: ignore[arg-type]
    for doing in range(doings):
        province.clock.advance(30)
        person = chance.choice(people)
        person.act()
        if doing % 12 == 0:
            person.laptop.laptop.sync()  # type: ignore[attr-defined]
    province.settle(*(one for one, _ in laptops))
    laptops[0][0].delete(family.members[1], "member")
    province.settle(laptops[0][0])


def _families(province: Province, login: str = "siti", number: int = 5) -> Laptop:
    """Somebody who records as many families in two villages."""
    laptop = province.laptop(login, [DISTRICT])
    for _ in range(number):
        for village in (VILLAGE, OTHER):
            laptop.register("Nur Aini", village, hamlet="Kampung Rahasia")
    laptop.sync()
    return laptop


def _newcomer(province: Province, login: str, scopes: tuple[str, ...] = (DISTRICT,)) -> Laptop:
    return province.laptop(login, scopes, Role.VERIFIER)


def _contents(laptop: Laptop) -> dict[str, Any]:
    """Everything that the screens are made of, column by column, and the words that are found."""
    found: dict[str, Any] = {}
    with laptop.store.reading() as connection:
        for name, table in SYNCED.items():
            rows = connection.execute(select(table)).all()
            found[name] = {row.id: row._asdict() for row in rows}
        listed = connection.execute(select(SEARCH)).all()
        found["search"] = {row.household_id: {**row._asdict(), "id": None} for row in listed}
        words = text("SELECT term, col, doc, cnt FROM search_vocabulary")
        found["words"] = set(connection.execute(words).all())
        ids = text("SELECT rowid FROM search_index")
        found["indexed"] = set(connection.execute(ids).scalars()) == {row.id for row in listed}
        found["cursors"] = {row.scope: tuple(row) for row in connection.execute(select(CURSOR))}
    return found


def _assert_same(one: Laptop, other: Laptop) -> None:
    mine, theirs = _contents(one), _contents(other)
    for what, found in mine.items():
        assert found == theirs[what], what
    assert mine["indexed"]


@dataclass
class Watched(Client):
    """A session that counts what it fetches, and can be told to go wrong."""

    fetched: int = 0
    asked: list[str] = field(default_factory=list)
    cut_after: int | None = None
    falsify: int = 0
    endless: bool = False
    before_fetch: Callable[[], object] = lambda: None

    def snapshot_of(self, scope: str) -> Snapshot:
        found = super().snapshot_of(scope)
        self.asked.append(found.name)
        return found

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        self.before_fetch()
        if self.endless:
            yield from self._without_end()
        left = self.cut_after
        for piece in super().fetch(name, begins):
            given = piece if left is None else piece[:left]
            if self.falsify:
                given = bytes(len(given))
            self.fetched += len(given)
            yield given
            if left is not None:
                left -= len(given)
                if left <= 0:
                    raise SyncFailure(SyncFault.CUT_OFF)
        self.falsify = max(self.falsify - 1, 0)

    def _without_end(self) -> Generator[bytes, None, None]:
        for _ in range(1000):
            self.fetched += 16_000
            yield bytes(16_000)


@pytest.fixture
def watched() -> Iterator[Callable[..., Watched]]:
    """Makes watched sessions of laptops."""
    made: list[Watched] = []

    def make(laptop: Laptop, **given: Any) -> Watched:
        with laptop.store.reading() as connection:
            made.append(Watched(laptop.server, get_meta(connection, Meta.TOKEN), **given))
        return made[-1]

    yield make
    for client in made:
        client.close()


Watch = Callable[..., Watched]


def _by_pages(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetches everything page by page."""
    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "OFFER_FROM", 1 << 60)
        laptop.sync()


def _is_clean(laptop: Laptop) -> bool:
    """Whether nothing of a download is left beside the store."""
    return not list(laptop.folder.glob(f"{arriving.NAME}*"))


def _snapshots(province: Province) -> list[Any]:
    with province.database.reading() as connection:
        return list(connection.execute(select(SNAPSHOT).order_by(SNAPSHOT.c.seq)).all())


@pytest.mark.parametrize("seed", range(3))
def test_a_snapshot_gives_what_pages_give(
    province: Province, seed: int, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    _work(province, seed)
    by_pages, by_snapshot = _newcomer(province, "asep"), _newcomer(province, "rina")
    _by_pages(by_pages, monkeypatch)
    client = watched(by_snapshot)
    assert by_snapshot.try_sync(client).fault is None

    assert client.asked, "something came as a snapshot"
    _assert_same(by_snapshot, by_pages)
    found = _contents(by_snapshot)
    for name in ("family_card", "member", "visit", "visit_member", "state_move", "conflict"):
        assert found[name], f"nothing was compared in {name}"
    assert [one for one in found["household"].values() if one["extra"]]
    assert [
        one for name in ("household", "member") for one in found[name].values() if one["deleted_at"]
    ]
    province.settle(by_snapshot, by_pages)
    assert _is_clean(by_snapshot)


def test_work_goes_on_after_a_snapshot(province: Province, watched: Watch) -> None:
    _families(province)
    rina, asep = _newcomer(province, "rina"), province.laptop("asep", [DISTRICT])
    for laptop in (rina, asep):
        laptop.try_sync(watched(laptop))
    family = asep.register("Nur Aini")
    old = next(iter(_contents(asep)["household"]))
    asep.edit(old, hamlet="Tengah")
    province.settle(asep, rina)

    assert rina.row(family) is not None
    row = rina.row(old)
    assert row is not None
    assert row["hamlet"] == "Tengah"


@pytest.mark.parametrize("bytes_at_once", [40, 300])
def test_no_byte_is_fetched_twice_however_often_the_line_is_cut(
    province: Province,
    watched: Watch,
    monkeypatch: pytest.MonkeyPatch,
    bytes_at_once: int,
) -> None:
    _families(province)
    asep, rina = _newcomer(province, "asep", (VILLAGE,)), _newcomer(province, "rina", (VILLAGE,))
    _by_pages(asep, monkeypatch)
    client = watched(rina, cut_after=bytes_at_once)
    runs = 0
    while (run := rina.try_sync(client)).fault is SyncFault.CUT_OFF:
        runs += 1
    assert run.fault is None

    (made,) = _snapshots(province)
    assert client.fetched == made.size
    assert len(client.asked) == 1
    assert runs >= made.size // bytes_at_once
    _assert_same(rina, asep)


def test_a_connection_that_breaks_off_in_the_middle_is_gone_on_with(
    province: Province, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The province breaks off after every second piece, in the middle of its answer."""
    _families(province)
    read = snapshots.read

    def breaking(*given: Any) -> Iterator[bytes]:
        for place, piece in enumerate(read(*given)):
            if place == 2:
                raise LookupError
            yield piece

    monkeypatch.setattr(snapshots, "read", breaking)
    rina = _newcomer(province, "rina")
    client = watched(rina)
    faults = 0
    while rina.try_sync(client).fault is not None:
        faults += 1
        assert faults < 100
    assert faults > 1
    assert client.fetched == sum(made.size for made in _snapshots(province))
    province.settle(rina)


class _Died(BaseException):
    """The process is gone before a commit."""


def test_a_program_that_dies_at_any_commit_begins_where_it_was(
    province: Province, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not province.database.is_file:
        pytest.skip("it is the laptop that dies: one kind of province is enough")
    _families(province)
    province.user("rina", [VILLAGE, OTHER], Role.VERIFIER)
    asep, dead = _newcomer(province, "asep", (VILLAGE, OTHER)), 0
    _by_pages(asep, monkeypatch)
    for place in count():
        rina = province.another_laptop("rina")
        if not _dies(rina, watched(rina), place):
            break
        dead += 1
        rina.close()
        rina.__post_init__()
        rina.sync()
        _assert_same(rina, asep)
        assert _is_clean(rina)
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


def test_a_false_file_is_thrown_away_and_fetched_anew(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, falsify=1)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 2
    province.settle(rina)


def test_a_file_that_is_always_false_is_replaced_by_pages(
    province: Province, watched: Watch
) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, falsify=99)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 3
    assert _is_clean(rina)
    province.settle(rina)


def test_a_file_without_end_is_not_kept(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, endless=True)
    assert rina.try_sync(client).fault is None

    assert client.fetched < 4 * 64_000
    assert _is_clean(rina)
    province.settle(rina)


def test_what_has_no_place_here_is_fetched_once(province: Province, watched: Watch) -> None:
    """The family of a begun visit moved to a village that is given to us now."""
    siti = province.laptop("siti")
    office = _families(province, "office")
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    siti.begin_visit(family)
    with office.store.recording() as writer:
        households.relocate(writer, family, OTHER)
    office.sync()
    siti.sync()
    province.clock.advance(60)
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, "siti"), OTHER, province.clock())

    client = watched(siti)
    assert siti.try_sync(client).fault is None
    assert len(client.asked) == 1
    province.settle(siti)
    assert siti.everything()[family][1] == OTHER


def test_a_file_that_says_too_little_is_replaced_by_pages(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is right, but rows are missing: a mistake of the province's."""
    _families(province)

    made = []

    def content(connection: Any, header: Any) -> Iterator[bytes]:
        made.append(header.scope)
        yield format_.header_bytes(header)

    monkeypatch.setattr(snapshots, "_content", content)
    rina = _newcomer(province, "rina")
    rina.sync()
    assert made, "such a file was asked for"
    province.settle(rina)


def test_a_grant_that_is_taken_away_meanwhile(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    client = watched(rina, cut_after=100)
    assert rina.try_sync(client).fault is SyncFault.CUT_OFF
    assert not _is_clean(rina)
    with province.database.writing() as connection:
        account = accounts.named(connection, "rina")
        accounts.withdraw(connection, account, VILLAGE, province.clock())
    province.clock.advance(1)
    assert rina.try_sync(watched(rina)).fault is None

    assert _is_clean(rina), "nothing of it stays on the disk"
    assert rina.row(next(iter(province.everything()))) is None
    province.settle(rina)


def test_a_grant_that_is_taken_away_between_two_words(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))

    def withdraw() -> None:
        with province.database.writing() as connection:
            account = accounts.named(connection, "rina")
            if VILLAGE in accounts.granted_scopes(connection, account.user_id, province.clock()):
                accounts.withdraw(connection, account, VILLAGE, province.clock())
        province.clock.advance(1)

    client = watched(rina, before_fetch=withdraw)
    assert rina.try_sync(client).fault is None

    assert client.fetched == 0
    assert _is_clean(rina)
    assert VILLAGE not in rina.scopes()


def test_another_village_s_snapshot_is_as_if_it_were_not_there(
    province: Province, watched: Watch
) -> None:
    _families(province)
    rina, asep = _newcomer(province, "rina"), _newcomer(province, "asep", (OTHER,))
    rina.sync()
    here = next(made for made in _snapshots(province) if made.scope == VILLAGE)
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


def test_bytes_after_the_end_are_refused(province: Province, watched: Watch) -> None:
    _families(province)
    client = watched(_newcomer(province, "rina"))
    made = client.snapshot_of(VILLAGE)

    whole = b"".join(client.fetch(made.name, 0))
    assert hashlib.sha256(whole).hexdigest() == made.name
    assert b"".join(client.fetch(made.name, 123)) == whole[123:]
    with pytest.raises(SnapshotGone):
        next(client.fetch(made.name, made.size))


def test_whoever_recorded_there_before_gets_pages(province: Province, watched: Watch) -> None:
    _families(province)
    rina = province.laptop("rina", [DISTRICT])
    family = rina.register("Nur Aini")
    client = watched(rina)
    assert rina.try_sync(client).fault is None

    assert client.asked == [_names(province)[OTHER]]
    assert rina.row(family) is not None
    province.settle(rina)


def test_what_is_recorded_while_it_comes_stays(province: Province, watched: Watch) -> None:
    """Recorded, sent and confirmed in a village whose download goes on only afterwards."""
    _families(province)
    rina = province.laptop("rina")
    assert rina.try_sync(watched(rina, cut_after=100)).fault is SyncFault.CUT_OFF
    family = rina.register("Nur Aini", hamlet="Krajan")
    client = watched(rina, cut_after=100)
    assert rina.try_sync(client).fault is SyncFault.CUT_OFF
    rina.edit(family, hamlet="Wetan")
    client.cut_after = None
    assert rina.try_sync(client).fault is None

    assert client.asked == [], "the one that was begun was gone on with"
    row = rina.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan"
    province.settle(rina)
    assert _contents(rina)["indexed"]


def _names(province: Province) -> dict[str, str]:
    return {made.scope: made.name for made in _snapshots(province)}


def test_a_snapshot_is_made_once_until_the_log_has_grown(
    province: Province, watched: Watch
) -> None:
    _families(province, number=10)
    names = []
    for number in range(3):
        laptop = _newcomer(province, f"rina-{number}", (VILLAGE,))
        client = watched(laptop)
        assert laptop.try_sync(client).fault is None
        names += client.asked
        laptop.sync()
        writer = province.laptop(f"asep-{number}")
        writer.register("Nur Aini")
        writer.sync()
    assert len(set(names)) == 1
    province.settle(*province.laptops)


def test_an_old_snapshot_can_be_fetched_for_a_day(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    client = watched(rina)
    first = client.snapshot_of(VILLAGE)
    _families(province, "budi")
    second = client.snapshot_of(VILLAGE)
    assert second.name != first.name
    assert b"".join(client.fetch(first.name, 0))

    province.clock.now += timedelta(days=1, seconds=1)
    _families(province, "dewi", 10)
    third = client.snapshot_of(VILLAGE)
    with pytest.raises(SnapshotGone):
        next(client.fetch(first.name, 0))
    assert {made.name for made in _snapshots(province)} == {second.name, third.name}
    with province.database.reading() as connection:
        owners = connection.execute(select(SNAPSHOT_PIECE.c.snapshot_id).distinct()).scalars()
        assert set(owners) == {made.id for made in _snapshots(province)}


def test_a_snapshot_that_goes_away_meanwhile_is_replaced(
    province: Province, watched: Watch
) -> None:
    _families(province)
    rina = _newcomer(province, "rina", (VILLAGE,))
    assert rina.try_sync(watched(rina, cut_after=100)).fault is SyncFault.CUT_OFF
    with province.database.writing() as connection:
        connection.execute(SNAPSHOT.delete())
        connection.execute(SNAPSHOT_PIECE.delete())
    client = watched(rina)
    assert rina.try_sync(client).fault is None

    assert len(client.asked) == 1
    province.settle(rina)


def test_it_stops_when_told_and_goes_on_later(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina")
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
    assert 200 < before < sum(made.size for made in _snapshots(province))
    assert sync(stop=False).fault is None
    assert client.fetched == sum(made.size for made in _snapshots(province))
    assert told[-1].is_complete
    assert (told[-1].number, told[-1].of) == (2, 2)
    assert told[-1].done == told[-1].total == client.fetched
    province.settle(rina)


def test_nothing_of_it_lies_on_a_disk_in_clear(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina")
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


def test_the_village_is_found_by_its_name(province: Province, watched: Watch) -> None:
    _families(province)
    rina = _newcomer(province, "rina")
    with rina.store.writing() as connection:
        connection.execute(
            REGION.insert().values(code=VILLAGE, name="Sukamaju", level="village", kind="desa")
        )
    rina.sync()
    with rina.store.reading() as connection:
        found = text("SELECT count(*) FROM search_index WHERE search_index MATCH 'sukamaju'")
        assert connection.execute(found).scalar() == 5


def test_neither_side_holds_a_whole_scope_in_memory(province: Province, watched: Watch) -> None:
    """Blocks have no more rows than they may, and pieces no more bytes."""
    _families(province)
    client = watched(_newcomer(province, "rina"))
    made = client.snapshot_of(VILLAGE)
    blocks = list(format_.read_blocks(made, client.fetch(made.name, 0)))
    assert max(map(len, blocks)) == 3
    with province.database.reading() as connection:
        sizes = select(func.max(func.length(SNAPSHOT_PIECE.c.body)))
        assert connection.execute(sizes).scalar() == 200

"""Two villages that are downloaded, who downloads them, and what is then there."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select, text

from desktop.models.records.people import Role
from desktop.models.store import arriving
from desktop.models.tables import CURSOR, SEARCH, SYNCED
from desktop.sync.client import Client
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.snapshot import Snapshot
from server.queries import snapshots
from server.tables import SNAPSHOT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
DISTRICT = "36.01.01"


def families(province: Province, login: str = "siti", number: int = 5) -> Laptop:
    """Somebody who records as many families in two villages."""
    laptop = province.laptop(login, [DISTRICT])
    for _ in range(number):
        for village in (VILLAGE, OTHER):
            laptop.register("Nur Aini", village, hamlet="Kampung Rahasia")
    laptop.sync()
    return laptop


def newcomer(province: Province, login: str, scopes: tuple[str, ...] = (DISTRICT,)) -> Laptop:
    return province.laptop(login, scopes, Role.VERIFIER)


def contents(laptop: Laptop) -> dict[str, Any]:
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


def assert_same(one: Laptop, other: Laptop) -> None:
    mine, theirs = contents(one), contents(other)
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


def fetch_by_pages(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetches everything page by page."""
    with monkeypatch.context() as patch:
        patch.setattr(snapshots, "OFFER_FROM", 1 << 60)
        laptop.sync()


def is_clean(laptop: Laptop) -> bool:
    """Whether nothing of a download is left beside the store."""
    return not list(laptop.folder.glob(f"{arriving.NAME}*"))


def snapshots_of(province: Province) -> list[Any]:
    with province.database.reading() as connection:
        return list(connection.execute(select(SNAPSHOT).order_by(SNAPSHOT.c.seq)).all())


Watch = Callable[..., Watched]

"""A province for scenarios: a server by real HTTP, and laptops that know it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten
from desktop.models.records.people import Role
from server.database import Database
from server.tables import ASIDE, LOG, SCOPE_HEAD, SYNCED
from tests.conftest import MakeServer
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE, Clock, add_user


@dataclass
class Province:
    """A server and the laptops of one scenario, on one clock."""

    database: Database
    address: str
    clock: Clock
    folder: Path
    laptops: list[Laptop] = field(default_factory=list)

    def user(
        self,
        login: str,
        scopes: Sequence[str] = (VILLAGE,),
        role: Role = Role.FACILITATOR,
    ) -> UUID:
        return add_user(
            self.database, login, name=login.title(), role=role, scopes=scopes, now=self.clock()
        )

    def laptop(
        self,
        login: str,
        scopes: Sequence[str] = (VILLAGE,),
        role: Role = Role.FACILITATOR,
    ) -> Laptop:
        """A new user with a laptop of their own, signed in."""
        self.user(login, scopes, role)
        self.clock.advance(1)
        return self.another_laptop(login)

    def another_laptop(self, login: str) -> Laptop:
        folder = self.folder / f"{login}-{len(self.laptops)}"
        laptop = Laptop(folder, self.address, login, self.clock).enrol()
        return self.keep(laptop)

    def keep(self, laptop: Laptop) -> Laptop:
        """Closes a laptop with the scenario."""
        self.laptops.append(laptop)
        return laptop

    def row(self, row_id: UUID, table: str = "household") -> Any:
        with self.database.reading() as connection:
            rows = SYNCED[table]
            return connection.execute(select(rows).where(rows.c.id == row_id)).first()

    def log(self, scope: str = VILLAGE) -> list[Any]:
        with self.database.reading() as connection:
            query = select(LOG).where(LOG.c.scope == scope).order_by(LOG.c.seq)
            return list(connection.execute(query).all())

    def aside(self) -> list[Any]:
        with self.database.reading() as connection:
            order = (ASIDE.c.epoch, ASIDE.c.dseq)
            return list(connection.execute(select(ASIDE).order_by(*order)).all())

    def settle(self, *laptops: Laptop) -> None:
        """Syncs until everybody has everything, and compares what they have."""
        for _ in range(2):
            for laptop in laptops:
                laptop.sync()
        for laptop in laptops:
            laptop.assert_whole()
            self.assert_agrees(laptop)

    def assert_agrees(self, laptop: Laptop) -> None:
        """Each row here is as the province has it, but for what waits in quarantine; and all are."""
        mine = laptop.everything()
        scopes = {scope for _, scope, _ in mine.values()} | laptop.scopes()
        covered = {op.row_id for op in laptop.outbox() if op.overlay}
        theirs = {
            row_id: found for row_id, found in self.everything().items() if found[1] in scopes
        }
        for rows in (mine, theirs):
            for row_id in covered:
                rows.pop(row_id, None)
        assert mine == theirs, f"{laptop.login} does not see what the province has"

    def everything(self) -> dict[UUID, tuple[str, str, Fields]]:
        """Every row of the province: table, scope, fields."""
        found = {}
        with self.database.reading() as connection:
            for name, table in SYNCED.items():
                for row in connection.execute(select(table)):
                    found[row.id] = (name, row.scope, flatten(name, row._asdict()))
        return found

    def assert_dense(self) -> None:
        """No scope's log has a gap, and each op is in it once."""
        with self.database.reading() as connection:
            counts = select(
                LOG.c.scope, func.count(), func.min(LOG.c.seq), func.max(LOG.c.seq)
            ).group_by(LOG.c.scope)
            heads = dict(connection.execute(select(SCOPE_HEAD.c.scope, SCOPE_HEAD.c.head)).all())
            for scope, count, first, last in connection.execute(counts):
                assert (first, last, count) == (1, heads[scope], heads[scope]), scope
            digests = [row.digest for row in connection.execute(select(LOG.c.digest))]
        known = [digest for digest in digests if digest]
        assert len(known) == len(set(known))


@pytest.fixture
def province(database: Database, make_server: MakeServer, tmp_path: Path) -> Iterator[Province]:
    clock = Clock()
    made = Province(database, make_server(database, clock), clock, tmp_path / "laptops")
    yield made
    for laptop in made.laptops:
        laptop.close()

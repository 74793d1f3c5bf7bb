"""Two provinces, on SQLite and on PostgreSQL, that are told the same and must answer the same."""

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from unittest import mock
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import Table, select

from desktop.models.records.people import Role
from desktop.sync.client import Client
from desktop.sync.faults import SyncFailure
from desktop.sync.messages import Answer, Request
from server.database import Database
from server.queries import accounts, devices, incarnations
from server.queries.exchange import Asking, exchange
from server.resources.dependencies import Services
from server.tables import (
    ASIDE,
    DEVICE,
    DEVICE_EPOCH,
    INCARNATION,
    INCARNATION_HEAD,
    LOG,
    SCOPE_GRANT,
    SCOPE_HEAD,
    SYNCED,
)
from tests.servers import (
    FAST_PASSWORDS,
    PASSWORD,
    PostgresCluster,
    cheap_app,
    prepared_folder,
    prepared_postgres,
    running,
)
from tests.simulation.chance import Clock, one_chance

COMPARED: Sequence[Table] = (
    LOG,
    SCOPE_HEAD,
    ASIDE,
    DEVICE,
    DEVICE_EPOCH,
    SCOPE_GRANT,
    INCARNATION,
    INCARNATION_HEAD,
    *SYNCED.values(),
)
"""Every table but those of passwords and tokens, which are random."""

Told = TypeVar("Told")
Speak = Callable[["Province", Asking, Request], Answer]


@dataclass
class Province:
    """One of the two: its database, and where it is reached if it is served."""

    database: Database
    app: FastAPI | None = None
    address: str = ""
    clients: dict[UUID, Client] = field(default_factory=dict)


def directly(province: Province, asking: Asking, request: Request) -> Answer:
    """Straight into the server's queries."""
    return exchange(province.database, asking, request)


def over_http(province: Province, asking: Asking, request: Request) -> Answer:
    """By the laptop's client, as the device that signed in."""
    return province.clients[asking.device_id].exchange(request)[0]


@dataclass
class Pair:
    """Both provinces, one clock, and one chance for both: what they draw at a moment is the same."""

    clock: Clock
    provinces: tuple[Province, Province]
    moment: int = 0

    def same(self, act: Callable[[Province], Told]) -> Told:
        """Does the same to both; whatever comes of it must be equal."""
        self.moment += 1
        here, there = (self._outcome(act, province) for province in self.provinces)
        assert here == there, f"SQLite: {here}\nPostgreSQL: {there}"
        if isinstance(here[1], Exception):
            raise here[1]
        told: Told = here[1]
        return told

    def add_user(self, login: str, role: Role, scopes: Sequence[str]) -> UUID:
        """Makes an account in both."""

        def add(province: Province) -> UUID:
            new = accounts.NewAccount(login, login.title(), role, FAST_PASSWORDS.hash(PASSWORD))
            with province.database.writing() as connection:
                account = accounts.add(connection, new, self.clock())
                for scope in scopes:
                    accounts.grant(connection, account, scope, self.clock())
            return account.user_id

        return self.same(add)

    def enrol(self, device_id: UUID, login: str, user_id: UUID) -> None:
        """Makes a laptop known to both; where they are served, by signing in."""
        introduction = {"id": str(device_id), "name": "laptop", "public_key": "A" * 43 + "="}

        def sign_in(province: Province) -> None:
            if province.app is None:
                laptop = devices.NewDevice(device_id, "laptop", bytes(32))
                with province.database.writing() as connection:
                    devices.enrol(connection, laptop, user_id, self.clock())
                return
            client = province.clients[device_id] = Client(province.address)
            client.sign_in(login, PASSWORD, introduction)

        self.same(sign_in)

    def change_grant(self, login: str, scope: str, *, give: bool) -> None:
        """The office gives a scope or takes it back; what was not given stays so."""

        def change(province: Province) -> str:
            with province.database.writing() as connection:
                account = accounts.named(connection, login)
                work = accounts.grant if give else accounts.withdraw
                try:
                    work(connection, account, scope, self.clock())
                except accounts.AccountFailure as failure:
                    return failure.fault
            return ""

        self.same(change)

    def begin_incarnation(self) -> None:
        """Both go on as if they had been restored from what they have now."""

        def begin(province: Province) -> str:
            with province.database.writing() as connection:
                return incarnations.begin(connection, self.clock()).name

        self.same(begin)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """A table, equal in both, in the order of its key."""

        def read(province: Province) -> list[dict[str, Any]]:
            query = select(table).order_by(*table.primary_key.columns)
            with province.database.reading() as connection:
                return [dict(row) for row in connection.execute(query).mappings()]

        return self.same(read)

    def close(self) -> None:
        """Ends every session and connection."""
        for province in self.provinces:
            for client in province.clients.values():
                client.close()
            province.database.close()

    def _outcome(self, act: Callable[[Province], Told], province: Province) -> tuple[object, Any]:
        with one_chance(Random(self.moment), self.clock):  # noqa: S311 a story, not a secret
            try:
                return None, act(province)
            except SyncFailure as failure:
                return (failure.fault, failure.detail), failure


@dataclass(frozen=True)
class Makers:
    """Makes pairs of provinces that are new and empty."""

    folder: Path
    ready: Path
    cluster: PostgresCluster
    template: str
    apps: tuple[tuple[FastAPI, str], ...] = ()

    @contextmanager
    def pair(self) -> Iterator[Pair]:
        """A pair, and its end."""
        name = self.cluster.create(self.template)
        folder = self.folder / name
        shutil.copytree(self.ready, folder)
        clock = Clock()
        provinces = (
            Province(Database.in_folder(folder)),
            Province(Database.at(self.cluster.url(name))),
        )
        for province, (app, address) in zip(provinces, self.apps, strict=False):
            app.state.services = Services(province.database, clock, FAST_PASSWORDS)
            province.app, province.address = app, address
        made = Pair(clock, provinces)
        try:
            yield made
        finally:
            made.close()
            shutil.rmtree(folder)
            self.cluster.drop(name)


@contextmanager
def makers(folder: Path, cluster: PostgresCluster, *, served: bool) -> Iterator[Makers]:
    """What makes pairs, served by real HTTP or not; their servers run until the end."""
    with mock.patch.object(secrets, "token_hex", lambda size: "00" * size):  # of the incarnation
        ready, template = prepared_folder(folder / "ready"), prepared_postgres(cluster)
    with ExitStack() as after:
        apps = []
        if served:
            placeholder = Database.in_folder(folder / "nobody")
            after.callback(placeholder.close)
            for _ in range(2):
                app = cheap_app(placeholder)
                apps.append((app, after.enter_context(running(app))))
        yield Makers(folder, ready, cluster, template, tuple(apps))

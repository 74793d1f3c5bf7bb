"""The province of a run: the server's own code on a real database, with its office and its backups."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, select

from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten
from desktop.models.records.people import Role
from server.database import Database
from server.problems import NotFound
from server.queries import (
    accounts,
    devices,
    durability,
    incarnations,
    quarantine,
    snapshots,
    verification,
)
from server.queries.exchange import Asking
from server.queries.merge import release
from server.queries.tokens import Caller
from server.resources.dependencies import Services
from server.resources.snapshots import SnapshotFile, granted, newest
from server.resources.sync import respond
from server.tables import ASIDE, CONFLICT, LOG, SCOPE_GRANT, SCOPE_HEAD, SYNCED
from tests.servers import FAST_PASSWORDS, PostgresCluster
from tests.simulation.chance import Clock
from tests.simulation.faults import Disk
from tests.simulation.history import History
from tests.simulation.model import replay
from tests.simulation.reading import Rows, until_written

ReplayedRows = dict[tuple[str, UUID], Fields]
"""Table and id -> fields."""

_LAPTOP_KEY = bytes(32)


class Home(Protocol):
    """Where the database lies, and how it is copied and put back."""

    def open(self) -> Database: ...
    def open_copy(self) -> Database: ...
    def back_up(self) -> None: ...
    def put_back(self) -> None: ...


@dataclass
class FileHome:
    """An encrypted file; a backup is a copy of its folder."""

    folder: Path

    def open(self) -> Database:
        return Database.in_folder(self.folder)

    def open_copy(self) -> Database:
        return Database.in_folder(self._copy)

    def back_up(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self.folder, self._copy)

    def put_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._copy, self.folder)

    @property
    def _copy(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-backup")


@dataclass
class PostgresHome:
    """A database of a cluster; a backup is another one made from it."""

    cluster: PostgresCluster
    name: str
    copy: str | None = None

    def open(self) -> Database:
        return Database.at(self.cluster.url(self.name))

    def open_copy(self) -> Database:
        assert self.copy is not None
        return Database.at(self.cluster.url(self.copy))

    def back_up(self) -> None:
        if self.copy is not None:
            self.cluster.drop(self.copy)
        self.copy = self.cluster.create(template=self.name)

    def put_back(self) -> None:
        assert self.copy is not None
        self.cluster.drop(self.name)
        self.name = self.cluster.create(template=self.copy)

    def leave(self) -> None:
        for name in filter(None, (self.name, self.copy)):
            self.cluster.drop(name)


class Province:
    """A server without its HTTP, and the office that grants scopes and keeps backups."""

    def __init__(self, home: Home, clock: Clock, history: History) -> None:
        self._home = home
        self._clock = clock
        self._history = history
        self._lives_in_backup: list[tuple[str, dict[str, int]]] = []
        self.open()
        with self.database.reading() as connection:
            begun = incarnations.current(connection)
        assert begun is not None
        history.lives.append((begun.name, {}))

    def open(self) -> None:
        """The server starts."""
        self.database = self._home.open()
        self.disk = Disk(self.database.engine)
        self._logs: dict[str, list[Any]] = {}
        self._told: dict[tuple[str, int], ReplayedRows] = {}
        self._entered: dict[tuple[str, int], dict[UUID, int]] = {}
        self._granted: dict[UUID, frozenset[str]] = {}

    def close(self) -> None:
        """The server ends; whatever was under way is gone."""
        self.database.close()

    def restart(self) -> None:
        """The server starts again after it died."""
        self.close()
        self.open()
        self.note_end()

    def note_end(self) -> None:
        """Notes for the record where the logs end now."""
        self._history.note_ends(self.heads())

    def answer(
        self, device_id: UUID, user_id: UUID, body: bytes, *, gzipped: bool
    ) -> tuple[bytes, bool]:
        """What the server answers to a laptop."""
        now = self._clock()
        answer = respond(self.database, Asking(device_id, user_id, now, now), body, gzipped)
        self.note_end()
        return answer

    def snapshot_of(self, user_id: UUID, scope: str) -> SnapshotFile | None:
        """What the server answers when asked for a snapshot."""
        try:
            return newest(scope, *self._called_by(user_id))
        except NotFound:
            return None

    def bytes_of(self, user_id: UUID, name: str, begins: int) -> bytes | None:
        """The bytes of a snapshot from `begins` on."""
        try:
            snapshot_id, found = granted(name, *self._called_by(user_id))
        except NotFound:
            return None
        return b"".join(snapshots.read(self.database, snapshot_id, begins, found.size))

    def _called_by(self, user_id: UUID) -> tuple[Caller, Services]:
        caller = Caller(user_id, user_id, Role.FACILITATOR, b"")
        return caller, Services(self.database, self._clock, FAST_PASSWORDS)

    def enrol(self, device_id: UUID, user_id: UUID) -> None:
        """Makes a laptop known."""
        laptop = devices.NewDevice(device_id, "laptop", _LAPTOP_KEY)
        with self.database.writing() as connection:
            devices.enrol(connection, laptop, user_id, self._clock())

    def add_user(self, login: str, role: Role, scopes: Sequence[str]) -> UUID:
        """Makes an account with grants."""
        self._granted.clear()
        with self.database.writing() as connection:
            new = accounts.NewAccount(login, login.title(), role, "no password")
            account = accounts.add(connection, new, self._clock())
            for scope in scopes:
                accounts.grant(connection, account, scope, self._clock())
        self.note_end()
        return account.user_id

    def grant(self, login: str, scope: str) -> None:
        """The office gives a scope."""
        self._granted.clear()
        with self.database.writing() as connection:
            accounts.grant(connection, accounts.named(connection, login), scope, self._clock())

    def withdraw(self, login: str, scope: str) -> None:
        """The office takes a scope back; a restored database may not know that it was given."""
        self._granted.clear()
        with self.database.writing() as connection, suppress(accounts.AccountFailure):
            accounts.withdraw(connection, accounts.named(connection, login), scope, self._clock())

    def decide(self, chance: Random) -> bool:
        """The office lets an op in that was set aside, or answers it; false if there is none."""
        with self.database.writing() as connection:
            held = quarantine.listing(connection)
            if not held:
                return False
            op = chance.choice(held)
            if chance.random() < 0.5:
                release(connection, op)
            else:
                at = int(self._clock().timestamp() * 1000)
                quarantine.answer(connection, op, "sudah dicatat", at)
        return True

    def granted(self, user_id: UUID) -> frozenset[str]:
        """The scopes that a user holds now. Grants begin and end when the office says so."""
        if user_id not in self._granted:
            with self.database.reading() as connection:
                held = accounts.granted_scopes(connection, user_id, self._clock())
            self._granted[user_id] = frozenset(held)
        return self._granted[user_id]

    def grants(self) -> list[Any]:
        """Every grant there ever was, in this life of the database."""
        return self._rows(select(SCOPE_GRANT))

    def back_up(self) -> None:
        """Keeps a copy of the database as it is."""
        self.close()
        self._home.back_up()
        self._lives_in_backup = list(self._history.lives)
        self.open()

    def verify(self) -> None:
        """Checks the copy, and tells laptops that what it holds is safe; if there is one."""
        if not self._lives_in_backup:
            return
        copy = self._home.open_copy()
        with copy.reading() as connection:
            heads, counts = verification.heads(connection), verification.counts(connection)
            verification.check(connection, heads, counts)
            logs = verification.device_logs(connection)
        copy.close()
        durability.note_durable(self.database, self._lives_in_backup[-1][0], logs)

    def restore(self) -> bool:
        """Puts the copy in the database's place; tells whether there was one."""
        if not self._lives_in_backup:
            return False
        self.close()
        self._home.put_back()
        self.open()
        with self.database.writing() as connection:
            begun = incarnations.begin(connection, self._clock())
        self._history.lives = [*self._lives_in_backup, (begun.name, self.heads())]
        self._history.was_restored = True
        self.note_end()
        return True

    @until_written
    def heads(self) -> dict[str, int]:
        """Scope -> head."""
        return {row.scope: row.head for row in self._rows(select(SCOPE_HEAD))}

    def log(self) -> list[Any]:
        """Every entry, by scope and seq, read from the database."""
        return self._rows(select(LOG).order_by(LOG.c.scope, LOG.c.seq))

    @until_written
    def noted_log(self) -> dict[str, list[Any]]:
        """Scope -> its entries; those that were read before are not read again."""
        for scope, head in self.heads().items():
            noted = self._logs.setdefault(scope, [])
            if len(noted) < head:
                after = select(LOG).where(LOG.c.scope == scope, LOG.c.seq > len(noted))
                noted += self._rows(after.order_by(LOG.c.seq))
        return self._logs

    def told(self, scope: str, seq: int) -> ReplayedRows:
        """The rows of a scope as its log says they were at `seq`."""
        if (scope, seq) not in self._told:
            replayed = replay(self.noted_log().get(scope, [])[:seq])
            self._told[scope, seq] = {key: row for key, (_, row) in replayed.items()}
        return self._told[scope, seq]

    def entered(self, scope: str, seq: int) -> dict[UUID, int]:
        """Rows that came into a scope from another by `seq`: how often each had moved by then."""
        if (scope, seq) not in self._entered:
            entries = self.noted_log().get(scope, [])[:seq]
            came = {one.row_id: one.fields["moved"] for one in entries if "moved" in one.fields}
            self._entered[scope, seq] = came
        return self._entered[scope, seq]

    @until_written
    def digests(self) -> frozenset[bytes]:
        """What names the ops that it has, applied or set aside."""
        entries = (entry for log in self.noted_log().values() for entry in log)
        return frozenset(bytes(one.digest) for one in (*entries, *self.aside()) if one.digest)

    @until_written
    def aside(self) -> list[Any]:
        """What was set aside."""
        return self._rows(select(ASIDE))

    def conflicts(self) -> list[Any]:
        """Every conflict record."""
        return self._rows(select(CONFLICT))

    @until_written
    def places(self) -> list[Any]:
        """Scope, count, first and last seq of every log."""
        counts = select(LOG.c.scope, func.count(), func.min(LOG.c.seq), func.max(LOG.c.seq))
        return self._rows(counts.group_by(LOG.c.scope))

    @until_written
    def everything(self) -> Rows:
        """Every row."""
        with self.database.reading() as connection:
            return {
                row.id: (name, row.scope, flatten(name, row._asdict()))
                for name, table in SYNCED.items()
                for row in connection.execute(select(table))
            }

    def _rows(self, query: Any) -> list[Any]:
        with self.database.reading() as connection:
            return list(connection.execute(query).all())


OpenProvince = Callable[[Clock, History], Province]

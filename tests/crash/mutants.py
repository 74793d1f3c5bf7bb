"""Mistakes made on purpose: programs that lose something when they are killed. Each must be found out."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any
from unittest import mock

from sqlalchemy import Connection

from desktop.models.operations import visits
from desktop.models.store import engine, writer
from desktop.sync.engine import Engine
from server.queries.heads import Heads

_SLOW = 0.02
"""Seconds that the slow disk of a mistake takes."""


@dataclass(frozen=True)
class Mutant:
    """A mistake: its name, whose kills find it out, what it is, and how it is made."""

    name: str
    target: str
    mistake: str
    make: Callable[[], AbstractContextManager[object]]


def active(name: str | None) -> AbstractContextManager[object]:
    """A mistake while it is in force, in this process and in those forked from it."""
    return nullcontext() if name is None else BY_NAME[name].make()


def _commit(connection: Connection, begin: str) -> None:
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql(begin)


def _rows_before_ops() -> AbstractContextManager[object]:
    """A row is committed, and the op that tells of it in a transaction after it."""
    real = writer.write_outbox

    def write_outbox(connection: Connection, *arguments: Any) -> None:
        _commit(connection, "BEGIN IMMEDIATE")
        real(connection, *arguments)

    return mock.patch.object(writer, "write_outbox", write_outbox)


def _ops_before_head() -> AbstractContextManager[object]:
    """The ops are committed before the device log's head."""
    real = writer._NEW_HEAD

    class Head:
        """Commits before it is run."""

        def _execute_on_connection(self, connection: Connection, *arguments: Any) -> Any:
            _commit(connection, "BEGIN IMMEDIATE")
            return real._execute_on_connection(connection, *arguments)

    return mock.patch.object(writer, "_NEW_HEAD", Head())


def _answers_in_memory() -> AbstractContextManager[object]:
    """Answers of a draft are written five at a time."""
    real, kept = visits.save_answers, list[tuple[Any, ...]]()

    def save_answers(connection: Connection, *arguments: Any, **named: Any) -> None:
        kept.append((arguments, named))
        if len(kept) == 5:
            for earlier, more in kept:
                real(connection, *earlier, **more)
            kept.clear()

    return mock.patch.object(visits, "save_answers", save_answers)


def _sent_before_answered() -> AbstractContextManager[object]:
    """Ops are called sent before the province has answered."""
    real = Engine._exchange

    def exchange(self: Engine, request: Any) -> Any:
        if request.batch is not None:
            with self.store.writing() as connection:
                connection.exec_driver_sql("UPDATE outbox SET state = 'confirmed'")
        return real(self, request)

    return mock.patch.object(Engine, "_exchange", exchange)


def _log_before_head() -> AbstractContextManager[object]:
    """The province commits its log before the heads of the scopes, on a slow disk."""
    real = Heads.flush

    def flush(self: Any) -> None:
        is_file = self._connection.dialect.name == "sqlite"
        _commit(self._connection, "BEGIN IMMEDIATE" if is_file else "BEGIN")
        time.sleep(_SLOW)
        real(self)

    return mock.patch.object(Heads, "flush", flush)


@contextmanager
def _never_synced() -> Iterator[None]:
    """SQLite is told not to sync."""
    real = engine._on_connect

    def on_connect(*arguments: Any) -> Any:
        prepare = real(*arguments)

        def then_without(connection: Any, record: object) -> None:
            prepare(connection, record)
            connection.execute("PRAGMA synchronous = OFF")

        return then_without

    with mock.patch.object(engine, "_on_connect", on_connect):
        yield


MUTANTS = (
    Mutant("rows_before_ops", "client", "a row is committed before its op", _rows_before_ops),
    Mutant(
        "ops_before_head", "client", "ops are committed before the log's head", _ops_before_head
    ),
    Mutant("answers_in_memory", "client", "answers wait in memory for others", _answers_in_memory),
    Mutant("sent_before_answered", "client", "sent is said too early", _sent_before_answered),
    Mutant("log_before_head", "server", "the log is committed before its head", _log_before_head),
    Mutant("never_synced", "power-loss", "synchronous=OFF", _never_synced),
)
BY_NAME = {mutant.name: mutant for mutant in MUTANTS}

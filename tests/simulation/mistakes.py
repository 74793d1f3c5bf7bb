"""Wrong ways to do what the production code does: what the mutants put in its place.

Those that stand around the right one are handed it first.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock
from uuid import UUID

from sqlalchemy import and_, delete, func, select, text, update

from desktop.models.changes import Changes
from desktop.models.store.rows import remove_rows
from desktop.models.tables import CURSOR, OUTBOX, STAGED_PAGE, SYNCED
from desktop.sync.messages import Answer
from desktop.sync.wire import OWN_BYTES
from server.queries import (
    chain,
    exchange,
    judgement,
    merge,
)
from server.queries.conflicts import Write
from server.tables import LOG


def forget_on_answer(
    right: Callable[..., None], connection: Any, epoch: int, outcomes: Sequence[Any]
) -> None:
    right(connection, epoch, outcomes)
    dseqs = [one.dseq for one in outcomes]
    connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq.in_(dseqs))
        .values(overlay=False)
    )


def forgets_what_was_shown(
    right: Callable[..., bool], writer: Any, *row: Any, shown: Any = None, **options: Any
) -> bool:
    return right(writer, *row, **options)


def all_replayed(right: Callable[..., Any], batch: Any, known: Any) -> Any:
    places = range(batch.first, batch.first + len(batch.ops))
    seen = list(itertools.takewhile(known.__contains__, places))
    return [chain._outcome_again(known[place]) for place in seen], None


def begins_without_parents(connection: Any, device_id: UUID, epoch: int, origin: Any) -> None:
    if not chain.is_known(connection, device_id, epoch):
        chain._add_epoch(connection, device_id, epoch, origin.seed, None)


def counts_for_past(right: Callable[..., None], connection: Any, *log: Any) -> None:
    if not chain.is_known(connection, *log[:2]):
        right(connection, *log)


def arrived_though_waiting(connection: Any, entries: Sequence[Any]) -> None:
    for entry in entries:
        if entry.own is not None:
            connection.execute(
                update(OUTBOX)
                .where(func.substr(OUTBOX.c.digest, 1, OWN_BYTES) == entry.own)
                .values(state="confirmed", seq=entry.seq)
            )


@contextmanager
def answer_before_durable() -> Iterator[None]:
    """The merge is answered although its transaction never was committed."""
    right = merge.merge_batch

    def hasty(connection: Any, arrival: Any, batch: Any) -> Any:
        result = right(connection, arrival, batch)
        if batch.first % 7 == 0:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("BEGIN")
        return result

    with mock.patch.object(exchange, "merge_batch", hasty):
        yield


def no_pages_left_out(right: Callable[..., Any], connection: Any) -> Any:
    del right
    query = select(STAGED_PAGE.c.scope).distinct()
    return list(connection.execute(query).scalars())


def page_skips(right: Callable[..., Any], connection: Any, scope: str, seq: int) -> None:
    right(connection, scope, seq + (seq % 5 == 0))


def no_requeue(right: Callable[..., None], connection: Any, fallen: Any) -> None:
    del right
    connection.execute(delete(STAGED_PAGE))
    for scope in fallen:
        connection.execute(update(CURSOR).where(CURSOR.c.scope == scope).values(seq=0, reset=True))


def fork_drops(right: Callable[..., None], connection: Any, epoch: int, fork: Any) -> None:
    connection.execute(delete(OUTBOX).where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq > fork.common))
    right(connection, epoch, fork)


def no_conflict(right: Callable[..., Any], *arguments: Any) -> set[Any]:
    del right, arguments
    return set()


def raw_clock(right: Callable[..., int], self: Any, op: Any) -> int:
    del right, self
    return int(op.at)


_NOW = [0]


@contextmanager
def judged_by_arrival() -> Iterator[None]:
    """What was written while granted is refused because it came after the grant ended."""
    right, init = judgement.Judge.judge, merge._Merge.__init__

    def noted(self: Any, connection: Any, arrival: Any, *rest: Any) -> None:
        _NOW[0] = arrival.received_at
        init(self, connection, arrival, *rest)

    with (
        mock.patch.object(merge._Merge, "__init__", noted),
        mock.patch.object(judgement.Judge, "judge", lambda self, op, _: right(self, op, _NOW[0])),
    ):
        yield


def unguard(connection: Any) -> None:
    """Takes away what would refuse the mistake in the database itself."""
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(guards).scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def seq_gap(right: Callable[..., int], self: Any, scope: str) -> int:
    unguard(self._connection)
    if self._heads[scope] % 11 == 10:
        right(self, scope)
    return right(self, scope)


def keeps_no_shadow(right: Callable[..., None], self: Any, shadows: Any) -> None:
    del shadows
    right(self, [])


def own_left_out(right: Callable[..., Any], self: Any) -> Any:
    del right
    return and_(LOG.c.device_id == self.device_id, LOG.c.dseq.is_not(None))


def drops_quarantine(right: Callable[..., None], self: Any, *arguments: Any) -> None:
    if arguments[1].value != "quarantined":
        right(self, *arguments)


def no_room_for_delete(right: Callable[..., Any], self: Any, *arguments: Any) -> list[Any]:
    del right, self, arguments
    return []


def without_decisions(right: Callable[..., list[Any]], *arguments: Any) -> list[Any]:
    return [row for row in right(*arguments) if row.table not in ("state_move", "conflict")]


def without_origin(right: Callable[..., Write], entry: dict[str, Any]) -> Write:
    return right({**entry, "origin": None})


def purges_under_ops(right: Callable[..., Changes], connection: Any, scope: str) -> Changes:
    changes = right(connection, scope)
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in SYNCED.values():
        connection.execute(delete(table).where(table.c.scope == scope))
    return changes


def drops_lost_rows(right: Callable[..., Any], self: Any, unknown: Any, overlay: Any) -> list[Any]:
    del right, overlay
    for name, ids in unknown.items():
        remove_rows(self._connection, name, ids)
    return []


def new_salts(right: Callable[..., None], connection: Any, head: Any, ops: Any) -> None:
    right(connection, head, [(op, None) for op, _ in ops])


def other_author(right: Callable[..., Any], self: Any, stamped: Any) -> Any:
    return right(self, stamped) | {"user_id": self._arrival.device_id}


def log_rewritten(
    right: Callable[..., Any], self: Any, scope: str, clashes: Any, seen: Any
) -> set[Any]:
    for clash in clashes:
        unguard(self._journal.connection)
        self._journal.connection.execute(
            update(LOG).where(LOG.c.scope == scope, LOG.c.seq == clash.other.seq).values(app="lost")
        )
    found: set[Any] = right(self, scope, clashes, seen)
    return found


def aside_unchained(right: Callable[..., None], self: Any, stamped: Any, *verdict: Any) -> None:
    right(self, replace(stamped, hash=stamped.digest), *verdict)


def news_again(
    right: Callable[..., Any], connection: Any, cursors: Any, heads: Any, *arguments: Any
) -> Any:
    before = {scope: seq - (heads.get(scope) == seq) for scope, seq in cursors.items()}
    return right(connection, before, heads, *arguments)


def last_row_not_written(right: Callable[..., None], self: Any) -> None:
    if len(self._touched) > 2:
        self._touched.discard(max(self._touched))
    right(self)


def mark_keeps_all(right: Callable[..., Any], connection: Any, granted: Any) -> list[str]:
    right(connection, granted)
    return []


def purge_at_once(right: Callable[..., Changes], connection: Any, scope: str) -> Changes:
    connection.execute(
        update(OUTBOX).where(OUTBOX.c.scope == scope).values(state="confirmed", overlay=False)
    )
    return right(connection, scope)


def last_outcome_left_out(right: Callable[..., Any], *arguments: Any) -> Any:
    answer: Answer = right(*arguments)
    return replace(answer, outcomes=answer.outcomes[:-1]) if len(answer.outcomes) > 1 else answer


def all_is_durable(right: Callable[..., Any], *log: Any) -> Any:
    received, _ = right(*log)
    return received, received


def server_op(right: Callable[..., Any], *arguments: Any) -> Any:
    entry = right(*arguments)
    entry["digest"] = b"nobody" + bytes(str(entry["seq"]), "ascii")
    return entry

"""Deliberate mistakes in the production code, one at a time: each must be caught by some seed.

A mutant nobody catches says that a rule is not really checked; so does a rule that none breaks.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock
from uuid import UUID

from sqlalchemy import and_, delete, false, select, text, update

from desktop.models.store.rows import remove_rows
from desktop.models.tables import CURSOR, OUTBOX, STAGED_PAGE, SYNCED
from desktop.sync import apply, engine, pull, push, scope_rows
from desktop.sync.messages import Answer
from server.queries import (
    chain,
    clashes,
    duplicates,
    effects,
    exchange,
    incarnations,
    journal,
    judgement,
    merge,
)
from server.queries import pull as server_pull
from server.queries.conflicts import Write
from server.queries.heads import Heads
from server.queries.rows import Rows
from server.resources import sync as resource
from server.tables import LOG


@dataclass(frozen=True)
class Mutant:
    """A mistake: its name, what is wrong, how to make it, and the steps that meet it soonest."""

    name: str
    mistake: str
    make: Callable[[], AbstractContextManager[Any]]
    often: frozenset[str] = frozenset()


def _patch(owner: Any, name: str, wrong: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: mock.patch.object(owner, name, wrong)


def _around(
    owner: Any, name: str, wrong: Callable[..., Any]
) -> Callable[[], AbstractContextManager[Any]]:
    """`wrong(right, *arguments)` takes the place of the right function."""
    right = getattr(owner, name)

    def replaced(*arguments: Any, **options: Any) -> Any:
        return wrong(right, *arguments, **options)

    return _patch(owner, name, replaced)


def _forget_on_answer(
    right: Callable[..., None], connection: Any, epoch: int, outcomes: Sequence[Any]
) -> None:
    right(connection, epoch, outcomes)
    dseqs = [one.dseq for one in outcomes]
    connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq.in_(dseqs))
        .values(overlay=False)
    )


def _all_replayed(right: Callable[..., Any], batch: Any, known: Any) -> Any:
    places = range(batch.first, batch.first + len(batch.ops))
    seen = list(itertools.takewhile(known.__contains__, places))
    return [chain._outcome_again(known[place]) for place in seen], None


@contextmanager
def _answer_before_durable() -> Iterator[None]:
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


def _no_pages_left_out(right: Callable[..., Any], connection: Any) -> Any:
    del right
    query = select(STAGED_PAGE.c.scope).distinct()
    return list(connection.execute(query).scalars())


def _page_skips(right: Callable[..., Any], connection: Any, scope: str, seq: int) -> None:
    right(connection, scope, seq + (seq % 5 == 0))


def _no_requeue(right: Callable[..., None], connection: Any, fallen: Any) -> None:
    del right
    connection.execute(delete(STAGED_PAGE))
    for scope in fallen:
        connection.execute(update(CURSOR).where(CURSOR.c.scope == scope).values(seq=0, reset=True))


def _fork_drops(right: Callable[..., None], connection: Any, epoch: int, fork: Any) -> None:
    connection.execute(delete(OUTBOX).where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq > fork.common))
    right(connection, epoch, fork)


def _no_conflict(right: Callable[..., Any], *arguments: Any) -> set[Any]:
    del right, arguments
    return set()


def _raw_clock(right: Callable[..., int], self: Any, op: Any) -> int:
    del right, self
    return int(op.at)


_NOW = [0]


@contextmanager
def _judged_by_arrival() -> Iterator[None]:
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


def _unguard(connection: Any) -> None:
    """Takes away what would refuse the mistake in the database itself."""
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(guards).scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _seq_gap(right: Callable[..., int], self: Any, scope: str) -> int:
    _unguard(self._connection)
    if self._heads[scope] % 11 == 10:
        right(self, scope)
    return right(self, scope)


def _keeps_no_shadow(right: Callable[..., None], self: Any, shadows: Any) -> None:
    del shadows
    right(self, [])


def _own_left_out(right: Callable[..., Any], self: Any) -> Any:
    del right
    return and_(LOG.c.device_id == self.device_id, LOG.c.dseq.is_not(None))


def _drops_quarantine(right: Callable[..., None], self: Any, *arguments: Any) -> None:
    if arguments[1].value != "quarantined":
        right(self, *arguments)


def _no_room_for_delete(right: Callable[..., Any], self: Any, *arguments: Any) -> list[Any]:
    del right, self, arguments
    return []


def _without_decisions(right: Callable[..., list[Any]], *arguments: Any) -> list[Any]:
    return [row for row in right(*arguments) if row.table not in ("state_move", "conflict")]


def _without_origin(right: Callable[..., Write], entry: dict[str, Any]) -> Write:
    return right({**entry, "origin": None})


def _purges_under_ops(right: Callable[..., bool], connection: Any, scope: str) -> bool:
    if right(connection, scope):
        return True
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in SYNCED.values():
        connection.execute(delete(table).where(table.c.scope == scope))
    return True


def _drops_lost_rows(right: Callable[..., Any], self: Any, unknown: Any, overlay: Any) -> list[Any]:
    del right, overlay
    for name, ids in unknown.items():
        remove_rows(self._connection, name, ids)
    return []


def _no_overlay(right: Callable[..., Any], self: Any) -> dict[UUID, Any]:
    del right, self
    return {}


def _new_salts(right: Callable[..., None], connection: Any, head: Any, ops: Any) -> None:
    right(connection, head, [(op, None) for op, _ in ops])


def _other_author(right: Callable[..., Any], self: Any, stamped: Any) -> Any:
    return right(self, stamped) | {"user_id": self._arrival.device_id}


def _log_rewritten(
    right: Callable[..., Any], self: Any, scope: str, clashes: Any, seen: Any
) -> set[Any]:
    for clash in clashes:
        _unguard(self._journal.connection)
        self._journal.connection.execute(
            update(LOG).where(LOG.c.scope == scope, LOG.c.seq == clash.other.seq).values(app="lost")
        )
    found: set[Any] = right(self, scope, clashes, seen)
    return found


def _aside_unchained(right: Callable[..., None], self: Any, stamped: Any, *verdict: Any) -> None:
    right(self, replace(stamped, hash=stamped.digest), *verdict)


def _news_again(
    right: Callable[..., Any], connection: Any, cursors: Any, heads: Any, *arguments: Any
) -> Any:
    before = {scope: seq - (heads.get(scope) == seq) for scope, seq in cursors.items()}
    return right(connection, before, heads, *arguments)


def _last_row_not_written(right: Callable[..., None], self: Any) -> None:
    if len(self._touched) > 2:
        self._touched.discard(max(self._touched))
    right(self)


def _mark_keeps_all(right: Callable[..., Any], connection: Any, granted: Any) -> list[str]:
    right(connection, granted)
    return []


def _purge_at_once(right: Callable[..., bool], connection: Any, scope: str) -> bool:
    connection.execute(
        update(OUTBOX).where(OUTBOX.c.scope == scope).values(state="confirmed", overlay=False)
    )
    return right(connection, scope)


def _last_outcome_left_out(right: Callable[..., Any], *arguments: Any) -> Any:
    answer: Answer = right(*arguments)
    return replace(answer, outcomes=answer.outcomes[:-1]) if len(answer.outcomes) > 1 else answer


def _all_is_durable(right: Callable[..., Any], *log: Any) -> Any:
    received, _ = right(*log)
    return received, received


def _server_op(right: Callable[..., Any], *arguments: Any) -> Any:
    entry = right(*arguments)
    entry["digest"] = b"nobody" + bytes(str(entry["seq"]), "ascii")
    return entry


MUTANTS = (
    Mutant(
        "no-fork",
        "another op at a place of a log is taken for the one that is there",
        _around(chain, "_replayed", _all_replayed),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "fork-drops-ops",
        "what came after a fork is thrown away",
        _around(push, "follow_fork", _fork_drops),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "fork-without-parents",
        "an epoch begun anew forgets which one it left",
        _patch(
            chain,
            "_add_lineage",
            lambda connection, device, epoch, origin: chain._add_epoch(
                connection, device, epoch, origin.seed, None
            ),
        ),
        often=frozenset({"restore_server_after_fork"}),
    ),
    Mutant(
        "overlay-left-on-answer",
        "a laptop stops showing its value when it is acknowledged",
        _around(push, "note_outcomes", _forget_on_answer),
    ),
    Mutant(
        "foreign-is-anybody",
        "a device's own earlier write counts as somebody else's",
        _patch(chain.Ancestry, "has", lambda *_: False),
    ),
    Mutant(
        "own-is-any-clone",
        "a clone's write counts as one's own",
        _patch(chain.Ancestry, "has", lambda self, device, *_: device == self._device_id),
        often=frozenset({"clone", "sync"}),
    ),
    Mutant(
        "no-conflict-record",
        "a value is overwritten and nobody is told",
        _around(effects.Effects, "open_conflicts", _no_conflict),
    ),
    Mutant(
        "last-arrival-wins",
        "the later arrival stands, whenever it was written",
        _patch(Write, "order", lambda self: (self.seq, b"", 0, 0)),
    ),
    Mutant(
        "delete-wins",
        "a delete beats an edit that its author had not seen",
        _around(clashes.Clashes, "_of_delete", _no_room_for_delete),
    ),
    Mutant(
        "dead-stay-dead",
        "a visit to a family that was deleted meanwhile stays unseen",
        _patch(clashes.Clashes, "of_deleted_parents", lambda *_: []),
    ),
    Mutant(
        "moves-alone",
        "a family moves, and leaves its visits' states and conflicts behind",
        _around(effects, "family_of", _without_decisions),
    ),
    Mutant(
        "moved-is-news",
        "a value that a family took along counts as written by nobody",
        _around(Write, "of_entry", _without_origin),
    ),
    Mutant(
        "late-page-wins",
        "an older page about a family that has moved brings it back",
        _patch(scope_rows, "times_moved", lambda _: 0),
    ),
    Mutant(
        "numbers-not-compared",
        "nobody is asked about two members with one number",
        _patch(duplicates, "settle", lambda *_: None),
        often=frozenset({"sync"}),
    ),
    Mutant(
        "heirs-unknown",
        "what is written under a family stays there, though another took its place",
        _patch(merge, "redirected", lambda *_: {}),
        often=frozenset({"sync"}),
    ),
    Mutant(
        "left-behind",
        "what was written under a family unseen stays there when another takes its place",
        _patch(effects.Effects, "adopt", lambda *_: []),
        often=frozenset({"sync"}),
    ),
    Mutant(
        "clock-believed",
        "a clock two years ahead writes in the future",
        _around(merge._Merge, "_corrected", _raw_clock),
    ),
    Mutant(
        "answer-before-durable",
        "a batch is acknowledged and then not committed",
        _answer_before_durable,
    ),
    Mutant(
        "no-resend-after-restore",
        "a laptop does not send again what a restored province lost",
        _around(pull, "follow_restored_server", _no_requeue),
        often=frozenset({"restore_server", "back_up_server"}),
    ),
    Mutant(
        "bases-not-mapped",
        "a base counted in another life of the province is taken as it is",
        _patch(incarnations, "map_down", lambda *given: given[3]),
        often=frozenset({"restore_server", "back_up_server"}),
    ),
    Mutant(
        "prefix-in-part",
        "pages are applied before their scope is whole",
        _around(apply, "whole_scopes", _no_pages_left_out),
        often=frozenset({"sync_small"}),
    ),
    Mutant(
        "cursor-runs-ahead",
        "a cursor is set past what was applied",
        _around(apply, "set_cursor", _page_skips),
    ),
    Mutant(
        "no-shadow",
        "the province's word on a row with ops over it is not kept",
        _around(scope_rows.ScopeRows, "_write_shadows", _keeps_no_shadow),
    ),
    Mutant(
        "own-entries-left-out",
        "a laptop is not told what the merge made of its own ops",
        _around(server_pull.OwnLog, "known", _own_left_out),
    ),
    Mutant(
        "quarantine-loses",
        "an op that is refused is not kept",
        _around(merge._Merge, "_set_aside", _drops_quarantine),
    ),
    Mutant(
        "purge-at-once",
        "a withdrawn scope is purged with ops still waiting",
        _around(engine, "purge_scope", _purge_at_once),
        often=frozenset({"withdraw_while_ops_wait"}),
    ),
    Mutant(
        "purge-under-ops",
        "the rows of a withdrawn scope are removed while ops over them wait",
        _around(engine, "purge_scope", _purges_under_ops),
        often=frozenset({"withdraw_while_ops_wait"}),
    ),
    Mutant(
        "withdrawn-kept",
        "a withdrawn scope stays on the laptop",
        _around(pull, "mark_withdrawn", _mark_keeps_all),
    ),
    Mutant(
        "lost-rows-dropped",
        "rows that a restored province lost go, edits of ours or not",
        _around(scope_rows.ScopeRows, "_keep_or_remove", _drops_lost_rows),
        often=frozenset({"restore_server", "sync"}),
    ),
    Mutant(
        "pages-over-own-values",
        "news are written over our own newer values",
        _around(scope_rows.ScopeRows, "_overlay", _no_overlay),
    ),
    Mutant(
        "moves-unplaced",
        "a laptop counts moves in the order in which it heard of them",
        _patch(scope_rows.ScopeRows, "_note_places", lambda _: None),
        often=frozenset({"set_clock", "verify"}),
    ),
    Mutant(
        "states-stale",
        "a laptop does not look where a record stands when it hears of a move",
        _patch(scope_rows, "refresh_derived", lambda *_: None),
        often=frozenset({"verify"}),
    ),
    Mutant(
        "no-dedupe",
        "an op that was stamped again is applied again",
        _patch(chain, "digests_in_log", lambda *_: {}),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "fork-new-salts",
        "an op that is stamped again gets another digest",
        _around(push, "write_outbox", _new_salts),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "author-is-the-device",
        "the log does not name the author",
        _around(merge._Merge, "_common", _other_author),
    ),
    Mutant(
        "log-rewritten",
        "an entry of the log is changed later",
        _around(effects.Effects, "open_conflicts", _log_rewritten),
    ),
    Mutant(
        "aside-unchained",
        "an op that is set aside loses its place in its chain",
        _around(merge._Merge, "_set_aside", _aside_unchained),
    ),
    Mutant(
        "news-again",
        "the last entry of a scope is sent to whoever has it",
        _around(exchange, "pages_after", _news_again),
    ),
    Mutant(
        "overlay-for-ever",
        "an op never leaves the overlay",
        _patch(apply, "_leave_overlay", lambda *_: None),
    ),
    Mutant(
        "row-not-written",
        "the log has an entry that its row has not",
        _around(Rows, "flush", _last_row_not_written),
    ),
    Mutant(
        "server-row-as-op",
        "an entry of the server's own making passes for somebody's op",
        _around(journal.Journal, "add_own", _server_op),
    ),
    Mutant(
        "grants-not-asked",
        "every scope is sent to everybody",
        _patch(exchange, "open_scopes", lambda *_: frozenset({"ref", "36"})),
    ),
    Mutant(
        "judged-by-arrival",
        "what was written while granted is refused because it came late",
        _judged_by_arrival,
    ),
    Mutant("log-with-gaps", "a seq is skipped now and then", _around(Heads, "next", _seq_gap)),
    Mutant(
        "never-released",
        "an op that waits for a row waits for ever",
        _patch(merge, "release_waiting", lambda *_: None),
    ),
    Mutant(
        "forgotten-too-early",
        "ops in a backup are let go of while they are needed here",
        _patch(push, "_is_needed", false),
    ),
    Mutant(
        "durable-beyond-backup",
        "what came after a backup is said to be in it",
        _around(chain, "received_through", _all_is_durable),
        often=frozenset({"restore_server"}),
    ),
    Mutant(
        "outcome-forgotten",
        "the last op of a batch gets no outcome",
        _around(resource, "exchange", _last_outcome_left_out),
    ),
)

BY_NAME = {mutant.name: mutant for mutant in MUTANTS}

"""Deliberate mistakes in the production code, one at a time: each must be caught by some seed.

A mutant nobody catches says that a rule is not really checked; so does a rule that none breaks.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any
from unittest import mock

from sqlalchemy import false

from desktop.models.store.writer import Writer
from desktop.sync import apply, pull, push, scope_rows
from server.queries import (
    chain,
    clashes,
    duplicates,
    effects,
    exchange,
    incarnations,
    journal,
    merge,
)
from server.queries import pull as server_pull
from server.queries.conflicts import Write
from server.queries.heads import Heads
from server.queries.rows import Rows
from server.resources import sync as resource
from tests.simulation import mistakes


@dataclass(frozen=True)
class Mutant:
    """A mistake: its name, what is wrong, how to make it, and the steps that meet it soonest.

    Those in which the program finds it by itself are left out: the rules are to find it.
    """

    name: str
    mistake: str
    make: Callable[[], AbstractContextManager[Any]]
    often: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


_BACKUPS = frozenset({"back_up_server", "restore_server_after_fork"})


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


def _both(*makes: Callable[[], AbstractContextManager[Any]]) -> Callable[[], ExitStack]:
    def made() -> ExitStack:
        stack = ExitStack()
        for make in makes:
            stack.enter_context(make())
        return stack

    return made


MUTANTS = (
    Mutant(
        "no-fork",
        "another op at a place of a log is taken for the one that is there",
        _around(chain, "_replayed", mistakes.all_replayed),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "fork-drops-ops",
        "what came after a fork is thrown away",
        _around(push, "follow_fork", mistakes.fork_drops),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "fork-without-parents",
        "an epoch begun anew forgets which one it left",
        _patch(chain, "_note_lineage", mistakes.begins_without_parents),
        often=frozenset({"restore_server_after_fork"}),
    ),
    Mutant(
        "fork-by-count",
        "a clone's log is the child of as many ops as it has, though they are not its own",
        _around(chain, "_note_lineage", mistakes.counts_for_past),
        often=frozenset({"fork_by_halves"}),
    ),
    Mutant(
        "arrived-though-waiting",
        "an op that waits is taken for sent because a page has a copy's",
        _patch(apply, "_note_arrived", mistakes.arrived_though_waiting),
        often=frozenset({"fork_by_copies"}),
    ),
    Mutant(
        "taken-unnoted",
        "a family whose coming a restore has lost is not fetched anew where it came from",
        _patch(scope_rows, "note_taken", lambda *_: None),
        often=frozenset({"restore_server_amid_a_move"}),
    ),
    Mutant(
        "form-believed",
        "a form that was left open overwrites what came in meanwhile",
        _around(Writer, "update", mistakes.forgets_what_was_shown),
        often=frozenset({"leave_form_open"}),
    ),
    Mutant(
        "overlay-left-on-answer",
        "a laptop stops showing its value when it is acknowledged",
        _around(push, "note_outcomes", mistakes.forget_on_answer),
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
        _around(effects.Effects, "open_conflicts", mistakes.no_conflict),
    ),
    Mutant(
        "last-arrival-wins",
        "the later arrival stands, whenever it was written",
        _patch(Write, "order", lambda self: (self.seq, b"", 0, 0)),
    ),
    Mutant(
        "delete-wins",
        "a delete beats an edit that its author had not seen",
        _around(clashes.Clashes, "_of_delete", mistakes.no_room_for_delete),
    ),
    Mutant(
        "dead-stay-dead",
        "a visit to a family that was deleted meanwhile stays unseen",
        _patch(clashes.Clashes, "of_deleted_parents", lambda *_: []),
    ),
    Mutant(
        "moves-vouch-for-nothing",
        "figures of a record that was moved unseen are overwritten, and nobody is told",
        _patch(clashes.Clashes, "_unseen_move", lambda *_: None),
        often=frozenset({"correct_what_is_moved"}),
    ),
    Mutant(
        "moves-alone",
        "a family moves, and leaves its visits' states and conflicts behind",
        _around(effects, "family_of", mistakes.without_decisions),
    ),
    Mutant(
        "moves-unseen",
        "a family that was moved is deleted, or moved on, by whoever had not heard of it",
        _patch(clashes.Clashes, "_unseen_relocation", lambda *_: None),
    ),
    Mutant(
        "heir-not-followed",
        "a family stays, though the one that takes its place has moved away",
        _patch(merge, "scope_of_heir", lambda *_: None),
        often=frozenset({"sync"}),
    ),
    Mutant(
        "moved-is-news",
        "a value that a family took along counts as written by nobody",
        _around(Write, "of_entry", mistakes.without_origin),
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
        _around(merge._Merge, "_corrected", mistakes.raw_clock),
    ),
    Mutant(
        "answer-before-durable",
        "a batch is acknowledged and then not committed",
        mistakes.answer_before_durable,
    ),
    Mutant(
        "no-resend-after-restore",
        "a laptop does not send again what a restored province lost",
        _around(pull, "follow_restored_server", mistakes.no_requeue),
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
        _around(apply, "whole_scopes", mistakes.no_pages_left_out),
        often=frozenset({"sync_small"}),
    ),
    Mutant(
        "cursor-runs-ahead",
        "a cursor is set past what was applied",
        _around(apply, "set_cursor", mistakes.page_skips),
    ),
    Mutant(
        "no-shadow",
        "the province's word on a row with ops over it is not kept",
        _around(scope_rows.ScopeRows, "_write_shadows", mistakes.keeps_no_shadow),
    ),
    Mutant(
        "own-entries-left-out",
        "a laptop is not told what the merge made of its own ops",
        _around(server_pull.OwnLog, "known", mistakes.own_left_out),
    ),
    Mutant(
        "quarantine-loses",
        "an op that is refused is not kept",
        _around(merge._Merge, "_set_aside", mistakes.drops_quarantine),
    ),
    Mutant(
        "purge-at-once",
        "a withdrawn scope is purged with ops still waiting",
        _around(apply, "purge_scope", mistakes.purge_at_once),
        often=frozenset({"withdraw_while_ops_wait"}),
    ),
    Mutant(
        "purge-under-ops",
        "the rows of a withdrawn scope are removed while ops over them wait",
        _around(apply, "purge_scope", mistakes.purges_under_ops),
        often=frozenset({"withdraw_while_ops_wait"}),
    ),
    Mutant(
        "withdrawn-kept",
        "a withdrawn scope stays on the laptop",
        _around(pull, "mark_withdrawn", mistakes.mark_keeps_all),
    ),
    Mutant(
        "lost-rows-dropped",
        "rows that a restored province lost go, edits of ours or not",
        _around(scope_rows.ScopeRows, "_keep_or_remove", mistakes.drops_lost_rows),
        often=frozenset({"restore_server", "sync"}),
    ),
    Mutant(
        "pages-over-own-values",
        "news are written over our own newer values",
        _patch(scope_rows, "_overlay", lambda _: {}),
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
        _around(push, "write_outbox", mistakes.new_salts),
        often=frozenset({"fork_twice"}),
    ),
    Mutant(
        "author-is-the-device",
        "the log does not name the author",
        _around(merge._Merge, "_common", mistakes.other_author),
        never=_BACKUPS,
    ),
    Mutant(
        "log-rewritten",
        "an entry of the log is changed later",
        _around(effects.Effects, "open_conflicts", mistakes.log_rewritten),
    ),
    Mutant(
        "aside-unchained",
        "an op that is set aside loses its place in its chain",
        _around(merge._Merge, "_set_aside", mistakes.aside_unchained),
        never=_BACKUPS,
    ),
    Mutant(
        "news-again",
        "the last entry of a scope is sent to whoever has it",
        _around(exchange, "pages_after", mistakes.news_again),
    ),
    Mutant(
        "overlay-for-ever",
        "an op never leaves the overlay",
        _patch(apply, "_leave_overlay", lambda *_: set()),
    ),
    Mutant(
        "row-not-written",
        "the log has an entry that its row has not",
        _both(
            _around(Rows, "flush", mistakes.last_row_not_written),
            _patch(
                exchange, "offers", lambda *_: []
            ),  # snapshots tell of it, and rule PREFIX finds it
        ),
        never=_BACKUPS,
    ),
    Mutant(
        "server-row-as-op",
        "an entry of the server's own making passes for somebody's op",
        _around(journal.Journal, "add_own", mistakes.server_op),
    ),
    Mutant(
        "grants-not-asked",
        "every scope is sent to everybody",
        _patch(exchange, "open_scopes", lambda *_: frozenset({"ref", "36"})),
    ),
    Mutant(
        "departed-told",
        "whoever is granted a scope is told of families that had left it",
        _patch(server_pull, "_departures", lambda *_: {}),
    ),
    Mutant(
        "judged-by-arrival",
        "what was written while granted is refused because it came late",
        mistakes.judged_by_arrival,
    ),
    Mutant(
        "log-with-gaps", "a seq is skipped now and then", _around(Heads, "next", mistakes.seq_gap)
    ),
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
        _around(chain, "received_through", mistakes.all_is_durable),
        often=frozenset({"restore_server"}),
    ),
    Mutant(
        "outcome-forgotten",
        "the last op of a batch gets no outcome",
        _around(resource, "exchange", mistakes.last_outcome_left_out),
    ),
)

BY_NAME = {mutant.name: mutant for mutant in MUTANTS}

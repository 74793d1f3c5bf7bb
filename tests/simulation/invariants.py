"""What must hold: some of it after every step, all of it once everybody has talked to everybody.

After each step, `check_log` looks at the province and `check_held` at every laptop, if anything was
written there since they last did; after each sync, `check_synced` looks at the laptop that synced;
once all is still, `check_settled` reads everything anew. Which mutant breaks which of the rules,
`--mutants` tells.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.people import Role
from desktop.models.rules.authority import forbidden_fields
from desktop.models.rules.resolution import DUPLICATE
from desktop.sync.messages import covers, is_mailbox, times_moved
from tests.simulation.history import Captured, History
from tests.simulation.laptop import Laptop
from tests.simulation.model import Model, replay
from tests.simulation.province import Province, ReplayedRows
from tests.simulation.reading import Rows, until_written
from tests.simulation.rules import Rule, Violation, Violations

_WAITING = ("incomplete", "depends")


@until_written
def check_log(province: Province) -> None:
    """Each scope's log is dense: no gap, and its head is its last entry."""
    heads = {scope: head for scope, head in province.heads().items() if head}
    places = {scope: (count, first, last) for scope, count, first, last in province.places()}
    _same(Rule.DENSE_LOG, "", places, {scope: (head, 1, head) for scope, head in heads.items()})


def check_synced(laptop: Laptop, province: Province, history: History) -> None:
    """After a sync: what is called sent is there, and what is applied is a prefix of the log."""
    if laptop.incarnation() != history.lives[-1][0]:
        return
    here = province.digests()
    for op in laptop.outbox():
        if op.state != "waiting" and bytes(op.digest) not in here:
            raise Violation(Rule.SENT_IS_THERE, f"{laptop.name} {op.table_name} {op.row_id}")
    heads = province.heads()
    entered, seen = _entered(laptop, province)
    for cursor in laptop.cursors():
        if cursor.seq > heads.get(cursor.scope, 0):
            raise Violation(Rule.NO_FURTHER, f"{laptop.name} has more of {cursor.scope}")
        ends = history.ends.get(cursor.scope)  # None where nobody noted them
        if cursor.seq and ends is not None and cursor.seq not in ends:
            raise Violation(Rule.WHOLE, f"{laptop.name} {cursor.scope} at {cursor.seq}")
        if not cursor.reset:
            told = province.told(cursor.scope, cursor.seq)
            left = {key for key, row in told.items() if entered.get(key[1], 0) > times_moved(row)}
            stayed = {key: row for key, row in told.items() if key not in left}
            # of who came elsewhere and left again, it depends on the pages whether that was told
            unsure = {key[1] for key in left if seen.get(key[1], 0) <= times_moved(told[key])}
            _check_prefix(laptop, cursor.scope, stayed, unsure)


def _entered(laptop: Laptop, province: Province) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Rows that came into a scope, by its cursor: how often each had moved; and those still there."""
    entered: dict[UUID, int] = {}
    seen: dict[UUID, int] = {}
    for cursor in laptop.cursors():
        there = {key[1] for key in province.told(cursor.scope, cursor.seq)}
        for row_id, moved in province.entered(cursor.scope, cursor.seq).items():
            for found in (entered, seen) if row_id in there else (entered,):
                found[row_id] = max(moved, found.get(row_id, 0))
    return entered, seen


@until_written
def check_held(laptop: Laptop) -> None:
    """A row with an op of ours on its way is here, and shows our own newest values."""
    newest: dict[tuple[str, UUID], dict[str, Any]] = {}
    waiting: set[UUID] = set()
    refetched = {cursor.scope for cursor in laptop.cursors() if cursor.reset}
    overlay = laptop.overlay()
    unsure = {op.row_id for op in overlay if op.scope in refetched}
    for op in overlay:
        if op.table_name in BY_NAME and op.row_id not in unsure:
            newest.setdefault((op.table_name, op.row_id), {}).update(op.fields)
            if op.state == "waiting":
                waiting.add(op.row_id)
    wanted: dict[str, list[UUID]] = {}
    for name, row_id in newest:
        wanted.setdefault(name, []).append(row_id)
    rows = laptop.rows(wanted)
    if purged := waiting - rows.keys():
        raise Violation(Rule.PENDING_KEPT, f"{laptop.name} {purged}")
    for (_, row_id), values in newest.items():
        shown = {name: rows[row_id].get(name) for name in values} if row_id in rows else values
        if shown != values:
            found = f"{laptop.name} {row_id} shows {shown}, having written {values}"
            raise Violation(Rule.OWN_WRITES, found)


def check_settled(laptops: list[Laptop], province: Province, history: History) -> None:
    """Once everybody has talked to everybody.

    Raises:
        Violations: all that there are.
    """
    log = [entry for entry in province.log() if not is_mailbox(entry.scope)]
    rows = province.everything()
    model = Model.of(history, log)
    checks: list[Callable[[], None]] = [
        partial(_check_log_stays, province),
        partial(_check_merge, model),
        partial(_check_rows, log, rows),
        partial(_check_conflicts, province, model),
        partial(_check_duplicates, province, rows),
        partial(_check_captured, province, history, log),
        partial(_check_written, province, history),
        partial(_check_released, province, rows, model),
        partial(_check_chains, laptops, province, log),
    ]
    for laptop in laptops:
        checks += [
            partial(_check_converged, laptop, province, rows),
            partial(_check_nothing_waits, laptop),
            partial(_check_states, laptop, model),
        ]
    broken = [violation for check in checks if (violation := _violation(check)) is not None]
    if broken:
        raise Violations(broken)


def _violation(check: Callable[[], None]) -> Violation | None:
    try:
        check()
    except Violation as violation:
        return violation
    return None


def _check_log_stays(province: Province) -> None:
    """What was read of the log long ago is what it says today."""
    noted = {
        (one.scope, one.seq): one for entries in province.noted_log().values() for one in entries
    }
    _same(Rule.LOG_STAYS, "", noted, {(one.scope, one.seq): one for one in province.log()})


def _check_merge(model: Model) -> None:
    if model.problems:
        raise Violation(Rule.MERGE, str(model.problems[:3]))


def _check_rows(log: list[Any], rows: Rows) -> None:
    played = {key[1]: (key[0], scope, row) for key, (scope, row) in replay(log).items()}
    _same(Rule.REPLAY, "", rows, played)


def _check_conflicts(province: Province, model: Model) -> None:
    opened = {
        (one.subject_id, one.field, frozenset((one.kept["seq"], one.other["seq"])))
        for one in province.conflicts()
        if one.field != DUPLICATE
    }
    _same(Rule.CONFLICTS, "", opened, model.conflicts)


def _check_duplicates(province: Province, rows: Rows) -> None:
    """Of each living member whose number another one has, a record is open, unless a person answered."""
    holders = defaultdict(list)
    for row_id, (name, scope, fields) in rows.items():
        if name == "member" and fields.get("national_id") and _is_present(fields, rows):
            holders[fields["national_id"]].append((row_id, scope))
    asked = {one for some in holders.values() if len(some) > 1 for one in some}
    records = [one for one in province.conflicts() if one.field == DUPLICATE]
    answered = {(one.subject_id, one.scope) for one in records if one.resolved_by is not None}
    opened = {(one.subject_id, one.scope) for one in records if one.resolved_at is None}
    _same(Rule.DUPLICATES, "", opened - answered, asked - answered)


def _is_present(member: Fields, rows: Rows) -> bool:
    _, _, household = rows[UUID(str(member["household_id"]))]
    gone = member.get("deleted_at") or household.get("deleted_at")
    return not gone and (member["status"], household["status"]) == ("present", "active")


def _check_released(province: Province, rows: Rows, model: Model) -> None:
    verifiers = {one.user_id for one in province.grants() if one.role == Role.VERIFIER}
    for one in province.aside():
        waits = one.outcome == "quarantined" and one.reason in _WAITING
        if one.user_id in verifiers and _is_unasked(one, rows):
            continue
        if waits and _is_as_awaited(one, rows, model):
            raise Violation(Rule.RELEASED, f"{one.table_name} waits for {one.detail}")


def _is_unasked(op: Any, rows: Rows) -> bool:
    """Whether an op says what the district may only decide, and no question about it is open."""
    asked = {
        fields["field"]
        for name, _, fields in rows.values()
        if (name, fields.get("subject_id")) == ("conflict", str(op.row_id))
        and fields.get("resolved_at") is None
    }
    columns = {name.partition(".")[0] for name in op.fields.keys() - asked}
    return bool(forbidden_fields(Role.VERIFIER, op.table_name, columns))


def _is_as_awaited(op: Any, rows: Rows, model: Model) -> bool:
    """Whether the row that an op waits for is there, and after a restore where and as it was then."""
    awaited = _id(op.detail) or op.row_id
    is_owner = awaited != op.row_id and op.row_id in rows
    home = rows[op.row_id][1] if is_owner else op.scope
    if awaited not in rows or rows[awaited][1] != home:
        return False
    if op.table_name != "state_move":
        return True
    stands = model.state(op.fields["subject_table"], UUID(op.fields["subject_id"]))
    return bool(op.fields["from_state"] == stands)


def _check_states(laptop: Laptop, model: Model) -> None:
    """Of a record that lives elsewhere a laptop has its own words alone, without its moves."""
    states = model.states({one.scope for one in laptop.cursors() if not one.withdrawn})
    for row_id, state in laptop.states().items():
        if row_id in states and state != states[row_id] and not _waits(laptop, row_id):
            found = f"{laptop.name} shows {row_id} as {state}, not {states[row_id]}"
            raise Violation(Rule.STATES, found)


def _waits(laptop: Laptop, row_id: UUID) -> bool:
    return any(op.overlay and op.fields.get("subject_id") == str(row_id) for op in laptop.outbox())


def _check_prefix(laptop: Laptop, scope: str, told: ReplayedRows, unsure: set[UUID]) -> None:
    """Rows of a scope, without our own ops over them, are the log up to the cursor."""
    shadows = laptop.shadows()
    rows = laptop.everything()
    covered = _covered(laptop, rows)
    theirs = {
        key[1]: (key[0], row)
        for key, row in told.items()
        if key[0] in BY_NAME and (key[1] not in covered or key[1] in shadows)
    }
    mine = {}
    for row_id, (name, where, fields) in rows.items():
        word = shadows.get(row_id, fields)
        is_whole = row_id not in covered or row_id in theirs
        if where == scope and word and is_whole and row_id not in unsure:
            mine[row_id] = (name, {key: value for key, value in word.items() if value is not None})
    _same(Rule.PREFIX, f"{laptop.name} {scope}", mine, theirs)


def _covered(laptop: Laptop, rows: Rows) -> set[UUID]:
    """Rows under ops of ours, and those that these name: they stay, even if the province lost them."""
    over = [op for op in laptop.overlay() if op.table_name in BY_NAME]
    named = {
        UUID(str(op.fields[column]))
        for op in over
        for column in BY_NAME[op.table_name].parents
        if op.fields.get(column)
    }
    covered = {op.row_id for op in laptop.overlay()} | named
    return covered | _parents(covered, rows)


def _parents(ids: set[UUID], rows: Rows) -> set[UUID]:
    """The rows that these belong to."""
    found: set[UUID] = set()
    layer = ids
    while layer:
        layer = {
            UUID(str(rows[row_id][2][column]))
            for row_id in layer & rows.keys()
            for column in BY_NAME[rows[row_id][0]].parents
            if rows[row_id][2].get(column)
        } - found
        found |= layer
    return found


def _check_converged(laptop: Laptop, province: Province, rows: Rows) -> None:
    """A laptop has all rows of its scopes as the province has them, and none of others."""
    granted = province.granted(laptop.user_id)
    held = granted | ({"ref"} if granted else frozenset())
    here = laptop.everything()
    covered = _covered(laptop, here)
    covered |= _kept_for_visits(laptop, here)
    mine = {row_id: row for row_id, row in here.items() if row_id not in covered}
    theirs = {
        row_id: row
        for row_id, row in rows.items()
        if row_id not in covered and any(covers(scope, row[1]) for scope in held)
    }
    stale = {scope for _, scope, _ in mine.values() if scope == "ref" and not held}
    mine = {row_id: row for row_id, row in mine.items() if row[1] not in stale}
    _same(Rule.CONVERGED, laptop.name, mine, theirs)


def _kept_for_visits(laptop: Laptop, here: Rows) -> set[UUID]:
    """What the province does not have here, and stays because a visit to its family was begun.

    So does what that belongs to: an answer about somebody who has come to the family is of a visit to
    the one where they were.
    """
    begun = laptop.begun()
    ghosts = {one for one, fields in laptop.shadows().items() if one in here and not fields}
    subjects = {
        one: UUID(str(here[one][2]["subject_id"])) if here[one][0] == "state_move" else one
        for one in ghosts
    }
    kept = {one for one, of in subjects.items() if begun & {of, *_parents({of}, here)}}
    return kept | (_parents(kept, here) & ghosts)


def _check_nothing_waits(laptop: Laptop) -> None:
    for op in laptop.outbox():
        if op.state == "waiting" or (op.overlay and op.state == "confirmed"):
            raise Violation(Rule.NOTHING_WAITS, f"{laptop.name} {op.state} {op.table_name}")


def _check_chains(laptops: list[Laptop], province: Province, log: list[Any]) -> None:
    """Laptop and province have the same op, after the same past, at each place of a device's log."""
    theirs = {
        (one.device_id, one.epoch, one.dseq): bytes(one.hash)
        for one in (*log, *province.aside())
        if one.hash is not None
    }
    for laptop in laptops:
        device_id = laptop.device_id
        for op in laptop.outbox():
            if theirs.get((device_id, op.epoch, op.dseq), op.hash) != op.hash:
                raise Violation(Rule.CHAINS, f"{laptop.name} {op.epoch}/{op.dseq}")


def _check_captured(province: Province, history: History, log: list[Any]) -> None:
    """Every op ever captured is with the province exactly once, under its author's name."""
    found: dict[bytes, list[Any]] = {}
    aside = [one for one in province.aside() if one.outcome != "duplicate"]
    for one in (*(entry for entry in log if entry.digest), *aside):
        found.setdefault(bytes(one.digest), []).append(one)
    in_log = {bytes(entry.digest) for entry in log if entry.digest}
    grants = province.grants()
    for digest, op in history.captured.items():
        here = found.get(digest, [])
        if not here and digest in history.lost:
            continue
        # a duplicate of an op in quarantine may be set aside more than once, by its clones
        once = len(here) == 1 or (digest not in in_log and here)
        if not once:
            raise Violation(Rule.ONCE, f"{op.table} of {op.user_id}: {len(here)} times")
        if (here[0].user_id, here[0].fields) != (op.user_id, op.fields):
            raise Violation(Rule.AUTHOR, f"{op.table} {op.row_id}")
        if not history.was_restored and digest not in in_log:
            _check_reason(op, here[0], grants)


def _check_written(province: Province, history: History) -> None:
    if strange := province.digests() - history.captured.keys():
        raise Violation(Rule.WRITTEN_BY_SOMEBODY, f"{len(strange)} ops")


def _check_reason(op: Captured, aside: Any, grants: list[Any]) -> None:
    """What was written while the scope was granted is applied, however late it comes."""
    if aside.reason != "scope_not_granted" or abs(aside.corrected_at - op.at) > 1_000:
        return  # a clock that was put right in between: nobody can know when it was written
    for grant in grants:
        since = int(grant.valid_from.timestamp() * 1000)
        until = None if grant.valid_to is None else int(grant.valid_to.timestamp() * 1000)
        inside = since <= op.at - 1_000 and (until is None or op.at + 1_000 < until)
        if grant.user_id == op.user_id and covers(grant.scope, aside.detail) and inside:
            raise Violation(Rule.GRANTED, f"{op.table} {op.row_id} in {aside.detail}")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _same(rule: Rule, where: str, found: Any, expected: Any) -> None:
    if found == expected:
        return
    wrong: list[Any]
    if isinstance(found, dict):
        keys = [key for key in {**found, **expected} if found.get(key) != expected.get(key)]
        wrong = [(key, found.get(key), expected.get(key)) for key in keys[:3]]
    else:
        wrong = [("too much", list(found - expected)[:3]), ("missing", list(expected - found)[:3])]
    raise Violation(rule, f"{where} {wrong}")

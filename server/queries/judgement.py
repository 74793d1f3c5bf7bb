"""Whether an op may be applied, and if not, why: the checks in their order.

A verdict quarantines an op; it never loses it. Ops that depend on a quarantined one go with it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, exists, select

from desktop.models.ops import Op
from desktop.models.records.base import REF_SCOPE, Fields, Json
from desktop.models.records.catalogue import ALIAS, BY_NAME, ScopeLevel
from desktop.models.records.fields import InvalidFieldError, missing_fields, split, validate
from desktop.models.records.people import Role
from desktop.models.rules.authority import forbidden_fields
from desktop.models.rules.states import LIFECYCLES, current_state
from desktop.sync.messages import MOVED, Outcome, QuarantineReason
from server.queries.authority import Authority
from server.queries.incarnations import map_down
from server.queries.rows import MergedRow, Rows, as_id
from server.tables import ASIDE, CONFLICT, LOG, STATE_MOVE

MAX_OP_BYTES = 64 << 10
"""What one op may hold; the longest visit takes a tenth of it."""

_VOUCHABLE = frozenset(
    {
        QuarantineReason.USER_NOT_ENROLLED,
        QuarantineReason.SCOPE_NOT_GRANTED,
        QuarantineReason.FORBIDDEN,
        QuarantineReason.FORBIDDEN_TRANSITION,
    }
)
"""What the office may overlook: whether somebody might write, not what they wrote."""

_LAST_MOMENT = 32_503_680_000_000
"""The year 3000, in milliseconds since 1970."""

_KINDS_OF_OPS = 1_024
"""Tables and sets of fields of which it is remembered who may write them."""

_LEVELS = {
    ScopeLevel.REF: re.compile(REF_SCOPE),
    ScopeLevel.DISTRICT: re.compile(r"\d\d\.\d\d\.\d\d"),
    ScopeLevel.VILLAGE: re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}"),
    ScopeLevel.ANY: re.compile(r"ref|\d\d\.\d\d\.\d\d(\.\d{4})?"),
}


def is_village(scope: Json) -> bool:
    """Whether it is the code of a village."""
    return isinstance(scope, str) and _LEVELS[ScopeLevel.VILLAGE].fullmatch(scope) is not None


@dataclass(frozen=True)
class Verdict:
    """Why an op is set aside; `detail` names the field or row that it is about."""

    reason: QuarantineReason
    detail: str = ""


@lru_cache(_KINDS_OF_OPS)
def _refused(roles: frozenset[Role], table: str, fields: frozenset[str]) -> frozenset[str]:
    """The columns among an op's fields that none of the roles may write; ops of a batch are alike."""
    columns = {split(BY_NAME[table], name)[0] for name in fields}
    return min((forbidden_fields(role, table, columns) for role in roles), key=len)


class Judge:
    """Judges the ops of one batch, in order; knows what was already applied and held in it."""

    def __init__(
        self,
        connection: Connection,
        rows: Rows,
        authority: Authority,
        incarnation: str,
        is_unseen: Callable[[MergedRow, str, Op], bool],
        vouched_for: UUID | None = None,
    ) -> None:
        """Judges in one life of the province.

        Args:
            connection: a transaction.
            rows: of the batch.
            authority: of the users of its device.
            incarnation: the province's of today.
            is_unseen: whether a field was written by somebody else, unknown to an op's author.
            vouched_for: the office says that this author might write what they wrote.
        """
        self._connection = connection
        self._incarnation = incarnation
        self._is_unseen = is_unseen
        self._vouched_for = vouched_for
        self._rows = rows
        self._authority = authority
        self._held: set[UUID] = set()
        self._left: set[tuple[UUID, str]] = set()
        self._states: dict[UUID, str] = {}

    def judge(self, op: Op, moment: int) -> Verdict | None:
        """The first reason not to apply an op written at `moment`, or None."""
        checks: tuple[Callable[[Op, int], Verdict | None], ...] = (
            self._sane,
            self._table,
            self._author,
            self._place,
            self._grant,
            self._scope,
            self._row,
            self._values,
            self._own_name,
            self._move,
            self._relocation,
        )
        for check in checks:
            verdict = check(op, moment)
            if verdict is not None and not self._overlooks(op, verdict):
                return verdict
        return None

    def _overlooks(self, op: Op, verdict: Verdict) -> bool:
        return op.user_id == self._vouched_for and verdict.reason in _VOUCHABLE

    def home(self, op: Op) -> str:
        """The scope in which the op's row lives, or will: the op's own, unless the row moved away."""
        known = self._known_row(op)
        return op.scope if known is None else known.scope

    def hold(self, row_id: UUID) -> None:
        """Notes a row whose op was set aside."""
        self._held.add(row_id)

    def note_left(self, row_id: UUID, scope: str) -> None:
        """Notes a row that an op was written about in a scope where it does not live."""
        self._left.add((row_id, scope))

    def note(self, table: str, fields: Fields) -> None:
        """Notes what an op that was applied did."""
        if table == "state_move":
            kind, subject = str(fields["subject_table"]), UUID(str(fields["subject_id"]))
            move = (str(fields["from_state"]), str(fields["to_state"]))
            state = self.state(kind, subject)
            self._states[subject] = move[1] if move[0] == state else state

    def state(self, kind: str, subject: UUID) -> str:
        """Where a record stands, the ops of this batch counted in."""
        if subject not in self._states:
            moves = self._connection.execute(
                select(STATE_MOVE.c.from_state, STATE_MOVE.c.to_state)
                .where(STATE_MOVE.c.subject_id == subject)
                .order_by(STATE_MOVE.c.seq)
            )
            self._states[subject] = current_state(kind, [(one[0], one[1]) for one in moves])
        return self._states[subject]

    def _sane(self, op: Op, _moment: int) -> Verdict | None:
        """One op must not be able to stop those who read it: no endless value, no year 5000."""
        if not 0 <= op.at < _LAST_MOMENT:
            return Verdict(QuarantineReason.INVALID, "at")
        if len(op.canonical) > MAX_OP_BYTES:
            return Verdict(QuarantineReason.INVALID, "size")
        return None

    def _author(self, op: Op, _moment: int) -> Verdict | None:
        if not self._authority.is_enrolled(op.user_id):
            return Verdict(QuarantineReason.USER_NOT_ENROLLED, str(op.user_id))
        return None

    def _table(self, op: Op, _moment: int) -> Verdict | None:
        known = op.table in BY_NAME
        return None if known else Verdict(QuarantineReason.UNKNOWN_TABLE, op.table)

    def _place(self, op: Op, _moment: int) -> Verdict | None:
        if not _LEVELS[BY_NAME[op.table].level].fullmatch(op.scope):
            return Verdict(QuarantineReason.WRONG_SCOPE, op.scope)
        return None

    def _grant(self, op: Op, moment: int) -> Verdict | None:
        roles = self._authority.roles(op.user_id, op.scope, moment)
        if not roles:
            return Verdict(QuarantineReason.SCOPE_NOT_GRANTED, op.scope)
        fields = frozenset(op.fields)
        refused = _refused(roles, op.table, fields)
        if refused and Role.VERIFIER in roles:
            refused = _refused(roles, op.table, fields - self._to_decide(op))
            if refused and self._may_have_decided(op):
                return Verdict(QuarantineReason.DEPENDS, str(op.row_id))  # on the question
        return Verdict(QuarantineReason.FORBIDDEN, ", ".join(sorted(refused))) if refused else None

    def _may_have_decided(self, op: Op) -> bool:
        """Whether what the province lost may have been a question about the op's row."""
        return op.user_id != self._vouched_for and self._saw_what_was_lost(op)

    def _to_decide(self, op: Op) -> frozenset[str]:
        """Fields of the op about which a conflict is open: the district may decide those.

        It is open to whoever does not know yet that somebody has decided.
        """
        query = select(CONFLICT.c.id).where(CONFLICT.c.subject_id == op.row_id)
        asked = [
            self._rows.get("conflict", one) for one in self._connection.execute(query).scalars()
        ]
        return frozenset(
            str(one.fields["field"]) for one in filter(None, asked) if self._is_open(one, op)
        )

    def _is_open(self, conflict: MergedRow, op: Op) -> bool:
        """Whether a conflict was undecided as far as an op's author knew, or decided by their own ops."""
        if conflict.fields.get("resolved_at") is None:
            return True
        base = map_down(self._connection, op.incarnation, op.scope, op.base)
        is_late = conflict.scope == op.scope and conflict.versions["resolved_at"] > base
        return is_late or self._is_unseen(conflict, "resolved_at", op)

    def _scope(self, op: Op, _moment: int) -> Verdict | None:
        """An op follows its row into another scope, if it was written where the row once was."""
        known = self._known_row(op)
        if known is None or known.scope == op.scope:
            return None
        return None if self._was_in(known, op.scope) else self._elsewhere(op, known)

    def _was_in(self, row: MergedRow, scope: str) -> bool:
        """Whether a row lives in a scope, or once did."""
        left = exists().where(
            LOG.c.row_id == row.row_id, LOG.c.scope == scope, LOG.c.kind == "remove"
        )
        known = row.scope == scope or (row.row_id, scope) in self._left
        return known or bool(self._connection.execute(select(left)).scalar())

    def _elsewhere(self, op: Op, row: MergedRow) -> Verdict:
        """What the op needs lives in another scope; what the province lost may have been its move here."""
        if self._saw_what_was_lost(op):
            return Verdict(QuarantineReason.DEPENDS, str(row.row_id))
        return Verdict(QuarantineReason.WRONG_SCOPE, row.scope)

    def _saw_what_was_lost(self, op: Op) -> bool:
        """Whether the author knew more than the province does since it was put back."""
        if op.incarnation == self._incarnation:
            return False
        if not op.base:  # of a row that had left, its author says nothing of how far they had read
            return True
        return map_down(self._connection, op.incarnation, op.scope, op.base) < op.base

    def _known_row(self, op: Op) -> MergedRow | None:
        """The op's row; where it is new, the one that it belongs to or is about."""
        row = self._rows.get(op.table, op.row_id)
        if row is not None:
            return row
        owners = [(name, op.fields.get(key)) for key, name in BY_NAME[op.table].parents.items()]
        if op.table == "state_move":
            owners = [(str(op.fields.get("subject_table")), op.fields.get("subject_id"))]
        for name, value in owners:
            owner = as_id(str(value))
            found = owner and self._rows.get(name, owner)
            if found:
                return found
        return None

    def _row(self, op: Op, _moment: int) -> Verdict | None:
        if self._rows.get(op.table, op.row_id) is not None:
            append_only = BY_NAME[op.table].append_only
            return Verdict(QuarantineReason.APPEND_ONLY) if append_only else None
        missing = missing_fields(op.table, op.fields)
        if not missing:
            return None
        if self._is_held(op.row_id):
            return Verdict(QuarantineReason.DEPENDS, str(op.row_id))
        return Verdict(QuarantineReason.INCOMPLETE, ", ".join(sorted(missing)))

    def _values(self, op: Op, _moment: int) -> Verdict | None:
        try:
            validate(op.table, op.fields)
        except InvalidFieldError as error:
            return Verdict(QuarantineReason.INVALID, error.field)
        for column, table in BY_NAME[op.table].owners.items():
            if op.fields.get(column) is None:
                continue
            parent = UUID(str(op.fields[column]))
            row = self._rows.get(table, parent)
            if row is None:
                held = self._is_held(parent)
                reason = QuarantineReason.DEPENDS if held else QuarantineReason.INCOMPLETE
                return Verdict(reason, str(parent))
            home = self.home(op)
            if row.scope != home and not self._may_follow(op, column, row, home):
                return self._elsewhere(op, row)
        return None

    def _may_follow(self, op: Op, column: str, heir: MergedRow, home: str) -> bool:
        """Whether a family may go where another one lives that takes its place: they were neighbours."""
        is_heir = (op.table, column) == ("household", ALIAS)
        return is_heir and any(self._was_in(heir, scope) for scope in (op.scope, home))

    def _own_name(self, op: Op, _moment: int) -> Verdict | None:
        """Nobody decides, or moves a record, in the name of another."""
        named = [op.fields["resolved_by"]] if "resolved_by" in op.fields else []
        if op.table == "state_move":
            named.append(op.fields["user_id"])
        others = [str(one) for one in named if one != str(op.user_id)]
        return Verdict(QuarantineReason.FORGED, others[0]) if others else None

    def _move(self, op: Op, moment: int) -> Verdict | None:
        """A move is made only where one's role may make it, from where the record stood then."""
        if op.table != "state_move":
            return None
        kind, subject = str(op.fields["subject_table"]), UUID(str(op.fields["subject_id"]))
        source, target = str(op.fields["from_state"]), str(op.fields["to_state"])
        lifecycle = LIFECYCLES.get(kind)
        if lifecycle is None:
            return Verdict(QuarantineReason.INVALID, "subject_table")
        if self._rows.get(kind, subject) is None:
            return Verdict(QuarantineReason.DEPENDS, str(subject))
        roles = self._authority.roles(op.user_id, op.scope, moment)
        if not any(lifecycle.allows(role, source, target) for role in roles):
            return Verdict(QuarantineReason.FORBIDDEN_TRANSITION, f"{source} > {target}")
        if self.state(kind, subject) != source and self._saw_what_was_lost(op):
            return Verdict(QuarantineReason.DEPENDS, str(subject))  # on the move before it
        return None

    def _relocation(self, op: Op, moment: int) -> Verdict | None:
        """Only a family moves, with all that belongs to it, and only by who may write in both."""
        if MOVED in op.fields:
            return Verdict(QuarantineReason.INVALID, MOVED)
        if "scope" not in op.fields:
            return None
        target = op.fields["scope"]
        is_known = self._rows.get(op.table, op.row_id) is not None
        if op.table != "household" or not is_village(target) or not is_known:
            return Verdict(QuarantineReason.INVALID, "scope")
        roles = self._authority.roles(op.user_id, str(target), moment)
        if not roles or _refused(roles, op.table, frozenset(op.fields)):
            return Verdict(QuarantineReason.SCOPE_NOT_GRANTED, str(target))
        return None

    def _is_held(self, row_id: UUID) -> bool:
        if row_id in self._held:
            return True
        waiting = exists().where(
            ASIDE.c.row_id == row_id, ASIDE.c.outcome == Outcome.QUARANTINED.value
        )
        return bool(self._connection.execute(select(waiting)).scalar())

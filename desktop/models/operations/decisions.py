"""Moving a record to another state, and deciding a conflict."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from desktop.models.records.base import Fields, Json, format_time
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.decisions import StateMove
from desktop.models.records.fields import validate
from desktop.models.records.people import Role
from desktop.models.rules.resolution import DUPLICATE, STATE
from desktop.models.rules.states import LIFECYCLES, way
from desktop.models.store.derived import foreseen_state
from desktop.models.store.rows import read_row
from desktop.models.store.writer import Writer


class ForbiddenMoveError(ValueError):
    """A role may not make this move; the ui should not have offered it."""


class DecisionFault(StrEnum):
    """Why a decision cannot be kept."""

    ELSEWHERE = "elsewhere"
    CHANGED = "changed"


class ElsewhereError(LookupError):
    """A value names a row that is not in the record's village, or not on this laptop at all."""

    fault = DecisionFault.ELSEWHERE


class ChangedError(RuntimeError):
    """What was decided about is not any more what it was when somebody looked at it."""

    fault = DecisionFault.CHANGED


def move(
    writer: Writer,
    subject: tuple[str, UUID, str],
    states: tuple[str, str],
    role: Role = Role.FACILITATOR,
    reason: str | None = None,
) -> None:
    """Appends a move of a record.

    Args:
        writer: the transaction.
        subject: table, id and scope of the record.
        states: the state it is in, and the one it goes to.
        role: in which role the writer acts.
        reason: why, where the receiver needs to know.

    Raises:
        ForbiddenMoveError: the role may not make it.
    """
    table, row_id, scope = subject
    from_state, to_state = states
    if not LIFECYCLES[table].allows(role, from_state, to_state):
        raise ForbiddenMoveError(f"{table}: {from_state} > {to_state} as {role}")
    writer.insert(
        StateMove(
            scope=scope,
            subject_table=table,
            subject_id=row_id,
            from_state=from_state,
            to_state=to_state,
            user_id=writer.user_id,
            moved_at=writer.now,
            reason=reason,
        )
    )


def decide(
    writer: Writer,
    conflicts: Sequence[UUID],
    subject: tuple[str, UUID, str],
    field: str,
    value: Json,
    role: Role = Role.FACILITATOR,
    reason: str | None = None,
) -> None:
    """Settles a field, in every conflict about it: one of the values written, or another one.

    A state is not a field: to let another one stand, the record is moved there.

    Args:
        writer: the transaction.
        conflicts: the records of the conflict.
        subject: table, id and scope of the row.
        field: what was written differently.
        value: what is to stand.
        role: in which role the writer acts.
        reason: why, for whoever looks at it later.

    Raises:
        ElsewhereError: the value names a row that is not here.
        ForbiddenMoveError: no way leads to that state for this role.
        InvalidFieldError: the field cannot have that value.
    """
    table, row_id, _ = subject
    if field == STATE:
        _move_to(writer, subject, str(value), role, reason)
    else:
        validate(table, {field: value})
    for conflict_id in conflicts:
        resolve(writer, conflict_id, (table, row_id), field, value, reason)


def resolve(
    writer: Writer,
    conflict_id: UUID,
    subject: tuple[str, UUID],
    field: str,
    value: Json,
    reason: str | None = None,
) -> None:
    """Writes a value, and into one record of a conflict that it was chosen.

    A state is moved, and a duplicate settled, by other writes; here it is only said.

    That it was chosen is said even where it is nothing, or what stood there: whoever decides
    otherwise meanwhile differs from it.

    Raises:
        ElsewhereError: the value names a row that is not here.
    """
    table, row_id = subject
    if field not in (STATE, DUPLICATE):
        _look_for(writer, subject, field, value)
        writer.update(table, row_id, {field: value})
    resolution: Fields = {
        "resolved_value": value,
        "resolved_by": str(writer.user_id),
        "resolved_at": format_time(writer.now),
        "reason": reason,
    }
    writer.update("conflict", conflict_id, resolution, stated=frozenset({"resolved_value"}))


def _look_for(writer: Writer, subject: tuple[str, UUID], field: str, value: Json) -> None:
    """A family that was written about twice may have gone to another village since."""
    table, row_id = subject
    owner = BY_NAME[table].owners.get(field)
    if owner is None or value is None:
        return
    places = [
        None if found is None else found[0]
        for found in (
            read_row(writer.connection, table, row_id),
            read_row(writer.connection, owner, UUID(str(value))),
        )
    ]
    if places[0] != places[1]:
        raise ElsewhereError(f"{table}.{field}: {value}")


def _move_to(
    writer: Writer, subject: tuple[str, UUID, str], target: str, role: Role, reason: str | None
) -> None:
    """Makes every move on the way to a state; none if the record is in it.

    Moves that were set aside are none on that way: the province does not have them.
    """
    table, row_id, _ = subject
    state = foreseen_state(writer.connection, table, row_id)
    moves = way(table, state, target, role)
    if moves is None:
        raise ForbiddenMoveError(f"{table}: {state} > {target} as {role}")
    for states in moves:
        move(writer, subject, states, role, reason)

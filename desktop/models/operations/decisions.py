"""Moving a record to another state, and deciding a conflict."""

from uuid import UUID

from desktop.models.records.base import Fields, Json, format_time
from desktop.models.records.decisions import StateMove
from desktop.models.records.people import Role
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store.writer import Writer


class ForbiddenMoveError(ValueError):
    """A role may not make this move; the ui should not have offered it."""


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


def resolve(
    writer: Writer,
    conflict_id: UUID,
    subject: tuple[str, UUID],
    field: str,
    value: Json,
    reason: str | None = None,
) -> None:
    """Decides a conflict: writes the value chosen, and that it was chosen.

    A state is not a field: what follows from its conflict is another move, by whoever may make it.
    """
    table, row_id = subject
    if field != "state":
        writer.update(table, row_id, {field: value})
    resolution: Fields = {
        "resolved_value": value,
        "resolved_by": str(writer.user_id),
        "resolved_at": format_time(writer.now),
    }
    writer.update("conflict", conflict_id, {**resolution, "reason": reason})

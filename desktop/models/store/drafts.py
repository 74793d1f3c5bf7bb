"""Visits that were begun, when their family moves, or another record takes the place of one of it."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update

from desktop.models.changes import Changes
from desktop.models.questionnaires import paths
from desktop.models.store.rows import chunks
from desktop.models.tables import DRAFT, DRAFT_ANSWER, DRAFT_ATTACHMENT, HOUSEHOLD, MEMBER

T = TypeVar("T")

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_HEIR = HOUSEHOLD.alias("heir")
_REPLACED_FAMILIES = (
    select(HOUSEHOLD.c.id, _HEIR.c.id.label("heir"), _HEIR.c.scope)
    .join(_HEIR, _HEIR.c.id == HOUSEHOLD.c.same_as)
    .where(HOUSEHOLD.c.id.in_(_SOME), HOUSEHOLD.c.deleted_at.is_not(None))
)
_REPLACED_MEMBERS = select(MEMBER.c.id, MEMBER.c.same_as.label("heir")).where(
    MEMBER.c.id.in_(_SOME), MEMBER.c.deleted_at.is_not(None), MEMBER.c.same_as.is_not(None)
)
_FOLLOW = (
    update(DRAFT)
    .where(
        DRAFT.c.household_id == HOUSEHOLD.c.id,
        HOUSEHOLD.c.id.in_(_SOME),
        DRAFT.c.scope != HOUSEHOLD.c.scope,
    )
    .values(scope=HOUSEHOLD.c.scope)
)
_HAND_OVER_DRAFT = (
    update(DRAFT)
    .where(DRAFT.c.household_id == bindparam("replaced"))
    .values(household_id=bindparam("heir"), scope=bindparam("village"))
)
_HAND_OVER_ANSWERS = (
    update(DRAFT_ANSWER)
    .prefix_with("OR IGNORE")  # what was asked of both stays as it was answered for the heir
    .where(DRAFT_ANSWER.c.path.contains(bindparam("replaced")))
    .values(path=func.replace(DRAFT_ANSWER.c.path, bindparam("replaced"), bindparam("heir")))
)
_HAND_OVER_FILES = (
    update(DRAFT_ATTACHMENT)
    .where(DRAFT_ATTACHMENT.c.path.contains(bindparam("replaced")))
    .values(path=func.replace(DRAFT_ATTACHMENT.c.path, bindparam("replaced"), bindparam("heir")))
)


def for_heirs(connection: Connection, answers: Mapping[str, T]) -> dict[str, T]:
    """Answers by path, under the records that stand for those which were replaced meanwhile.

    What is said of the heir by itself stays.
    """
    current = dict(answers)
    asked: set[UUID] = set()
    while rows := {row for path in current if (row := paths.split(path)[2])} - asked:
        asked |= rows
        for replaced, heir in connection.execute(_REPLACED_MEMBERS, {"some": list(rows)}):
            moved = {path: path.replace(str(replaced), str(heir)) for path in current}
            own = {path: kept for path, kept in current.items() if moved[path] == path}
            current = {moved[path]: kept for path, kept in current.items()} | own
    return current


def hand_over_drafts(connection: Connection, changes: Changes) -> None:
    """Lets visits that were begun go on where their family lives, with the records that are used now."""
    for some in chunks(changes.of("household")):
        connection.execute(_FOLLOW, {"some": some})
        for row in connection.execute(_REPLACED_FAMILIES, {"some": some}).all():
            place = {"replaced": row.id, "heir": row.heir, "village": row.scope}
            connection.execute(_HAND_OVER_DRAFT, place)
    for some in chunks(changes.of("member")):
        for replaced, heir in connection.execute(_REPLACED_MEMBERS, {"some": some}).all():
            place = {"replaced": str(replaced), "heir": str(heir)}
            connection.execute(_HAND_OVER_ANSWERS, place)
            connection.execute(_HAND_OVER_FILES, place)

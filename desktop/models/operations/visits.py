"""Writing visits: drafts as they are answered, and the visit once it is finished.

A draft is local and writes no op; each answer is on disk as soon as it is given. Finishing turns
it into the visit, its members' answers, the records of its files and the move to `submitted`, in one
transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.models.operations.attachments import attach_draft
from desktop.models.operations.decisions import move
from desktop.models.records.base import utc_now
from desktop.models.records.visits import (
    Visit,
    VisitMember,
    VisitOutcome,
    VisitRepeat,
    visit_member_id,
)
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store.drafts import for_heirs
from desktop.models.store.writer import Writer
from desktop.models.tables import DRAFT, DRAFT_ANSWER, VISIT

_FORGET_ANSWERS = delete(DRAFT_ANSWER).where(DRAFT_ANSWER.c.draft_id == bindparam("draft"))
_FORGET_DRAFT = delete(DRAFT).where(DRAFT.c.id == bindparam("draft"))


@dataclass(frozen=True)
class FinishedRow:
    """One row of a repeat: its place among the others, the row that it stands within, its answers."""

    id: UUID
    repeat: str
    place: int
    inside: UUID | None
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class FinishedVisit:
    """What a finished form says: when, how it ended, and the answers by question name.

    `members` maps member id to that member's answers. `accepted` maps `path:warning` to the reason
    with which a soft warning was accepted.
    """

    visited_on: date
    outcome: VisitOutcome
    answers: Mapping[str, Any]
    members: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    repeats: Sequence[FinishedRow] = ()
    paradata: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class DraftHead:
    """What identifies a draft, and all that a visit takes from it when it is finished."""

    id: UUID
    household_id: UUID
    scope: str
    questionnaire: str
    questionnaire_version: int
    started_at: datetime
    purpose: str | None = None
    """What the visit is for, a code of `Purpose`."""


@dataclass(frozen=True)
class KeptAnswer:
    """One answer of a draft, and the reasons with which its warnings were accepted.

    It is unread if it was taken over from the last visit and not confirmed yet.
    """

    value: Any
    accepted: Mapping[str, str] = field(default_factory=dict)
    is_unread: bool = False


_KEPT = tuple(one.name for one in fields(KeptAnswer))


class VisitFinishedError(ValueError):
    """The visit was finished meanwhile: its draft is none any more."""


def save_answers(
    connection: Connection,
    draft: DraftHead,
    user_id: UUID,
    answers: Mapping[str, KeptAnswer],
    place: str | None,
    paradata: Mapping[str, Any] | None = None,
    answered: int | None = None,
) -> None:
    """Keeps answers by path, the path asked last, and how the answers came about so far.

    The draft begins with its first answers. `answered` is how many of the questions that are asked
    have an answer now; where the caller does not know, it stays as it was. What is said of a person
    whose record another one has replaced since, is kept for that one.

    Raises:
        VisitFinishedError: the visit was finished meanwhile.
    """
    _refuse_finished(connection, draft.id)
    given = sum(kept.value is not None for kept in answers.values())
    connection.execute(
        upsert(DRAFT)
        .values(**asdict(draft), user_id=user_id, touched_at=draft.started_at, answered=given)
        .on_conflict_do_nothing(index_elements=["id"])
    )
    statement = upsert(DRAFT_ANSWER)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["draft_id", "path"],
            set_={name: statement.excluded[name] for name in _KEPT},
        ),
        [
            {"draft_id": draft.id, "path": path} | {name: getattr(kept, name) for name in _KEPT}
            for path, kept in for_heirs(connection, answers).items()
        ],
    )
    noted: dict[str, Any] = {"touched_at": utc_now(), "place": place}
    if paradata is not None:
        noted["paradata"] = dict(paradata)
    if answered is not None:
        noted["answered"] = answered
    connection.execute(update(DRAFT).where(DRAFT.c.id == draft.id).values(noted))


def discard_draft(connection: Connection, draft_id: UUID) -> None:
    """Throws a draft away, with what is said of its files; only ever because its author said so."""
    for statement in (_FORGET_ANSWERS, _FORGET_DRAFT):
        connection.execute(statement, {"draft": draft_id})


def finish(writer: Writer, draft: Any, finished: FinishedVisit) -> UUID:
    """Turns a draft (a row of the table) into a submitted visit; the draft is gone with it.

    The visit takes the draft's id: finishing the same draft twice cannot make two visits.

    Raises:
        VisitFinishedError: it was finished before.
    """
    _refuse_finished(writer.connection, draft.id)
    writer.insert(
        Visit(
            id=draft.id,
            scope=draft.scope,
            household_id=draft.household_id,
            facilitator_id=writer.user_id,
            visited_on=finished.visited_on,
            outcome=finished.outcome,
            questionnaire=draft.questionnaire,
            questionnaire_version=draft.questionnaire_version,
            started_at=draft.started_at,
            finished_at=writer.now,
            answers=_answered(finished.answers),
            accepted=dict(finished.accepted),
            purpose=draft.purpose,
            paradata=dict(finished.paradata) if finished.paradata else None,
        )
    )
    for member_id, answers in finished.members.items():
        if _answered(answers):
            writer.insert(
                VisitMember(
                    id=visit_member_id(draft.id, member_id),
                    scope=draft.scope,
                    visit_id=draft.id,
                    member_id=member_id,
                    answers=_answered(answers),
                )
            )
    for row in finished.repeats:
        kept = {**asdict(row), "answers": _answered(row.answers)}
        writer.insert(VisitRepeat(scope=draft.scope, visit_id=draft.id, **kept))
    attach_draft(writer, draft, finished)
    move(writer, ("visit", draft.id, draft.scope), (LIFECYCLES["visit"].initial, "submitted"))
    discard_draft(writer.connection, draft.id)
    return UUID(str(draft.id))


def _refuse_finished(connection: Connection, draft_id: UUID) -> None:
    if connection.execute(select(VISIT.c.id).where(VISIT.c.id == draft_id)).first() is not None:
        raise VisitFinishedError(str(draft_id))


def _answered(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}

"""Writing visits: drafts as they are answered, and the visit once it is finished.

A draft is local and writes no op; each answer is on disk as soon as it is given. Finishing turns
it into the visit, its members' answers, the records of its files and the move to `submitted`, in one
transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

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
from desktop.models.store.drafts import (
    drawn_from,
    family_of,
    heirs_of,
    keep_answers,
    visit_of,
)
from desktop.models.store.writer import Writer
from desktop.models.tables import DRAFT, DRAFT_ANSWER

_BEGUN = select(DRAFT.c.household_id).where(DRAFT.c.id == bindparam("draft"))
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


class VisitFault(StrEnum):
    """Why nothing more is kept of a visit; the ui has a sentence for each."""

    FINISHED = "visit_finished"
    NO_FAMILY = "family_not_here"


class VisitFinishedError(ValueError):
    """The visit was finished meanwhile: its draft is none any more."""

    fault = VisitFault.FINISHED


class FamilyNotHereError(LookupError):
    """The family has left this laptop: no visit to it can begin here."""

    fault = VisitFault.NO_FAMILY


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
    have an answer now; where the caller does not know, it stays as it was.

    Raises:
        VisitFinishedError: the visit was finished meanwhile.
        FamilyNotHereError: the draft is not begun, and its family has left this laptop.
    """
    _refuse_finished(connection, draft.id)
    if connection.execute(_BEGUN, {"draft": draft.id}).first() is None:
        _begin(connection, draft, user_id, answers)
    keep_answers(connection, draft.id, {path: vars(kept) for path, kept in answers.items()})
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

    Finishing the same draft twice cannot make two visits. The visit is of the family that the draft has
    come to, and says of the people known now what was said of whom they replaced.

    Returns:
        The id of the visit.

    Raises:
        VisitFinishedError: it was finished before.
        FamilyNotHereError: nothing of it was kept, and its family has left this laptop.
    """
    connection = writer.connection
    _refuse_finished(connection, draft.id)
    begun = connection.execute(_BEGUN, {"draft": draft.id}).first()
    family = _family(connection, begun or draft)
    visit = Visit(
        id=drawn_from(draft.id),
        scope=family.scope,
        household_id=family.id,
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
    writer.insert(visit)
    heirs = heirs_of(
        connection, [*finished.members, *(row.inside for row in finished.repeats if row.inside)]
    )
    for member_id, answers in _by_heir(finished.members, heirs).items():
        writer.insert(
            VisitMember(
                id=visit_member_id(visit.id, member_id),
                scope=visit.scope,
                visit_id=visit.id,
                member_id=member_id,
                answers=answers,
            )
        )
    for row in finished.repeats:
        inside = heirs.get(row.inside, row.inside) if row.inside else None
        kept = {**asdict(row), "inside": inside, "answers": _answered(row.answers)}
        writer.insert(VisitRepeat(scope=visit.scope, visit_id=visit.id, **kept))
    attach_draft(writer, draft.id, visit, finished)
    move(writer, ("visit", visit.id, visit.scope), (LIFECYCLES["visit"].initial, "submitted"))
    discard_draft(connection, draft.id)
    return visit.id


def _begin(
    connection: Connection, draft: DraftHead, user_id: UUID, answers: Mapping[str, KeptAnswer]
) -> None:
    family = _family(connection, draft)
    given = sum(kept.value is not None for kept in answers.values())
    row = asdict(draft) | {"household_id": family.id, "scope": family.scope}
    connection.execute(
        insert(DRAFT).values(**row, user_id=user_id, touched_at=draft.started_at, answered=given)
    )


def _family(connection: Connection, draft: Any) -> Any:
    """The family of a draft by the record that is used now, and its village."""
    family = family_of(connection, draft.household_id)
    if family is None:
        raise FamilyNotHereError(str(draft.household_id))
    return family


def _refuse_finished(connection: Connection, draft_id: UUID) -> None:
    if visit_of(connection, draft_id) is not None:
        raise VisitFinishedError(str(draft_id))


def _by_heir(
    members: Mapping[UUID, Mapping[str, Any]], heirs: Mapping[UUID, UUID]
) -> dict[UUID, dict[str, Any]]:
    """What was answered of each member; what is said of an heir by itself stays."""
    nearest_first = [*(one for one in members if one not in heirs), *heirs]
    found: dict[UUID, dict[str, Any]] = {}
    for one in nearest_first:
        said = _answered(members.get(one, {}))
        if said:
            heir = heirs.get(one, one)
            found[heir] = said | found.get(heir, {})
    return found


def _answered(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}

"""Reading visits: drafts to go on with, what was recorded, and all that a visit is based on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from desktop.models.queries.assignments import AssignedVisit, open_assignments
from desktop.models.queries.questionnaires import Version, as_title, title_instead
from desktop.models.queries.transport import Receipt, record_receipts
from desktop.models.questionnaires.form import Text
from desktop.models.records.base import new_id
from desktop.models.records.households import MemberStatus, Relation
from desktop.models.records.visits import Purpose, VisitOutcome
from desktop.models.store.plan import owes_receipts, purposes_of
from desktop.models.tables import (
    BUSINESS,
    DRAFT,
    DRAFT_ANSWER,
    GRANT,
    HOUSEHOLD,
    MEMBER,
    REGION,
    SEARCH,
    VISIT,
    VISIT_MEMBER,
    VISIT_REPEAT,
)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A visit begun and not finished."""

    id: UUID
    household_id: UUID
    head_name: str
    village: str
    started_at: datetime
    touched_at: datetime
    answered: int
    title: Text | None = None
    """What is asked, where that is not the ordinary visit."""


@dataclass(frozen=True, slots=True)
class RecentVisit:
    """A visit that was finished, with its two marks."""

    id: UUID
    household_id: UUID
    head_name: str
    village: str
    visited_on: date
    outcome: str
    state: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class VisitedMember:
    """A member as a visit knows them."""

    id: UUID
    name: str
    relation: str
    sex: str | None
    birth_date: date | None
    is_present: bool = True


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A row of a repeat that was filled in: the row that it stands within, and its answers."""

    id: UUID
    repeat: str
    inside: UUID | None
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PreviousVisit:
    """The answers of a visit at which the family was met: its own, by member, and by row."""

    visited_on: date
    answers: Mapping[str, Any]
    members: Mapping[UUID, Mapping[str, Any]]
    rows: tuple[RepeatRow, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a draft holds: answers by path, and reasons by path and name of the warning.

    The unread ones were taken over from the last visit and are not confirmed yet.
    """

    id: UUID
    questionnaire: Version
    started_at: datetime
    touched_at: datetime
    place: str | None
    answers: Mapping[str, Any]
    accepted: Mapping[tuple[str, str], str]
    answered: int
    unread: frozenset[str] = frozenset()
    paradata: Mapping[str, Any] = field(default_factory=dict)
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class VisitBasis:
    """All that a visit to a household is based on.

    Attributes:
        is_deleted: the family's record was deleted after the visit was begun.
        people: its members, those who left among them.
        earlier: the visits at which the family was met, newest first.
        known: of its home, its business and its grant, what a questionnaire may ask for by name.
        purpose: what it is for, a code of `Purpose`: as the draft says, else by the plan of visits.
        assignment: the visit that the office asks for; of several, the one due first.
    """

    household_id: UUID
    scope: str
    head_name: str
    village: str
    is_urban: bool
    is_deleted: bool = False
    known: Mapping[str, str | int | None] = field(default_factory=dict)
    people: tuple[VisitedMember, ...] = ()
    earlier: tuple[PreviousVisit, ...] = ()
    draft: KeptDraft | None = None
    purpose: str = Purpose.BASELINE.value
    assignment: AssignedVisit | None = None
    new_draft_id: UUID = field(default_factory=new_id)
    """The id of the draft that begins with the first answer, if there is none yet."""

    @property
    def members(self) -> tuple[VisitedMember, ...]:
        """Who lives there now."""
        return tuple(member for member in self.people if member.is_present)


def drafts(connection: Connection) -> list[OpenDraft]:
    """Visits begun and not finished, the one touched last first."""
    query = _with_family(
        select(
            DRAFT.c.id,
            DRAFT.c.household_id,
            _HEAD,
            _VILLAGE,
            DRAFT.c.started_at,
            DRAFT.c.touched_at,
            DRAFT.c.answered,
            title_instead(DRAFT).label("title"),
        ),
        DRAFT,
    )
    rows = connection.execute(query.order_by(DRAFT.c.touched_at.desc()))
    return [OpenDraft(**{**row._asdict(), "title": as_title(row.title)}) for row in rows]


def recent_visits(connection: Connection, limit: int = 30) -> list[RecentVisit]:
    """The visits finished last, newest first."""
    query = _with_family(
        select(
            VISIT.c.id,
            VISIT.c.household_id,
            _HEAD,
            _VILLAGE,
            VISIT.c.visited_on,
            VISIT.c.outcome,
            VISIT.c.state,
        ),
        VISIT,
    )
    newest = query.where(VISIT.c.deleted_at.is_(None)).order_by(
        VISIT.c.visited_on.desc(), VISIT.c.id.desc()
    )
    rows = connection.execute(newest.limit(limit)).all()
    receipts = record_receipts(connection, [row.id for row in rows])
    return [RecentVisit(**row._asdict(), receipt=receipts[row.id]) for row in rows]


def visit_basis(
    connection: Connection,
    household_id: UUID,
    draft_id: UUID | None = None,
    questionnaire: str | None = None,
) -> VisitBasis:
    """What a visit to a household is based on, with the draft that is open for it.

    Args:
        connection: the store.
        household_id: the household.
        draft_id: the draft that is to be gone on with; else it is the one touched last.
        questionnaire: only a draft of this one is gone on with.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such household.
    """
    query = (
        select(HOUSEHOLD.c.scope, HOUSEHOLD.c.deleted_at, _HEAD, _VILLAGE, REGION.c.kind)
        .join(SEARCH, SEARCH.c.household_id == HOUSEHOLD.c.id, isouter=True)
        .join(REGION, REGION.c.code == HOUSEHOLD.c.scope, isouter=True)
        .where(HOUSEHOLD.c.id == household_id)
    )
    row = connection.execute(query).one()
    draft = _draft(connection, household_id, draft_id, questionnaire)
    asked = open_assignments(connection, [household_id]).get(household_id, [])
    planned = purposes_of(connection, [household_id])[household_id]
    return VisitBasis(
        household_id=household_id,
        scope=row.scope,
        head_name=row.head_name,
        village=row.village,
        is_urban=row.kind == "kelurahan",
        is_deleted=row.deleted_at is not None,
        known=_known(connection, household_id),
        people=_people(connection, household_id),
        earlier=_earlier(connection, household_id),
        draft=draft,
        purpose=(draft.purpose if draft else None) or planned,
        assignment=next(iter(asked), None),
    )


_HEAD = func.coalesce(SEARCH.c.head_name, "").label("head_name")
_VILLAGE = func.coalesce(REGION.c.name, SEARCH.c.scope, "").label("village")
_RELATIONS = [relation.value for relation in Relation]


def _with_family(query: Select[Any], table: Any) -> Select[Any]:
    """Joins the family's name and village to rows that carry a household and a scope."""
    return query.join(SEARCH, SEARCH.c.household_id == table.c.household_id, isouter=True).join(
        REGION, REGION.c.code == table.c.scope, isouter=True
    )


def _known(connection: Connection, household_id: UUID) -> dict[str, str | int | None]:
    """The hamlet, the last visit, how many businesses there are, and how the last grant stands."""
    home = select(HOUSEHOLD.c.hamlet, SEARCH.c.last_visit_on).join(
        SEARCH, SEARCH.c.household_id == HOUSEHOLD.c.id, isouter=True
    )
    row = connection.execute(home.where(HOUSEHOLD.c.id == household_id)).one()
    businesses = select(func.count()).where(
        BUSINESS.c.household_id == household_id, BUSINESS.c.deleted_at.is_(None)
    )
    grants = select(GRANT.c.state, GRANT.c.amount, GRANT.c.disbursed_on).where(
        GRANT.c.household_id == household_id, GRANT.c.deleted_at.is_(None)
    )
    newest_paid = grants.order_by(GRANT.c.disbursed_on.is_(None), GRANT.c.id.desc())
    grant = connection.execute(newest_paid.limit(1)).first()
    paid = grant.disbursed_on if grant else None
    return {
        "hamlet": row.hamlet,
        "last_visit_on": row.last_visit_on,
        "business_count": connection.execute(businesses).scalar_one(),
        "grant_state": grant.state if grant else None,
        "grant_amount": grant.amount if grant else None,
        "grant_disbursed_on": paid.isoformat() if paid else None,
        "receipts_owed": "yes" if owes_receipts(connection, household_id) else None,
    }


def _people(connection: Connection, household_id: UUID) -> tuple[VisitedMember, ...]:
    """All members: head, spouse, children, parents, others; the eldest first."""
    query = select(
        *(MEMBER.c[name] for name in ("id", "name", "relation", "sex", "birth_date")),
        (MEMBER.c.status == MemberStatus.PRESENT.value).label("is_present"),
    ).where(MEMBER.c.household_id == household_id, MEMBER.c.deleted_at.is_(None))
    members = [VisitedMember(**row._asdict()) for row in connection.execute(query)]
    return tuple(
        sorted(
            members,
            key=lambda member: (
                _RELATIONS.index(member.relation),
                member.birth_date or date.max,
                member.name,
            ),
        )
    )


def _earlier(connection: Connection, household_id: UUID) -> tuple[PreviousVisit, ...]:
    query = select(VISIT.c.id, VISIT.c.visited_on, VISIT.c.answers).where(
        VISIT.c.household_id == household_id,
        VISIT.c.outcome == VisitOutcome.MET.value,
        VISIT.c.deleted_at.is_(None),
    )
    newest_first = query.order_by(VISIT.c.visited_on.desc(), VISIT.c.id.desc())
    visits = connection.execute(newest_first).all()
    ids = [visit.id for visit in visits]
    columns = (VISIT_MEMBER.c.visit_id, VISIT_MEMBER.c.member_id, VISIT_MEMBER.c.answers)
    about = select(*columns).where(
        VISIT_MEMBER.c.visit_id.in_(ids), VISIT_MEMBER.c.deleted_at.is_(None)
    )
    members: dict[UUID, dict[UUID, Mapping[str, Any]]] = defaultdict(dict)
    for row in connection.execute(about):
        members[row.visit_id][row.member_id] = row.answers
    rows = repeat_rows(connection, ids)
    return tuple(
        PreviousVisit(
            visit.visited_on, visit.answers, members[visit.id], tuple(rows.get(visit.id, ()))
        )
        for visit in visits
    )


def repeat_rows(connection: Connection, visits: Sequence[UUID]) -> dict[UUID, list[RepeatRow]]:
    """Visit -> the rows of its repeats, in the order in which they were filled in."""
    columns = [VISIT_REPEAT.c[name] for name in ("visit_id", "id", "repeat", "inside", "answers")]
    query = select(*columns).where(
        VISIT_REPEAT.c.visit_id.in_(visits), VISIT_REPEAT.c.deleted_at.is_(None)
    )
    found: dict[UUID, list[RepeatRow]] = defaultdict(list)
    for row in connection.execute(query.order_by(VISIT_REPEAT.c.repeat, VISIT_REPEAT.c.place)):
        found[row.visit_id].append(RepeatRow(row.id, row.repeat, row.inside, row.answers))
    return found


def _draft(
    connection: Connection, household_id: UUID, draft_id: UUID | None, questionnaire: str | None
) -> KeptDraft | None:
    query = select(DRAFT).where(DRAFT.c.household_id == household_id)
    if draft_id is not None:
        query = query.where(DRAFT.c.id == draft_id)
    elif questionnaire is not None:
        query = query.where(DRAFT.c.questionnaire == questionnaire)
    row = connection.execute(query.order_by(DRAFT.c.touched_at.desc()).limit(1)).first()
    if row is None:
        return None
    kept = connection.execute(select(DRAFT_ANSWER).where(DRAFT_ANSWER.c.draft_id == row.id)).all()
    return KeptDraft(
        id=row.id,
        questionnaire=(row.questionnaire, row.questionnaire_version),
        started_at=row.started_at,
        touched_at=row.touched_at,
        place=row.place,
        purpose=row.purpose,
        answers={answer.path: answer.value for answer in kept},
        accepted={
            (answer.path, warning): reason
            for answer in kept
            for warning, reason in answer.accepted.items()
        },
        answered=row.answered,
        unread=frozenset(answer.path for answer in kept if answer.is_unread),
        paradata=row.paradata,
    )
